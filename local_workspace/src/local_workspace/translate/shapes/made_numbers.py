"""Numbers told by two columns of a row: "days between order and payment", "price less fee".

Their words become one word for a column that is computed, so that plain rules read the rest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.computed import combined, converted, span, unit_of
from local_workspace.spaces.conversions import factor, plain_unit
from local_workspace.translate.elapsed_words import begun_by, ended_by, lasting, names_date
from local_workspace.translate.forms import is_participle
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import keyword

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo
    from local_workspace.spaces.elapsed import Elapsed
    from local_workspace.translate.chunks import Chunk

_TIME = ("time", "gap", "lag", "interval", "delay", "days", "hours", "minutes", "weeks")
_AHEAD = ("ahead", "advance", "beforehand")
_SIGNS = {
    "less": "less",
    "minus": "less",
    "times": "times",
    "multiplied by": "times",
    "plus": "plus",
}
_MEANING = frozenset({"e", "ie", "meaning", "namely"})
"""What leads a number that is explained, the rest of "i.e." among them."""
_AFTER = {"after": ">", "later than": ">", "past": ">", "before": "<", "ahead of": "<",
          "earlier than": "<"}  # fmt: skip


def with_made_numbers(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The chunks with one word for each number that two columns make."""
    words = _square(found)
    for rule in (_hours_of, _between, _to_end, _ahead, _dates_apart, _numbers_apart, _arithmetic):
        at = 0
        while at < len(words):
            taken = rule(words, at, catalog)
            if taken:
                words = [*words[:at], *taken[0], *words[taken[1] :]]
            at += 1
    return _explained(words, catalog)


_NEAR = 4
_Taken = tuple[list["Chunk"], int]


def _square(found: list[Chunk]) -> list[Chunk]:
    """ "square metre" as the unit that it is, where no name has taken it."""
    for at in range(len(found) - 1):
        said = [chunk.text.lower() for chunk in found[at : at + 2]]
        if said[0] in ("square", "sq") and said[1] in ("metre", "metres", "meter", "meters", "m"):
            unit = replace(found[at], kind="unit", text="sqm", value="sqm", end=found[at + 1].end)
            return [*found[:at], unit, *found[at + 2 :]]
    return found


def _hours_of(found: list[Chunk], at: int, catalog: Catalog) -> _Taken | None:
    """ "total session hours by room": how long they all took, and no breakdown by hour."""
    if len(found) < at + 2 or found[at].end != found[at + 1].start:
        return None
    unit = plain_unit(found[at + 1].text)
    owners = [catalog.tables[s.table] for s in found[at].senses if s.kind == "table"]
    measured = any(_measures(chunk, catalog) for chunk in found[at : at + 2])
    worked = _worked(found, at, catalog)
    if worked:
        return worked
    if not found[at + 1].plural or measured or len(owners) != 1:
        return None
    if found[at + 1].kind not in ("grain", "unit"):
        return None
    pair = lasting(owners[0])
    if pair is None or unit not in ("minutes", "hours", "days"):
        return None
    column = catalog.column(owners[0].name, span(pair.start, pair.end, unit))
    summed = [] if at and found[at - 1].key("agg") else [keyword("agg", "total", "sum")]
    return [*summed, _word(found[at], column)], at + 2


def _worked(found: list[Chunk], at: int, catalog: Catalog) -> _Taken | None:
    """ "hours worked by team" of the minutes worked: what was measured, in another unit."""
    unit, done = plain_unit(found[at].text), found[at + 1]
    plural = found[at].kind == "unit" or (found[at].kind == "grain" and found[at].plural)
    if not plural or not is_participle(done.text.lower()):
        return None
    columns = [
        column
        for table in catalog.tables.values()
        for column in table.columns.values()
        if column.role == "measure"
        and done.text.lower() in column.label.lower().split()
        and factor(unit_of(column), unit)
        and unit_of(column) != unit
    ]
    if len(columns) != 1:
        return None
    name = converted(columns[0].name, unit)
    return [_word(found[at], catalog.column(columns[0].table, name))], at + 2


