"""Things kept by a part of their own rows: "clubs where more than half of the members left"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.plan import Having, Order
from local_workspace.translate.shapes.reading import keyword
from local_workspace.translate.shapes.tally import tallied

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_PARTS = {"half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4,
          "fifth": 1 / 5, "tenth": 1 / 10}  # fmt: skip
_LIMITS = (">", ">=", "<", "<=")
_LEADING = ("in", "which", "with", "distinct", "from")
_SAY = "say which part of which rows, e.g. “clubs where more than half of the members left”"


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the things whose part is over or under the limit; None where no part limits."""
    for at, chunk in enumerate(found):
        if not chunk.key("cmp") or chunk.value not in _LIMITS:
            continue
        limit, end = _limit(found, at + 1)
        if limit is not None and (_of(found, end) or "of" in _skipped(found, end)):
            while _of(found, end):
                end += 1
            return _kept(found, (at, end), (chunk.value, limit), reading)
    return None


def _limit(found: list[Chunk], at: int) -> tuple[float | None, int]:
    """The part that is named from `at` on, and the chunk after it: "10%", "two thirds"."""
    if at >= len(found):
        return None, at
    word, following = found[at].text.lower(), found[at + 1 : at + 2]
    if found[at].kind == "number" and word.endswith(("%", "percent", "pct")):
        return found[at].number, at + 1
    if found[at].kind == "number" and following and following[0].text.lower() in _PARTS:
        return found[at].number * _PARTS[following[0].text.lower()], at + 2
    return _PARTS.get(word), at + 1


def _skipped(found: list[Chunk], at: int) -> tuple[str, ...]:
    """The filler before the chunk, as "of the"."""
    return found[at].skipped if at < len(found) else ()


def _of(found: list[Chunk], at: int) -> bool:
    said = found[at].text.lower() if at < len(found) else ""
    return said == "of" or (said.startswith("of ") and found[at].key("oftotal"))


def _kept(
    found: list[Chunk], limited: tuple[int, int], limit: tuple[str, float], reading: Reading
) -> Plan | None:
    """ "which clubs have had more than half of their members leave": told as a share of each."""
    head, rest = found[: limited[0]], found[limited[1] :]
    thing = next((at for at, chunk in enumerate(head) if _groups(chunk, reading)), None)
    rows = next((at for at, chunk in enumerate(rest) if _rows(chunk, reading)), None)
    if thing is None or rows is None or not all(c.key(*_LEADING, "count") for c in head[:thing]):
        raise Unbound(_SAY, ambiguous=True)
    before = _trimmed(head[thing + 1 :])
    after = _trimmed(rest[rows + 1 :])
    said, others = (before, after) if before else (after, [])
    said = [c for n, c in enumerate(said) if not (c.key("by") and _sorts(said[n + 1 : n + 2]))]
    if not said or any(chunk.key("by", "super", "cmp", "not", "and", "or") for chunk in said):
        raise Unbound(_SAY, ambiguous=True)
    share = [keyword("share", "share of"), *rest[: rows + 1], keyword("with", "that were")]
    split = [keyword("by", "by"), replace(head[thing], plural=False)]
    told = reading.plan([*share, *said, *others, *split])
    shares = [m for m in told.metrics if m.share == "where"]
    if len(told.metrics) != 1 or not shares or told.having or told.limit or told.change:
        raise Unbound(_SAY, ambiguous=True)
    operator, low = limit
    having = Having(shares[0], operator, low)  # type: ignore[arg-type]
    kept = replace(told, having=(having,), order=Order("metric", 0, operator in (">", ">=")))
    if any(chunk.key("count") for chunk in head[:thing]):
        return tallied(kept, found, thing, reading.catalog, share=False)
    return kept


def _groups(chunk: Chunk, reading: Reading) -> bool:
    """Whether the word names things or kinds that rows are told by."""
    if chunk.kind == "grain" or reading.entities(chunk):
        return True
    columns = [s for s in chunk.senses if s.kind == "column"]
    roles = {reading.catalog.column(s.table, s.name).role for s in columns}
    return bool(columns) and roles <= {"dimension", "id"}


def _rows(chunk: Chunk, reading: Reading) -> bool:
    """Whether the word names rows, or an amount that adds up."""
    for sense in chunk.senses:
        if sense.kind == "table":
            return True
        if sense.kind == "measure" and reading.catalog.measure(sense.name).additive:
            return True
        if sense.kind == "column":
            column = reading.catalog.column(sense.table, sense.name)
            if column.role == "measure" and column.aggregate == "sum":
                return True
    return False


def _sorts(words: list[Chunk]) -> bool:
    """ "booked by phone": what follows is no breakdown."""
    return bool(words) and any(s.kind in ("value", "filter") for s in words[0].senses)


def _trimmed(words: list[Chunk]) -> list[Chunk]:
    """Without what only leads on: "where", "have", "of", commas."""
    while words and words[0].key("in", "with", "which", "from", "comma"):
        words = words[1:]
    while words and words[-1].key("in", "with", "which", "comma"):
        words = words[:-1]
    return words
