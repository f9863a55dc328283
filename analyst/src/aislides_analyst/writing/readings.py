"""Ways to put one fact: short sentences beside its own template, so that nothing is said twice.

Each sentence says no more than the fact holds: which value is highest or lowest, which is above
which, what came before what. What a fact's kind does not promise is left to its template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from aislides_analyst.planning.words import spoken
from aislides_analyst.writing.breadth import breadth_readings
from aislides_analyst.writing.material import Fact
from aislides_analyst.writing.reading import Reading

_DATED = re.compile(r"\d{4}-\d\d")
# How days and hours are printed, with the word before them.
_FORMS = (
    ("on", re.compile(r"\d{1,2}\s\w+\s\d{4}$|\w+ \d{1,2}, \d{4}$")),
    ("at", re.compile(r"\d{1,2}:\d\d")),
)
_LONG_TAIL = 0.12


def readings(fact: Fact, level: Fact | None = None) -> list[Reading]:
    """Sentences about the fact other than its template, the most telling first.

    `level` is the overall level of the same measure, to compare with.
    """
    said = list(_KINDS[fact.kind](fact)) if fact.kind in _KINDS else []
    compared = _against_level(fact, level) if level else None
    if compared:
        said.insert(min(1, len(said)), compared)
    return said


def preposition(fact: Fact, name: str) -> str:
    """The word before a period in the fact's own templates: "in", "on" or "at"."""
    templates = f"{fact.headline} {fact.sentence}"
    for wanted in (re.escape(fact.ref(name)), rf"\{{{fact.id}\.\w*period\}}"):
        found = re.search(rf"\b(in the week of|in|on|at) {wanted}", templates)
        if found:
            return found[1]
    shown = fact.values[name].display if name in fact.values else ""
    return next((word for word, form in _FORMS if form.match(shown)), "in")


def weak_against(fact: Fact, level: Fact | None) -> list[Reading]:
    """The last of a ranking beside the overall level; empty where that is not known."""
    if level is None or "mean" not in level.values or "last_value" not in fact.values:
        return []
    if fact.values["last_value"].display == level.values["mean"].display:
        return []
    text = (
        f"{fact.ref('last')} stood at {fact.ref('last_value')}, "
        f"against {level.ref('mean')} overall."
    )
    return [Reading("Against the average", text, (fact, level))]


def _against_level(fact: Fact, level: Fact) -> Reading | None:
    mean = "mean" if "mean" in level.values else ""
    if not mean or level.measure != fact.measure:
        return None
    for name, place, lead in (
        ("first_value", "first", "Against the average"),
        ("peak", "peak_period", "Against the average"),
    ):
        if name in fact.values and place in fact.values:
            if place == "first" and not fact.values[place].names_alone:
                return None
            if fact.values[name].display == level.values[mean].display:
                return None
            words = fact.ref(place) if place == "first" else "The peak"
            text = f"{words} stood at {fact.ref(name)}, against {level.ref(mean)} overall."
            return Reading(lead, text, (fact, level))
    return None


def _leader(fact: Fact) -> Iterator[Reading]:
    has = fact.values.__contains__
    if not has("first") or fact.values["first"].is_number:
        # A number for a group, such as rooms, reads like a figure: its template says whose it is.
        return
    first, last = _called(fact, "first"), _called(fact, "last") if has("last") else ""
    if has("second") and has("lead_over_second"):
        second = fact.values["second"]
        named = second.names_alone and not _DATED.match(str(second.exact))
        yield Reading(
            f"Ahead of {fact.ref('second')}" if named else "First and second",
            f"{_capital(first)} stood {fact.ref('lead_over_second')} above "
            f"{_called(fact, 'second')} in second place.",
            (fact,),
        )
    tail = has_long_tail(fact)
    if has("last_value") and not tail:
        yield Reading(
            "At the other end",
            f"{_capital(last)} stood at {fact.ref('last_value')}, "
            f"against {fact.ref('first_value')} for {first}.",
            (fact,),
        )
    if tail:
        pass
    elif has("ratio"):
        yield Reading(
            "Size of the gap",
            f"{_capital(first)} stood at {fact.ref('ratio')} the level of {last}.",
            (fact,),
        )
    elif has("gap"):
        yield Reading(
            "Size of the gap",
            f"The gap between {first} and {last} came to {fact.ref('gap')}.",
            (fact,),
        )
    if has("share") and "share}" not in fact.headline:
        yield Reading(
            "Share of the total",
            f"{_capital(first)} made up {fact.ref('share')} of the total.",
            (fact,),
        )
    if has("first_count"):
        yield Reading(
            "What it rests on",
            f"The figure for {first} rests on {fact.ref('first_count')}.",
            (fact,),
        )


