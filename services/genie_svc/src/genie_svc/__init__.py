"""Asks Databricks Genie, once for each question, and returns typed rows."""