def _between(found: list[Chunk], at: int, catalog: Catalog) -> _Taken | None:
    """ "time between order and payment", "days from booking to departure"."""
    if len(found) < at + 5 or not _says_time(found[at]):
        return None
    link, first, joined, last = found[at + 1 : at + 5]
    linked = link.text.lower() in ("between", "from") and joined.text.lower() in (
        "and", "to", "until", "till",
    )  # fmt: skip
    if not linked or _limited(found, at):
        return None
    pairs = [
        (table, pair)
        for table in catalog.tables.values()
        for pair in table.elapsed
        if names_date(first, table, pair.start) and names_date(last, table, pair.end)
    ]
    return _timed(found, at, at + 5, pairs, catalog)


def _to_end(found: list[Chunk], at: int, catalog: Catalog) -> _Taken | None:
    """ "median days to ship", "average hours until approval"; "3 days to ship" is a limit."""
    if len(found) < at + 3 or not _says_time(found[at]) or _limited(found, at):
        return None
    if found[at + 1].text.lower() not in ("to", "until", "till"):
        return None
    return _timed(found, at, at + 3, ended_by(found[at + 2], catalog), catalog)


def _ahead(found: list[Chunk], at: int, catalog: Catalog) -> _Taken | None:
    """ "median days in advance by fare", "average number of days booked ahead"."""
    if not _says_time(found[at]) or _limited(found, at):
        return None
    place, begun = at + 1, None
    while place < len(found) and place <= at + 3 and found[place].text.lower() not in _AHEAD:
        told = begun_by(found[place], catalog)
        if not told and not found[place].key("in"):
            return None
        begun, place = told or begun, place + 1
    if place >= len(found) or found[place].text.lower() not in _AHEAD:
        return None
    return _timed(found, at, place + 1, begun or begun_by(None, catalog), catalog)


def _timed(
    found: list[Chunk],
    at: int,
    end: int,
    pairs: list[tuple[TableInfo, Elapsed]],
    catalog: Catalog,
) -> _Taken | None:
    if len(pairs) != 1:
        return None
    if at and found[at - 1].key("count"):
        return None
    table, pair = pairs[0]
    said = plain_unit(found[at].text)
    unit = said if factor(said, "hours") else pair.unit
    column = catalog.column(table.name, span(pair.start, pair.end, unit))
    return [_word(found[at], column)], end


def _dates_apart(found: list[Chunk], at: int, catalog: Catalog) -> _Taken | None:
    """ "shipped after the due date", "bought on the day of travel"."""
    if found[at].kind not in ("sense", "unknown") or len(found) < at + 3:
        return None
    sign, place = _AFTER.get(found[at + 1].text.lower(), ""), at + 2
    same = [c.text.lower() for c in found[at + 1 : at + 4]]
    if same[:1] == ["on"] and same[1:3] in (["day", "of"], ["same day", "as"], ["date", "of"]):
        sign, place = "=", at + 4
    if not sign or place >= len(found):
        return None
    pairs = [
        (table, first.name, last.name)
        for table in catalog.tables.values()
        for last in _dates(table)
        for first in _dates(table)
        if names_date(found[at], table, last.name)
        and names_date(found[place], table, first.name)
        and first.name != last.name
        and first.family == last.family
        and (sign != "=" or first.family == "date")
    ]
    if len(pairs) != 1:
        return None
    table, first, last = pairs[0]
    column = catalog.column(table.name, span(first, last, "days"))
    said = place + 1 < len(found) and found[place + 1].text.lower() == "date"
    return [_word(found[at], column, row=True), *_against_nothing(sign)], place + 1 + said


def _dates(table: TableInfo) -> list[ColumnInfo]:
    return [c for c in table.columns.values() if c.role == "time" and c.family != "integer"]


