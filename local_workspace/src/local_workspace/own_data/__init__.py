"""Own data: files of people become Parquet, a space file to edit, and a report of what was guessed."""
