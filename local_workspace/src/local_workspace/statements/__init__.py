"""SQL statements: submitted, run in the sandbox, kept for an hour, read in chunks."""
