"""Own data: files become Parquet, a space file to edit, and a report of what was guessed."""
