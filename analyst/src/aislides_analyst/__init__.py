"""Plans and writes decks from facts alone, for when no model answers."""

from aislides_analyst.interpreting import interpret, narrate
from aislides_analyst.planning.plan import plan
from aislides_analyst.repairing import repair
from aislides_analyst.revising import revise
from aislides_analyst.writing.write import write

__all__ = ["interpret", "narrate", "plan", "repair", "revise", "write"]