def _numbers_apart(found: list[Chunk], at: int, catalog: Catalog) -> _Taken | None:
    """ "the unit price is below the list price"."""
    sides = found[at : at + 3]
    if len(sides) < 3 or not sides[1].key("cmp") or sides[1].value not in ("<", "<=", ">", ">="):
        return None
    pair = _pair(sides[0], sides[2], catalog)
    if pair is None:
        return None
    column = catalog.column(pair[0].table, combined(pair[0].name, "less", pair[1].name))
    return [_word(sides[0], column, row=True), *_against_nothing(sides[1].value)], at + 3


def _against_nothing(sign: str) -> list[Chunk]:
    said = keyword("cmp", {"<": "under", ">": "over"}.get(sign, sign), sign)
    return [said, replace(said, kind="number", text="0", name="", value="", number=0.0)]


def _arithmetic(found: list[Chunk], at: int, catalog: Catalog) -> _Taken | None:
    """ "list price less fee paid", "price times quantity"; "discount, i.e. list less paid"."""
    sides = found[at : at + 3]
    sign = _SIGNS.get(sides[1].text.lower()) if len(sides) == 3 else None
    if sign is None or any(c.text.lower() in _SIGNS for c in found[at + 3 : at + 4]):
        return None
    pair = _pair(sides[0], sides[2], catalog)
    if pair is None:
        return None
    column = catalog.column(pair[0].table, combined(pair[0].name, sign, pair[1].name))
    return [_word(sides[0], column)], at + 3


def _pair(one: Chunk, other: Chunk, catalog: Catalog) -> tuple[ColumnInfo, ColumnInfo] | None:
    """The two numbers of one row that the words name; None where they could be several."""
    pairs = [
        (a, b)
        for a in _measures(one, catalog)
        for b in _measures(other, catalog)
        if a.table == b.table and a.name != b.name
    ]
    return pairs[0] if len(pairs) == 1 else None


def _explained(words: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "discount given (list price less price)": the explanation stands for the word."""
    for at, chunk in enumerate(words):
        if not (chunk.kind == "sense" and chunk.name == "made") or not at:
            continue
        start = at - 1
        if not (words[start].key("paren") or words[start].text.lower() in _MEANING):
            continue
        while start and words[start - 1].key("comma", "paren"):
            start -= 1
        named = [n for n in range(start) if words[n].kind == "unknown"]
        if not named or named[-1] - named[0] >= len(named) or named[0] < start - _NEAR:
            continue
        first = named[0]
        parts = {c.name for c in _measures(words[first - 1], catalog)} if first else set()
        if parts & set(_made(chunk, catalog)) and words[first - 1].end == words[first].start:
            first -= 1
        end = at + 1
        while end < len(words) and words[end].key("paren", "comma"):
            end += 1
        return [*words[:first], chunk, *words[named[-1] + 1 : start], *words[end:]]
    return words


def _made(chunk: Chunk, catalog: Catalog) -> tuple[str, ...]:
    return catalog.column(chunk.senses[0].table, chunk.senses[0].name).made_of


def _measures(chunk: Chunk, catalog: Catalog) -> list[ColumnInfo]:
    columns = [catalog.column(s.table, s.name) for s in chunk.senses if s.kind == "column"]
    return [c for c in columns if c.role == "measure" and not c.template]


def _says_time(chunk: Chunk) -> bool:
    plain = chunk.kind in ("unknown", "unit", "grain") or chunk.key("difference")
    return plain and chunk.text.lower() in _TIME


def _limited(found: list[Chunk], at: int) -> bool:
    """ "more than 3 days to ship": a limit, and no number to tell."""
    return at > 0 and found[at - 1].kind == "number"


def _word(chunk: Chunk, column: ColumnInfo, *, row: bool = False) -> Chunk:
    """The word for the column; `row` where it is limited of each row."""
    senses = (Sense("column", column.table, column.name),)
    return replace(
        chunk,
        kind="sense",
        text=column.label,
        name="row" if row else "made",
        value="",
        senses=senses,
        plural=False,
    )
