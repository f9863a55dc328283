"""Times that come again: weekdays, weekends, hours of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.date_clock import oclock
from local_workspace.translate.date_words import DAY, DAYS
from local_workspace.translate.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


_BEFORE_WEEKDAYS = ("on", "during", "for", "vs", "versus", "and", "or", "to", "with", "than")
_DAYTIMES = {
    "morning": (5, 12), "mornings": (5, 12), "afternoon": (12, 18), "afternoons": (12, 18),
    "evening": (18, 24), "evenings": (18, 24),
}  # fmt: skip


def weekday_at(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    """A weekday, or the days of the weekend or the working week."""
    word = words[at] if at < len(words) else ""
    if word in DAY:
        return Span("weekday", f"on {DAYS[DAY[word] - 1]}s",
                    numbers=(DAY[word],), unit="weekday"), at + 1  # fmt: skip
    if word in ("weekend", "weekends"):
        return Span("weekday", "at weekends", numbers=(6, 7), unit="weekday"), at + 1
    lead = words[at - 1] if at else ""
    if word in ("weekday", "weekdays") and {"weekend", "weekends"} & set(words):
        return Span("weekday", "on weekdays", numbers=(1, 2, 3, 4, 5), unit="weekday"), at + 1
    if word == "weekdays" and lead in _BEFORE_WEEKDAYS:
        return Span("weekday", "on weekdays", numbers=(1, 2, 3, 4, 5), unit="weekday"), at + 1
    return None


def hours_at(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    """An hour or a time of the day."""
    word = words[at] if at < len(words) else ""
    if word in _DAYTIMES:
        low, high = _DAYTIMES[word]
        text = f"in the {word.rstrip('s')} ({low}:00 to {high - 1}:59)"
        return Span("hours", text, numbers=tuple(range(low, high)), unit="hour"), at + 1
    if word in ("noon", "midday"):
        return Span("hours", "at 12:00 to 12:59", numbers=(12,), unit="hour"), at + 1
    found = oclock(words, at)
    if found is None:
        return None
    hour, end = found
    return Span("hours", f"at {hour}:00 to {hour}:59", numbers=(hour,), unit="hour"), end
