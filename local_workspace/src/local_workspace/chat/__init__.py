"""The chat endpoint `local-analyst`."""
