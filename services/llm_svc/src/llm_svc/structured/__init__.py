"""Structured answers: strict JSON, closed schemas, elements while they stream, repair turns."""
