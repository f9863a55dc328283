"""How long something takes: "how long does it take to settle a complaint", "days ahead they book".

The time runs from the date that rows are told by to the date of what is done to them. It is a mean
over rows; the dates themselves are never counted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from local_workspace.translate.binding import Unbound
from local_workspace.translate.forms import family
from local_workspace.translate.plan import Order, Ref
from local_workspace.translate.qualities import measures_of
from local_workspace.translate.shapes.ages import TELLING, dates_of, told_in_days
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Aggregation, Plan
    from local_workspace.translate.shapes.reading import Reading

_SOON = ("how fast", "how soon", "how quickly", "how promptly")
_AHEAD = ("ahead", "advance", "beforehand")
_WAITING = frozenset({"wait", "waits", "waited", "have", "people", "everyone", "everybody"})
"""Words that add nothing to how long it takes: all who do it wait."""
_TIMES = frozenset({"time", "times", "duration"})
_SPANS = frozenset({"time", "days", "day"})
_EXTREME = {"longest": True, "highest": True, "slowest": True, "shortest": False, "lowest": False,
            "fastest": False, "quickest": False}  # fmt: skip
_SLOW = {"longest": True, "slowest": True, "shortest": False, "fastest": False, "quickest": False}


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the days something takes; None for other words."""
    return _named(found, reading) or _asked(found, reading)


def _named(found: list[Chunk], reading: Reading) -> Plan | None:
    """ "average resolution time by team", "days to ship", "longest delivery time"."""
    if any(c.key("share", "compare", "change", "cmp", "howquality") for c in found):
        return None
    for at in range(len(found) - 1):
        place = _of_time(found, at)
        if place is None:
            continue
        start, verb, end = place
        done = {ref for ref in dates_of(found[verb], reading) if _later(ref, reading)}
        if len(done) != 1:
            continue
        ref = done.pop()
        if _measured(found[verb], ref.table, reading):
            return None
        pair = (Ref((), ref.table, reading.catalog.tables[ref.table].time or ""), ref)
        _check_order(pair, reading)
        before = found[start - 1] if start else None
        told: Aggregation = "avg"
        if before is not None and before.key("agg") and before.value in TELLING:
            told, start = cast("Aggregation", before.value), start - 1
        rest = [*found[:start], *found[end:]]
        if before is not None and before.key("agg") and start:
            before = found[start - 1]
        ranked = before is not None and before.text.lower() in _EXTREME and found[0].key("which")
        if before is not None and ranked:
            rest = [c for c in rest if c is not before and not c.key("with")]
            said = "longest" if _EXTREME[before.text.lower()] else "shortest"
            return _ranked(rest, said, pair, told, reading)
        return told_in_days(rest, pair, told, reading)
    return None


def _of_time(found: list[Chunk], at: int) -> tuple[int, int, int] | None:
    """Where "resolution time" or "number of days to ship" starts, has its verb, and is over."""
    said, after = found[at].text.lower(), found[at + 1].text.lower()
    if after in _TIMES and found[at + 1].kind in ("unknown", "grain"):
        return at, at, at + 2
    if said in _SPANS and after == "to" and at + 2 < len(found):
        lead = at
        while lead and found[lead - 1].key("count", "in") and found[lead - 1].text != "by":
            lead -= 1
        return lead, at + 2, at + 3
    return None


def _asked(found: list[Chunk], reading: Reading) -> Plan | None:
    lead = next((n for n, c in enumerate(found) if _asks(c)), None)
    if lead is None or any(c.key("share", "compare", "count", "change") for c in found):
        return None
    soon, ranked = found[lead].text.lower() in _SOON, found[lead].key("super")
    ahead = any(c.kind == "unknown" and c.text.lower() in _AHEAD for c in found)
    verb = _verb(found, lead, reading, alone=soon or ahead)
    if verb is None:
        return None
    place, done = verb
    start = Ref((), done.table, reading.catalog.tables[done.table].time or "")
    if _measured(found[place], done.table, reading):
        return None
    rest = _rest(found, (lead, place), done.table, reading)
    means = [c for c in rest if c.key("agg") and c.value in TELLING]
    if len(means) > 1 or (ranked and not found[0].key("which")):
        return None
    told = cast("Aggregation", means[0].value if means else "avg")
    rest = [c for c in rest if c not in means]
    pair = (done, start) if ahead else (start, done)
    _check_order(pair, reading)
    if ranked:
        return _ranked(rest, found[lead].text.lower(), pair, told, reading)
    return told_in_days(rest, pair, told, reading)


