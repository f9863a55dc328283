"""What the time between two dates of a row is called: "resolution time", "time to fill".

The time runs from the date that rows begin by, or from the opposite of the end where rows hold it:
what came back went out before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from local_workspace.spaces.computed import span
from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.names import singular, spoken
from local_workspace.translate.forms import family, is_participle, regular
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import Catalog, TableInfo
    from local_workspace.spaces.elapsed import Elapsed
    from local_workspace.translate.chunks import Chunk

_TAILS = frozenset({"at", "on", "date", "time", "datetime", "timestamp", "ts", "dt", "day", "the"})
_OPPOSITES = (
    ({"out", "lent", "borrowed", "loaned", "hired", "rented", "issued"},
     {"back", "returned", "return", "in"}),
    ({"in"}, {"out"}), ({"from"}, {"to", "until"}),
    ({"depart", "departed", "departure"}, {"arrival", "arrived"}),
    ({"start", "started", "begin", "began", "begun"},
     {"end", "ended", "finish", "finished", "completed", "stop", "stopped"}),
    ({"pickup", "picked", "collected", "collection", "loaded"},
     {"dropoff", "dropped", "delivered", "delivery", "unloaded"}),
    ({"opened", "open", "opening"}, {"closed", "closing", "close", "resolved"}),
    ({"arrived", "arrival", "arrive"}, {"left", "departed", "departure", "discharged"}),
    ({"admitted", "admission"}, {"discharged", "discharge"}), ({"login"}, {"logout"}),
    ({"joined", "joining", "join"}, {"left", "leaving", "cancelled"}),
    ({"checkin"}, {"checkout"}), ({"entry", "entered"}, {"exit", "exited"}),
    ({"clock in"}, {"clock out"}), ({"hired"}, {"left", "terminated"}),
)  # fmt: skip
_ENDING = frozenset(
    {"closed", "resolved", "completed", "completion", "finished", "delivered", "settled", "solved"}
    | {"done", "ended", "discharged", "returned", "fixed", "paid", "left", "cleared", "housed"}
    | {"repaired", "installed", "filled", "served"}
)
_MOMENTS = frozenset(
    {"start", "started", "end", "ended", "arrival", "arrived", "departure", "departed", "pickup"}
    | {"dropoff", "booking", "booked", "check", "finish", "finished", "opened", "opening", "in"}
    | {"closed", "begun", "begin", "out", "back", "returned", "return", "visit", "appointment"}
    | {"order", "ordered", "entry", "exit", "left", "sold", "seen", "due", "last", "first"}
)
"""Of these "… time" is as often a time of day."""
_SPEED = frozenset({"reply", "replied", "response", "responded", "reached", "answered", "attended"}
                   | {"answer", "scene", "arrived", "arrival"})  # fmt: skip
_SERVED = frozenset({"seen", "served", "answered", "treated", "housed", "started", "start"}
                    | {"connected", "admitted", "picked", "pickup", "seated"})  # fmt: skip
_PLANNED = frozenset({"scheduled", "planned", "promised", "due", "required", "expected", "agreed"}
                     | {"estimated", "target", "deadline"})  # fmt: skip
_ACTUAL = frozenset({"actual", "real", "actually"})
_KEPT = frozenset(
    {"delivered", "delivery", "arrived", "arrival", "completed", "finished", "returned", "back"}
    | {"shipped", "dispatched", "submitted", "done", "closed", "resolved", "received", "return"}
    | {"completion", "shipment", "dispatch", "submission", "handover", "handed"}
)
_COMING = frozenset(
    {"start", "out", "arrival", "arrive", "check in", "checkin", "pickup", "departure", "visit"}
    | {"appointment", "event", "show", "travel", "begin", "sail", "sails", "sailing", "flight"}
    | {"departs", "arrives", "starts", "collection", "delivery", "stay", "trip"}
)
"""What people book ahead of."""
_BOOKED = frozenset({"booked", "booking", "bought", "reserved", "reservation", "purchased", "sold"}
                    | {"ordered", "created", "made"})  # fmt: skip
_ALIKE = (
    frozenset({"closed", "resolved", "settled", "solved", "completed", "finished", "fixed"}),
    frozenset({"end", "ended", "finish", "finished", "completed", "completion"}),
    frozenset({"bought", "purchased", "purchase", "sold"}),
    frozenset({"dispatched", "shipped", "despatched", "sent"}),
    frozenset({"dropped", "dropoff", "delivered"}), frozenset({"replied", "reply", "response"}),
    frozenset({"answered", "reply", "response", "responded"}),
    frozenset({"repaired", "fixed", "mended"}), frozenset({"joined", "signed"}),
)  # fmt: skip
_LASTING = ("duration", "time taken", "turnaround", "turnaround time", "cycle time",
            "processing time")  # fmt: skip
_DELIVERED = frozenset({"delivered", "delivery", "shipped", "dispatched", "ready", "completed"})
_STAYS = ("stay", "length of stay", "stay length", "dwell time", "time spent", "visit length")
_MEASURED = frozenset({"duration", "length", "minutes", "hours", "days", "nights", "seconds"}
                      | {"mins", "elapsed", "time", "runtime", "stay"})  # fmt: skip


def elapsed_phrases(catalog: Catalog) -> Iterator[tuple[str, Sense]]:
    """Phrases for the times between the dates of every table's rows."""
    for table in catalog.tables.values():
        for pair in table.elapsed:
            if pair == ending_at(table, pair.end):
                sense = Sense("column", table.name, span(pair.start, pair.end, pair.unit))
                for phrase in _phrases(table, pair):
                    yield phrase, sense
        late = delays(table)
        for delay in late:
            sense = Sense("column", table.name, delay.name)
            yield f"{delay.of} delay", sense
            if len(late) == 1:
                yield from ((word, sense) for word in ("delay", "lateness"))


