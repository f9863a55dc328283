"""Hours of the day: "between 6 and 9 am", "18:00 to 22:00", "at night (10pm to 6am)", "daytime"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_NIGHT = (("at", "night"), ("overnight",), ("during", "the", "night"), ("in", "the", "night"),
          ("night", "-", "time"), ("nighttime",), ("by", "night"), ("night", "time"))  # fmt: skip
_DAY = (("daytime",), ("day", "-", "time"), ("during", "the", "day"), ("in", "the", "day"),
        ("day", "time"), ("during", "daytime"), ("by", "day"))  # fmt: skip
_USUAL_NIGHT = (22, 6)
"""Nobody having said when it is."""
_HALVES = {"morning": "am", "afternoon": "pm", "evening": "pm"}
_NOON = 12
_JOINED = ("and", "to", "-", "until", "till")
Clock = tuple[int, str]
"""An hour as it was said, and "am", "pm", "24" or nothing."""


def clock(words: Sequence[str], at: int) -> tuple[Span, int] | None:
    """The part of the day that starts at token `at`, and the token after it."""
    return _named(words, at) or _range(words, at)


def oclock(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """The hour that starts at token `at`, and the token after it."""
    found = _time(words, at)
    if found is None or not found[0][1]:
        return None
    return _hour(found[0]), found[1]


def _named(words: Sequence[str], at: int) -> tuple[Span, int] | None:
    night = next((n for n in _NIGHT if tuple(words[at : at + len(n)]) == n), None)
    if words[at] == "night" and words[at - 1 : at] == ["at"]:
        night = ("night",)
    day = next((d for d in _DAY if tuple(words[at : at + len(d)]) == d), None)
    if night is None and (day is None or (day == ("by", "day") and "night" not in words)):
        return None
    low, high = _night_said(words) or _USUAL_NIGHT
    end = at + len(night or day or ())
    if words[end : end + 1] == ["("] and (told := _range(words, end + 1)):
        low, high = (told[0].numbers[0], (told[0].numbers[-1] + 1) % 24)
        end = told[1] + (words[told[1] : told[1] + 1] == [")"])
        return _span("at night" if night else "in the daytime", low, high), end
    if day:
        return _span("in the daytime", high, low), end
    return _span("at night", low, high), end


def _night_said(words: Sequence[str]) -> tuple[int, int] | None:
    """When the night is, where the question says so in brackets."""
    for at in range(len(words) - 2):
        if words[at] in ("night", "overnight", "nighttime") and words[at + 1] == "(":
            told = _range(words, at + 2)
            if told:
                return told[0].numbers[0], (told[0].numbers[-1] + 1) % 24
    return None


def _range(words: Sequence[str], at: int) -> tuple[Span, int] | None:
    start = at + (words[at : at + 1] in (["between"], ["from"]))
    low = _time(words, start)
    if low is None or words[low[1] : low[1] + 1] not in [[word] for word in _JOINED]:
        return None
    high = _time(words, low[1] + 1)
    if high is None:
        return None
    first, last = _same_half(low[0], high[0])
    if not first[1] or not last[1] or _hour(first) == _hour(last):
        return None
    span = _span("", _hour(first), _hour(last))
    return (span if low[0][1] else replace(span, unit="clock")), high[1]


def _time(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    """ "9", "9am", "9 pm", "18:00", "9 in the morning"."""
    word = words[at] if at < len(words) else ""
    for half in ("am", "pm"):
        if word.endswith(half) and word[:-2].isdigit():
            return _plausible((int(word[:-2]), half), at + 1)
    if not word.isdigit() or len(word) > 2:
        return None
    after = list(words[at + 1 : at + 4])
    if after[:1] == [":"]:
        whole = after[1:2] == ["00"]
        half = next((h for h in ("am", "pm") if after[2:3] == [h]), "24")
        return _plausible((int(word), half), at + 3 + (half != "24")) if whole else None
    if after[:1] in (["am"], ["pm"]):
        return _plausible((int(word), after[0]), at + 2)
    if after[:2] == ["in", "the"] and after[2:3] and after[2] in _HALVES:
        return _plausible((int(word), _HALVES[after[2]]), at + 4)
    return _plausible((int(word), ""), at + 1)


def _plausible(said: Clock, end: int) -> tuple[Clock, int] | None:
    most = 24 if said[1] == "24" else _NOON
    return (said, end) if (0 if said[1] == "24" else 1) <= said[0] <= most else None


def _same_half(low: Clock, high: Clock) -> tuple[Clock, Clock]:
    """ "6 to 9 am" is in the morning, "10 to 2 pm" begins before noon."""
    if low[1] or not high[1] or high[1] == "24":
        return low, high
    before = low[0] % _NOON < high[0] % _NOON
    other = "am" if high[1] == "pm" else "pm"
    return (low[0], high[1] if before else other), high


def _hour(said: Clock) -> int:
    hour, half = said
    return hour % 24 if half == "24" else hour % _NOON + (_NOON if half == "pm" else 0)


def _span(words: str, low: int, high: int) -> Span:
    hours = range(low, high) if low < high else (*range(low, 24), *range(high))
    told = f"{low}:00 to {(high - 1) % 24}:59"
    text = f"{words} ({told})" if words else f"from {told}"
    return Span("hours", text, numbers=tuple(hours), unit="hour")
