"""A real model writes SQL for questions that the rules ask back about; the same checks hold."""
