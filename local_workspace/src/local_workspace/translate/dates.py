# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Reading periods of time, relative to the last date in the data and never to today's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.date_clock import clock
from local_workspace.translate.date_days import holiday_at, iso_at, month_at, month_day_at
from local_workspace.translate.date_parts import decade, end_of, part
from local_workspace.translate.date_recurring import hours_at, weekday_at
from local_workspace.translate.date_words import COUNTS, JOINERS, RELATIVE, UNITS
from local_workspace.translate.date_year_parts import half_at, quarter_at, season_at, year_at
from local_workspace.translate.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def read(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    """The longest period starting at token `at`, and the token after it."""
    hours = clock(words, at)
    if hours:
        return hours
    word = words[at]
    if word in ("between", "from"):
        low = _point(words, at + 1, capital)
        if low and low[1] < len(words) and words[low[1]] in JOINERS:
            high = _point(words, end_of(words, low[1] + 1), capital)
            if high:
                return _between(low[0], high[0], " ".join(words[at : high[1]])), high[1]
        return None
    if word in ("since", "starting", "after", "before", "until", "till", "through", "from"):
        inclusive = word in ("until", "till", "through")
        closing = end_of(words, at + 1) if inclusive or word == "after" else at + 1
        point = _point(words, closing, capital)
        if point:
            span, end = point
            text = " ".join(words[at:end])
            if span.kind == "hours":
                return _open_hours(word, span, end)
            if word in ("since", "starting"):
                return Span("since", text, low=span, numbers=(0,)), end
            if word == "after":
                return Span("since", text, low=span, numbers=(1,)), end
            return Span("before", text, low=span, numbers=(0 if word == "before" else 1,)), end
        return None
    point = _point(words, at, capital)
    if point is None:
        return None
    span, end = point
    if end < len(words) and words[end] in ("to", "through", "until", "till", "-", "thru"):
        high = _point(words, end_of(words, end + 1), capital)
        if high:
            return _between(span, high[0], " ".join(words[at : high[1]])), high[1]
    return _onwards(words, at, span, end) or (span, end)


def _open_hours(word: str, span: Span, end: int) -> tuple[Span, int] | None:
    """ "after 8 pm" until the day ends, "before noon" from its start."""
    if len(span.numbers) != 1:
        return None
    hour = span.numbers[0]
    later = word in ("since", "starting", "after", "from")
    hours = range(hour, 24) if later else range(hour)
    if not hours:
        return None
    text = f"from {hours[0]}:00 to {hours[-1]}:59"
    return Span("hours", text, numbers=tuple(hours), unit="hour"), end


_UNIT_OF = ("day", "date", "week", "month", "quarter", "year")


_OR_LATER = {(w, t) for w in ("or", "and") for t in ("later", "after", "newer", "onwards")}
_OR_EARLIER = {(w, t) for w in ("or", "and") for t in ("earlier", "before", "older")}


def _onwards(words: Sequence[str], at: int, span: Span, end: int) -> tuple[Span, int] | None:
    """ "2022 onwards", "in March or later", "2019 or earlier"."""
    if words[end : end + 1] in (["onwards"], ["onward"]):
        return Span("since", " ".join(words[at : end + 1]), low=span, numbers=(0,)), end + 1
    tail, text = tuple(words[end : end + 2]), " ".join(words[at : end + 2])
    if tail in _OR_LATER:
        return Span("since", text, low=span, numbers=(0,)), end + 2
    if tail in _OR_EARLIER:
        return Span("before", text, low=span, numbers=(1,)), end + 2
    return None


def _between(low: Span, high: Span, words: str) -> Span:
    return Span("between", words, low=low, high=high)


def _point(words: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[Span, int] | None:
    while (
        at < len(words)
        and words[at] in ("the", "start", "beginning", "end")
        and at + 1 < len(words)
    ):
        if words[at] != "the":
            if words[at + 1] != "of":
                return None
            if words[at] == "end":
                return None
            at += 1
        at += 1
    if at + 2 < len(words) and words[at + 1] == "of" and words[at] in _UNIT_OF:
        inner = _point(words, at + 2, capital)
        if inner and inner[0].unit == words[at].replace("date", "day"):
            return inner
        if inner and words[at] == "week" and inner[0].unit == "day":
            return Span("week", f"the week of {inner[0].words}", low=inner[0], unit="week"), inner[
                1
            ]
        return None
    for reader in _POINTS:
        found = reader(words, at, capital)
        if found:
            return found
    if at >= len(words):
        return None
    return part(words, at, capital, _point) or decade(words[at], at)


def _relative(words: Sequence[str], at: int, _c: Sequence[bool]) -> tuple[Span, int] | None:
    if at >= len(words):
        return None
    if words[at] == "ytd" or tuple(words[at : at + 3]) == ("year", "to", "date"):
        end = at + (1 if words[at] == "ytd" else 3)
        return Span("this", " ".join(words[at:end]), unit="year"), end
    if words[at] in ("this", "current") and words[at + 1 : at + 2]:
        unit = words[at + 1]
        if unit in ("week", "month", "quarter", "year"):
            return Span("this", f"this {unit}", unit=unit), at + 2
        return None
    end, count = at, 1
    if words[at] == "most" and words[at + 1 : at + 2] == ["recent"]:
        end = at + 2
    elif words[at] in RELATIVE:
        end = at + 1
    else:
        return None
    if end < len(words) and words[end] in ("full", "complete", "recent"):
        end += 1
    if end < len(words) and (words[end].isdigit() or words[end] in COUNTS):
        count = int(words[end]) if words[end].isdigit() else COUNTS[words[end]]
        end += 1
        if end < len(words) and words[end] in ("full", "complete", "calendar"):
            end += 1
    if end >= len(words) or words[end] not in UNITS or count < 1 or count > 1000:
        return None
    if words[end + 1 : end + 2] == ["of"] and words[at] in ("last", "latest"):
        return None
    unit = words[end].rstrip("s")
    return Span("relative", " ".join(words[at : end + 1]), numbers=(count,), unit=unit), end + 1


_POINTS = (iso_at, holiday_at, month_day_at, month_at, quarter_at, half_at, _relative, year_at,
           season_at, weekday_at, hours_at)  # fmt: skip
"""Readers of one point in time, the closest first."""
