"""Plans and writes decks from facts alone, for when no model answers."""

from aislides_analyst.planning.plan import plan

__all__ = ["plan"]
