"""Money that a question asks for without naming it: "how much did we sell", "the most money"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.chunks import Chunk
from local_workspace.translate.forms import family
from local_workspace.translate.income import earned_by, money_of
from local_workspace.translate.shapes.linking import row_verb
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.senses import Sense

_EARNING = ("sell", "earn", "make", "raise", "gross", "bring")
_EARN = frozenset(f for verb in _EARNING for f in (verb, f"{verb}s", *family(verb)))


def with_money(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the measure that tells its money in place of "how much" or "money"."""
    for at, chunk in enumerate(found):
        if chunk.key("howmuch"):
            return _how_much(found, at, catalog)
        if _says_money(chunk):
            senses = chunk.senses or _money_senses(found, catalog)
            said = replace(chunk, kind="sense", senses=senses)
            before, after = _without_verb(found[:at]), found[at + 1 :]
            return [*before, said, *after] if senses else found
    return found


def _without_verb(found: list[Chunk]) -> list[Chunk]:
    """Without the "earns" or "makes" that money says as well: the first one that is no row."""
    for at, chunk in enumerate(found):
        rows = any(s.kind in ("verb", "table") for s in chunk.senses)
        if chunk.text.lower() in _EARN and not rows and not found[at - 1].key("by"):
            return [*found[:at], *found[at + 1 :]]
    return found


def _says_money(chunk: Chunk) -> bool:
    return chunk.kind in ("unknown", "sense") and chunk.text.lower() == "money"


def _how_much(found: list[Chunk], at: int, catalog: Catalog) -> list[Chunk]:
    """ "how much [money] did we sell", "how much was paid out"."""
    rest = found[at + 1 :]
    more = bool(rest) and rest[0].kind == "unknown" and rest[0].text.lower() in ("more", "less")
    rest = rest[more:]
    if not rest:
        return found
    money = rest[0].text.lower() == "money"
    senses = _money_senses(rest, catalog) if money else _paid(rest[0], catalog)
    if not senses:
        return found
    said = replace(rest[0] if money else found[at], kind="sense", name="", senses=senses)
    rest = _without_verb(rest[1:]) if money else rest
    if more and (sides := _sides(rest)) is None:
        return found
    return [*found[:at], said, *(sides if more and sides else rest)]


def _sides(found: list[Chunk]) -> list[Chunk] | None:
    """ "online than in store": the two side by side, from which their difference is read."""
    told = [n for n, chunk in enumerate(found) if any(s.kind == "value" for s in chunk.senses)]
    if len(told) != 2:
        return None
    first, second = told
    columns = [{(s.table, s.name) for s in found[n].senses} for n in told]
    between = all(chunk.key("in", "from") for chunk in found[first + 1 : second])
    if not between or not columns[0] & columns[1] or found[first].end == found[second].start:
        return None
    return [*found[: first + 1], keyword("compare", "vs"), *found[second:]]


def _money_senses(found: list[Chunk], catalog: Catalog) -> tuple[Sense, ...]:
    """The money of the rows that the question names, or else of any rows that bring some in."""
    named = {t for chunk in found for t in row_verb(chunk)}
    named |= {s.table for c in found for s in c.senses if s.kind == "table"}
    of_rows = [earned_by(catalog.tables[name], catalog) for name in sorted(named)]
    told = tuple(sense for sense in of_rows if sense is not None)
    anywhere = (earned_by(table, catalog) for table in catalog.tables.values())
    return told or tuple(sense for sense in anywhere if sense is not None)


def _paid(done: Chunk, catalog: Catalog) -> tuple[Sense, ...]:
    """ "how much was paid out": the one money of the rows that have such a date."""
    verbs = {form for verb in ("pay", "spend", "give", "donate") for form in family(verb)}
    if done.text.lower().split(" ")[0] not in verbs:
        return ()
    tables = {s.table for s in done.senses if s.kind in ("verb", "event", "column")}
    found = [money_of(catalog.tables[name], catalog) for name in sorted(tables)]
    return tuple(sense for sense in found if sense is not None)
