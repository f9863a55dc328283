"""The `aislides` command."""
