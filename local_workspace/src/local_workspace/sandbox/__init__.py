"""Runs untrusted SQL: a parse check, a locked engine, limits on time and memory, a child process.

Kept free of imports: the child process imports this package and must stay small.
"""
