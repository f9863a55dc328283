"""Parts of the data in words: some names of a column, one period or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from orchestrator_svc.deck.periods import name_tokens

MAX_NAMES: Final = 3
"""Names that are listed; a longer choice is counted."""
CODE: Final = 3
"""A name of fewer letters means little without its column."""


@dataclass(frozen=True, slots=True)
class Names:
    """A column that must be, or with `negated` must not be, one of some names."""

    column: str
    names: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        label = " ".join(name_tokens(self.column))
        if len(self.names) > MAX_NAMES:
            told = f"{len(self.names)} values of {label}"
        elif any(len(name) < CODE or name.isdigit() for name in self.names):
            told = f"{label} {listed(self.names)}"
        else:
            told = listed(self.names)
        return f"all but {told}" if self.negated else told


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None where a side is open."""

    first: date | None
    last: date | None
    others: tuple[Period, ...] = ()
    """Further periods that the query looks at beside this one."""

    def __str__(self) -> str:
        if self.others:
            return listed([str(replace(self, others=())), *map(str, self.others)])
        if self.first is None or self.last is None:
            return f"until {_day(self.last)}" if self.last else f"from {_day(self.first)} on"
        return _span(self.first, self.last)


def _span(first: date, last: date) -> str:
    """A period by the largest calendar unit that fits: `2013`, `Q3 2013`, `Jul 2013`, days."""
    next_day = last + timedelta(days=1)
    if first.day == next_day.day == 1:
        months = (next_day.year - first.year) * 12 + next_day.month - first.month
        if months % 12 == 0 and first.month == 1:
            years = (first.year, last.year)
            return str(first.year) if months == 12 else f"{years[0]} to {years[1]}"
        if months == 3 and first.month % 3 == 1:
            return f"Q{first.month // 3 + 1} {first.year}"
        if months == 1:
            return f"{first:%b %Y}"
        return f"{first:%b %Y} to {last:%b %Y}"
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""


def listed(items: Sequence[str]) -> str:
    """Words as a list in prose: `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