@dataclass(frozen=True, slots=True)
class Delay:
    """How late something was: its column, and what was late where several things could be."""

    name: str
    of: str


def delays(table: TableInfo) -> list[Delay]:
    """How late each thing of a row was that has a planned and an actual date."""
    times = [c for c in table.columns.values() if c.role == "time" and c.family != "integer"]
    planned = [c for c in times if _PLANNED & set(core(table, c.name))]
    found = []
    for plan in planned:
        own = set(core(table, plan.name)) - _PLANNED
        for done in times:
            words = set(core(table, done.name))
            alike = own and words - _ACTUAL == own
            due = not own and len(planned) == 1 and words & _KEPT
            if done not in planned and done.family == plan.family and (alike or due):
                unit = "minutes" if done.family == "timestamp" else "days"
                of = " ".join(sorted(own or words - _ACTUAL))
                found.append(Delay(span(plan.name, done.name, unit), of))
    return found


def lasting(table: TableInfo) -> Elapsed | None:
    """How long a row lasts or takes as a whole; None where no two dates tell, or a column does."""
    measures = (c for c in table.columns.values() if c.role == "measure")
    if any(_MEASURED & set(c.label.lower().split()) or c.unit in _MEASURED for c in measures):
        return None
    pairs = _nearest([pair for pair in table.elapsed if _opposed(table, pair)])
    if not pairs and len(table.elapsed) == 1:
        return table.elapsed[0]
    if not pairs:
        pairs = [
            pair
            for pair in table.elapsed
            if pair.start == table.time and _ENDING - {"paid"} & set(core(table, pair.end))
        ]
    return pairs[0] if len(pairs) == 1 else None


def ending_at(table: TableInfo, end: str) -> Elapsed | None:
    """The time that ends with this date; None where it could begin with several."""
    pairs = [pair for pair in table.elapsed if pair.end == end]
    for chosen in (
        _nearest([pair for pair in pairs if _opposed(table, pair)]),
        pairs,
        [pair for pair in pairs if pair.start == table.time],
    ):
        if len(chosen) == 1:
            return chosen[0]
    return None


def ended_by(chunk: Chunk, catalog: Catalog) -> list[tuple[TableInfo, Elapsed]]:
    """The times that end with what the word says was done."""
    return [
        (table, pair)
        for table in catalog.tables.values()
        for pair in table.elapsed
        if pair == ending_at(table, pair.end) and names_date(chunk, table, pair.end)
    ]


def begun_by(chunk: Chunk | None, catalog: Catalog) -> list[tuple[TableInfo, Elapsed]]:
    """The times from what the word says was done (or any) to what it was done for."""
    return [
        (table, pair)
        for table in catalog.tables.values()
        for pair in table.elapsed
        if _COMING & set(core(table, pair.end))
        and (names_date(chunk, table, pair.start) if chunk else _bought(table, pair))
    ]


