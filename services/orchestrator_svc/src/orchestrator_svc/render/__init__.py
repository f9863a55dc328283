"""Drawing: pure functions from a bundle to files. No network, no clock, no database."""
