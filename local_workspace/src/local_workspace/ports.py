"""What the workspace needs from others: a translator of questions and an analyst for decks."""

from typing import Any, Protocol

from local_workspace.spaces import Catalog
from local_workspace.translate.plan import Answer, Clarification, Plan


class Translator(Protocol):
    """Turns an English question into SQL, or asks back."""

    def __call__(
        self, question: str, catalog: Catalog, previous: Plan | None = None
    ) -> Answer | Clarification:
        """Called in a worker thread; must be quick (milliseconds) and wait for nothing."""
        ...


class Analyst(Protocol):
    """Plans and writes decks without a model; plain dictionaries in and out."""

    def plan(self, payload: dict[str, Any]) -> dict[str, Any]:
        """`{"questions": [{"question", "why"}], ...}` or `{"clarification", "suggestions"}`."""
        ...

    def write(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A deck: `{"title", "slides": [...]}`."""
        ...

    def interpret(self, payload: dict[str, Any]) -> dict[str, Any]:
        """What the results say: `{"answer", "findings": [...], "gaps": [...]}`."""
        ...

    def narrate(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The story of a deck: `{"title", "storyline": [...]}`."""
        ...

    def repair(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The slides of the payload with their faults mended: `{"slides": [...]}`."""
        ...

    def revise(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The slides that stay when a deck is changed, in order: `{"slides": [{"id"}, ...]}`."""
        ...
