"""From a question and a space to the analytical questions that a deck needs."""