def _called(fact: Fact, name: str) -> str:
    """The group as a sentence names it: codes, and yes and no, with what they are of."""
    if fact.values[name].names_alone:
        return fact.ref(name)
    words = spoken(fact.by).split()
    while len(words) > 1 and words[-1] in ("name", "code", "label", "title"):
        words.pop()
    return f"{' '.join(words)} {fact.ref(name)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def has_long_tail(fact: Fact) -> bool:
    """True for a leader with so small a part of the total that the last place says nothing."""
    share = fact.values.get("share")
    return bool(share and isinstance(share.exact, int | float) and share.exact < _LONG_TAIL)


def _seasonality(fact: Fact) -> Iterator[Reading]:
    has = fact.values.__contains__
    starts_low = False
    if has("start") and has("peak"):
        starts_low = has("low") and fact.values["start"].exact == fact.values["low"].exact
        yield Reading(
            "From the start",
            f"{fact.subject} rose from {fact.ref('start')} {preposition(fact, 'start_period')} "
            f"{fact.ref('start_period')} to {fact.ref('peak')}.",
            (fact,),
        )
    if has("low") and has("swing") and not starts_low:
        usual = "usual " if "usually" in fact.headline else ""
        yield Reading(
            "The lowest point",
            f"The {usual}lowest came {preposition(fact, 'low_period')} {fact.ref('low_period')} "
            f"at {fact.ref('low')}, a distance of {fact.ref('swing')} to the peak.",
            (fact,),
        )
    if has("ratio"):
        yield Reading(
            "Size of the swing",
            f"The peak stood at {fact.ref('ratio')} the level of the lowest.",
            (fact,),
        )


def _trend(fact: Fact) -> Iterator[Reading]:
    if "start" in fact.values and "end" in fact.values:
        yield Reading(
            "Start and end",
            f"{fact.subject} stood at {fact.ref('start')} "
            f"{preposition(fact, 'start_period')} {fact.ref('start_period')} "
            f"and at {fact.ref('end')} "
            f"{preposition(fact, 'end_period')} {fact.ref('end_period')}.",
            (fact,),
        )


def _outlier(fact: Fact) -> Iterator[Reading]:
    if "usual" in fact.values:
        yield Reading("The usual level", f"The usual level was {fact.ref('usual')}.", (fact,))
    if "second_value" in fact.values:
        yield Reading(
            "Next to it",
            f"{fact.subject} also reached {fact.ref('second_value')} "
            f"{preposition(fact, 'second_period')} {fact.ref('second_period')}.",
            (fact,),
        )


def _level_shift(fact: Fact) -> Iterator[Reading]:
    if "change" in fact.values:
        yield Reading(
            "Size of the step",
            f"The step between the levels came to {fact.ref('change')}.",
            (fact,),
        )


def _level(fact: Fact) -> Iterator[Reading]:
    has = fact.values.__contains__
    if has("change_share") and has("previous_period"):
        yield Reading(
            "Size of the change",
            f"Against {fact.ref('previous_period')}, that is a change of "
            f"{fact.ref('change_share')}.",
            (fact,),
        )
    if has("change_share") and has("year_before"):
        span = f"From {fact.ref('from_period')} to {fact.ref('to_period')}"
        change = f"that is a change of {fact.ref('change_share')}, year on year."
        yield Reading("Size of the change", f"{span}, {change}", (fact,))


def _concentration(fact: Fact) -> Iterator[Reading]:
    if "first_share" in fact.values:
        yield Reading(
            "The first alone",
            f"{fact.ref('first')} alone made up {fact.ref('first_share')}.",
            (fact,),
        )


def _contribution(fact: Fact) -> Iterator[Reading]:
    has = fact.values.__contains__
    if has("rose"):
        yield from breadth_readings(fact)
        return
    if has("change_share"):
        yield Reading(
            "The whole change",
            f"From {fact.ref('previous_period')} to {fact.ref('last_period')} the whole moved by "
            f"{fact.ref('change')}, a change of {fact.ref('change_share')}.",
            (fact,),
        )
    elif has("change"):
        yield Reading(
            "The whole change",
            f"From {fact.ref('previous_period')} to {fact.ref('last_period')} the whole moved by "
            f"{fact.ref('change')}.",
            (fact,),
        )
    if has("share"):
        yield Reading(
            "The largest part",
            f"{fact.ref('first')} moved it by {fact.ref('first_change')}, {fact.ref('share')} "
            "of the change.",
            (fact,),
        )
    if has("counter"):
        yield Reading(
            "Against the change",
            f"{fact.ref('counter')} moved it by {fact.ref('counter_change')}.",
            (fact,),
        )


_KINDS: dict[str, Callable[[Fact], Iterator[Reading]]] = {
    "leader": _leader,
    "seasonality": _seasonality,
    "trend": _trend,
    "outlier": _outlier,
    "level_shift": _level_shift,
    "level": _level,
    "concentration": _concentration,
    "contribution": _contribution,
}
