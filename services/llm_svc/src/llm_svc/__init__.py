"""Talks to language models: prompts, providers, structured answers, and what they cost."""
