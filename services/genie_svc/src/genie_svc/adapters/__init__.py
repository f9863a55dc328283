"""The world outside: the Databricks workspace, databases, clocks."""