def _bought(table: TableInfo, pair: Elapsed) -> bool:
    return bool(_BOOKED & set(core(table, pair.start)))


def names_date(chunk: Chunk, table: TableInfo, name: str) -> bool:
    """Whether the word is one for that date: "opening" of opened at."""
    if chunk.kind not in ("sense", "unknown", "key"):
        return False
    if any((s.table, s.name) == (table.name, name) for s in chunk.senses):
        return True
    words = core(table, name)
    last = words[-1]
    verb = regular(singular(last)) if last.endswith("s") else ()
    forms = {" ".join(words), last, *family(last), *verb, *_nouns(last)}
    forms |= {form for word in _alike(words[-1]) for form in (word, *family(word))}
    return singular(chunk.text.lower()) in {singular(form) for form in forms}


def _words_of(name: str) -> list[str]:
    return in_english(spoken(name)).split()


def _nouns(done: str) -> tuple[str, ...]:
    """ "adoption", "adjustment" of what was done; those that English lacks nobody types."""
    if not is_participle(done):
        return ()
    return tuple(
        done.removesuffix(cut) + tail for cut in ("ed", "d") for tail in ("ion", "ment", "al")
    )


def _alike(word: str) -> frozenset[str]:
    """ "settle" of closed: what ends a case, and what a thing is got by."""
    return frozenset().union(*(alike for alike in _ALIKE if word in alike))


def core(table: TableInfo, name: str) -> list[str]:
    """What a date is of: "first reply" of `first_reply_at`."""
    words = in_english(table.columns[name].label.lower()).split()
    joined = " ".join(words)
    if joined in ("check in", "check out", "clock in", "clock out"):
        return [joined]
    return [word for word in words if word not in _TAILS] or words


def _nearest(pairs: list[Elapsed]) -> list[Elapsed]:
    """Of times that end alike, the one of two dates whose names share a word: both actual."""
    kept = [p for p in pairs if not _PLANNED & {*_words_of(p.start), *_words_of(p.end)}]
    pairs = kept if len(pairs) > 1 and kept else pairs
    told = [p for p in pairs if set(p.start.lower().split("_")) & set(p.end.lower().split("_"))
            - _TAILS]  # fmt: skip
    return told if len(pairs) > 1 and told else pairs


def _opposed(table: TableInfo, pair: Elapsed) -> bool:
    start, end = (
        {*_halves(core(table, name)), *_halves(spoken(name).split())}
        for name in (pair.start, pair.end)
    )
    return any(start & first and end & last for first, last in _OPPOSITES)


def _halves(words: list[str]) -> list[str]:
    return [part for word in words for part in (word, *word.split(" "))]


def _phrases(table: TableInfo, pair: Elapsed) -> Iterator[str]:
    words = core(table, pair.end)
    whole = " ".join(words)
    named = {whole, words[-1], words[0]} if len(words) > 1 else {whole}
    for name in sorted(named):
        for form in dict.fromkeys((name, *family(name), *_nouns(name))):
            for lead in ("time", "time taken"):
                yield f"{lead} to {form}"
            yield f"time until {form}"
            said = {form, *form.split(" ")} & _MOMENTS or set(words) & _MOMENTS
            if not said and not form.endswith("ing"):
                yield f"{form} time"
                yield f"{form} duration"
    ends = {end: core(table, end) for end in dict.fromkeys(p.end for p in table.elapsed)}
    for kind, told in ((_SPEED, ("response time", "reaction time")),
                       (_SERVED, ("waiting time", "wait time", "wait"))):  # fmt: skip
        fitting = [end for end, words in ends.items() if kind & set(words)]
        if fitting == [pair.end]:
            yield from told
    if _DELIVERED & set(words) and pair.start == table.time:
        yield "lead time"
    if lasting(table) == pair:
        yield from _LASTING
        yield from _STAYS if "in" in core(table, pair.start) or _stays(table, pair) else ()
        for noun in (table.row, table.row.split(" ")[-1], *table.synonyms):
            yield from (f"{noun} {word}" for word in ("duration", "length", "time", "period"))
            yield from (f"{word} of {noun}" for word in ("duration", "length"))


def _stays(table: TableInfo, pair: Elapsed) -> bool:
    come = {
        "check in",
        "checkin",
        "arrival",
        "arrived",
        "admitted",
        "admission",
        "entry",
        "entered",
    }
    return bool(come & set(_halves(core(table, pair.start))))
