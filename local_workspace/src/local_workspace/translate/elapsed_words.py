"""What the time between two dates of a row is called: "resolution time", "time to fill".

The time runs from the date that rows begin by, or from the opposite of the end where rows hold it:
what came back went out before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.computed import span
from local_workspace.spaces.foreign_headers import in_english
from local_workspace.translate.forms import family
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import Catalog, TableInfo
    from local_workspace.spaces.elapsed import Elapsed

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
_LASTING = ("duration", "time taken", "turnaround", "turnaround time", "cycle time", "lead time",
            "processing time")  # fmt: skip
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


def lasting(table: TableInfo) -> Elapsed | None:
    """How long a row lasts or takes as a whole; None where no two dates tell, or a column does."""
    measures = (c for c in table.columns.values() if c.role == "measure")
    if any(_MEASURED & set(c.label.lower().split()) or c.unit in _MEASURED for c in measures):
        return None
    pairs = [pair for pair in table.elapsed if _opposed(table, pair)]
    if not pairs and len(table.elapsed) == 1:
        return table.elapsed[0]
    if not pairs:
        pairs = [
            pair
            for pair in table.elapsed
            if pair.start == table.time and _ENDING & set(core(table, pair.end))
        ]
    return pairs[0] if len(pairs) == 1 else None


def ending_at(table: TableInfo, end: str) -> Elapsed | None:
    """The time that ends with this date; None where it could begin with several."""
    pairs = [pair for pair in table.elapsed if pair.end == end]
    for chosen in (
        [pair for pair in pairs if _opposed(table, pair)],
        pairs,
        [pair for pair in pairs if pair.start == table.time],
    ):
        if len(chosen) == 1:
            return chosen[0]
    return None


def core(table: TableInfo, name: str) -> list[str]:
    """What a date is of: "first reply" of `first_reply_at`."""
    words = in_english(table.columns[name].label.lower()).split()
    joined = " ".join(words)
    if joined in ("check in", "check out", "clock in", "clock out"):
        return [joined]
    return [word for word in words if word not in _TAILS] or words


def _opposed(table: TableInfo, pair: Elapsed) -> bool:
    start, end = (set(_halves(core(table, name))) for name in (pair.start, pair.end))
    return any(start & first and end & last for first, last in _OPPOSITES)


def _halves(words: list[str]) -> list[str]:
    return [part for word in words for part in (word, *word.split(" "))]


def _phrases(table: TableInfo, pair: Elapsed) -> Iterator[str]:
    words = core(table, pair.end)
    whole = " ".join(words)
    named = {whole, words[-1], words[0]} if len(words) > 1 else {whole}
    for name in sorted(named):
        for form in (name, *family(name)):
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
    if lasting(table) == pair:
        yield from _LASTING
        yield from _STAYS if "in" in core(table, pair.start) or _stays(table, pair) else ()
        for noun in (table.row, table.row.split(" ")[-1], *table.synonyms):
            yield from (f"{noun} {word}" for word in ("duration", "length", "time"))
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
