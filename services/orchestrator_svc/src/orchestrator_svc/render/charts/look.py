"""What a chart function is given besides its data, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from orchestrator_svc.render.markup import Markup
from orchestrator_svc.render.themes import Theme

Size = tuple[float, float]
NARROW: Final = 420.0
"""Below this width labels stand above their marks and call-outs are dropped."""


@dataclass(frozen=True, slots=True)
class Look:
    """Room and font sizes, in px."""

    width: float
    height: float
    label: float
    axis: float
    compact: bool = False
    """Whether the chart is one panel of small multiples."""
    muted: bool = False
    """Whether another panel is what the headline speaks of."""

    @classmethod
    def of(cls, theme: Theme, size: Size) -> Look:
        """The look of a chart of this size."""
        return cls(size[0], size[1], theme.size("label"), theme.size("axis"))

    @property
    def narrow(self) -> bool:
        """Whether there is no room for labels beside marks."""
        return self.width < NARROW

    @property
    def gap(self) -> float:
        """Least distance between the baselines of two labels (DR1)."""
        return self.label * 1.35


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks and labels, with the room they take."""

    width: float
    height: float
    content: Markup
    remarks: tuple[str, ...] = ()
    """What the footer must say of how it is drawn."""
