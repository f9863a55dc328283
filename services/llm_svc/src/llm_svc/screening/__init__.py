"""Scores text for attempts to steer a model. Advisory: the guard is the model's lack of power."""
