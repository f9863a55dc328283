"""Reasons that the data hold: "top reasons for leaving", "left because of cost".

What caused a change no query can say; what reason was written down for each row one can count.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.forms import family
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo

_REASONS = frozenset({"reason", "cause", "why"})
_BECAUSE = frozenset({"because", "due to", "because of", "owing to"})
_CAUSE = frozenset({"cause", "reason", "to blame", "responsible for"})
_TOP = frozenset({"top", "main", "most", "biggest", "most common", "most frequent", "commonest"})
_MANY = frozenset({"reasons", "causes"})


def with_reasons(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with reasons counted or held, as plain rules read it."""
    return _top(_asked_why(_held(found, catalog), catalog), catalog)


def _held(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "patients who left because of cost": those of that leaving reason."""
    for at, chunk in enumerate(found):
        caused = chunk.key("why") and chunk.text.lower() in _CAUSE
        if caused and at and _says(found[at - 1], catalog):
            led = at - 1 - (at > 1 and found[at - 2].text.lower() in ("when", "where", "if"))
            return [*found[:led], found[at - 1], *found[at + 1 :]]
        after = at + 1
        while after < len(found) and found[after].text.lower() in ("of", "to"):
            after += 1
        if not chunk.key("why") or chunk.text.lower() not in _BECAUSE or after >= len(found):
            continue
        told = found[after].senses
        about = {s.table for c in found[:at] for s in c.senses}
        held = tuple(s for s in told if s.kind == "value" and _is_reason(s, catalog))
        held = tuple(s for s in held if s.table in about)
        turned = any(c.key("not") or any(s.negated for s in c.senses) for c in found[:at])
        if held and at and not turned:  # "not cancelled because of …": what is not so?
            return [*found[:at], replace(found[after], senses=held), *found[after + 1 :]]
    return found


def _says(chunk: Chunk, catalog: Catalog) -> bool:
    """ "when weather was the cause": the value is one of a column of reasons."""
    held = [s for s in chunk.senses if s.kind == "value"]
    return bool(held) and all(_is_reason(s, catalog) for s in held)


def _asked_why(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "why do patients leave": of the rows with a leaving reason, how many have which."""
    if not found or not found[0].key("why") or found[0].text.lower() not in ("why", "how come"):
        return found
    for at, chunk in enumerate(found[1:], 1):
        verb = chunk.text.lower()
        for column in _columns(catalog):
            words = column.label.lower().split()
            others = [c for n, c in enumerate(found[1:], 1) if n != at]
            if len(words) < 2 or not _forms(verb) & _forms(words[0]):
                continue
            if all(_plain(other, column, catalog) for other in others):
                kept = [c for c in others if c.kind == "date" or c.key("in")]
                return [_asked(column, chunk), *kept]
    return found


def _forms(verb: str) -> set[str]:
    """ "leaving" of "leave", "drop out" of "drop-out"."""
    return {verb.replace("-", " ").replace("  ", " "), *family(verb)}


def _plain(chunk: Chunk, column: ColumnInfo, catalog: Catalog) -> bool:
    """Whether the word only names the rows, or says when."""
    people = chunk.kind == "unknown" and chunk.text.lower() in ("people", "they", "customers")
    whose = {column.table, *(j.one for j in catalog.joins if j.many == column.table)}
    rows = any(s.kind == "table" and s.table in whose for s in chunk.senses)
    return people or rows or chunk.kind == "date" or chunk.key("in")


def _asked(column: ColumnInfo, chunk: Chunk) -> Chunk:
    senses = (Sense("column", column.table, column.name),)
    return replace(chunk, kind="sense", text=plural(column.label), senses=senses, plural=True)


def _top(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "top 3 reasons for leaving": the reasons by the number of rows that have one."""
    at = 0
    while at < len(found) and (found[at].key("which") or found[at].kind == "number"):
        at += 1
    ranked = at < len(found) and (
        found[at].key("super") or found[at].text.lower() in ("main", "commonest")
    )
    if ranked and found[at].text.lower() not in _TOP:
        return found
    place = at + ranked
    number = [c for c in found[: place + 1] if c.kind == "number"]
    place += place < len(found) and found[place].kind == "number"
    if place >= len(found) or len(number) > 1:
        return found
    many = bool(_MANY & set(found[place].text.lower().split()))
    reason, rest = found[place], found[place + 1 :]
    if not (ranked or (many and all(c.kind == "date" or c.key("in") for c in rest))):
        return found
    senses = tuple(s for s in reason.senses if s.kind == "column" and _is_reason(s, catalog))
    counted = any(c.key("count", "by", "agg", "share", "with", "compare") for c in rest)
    if len(senses) != 1 or counted or any(_measured(c, catalog) for c in rest):
        return found
    one = replace(reason, senses=senses)
    info = catalog.tables[senses[0].table]
    dated = next((n for n, c in enumerate(rest) if c.kind == "date"), None)
    if dated is not None:
        date = _date_of(senses[0], catalog)
        if date is None:
            return found
        rest = [*rest[:dated], date, *rest[dated:]]
    rows = Chunk(
        "sense", plural(info.row), -1, -1, senses=(Sense("table", info.name),), plural=True
    )
    count = [keyword("count", "number of"), rows]
    known = keyword("known", "known", "known")
    limit = number or ([] if many else [Chunk("number", "1", -1, -1, number=1.0)])
    ranking = [keyword("super", "top", "max"), *limit, replace(one, plural=True)]
    told = [keyword("by", "by"), *count, *rest]
    return [*ranking, *told, keyword("with", "with"), replace(one, plural=False), known]


def _date_of(sense: Sense, catalog: Catalog) -> Chunk | None:
    """The date of what the reason is of, as "leaving date" is of the leaving reason."""
    table = catalog.tables[sense.table]
    label = table.columns[sense.name].label.lower()
    forms = {form for word in label.split() for form in (word, *family(word))} - _REASONS
    dates = [
        column
        for column in table.columns.values()
        if column.role == "time"
        and forms & {w for p in (column.label, *column.synonyms) for w in p.lower().split()}
    ]
    if len(dates) > 1 or not (dates or table.time):
        return None
    column = dates[0] if dates else table.columns[table.time or ""]
    others = [c for c in table.columns.values() if c.role == "time"]
    if not dates and len(others) > 1:
        return None
    senses = (Sense("column", column.table, column.name),)
    return Chunk("sense", column.label, -1, -1, senses=senses)


def _measured(chunk: Chunk, catalog: Catalog) -> bool:
    return any(
        s.kind in ("measure", "table")
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )


def _is_reason(sense: Sense, catalog: Catalog) -> bool:
    column = catalog.column(sense.table, sense.name)
    return column in _columns(catalog)


def _columns(catalog: Catalog) -> list[ColumnInfo]:
    """The columns that hold why something happened to the row."""
    return [
        column
        for table in catalog.tables.values()
        for column in table.columns.values()
        if column.role == "dimension" and _REASONS & set(column.label.lower().split())
    ]
