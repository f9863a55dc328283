""" "Who earns the most", "the top ten earners": rows of people, by the one number that is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.everyday import PERSONS, WORKERS
from local_workspace.translate.forms import family, regular
from local_workspace.translate.qualities import measures_of, quality
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, TableInfo

_EARNING = frozenset({"earn", "earns", "earned", "earning", "make", "makes", "paid", "get paid"})
_EARNERS = frozenset({"earner", "earners"})
_MOST = {"most": "max", "least": "min", "highest": "max", "lowest": "min", "best": "max"}


def who_most(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the rows and the number in place of "who" and a verb."""
    found = _who_did(found, catalog)
    people = _people(catalog)
    if people is None:
        return found
    found = _earners(found, people, catalog)
    asked = bool(found) and found[0].key("which") and found[0].text.lower() == "who"
    if not asked and not (found and "who" in " ".join(found[0].skipped).split()):
        return found
    return _most(found[1:] if asked else found, people, catalog) or found


_DOERS = WORKERS | {"assignee", "assigned to", "owner", "handled by", "assigned agent", "handler"}


def _who_did(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "who completed the most tasks": the one column of those who do them."""
    asked = bool(found) and found[0].key("which") and found[0].text.lower() == "who"
    first = int(asked)
    asked = asked or bool(found and "who" in " ".join(found[0].skipped).split())
    lead = next((n for n, c in enumerate(found) if c.key("super")), None)
    if not asked or lead is None or found[lead].text.lower() not in ("most", "fewest", "least"):
        return found
    after = found[lead + 1 : lead + 2]
    tables = [s.table for s in after[0].senses if s.kind == "table"] if after else []
    if len(tables) != 1 or not after[0].plural:
        return found
    columns = [
        column
        for column in catalog.tables[tables[0]].columns.values()
        if column.role == "dimension" and column.label.lower() in _DOERS
    ]
    if len(columns) != 1:
        return found
    doer = Chunk("sense", columns[0].label, -1, -1,
                 senses=(Sense("column", columns[0].table, columns[0].name),))  # fmt: skip
    verbs = [_of_their_own(chunk, tables[0], catalog) for chunk in found[first:lead]]
    return [keyword("which", "which"), doer, *verbs, *found[lead:]]


def _of_their_own(chunk: Chunk, table: str, catalog: Catalog) -> Chunk:
    """ "completed": by the date that these rows have of it, and no state of other rows."""
    own = tuple(
        s
        for s in chunk.senses
        if s.kind in ("column", "event")
        and s.table == table
        and catalog.column(table, s.name).role == "time"
    )
    return replace(chunk, senses=own) if own else chunk


def _most(rest: list[Chunk], people: TableInfo, catalog: Catalog) -> list[Chunk] | None:
    lead = next((n for n, c in enumerate(rest[:3]) if c.key("super")), None)
    if lead is None:
        return None
    row = _row(people, plural=False)
    after = rest[lead + 1 : lead + 2]
    if after and _measures(after[0], people):
        return [keyword("which", "which"), row, keyword("with", "with"), *rest[lead:]]
    if quality(rest[lead].text) and all(c.key("in", "with") for c in rest[:lead]):
        named = rest[lead + 1 :]
        named = named[1:] if named and _names(named[0], people) else named
        return [rest[lead], row, *named]
    pay = _pay(people, catalog)
    verbs = rest[:lead]
    told: Sense | None = None
    if len(verbs) == 1 and rest[lead].text.lower() in _MOST:
        said = verbs[0].text.lower()
        told = pay if said in _EARNING else _measured_by(said, people)
    if told is None:
        return None
    down = _MOST[rest[lead].text.lower()]
    most = keyword("super", "highest" if down == "max" else "lowest", down)
    number = replace(verbs[0], kind="sense", name="", senses=(told,), plural=False)
    return [keyword("which", "which"), row, keyword("with", "with"), most, number,
            *rest[lead + 1 :]]  # fmt: skip


def _earners(found: list[Chunk], people: TableInfo, catalog: Catalog) -> list[Chunk]:
    """ "top 10 earners", "the highest earner": employees by salary."""
    at = next((n for n, c in enumerate(found) if c.text.lower() in _EARNERS), None)
    pay = _pay(people, catalog)
    if at is None or pay is None or found[at].senses:
        return found
    number = Chunk("sense", people.columns[pay.name].label, -1, -1, senses=(pay,))
    rows = replace(_row(people, plural=found[at].text.lower() == "earners"), start=found[at].start)
    return [*found[:at], rows, *found[at + 1 :], keyword("by", "by"), number]


def _people(catalog: Catalog) -> TableInfo | None:
    """The one table whose rows are persons."""
    found = [t for t in catalog.tables.values() if _nouns(t) & (PERSONS | WORKERS)]
    return found[0] if len(found) == 1 else None


def _nouns(table: TableInfo) -> set[str]:
    return {singular(noun) for noun in (table.row, *table.synonyms)}


def _names(chunk: Chunk, table: TableInfo) -> bool:
    return any(s.kind == "table" and s.table == table.name for s in chunk.senses)


def _measures(chunk: Chunk, table: TableInfo) -> bool:
    return any(
        s.kind == "column" and s.table == table.name and table.columns[s.name].role == "measure"
        for s in chunk.senses
    )


def _row(table: TableInfo, *, plural: bool) -> Chunk:
    senses = (Sense("table", table.name),)
    return Chunk("sense", table.row, -1, -1, senses=senses, plural=plural)


def _pay(table: TableInfo, catalog: Catalog) -> Sense | None:
    """The one column that holds what people are paid."""
    pairs = [p for p in measures_of("pay", catalog, frozenset({table.name})) if p[0] == table.name]
    return Sense("column", *pairs[0]) if len(pairs) == 1 else None


def _measured_by(said: str, table: TableInfo) -> Sense | None:
    """ "who scored the most": the number that the verb names."""
    forms = {said, *family(said), *regular(said)}
    found = [
        column.name
        for column in table.columns.values()
        if column.role == "measure" and forms & set(column.label.lower().split())
    ]
    return Sense("column", table.name, found[0]) if len(found) == 1 else None
