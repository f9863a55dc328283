"""Other ways to say which part of which whole: "jobs filled as a share of all jobs"."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.lexicon import stem
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import keyword, meant_as_money

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_OF = (" of", " all", " total", "of")


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of a share whose part and whole are named apart; None where they are not."""
    return _as_share(found, reading) or _within(found, reading) or _each(found, reading)


def _as_share(found: list[Chunk], reading: Reading) -> Plan | None:
    """ "late jobs as a % of all jobs by year", "ratio of late jobs to all jobs"."""
    split = _told_apart(found)
    if split is None:
        return None
    part, at = split
    whole = found[at]
    tables = [s.table for s in whole.senses if s.kind == "table"]
    named = [s for chunk in part for s in chunk.senses if s.table in tables]
    if len(tables) == 1 and part and all(_adjective(chunk) for chunk in part):
        part = [*part, whole]
    elif len(tables) != 1 or not named or not _names_rows(part, whole, tables[0], reading):
        return None
    if any(chunk.key("super", "agg", "compare", "share", "not") for chunk in part) or _split(part):
        return None
    if meant_as_money(whole):
        raise Unbound(
            f"a share of the number of {whole.text} or of their value? Say which", ambiguous=True
        )
    told = reading.plan([keyword("share", "share of"), *part, *found[at + 1 :]], tables[0])
    shares = [m for m in told.metrics if m.share == "where" or _is_ratio(m.measure, reading)]
    if len(told.metrics) != 1 or not shares:
        raise Unbound("which part of which rows is meant is not clear; say “share of … that are …”")
    return told


def _told_apart(found: list[Chunk]) -> tuple[list[Chunk], int] | None:
    """The words of the part, and where the rows of the whole are named."""
    words = [chunk.text.lower() for chunk in found]
    if words and words[0] in ("ratio", "ratio of") and "to" in words:
        at = words.index("to")
        start = 2 if words[1] == "of" else 1
        return (found[start:at], at + 1) if at + 1 < len(found) else None
    for at, chunk in enumerate(found[1:], 1):
        share = chunk.key("share") and (chunk.value == "all" or words[at - 1] == "as")
        if not (share or chunk.key("oftotal")) or found[0].key("share"):
            continue
        end = at + 1
        while end < len(found) and found[end].key("oftotal", "in"):
            end += 1
        start = at - found[at - 1].key("in")
        whole = share or any(c.text.lower().endswith(_OF) for c in found[at:end])
        return (found[:start], end) if whole and end < len(found) else None
    return None


def _split(part: list[Chunk]) -> bool:
    """Whether the part has a breakdown: "by" of "delayed by more than 30 minutes" is none."""
    return any(
        chunk.key("by") and not after.key("cmp") and after.kind != "number"
        for chunk, after in itertools.pairwise([*part, part[0]])
    )


def _names_rows(part: list[Chunk], whole: Chunk, table: str, reading: Reading) -> bool:
    """Whether the part is made of the same rows: "late jobs" of "jobs"."""
    rows = reading.catalog.tables[table]
    nouns = {stem(word) for noun in (rows.row, *rows.synonyms, whole.text) for word in noun.split()}
    told = any(s.kind == "table" and s.table == table for c in part for s in c.senses)
    return told or any(stem(word) in nouns for c in part for word in c.text.lower().split())


def _is_ratio(name: str | None, reading: Reading) -> bool:
    return bool(name) and reading.catalog.measure(name or "").format == "percent"


def _within(found: list[Chunk], reading: Reading) -> Plan | None:
    """ "share of United in all flights by origin", "share of women among members"."""
    at = next((n for n, chunk in enumerate(found) if chunk.key("share")), None)
    if at is None or len(found) < at + 4:
        return None
    part, end = found[at + 1], at + 2
    values = [s for s in part.senses if s.kind in ("value", "filter")]
    if not values or len(values) < len(part.senses) or not _inside(found[end]):
        return None
    while end < len(found) and (_inside(found[end]) or found[end].key("oftotal")):
        end += 1
    whole = found[end : end + 1]
    if not whole or not _everything(whole[0], reading):
        return None
    told = reading.plan([*found[: at + 1], part, whole[0], *found[end + 1 :]])
    if [m.share for m in told.metrics] != ["where"]:
        raise Unbound("which part of which rows is meant is not clear; say “share of … that are …”")
    return told


def _adjective(chunk: Chunk) -> bool:
    told = [s for s in chunk.senses if s.kind in ("value", "filter")]
    return bool(told) and not any(s.kind in ("table", "measure") for s in chunk.senses)


def _everything(chunk: Chunk, reading: Reading) -> bool:
    """Whether the word names all rows or all of a measure, not only those of some sort."""
    if not chunk.senses or any(s.kind in ("value", "filter") for s in chunk.senses):
        return False
    counted = [reading.catalog.measure(s.name) for s in chunk.senses if s.kind == "measure"]
    if any(not m.additive or m.template.startswith("COUNT_IF(") for m in counted):
        return False
    return all(
        s.kind in ("table", "measure")
        or (s.kind == "column" and reading.catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )


def _inside(chunk: Chunk) -> bool:
    return chunk.text.lower() in ("in", "among", "amongst", "within", "of all")


def _each(found: list[Chunk], reading: Reading) -> Plan | None:
    """ "percentage of won, lost and open deals": each part, where the parts are all there are.

    Together they would be everything, which nobody asks for.
    """
    if len(found) > 2 and found[-1].key("oftotal"):
        found = [keyword("share", "share of"), *found[:-1]]
    if not found or not found[0].key("share"):
        return None
    at, listed = 1, []
    while at < len(found) and (found[at].key("comma", "and") or _values(found[at])):
        listed += [found[at]] if _values(found[at]) else []
        at += 1
    rows = found[at : at + 1]
    if len(listed) < 2 or not rows or not any(s.kind == "table" for s in rows[0].senses):
        return None
    for table, name in {(s.table, s.name) for s in _values(listed[0])}:
        column = reading.catalog.column(table, name)
        held = {
            next((s.value for s in _values(c) if (s.table, s.name) == (table, name)), "")
            for c in listed
        }
        if held == set(column.values):
            said = replace(listed[0], text=column.label, senses=(Sense("column", table, name),))
            asked = [found[0], rows[0], keyword("by", "by"), said, *found[at + 1 :]]
            return reading.plan(asked)
    return None


def _values(chunk: Chunk) -> list[Sense]:
    return [s for s in chunk.senses if s.kind == "value"]
