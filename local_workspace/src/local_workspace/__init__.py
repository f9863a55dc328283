"""A stand-in for a Databricks workspace: the same REST endpoints over DuckDB."""
