"""Rankings by a verb and a degree: "sells best", "ship the most", "flies the furthest"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.forms import family
from local_workspace.translate.income import earned_by
from local_workspace.translate.qualities import measures_of, quality
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.linking import row_verb
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_SELLING = frozenset({"sell", "sells", *family("sell")} - {"sale"})
_TRADE = _SELLING | {
    f
    for verb in ("buy", "purchase", "order", "donate", "give", "contribute")
    for f in (verb, *family(verb))
}
"""More of these is more rows, more units or more money: a "most" does not say which."""
_OFTEN = ("most often", "most frequently", "least often", "least frequently")
_DIRECTION = {"most": "max", "best": "max", "least": "min", "worst": "min"}
_DIRECTION |= {word: "max" if word.startswith("most") else "min" for word in _OFTEN}


def ranked_by_degree(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with the measure that the verb and its degree are about, in plain order."""
    found = _most_events(_more_of_two(found, catalog), catalog)
    for at, chunk in enumerate(found):
        if not chunk.key("super") or not _ends(found, at + 1) or not at:
            continue
        told = _by_measure(found, at, catalog) or _by_verb(found, at, catalog)
        told = told or _by_quality(found, at, catalog)
        if told:
            lone = at == 2 and bool(found[0].senses) and not found[0].plural
            return [keyword("which", "which"), *told] if lone else told
    return found


def _more_of_two(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "which plant had more downtime" where there are two plants: the one that had most."""
    for at, chunk in enumerate(found[2:], 2):
        more = chunk.kind == "unknown" and chunk.text.lower() in ("more", "less", "fewer")
        noun = found[at - 2] if found[at - 1].key("with") else found[at - 1]
        asked = more and found[0].key("which") and noun is found[1] and not noun.plural
        pairs = {(s.table, s.name) for s in noun.senses if s.kind == "column"}
        if asked and len(pairs) == 1 and all(catalog.column(*pair).distinct == 2 for pair in pairs):
            most = ("most", "max") if chunk.text.lower() == "more" else ("least", "min")
            return [*found[:at], keyword("super", *most), *found[at + 1 :]]
    return found


def _most_events(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "most pick-ups": as many as rows, each of which has such a date."""
    for at, chunk in enumerate(found[:-1]):
        after = found[at + 1]
        begun = [s for s in after.senses if _begins(s, catalog)]
        if (
            chunk.key("super")
            and chunk.text.lower() in ("most", "fewest")
            and after.plural
            and begun
        ):
            rows = replace(after, senses=(Sense("table", begun[0].table),))
            return [*found[: at + 1], rows, *found[at + 2 :]]
    return found


def _ends(found: list[Chunk], at: int) -> bool:
    """Whether nothing that could be ranked follows the degree."""
    if at >= len(found):
        return True
    after = found[at]
    told = any(s.kind in ("value", "filter") for s in after.senses)
    averaged = after.key("agg") and after.value == "avg" and _ends(found, at + 1)
    return averaged or after.kind == "date" or after.key("in", "comma", "from") or told


def _by_verb(found: list[Chunk], at: int, catalog: Catalog) -> list[Chunk] | None:
    """ "which product sells worst" by what it brought in, "when do we ship the most" by rows."""
    verb, degree = found[at - 1], found[at].text.lower()
    direction = _DIRECTION.get(degree)
    tables = row_verb(verb)
    sold = verb.text.lower() in _SELLING
    if not tables and (sold or not verb.plural):
        tables = tuple(s.table for s in verb.senses if s.kind == "table" or _begins(s, catalog))
    if direction is None or len(tables) != 1:
        return None
    if any(c.key("count", "agg", "howmuch", "share") for c in found):
        return None
    table = catalog.tables[tables[0]]
    money = earned_by(table, catalog) if sold and degree not in _OFTEN else None
    traded = verb.text.lower() in _TRADE or _measures(verb, catalog)
    vague = traded and not sold
    if degree not in _OFTEN and (vague or sold != (degree in ("best", "worst"))):
        return None
    if sold and money is None and degree not in _OFTEN:
        return None
    if money is not None:
        told = replace(verb, text=f"{verb.text} {degree}", senses=(money,), plural=False)
        lead = keyword("super", "highest" if direction == "max" else "lowest", direction)
    else:
        rows = (Sense("table", table.name),)
        told = replace(verb, text=plural(table.row), senses=rows, plural=True)
        lead = keyword("super", "most" if direction == "max" else "fewest", direction)
    return [*found[: at - 1], lead, told, *found[at + 1 :]]


def _begins(sense: Sense, catalog: Catalog) -> bool:
    """ "shown" of the time a screening starts: every row has one."""
    begun = sense.kind == "column" and catalog.tables[sense.table].time == sense.name
    return begun and not catalog.column(sense.table, sense.name).nulls


def _by_measure(found: list[Chunk], at: int, catalog: Catalog) -> list[Chunk] | None:
    """ "which estate owes us the most": the one measure that is named after the verb."""
    verb, degree = found[at - 1], found[at].text.lower()
    if degree not in ("most", "least") or verb.kind not in ("unknown", "sense") or at < 2:
        return None
    if verb.text.lower() in _TRADE or row_verb(verb):
        return None
    forms = {verb.text.lower(), *family(verb.text)}
    told = [
        Sense("column", table.name, column.name)
        for table in catalog.tables.values()
        for column in table.columns.values()
        if column.role == "measure"
        and forms & set(" ".join((column.label, *column.synonyms)).lower().split())
    ]
    if len(told) != 1 or catalog.column(told[0].table, told[0].name).aggregate != "sum":
        return None
    down = found[at].value == "max"
    lead = keyword("super", "highest" if down else "lowest", "max" if down else "min")
    said = replace(verb, kind="sense", senses=(told[0],), plural=False)
    return [*found[: at - 1], lead, said, *found[at + 1 :]]


def _by_quality(found: list[Chunk], at: int, catalog: Catalog) -> list[Chunk] | None:
    """ "flies the furthest on average": ranked by the one measure that tells how far."""
    wanted = quality(found[at].text.lower())
    averaged = found[at + 1 : at + 2] and found[at + 1].key("agg")
    tables = frozenset(row_verb(found[at - 1]))
    if wanted in (None, "size") or not tables or any(_measures(c, catalog) for c in found):
        return None
    pairs = [pair for pair in measures_of(wanted or "", catalog, tables) if pair[0] in tables]
    if len(pairs) != 1:
        return None
    column = catalog.column(*pairs[0])
    if not averaged and column.aggregate != "avg":
        return None
    table, name = pairs[0]
    told = replace(found[at], kind="sense", name="", senses=(Sense("column", table, name),))
    down = found[at].value == "max"
    lead = keyword("super", "highest" if down else "lowest", "max" if down else "min")
    after = at + 2 if averaged else at + 1
    return [*found[:at], lead, keyword("agg", "average", "avg"), told, *found[after:]]


def _measures(chunk: Chunk, catalog: Catalog) -> bool:
    return any(
        s.kind == "measure"
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )
