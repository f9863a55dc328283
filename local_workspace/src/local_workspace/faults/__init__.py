"""Faults on demand: what a real workspace does on a bad day."""