def _asks(chunk: Chunk) -> bool:
    said = chunk.text.lower()
    long = chunk.key("howquality") and said == "how long"
    return long or (chunk.key("degree") and said in _SOON) or (chunk.key("super") and said in _SLOW)


def _verb(
    found: list[Chunk], lead: int, reading: Reading, *, alone: bool
) -> tuple[int, Ref] | None:
    """Where the verb stands, and the date of what was done; only one may be meant."""
    for at in range(lead + 1, len(found)):
        if not (alone or found[at - 1].text.lower() == "to"):
            continue
        done = [ref for ref in dates_of(found[at], reading) if _later(ref, reading)]
        if len(set(done)) > 1:
            raise Unbound(f"“{found[at].text}” could be told by several dates; name two of them")
        if done:
            return at, done[0]
    return None


def _later(ref: Ref, reading: Reading) -> bool:
    """Whether the date is another than the one that rows are told by."""
    time = reading.catalog.tables[ref.table].time
    return bool(time) and time != ref.column


def _measured(verb: Chunk, table: str, reading: Reading) -> bool:
    """Whether a column holds that time already: "minutes to resolve"."""
    forms = {verb.text.lower(), *family(verb.text)}
    times = measures_of("time", reading.catalog, frozenset({table}))
    return any(
        forms & set(reading.catalog.column(*pair).label.lower().split())
        for pair in times
        if pair[0] == table and pair[1] in reading.catalog.tables[table].columns
    )


def _check_order(pair: tuple[Ref, Ref], reading: Reading) -> None:
    """What may be over before it begins is no time that it takes: a stay that was cancelled."""
    start, end = (reading.catalog.column(ref.table, ref.column) for ref in pair)
    if start.first and end.first and end.first < start.first:
        raise Unbound(
            f"how long that takes could begin at other dates than {start.label}; say “average days "
            f"between … and {end.label}”"
        )


def _rest(found: list[Chunk], gone: tuple[int, int], table: str, reading: Reading) -> list[Chunk]:
    """The other words, without those who do it and to whom it is done."""
    lead, verb = gone
    words: list[Chunk] = []
    for at, chunk in enumerate(found):
        if at in (lead, verb) or (at == verb - 1 and chunk.text.lower() == "to"):
            continue
        if chunk.kind == "unknown" and chunk.text.lower() in _AHEAD:
            words = words[:-1] if words and words[-1].text.lower() == "in" else words
            continue
        if chunk.kind == "unknown" and chunk.text.lower() in _WAITING:
            continue
        beside = at in (lead + 1, verb - 1, verb + 1) and not found[at - 1].key("by", "which")
        if beside and _reached(chunk, table, reading) and not _adjective(found[at - 1]):
            continue
        words.append(chunk)
    return words


def _adjective(chunk: Chunk) -> bool:
    return any(s.kind in ("value", "filter") for s in chunk.senses)


def _reached(chunk: Chunk, table: str, reading: Reading) -> bool:
    """Whether the word names those whom every row points to."""
    paths = reading.lexicon.paths[table]
    return any(s.table in paths and s.table != table for s in reading.entities(chunk))


def _ranked(
    rest: list[Chunk], said: str, pair: tuple[Ref, Ref], told: Aggregation, reading: Reading
) -> Plan | None:
    """ "which supplier takes the longest to deliver": the groups by their mean, one of them."""
    many = len(rest) > 1 and rest[1].plural
    plain = told_in_days([keyword("by", "by"), *rest[1:]], pair, told, reading)
    if len(plain.groups) != 1:
        return None
    order = Order("metric", 0, _SLOW[said])
    return replace(plain, order=order, limit=None if many else 1)
