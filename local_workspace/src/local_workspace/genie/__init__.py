"""Genie: conversations whose messages are answered with SQL over a space."""
