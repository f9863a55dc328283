"""A tiny line for a card: decoration, hidden from screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from orchestrator_svc.render.markup import Markup, number, shape, tag

WIDTH: Final = 225.0
HEIGHT: Final = 44.0
_INSET: Final = 4.0


def sparkline(values: Sequence[float | None]) -> Markup:
    """The course of the values, the last one marked; empty when there are fewer than two."""
    known = [(i, value) for i, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return Markup("")
    low = min(value for _, value in known)
    high = max(value for _, value in known)
    span = (high - low) or 1.0
    last = len(values) - 1

    def place(index: int, value: float) -> tuple[float, float]:
        x = _INSET + (WIDTH - 2 * _INSET) * index / last
        y = HEIGHT - _INSET - (HEIGHT - 2 * _INSET) * (value - low) / span
        return x, y

    places = [place(index, value) for index, value in known]
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in places)
    end = places[-1]
    return tag(
        "svg",
        shape("path", d=path, class_="spark"),
        shape("circle", cx=end[0], cy=end[1], r=4, class_="dot on"),
        class_="sparkline",
        viewBox=f"0 0 {number(WIDTH)} {number(HEIGHT)}",
        aria_hidden="true",
    )
