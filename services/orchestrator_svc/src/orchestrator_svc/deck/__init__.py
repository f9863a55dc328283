"""The deck spec: exact values, tables, formats and text with value references."""
