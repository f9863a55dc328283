"""Lists of single rows: "the ten largest orders", "which tickets are still open"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.main_time import is_birth
from local_workspace.translate.binding import Unbound
from local_workspace.translate.everyday import PERSONS, WORKERS
from local_workspace.translate.plan import Linked, Named, Order, Plan, Ref
from local_workspace.translate.qualities import measures_of, quality
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.nth import without_ordinal
from local_workspace.translate.shapes.reading import keyword
from local_workspace.translate.things import happens, things

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, TableInfo
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.shapes.reading import Reading

_ASKING = ("who", "what")
_VALUES = frozenset({"revenue", "amount", "total", "value", "sales", "turnover"})
"""What people mean by a large order where its costs and units are known too."""
_LATEST = ("last", "the last", "latest", "most recent", "newest", "recent")
_EARLIEST = ("first", "the first", "earliest", "oldest")
_LISTED = 50
_RANKED = 10
_COLUMNS = 8
_COUNTED = re.compile(r"COUNT_IF\((.*)\)\{f\}", re.IGNORECASE)
_LIMIT = re.compile(r"\{t\}`?(\w+)`? (?:>=|>) -?\d+")


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of single rows, most of something first or by date; None where none are meant."""
    if any(chunk.key("count", "share", "agg", "compare", "change", "growth") for chunk in found):
        return None
    split = without_ordinal(found)
    words, place = split or (found, None)
    opened = bool(words) and words[0].key("which") and words[0].text.lower() not in _ASKING
    words = _with_orders(words[1:] if opened else words, reading)
    ranked = _ranked(words, place, reading)
    if ranked is not None:
        rest, table, column, down, count = ranked
        return _rows(rest, table, (column, down), count, place, reading)
    row = _row_noun(words, reading)
    if not opened or place or row is None or not words[row].plural or len(words) < 2:
        return None
    told = reading.catalog.tables[_table(words[row])]
    if _by_what_points_there(words, told.name, reading.catalog):
        return None
    newest = (Ref((), told.name, told.time), True) if told.time else None
    if any(chunk.key("super", "orderby", "order", "trend") for chunk in words):
        return None
    return _rows(words, told.name, newest, _LISTED, None, reading)


def _by_what_points_there(found: list[Chunk], table: str, catalog: Catalog) -> bool:
    """ "which visits had more than two prescriptions": a limit on rows of another table."""
    pointing = {join.many for join in catalog.joins if join.one == table}
    return any(s.kind == "table" and s.table in pointing for c in found for s in c.senses)


def _with_orders(found: list[Chunk], reading: Reading) -> list[Chunk]:
    """ "the second largest order by revenue": no word for sorting."""
    words: list[Chunk] = []
    for chunk in found:
        known = reading.lexicon.find(["order"], 0) if words and words[-1].key("super") else None
        if known and chunk.key("orderby") and chunk.text.lower() in ("order", "order by"):
            words.append(replace(chunk, kind="sense", text="order", name="", senses=known[1]))
            words += [keyword("by", "by")] if chunk.text.lower().endswith("by") else []
        else:
            words.append(chunk)
    return words


def _table(chunk: Chunk) -> str:
    return next(s.table for s in chunk.senses if s.kind == "table")


def _row_noun(found: list[Chunk], reading: Reading, *, ranked: bool = False) -> int | None:
    """Where rows are named that are no things other rows point to, after adjectives only."""
    ones = things(reading.catalog)
    for at, chunk in enumerate(found):
        tables = {s.table for s in chunk.senses if s.kind == "table"}
        happened = len(tables) == 1 and (
            happens(min(tables), reading.catalog)
            if ranked
            else not tables & ones or reading.catalog.tables[min(tables)].label is None
        )
        if happened and not _measured(chunk, reading.catalog):
            return at
        if not any(s.kind in ("value", "filter") for s in chunk.senses):
            return None
    return None


def _measured(chunk: Chunk, catalog: Catalog) -> bool:
    return bool(_measures(chunk, catalog)) or any(s.kind == "measure" for s in chunk.senses)


def _measures(chunk: Chunk, catalog: Catalog, table: str | None = None) -> set[str]:
    """The measure columns that the word names."""
    return {
        s.name
        for s in chunk.senses
        if s.kind == "column"
        and table in (None, s.table)
        and catalog.column(s.table, s.name).role == "measure"
    }


_Ranked = tuple[list["Chunk"], str, Ref, bool, int]


def _ranked(found: list[Chunk], place: int | None, reading: Reading) -> _Ranked | None:
    """What is left without the ranking, of which table, by which column, downwards, how many."""
    at = next((n for n, c in enumerate(found) if _leads(c)), None)
    if at is None:
        return None
    start, end, count = at, at + 1, None
    if start and _whole(found[start - 1]):
        count, start = int(found[start - 1].number), start - 1
    elif found[end : end + 1] and _whole(found[end]):
        count, end = int(found[end].number), end + 1
    marked = _marked(found[end : end + 1], reading) if found[at].text.lower() == "most" else None
    if marked is not None:
        rows, ref = marked
        return [*found[:start], rows, *found[end + 1 :]], ref.table, ref, True, count or _RANKED
    row = _row_noun(found[end:], reading, ranked=True)
    if row is not None:
        told = place or any(chunk.key("by") for chunk in found)
        return _before_rows(found, (start, end, end + row), at, count, reading, one=bool(told))
    return _after_rows(found, start, at, count, reading)


def _marked(found: list[Chunk], reading: Reading) -> tuple[Chunk, Ref] | None:
    """ "most delayed flights": the rows, and the column by whose limit they count as delayed."""
    for sense in (s for chunk in found for s in chunk.senses if s.kind == "measure"):
        counted = _COUNTED.fullmatch(reading.catalog.measure(sense.name).template)
        limit = _LIMIT.fullmatch(counted.group(1)) if counted else None
        if limit:
            rows = replace(found[0], senses=(Sense("table", sense.table),))
            return rows, Ref((), sense.table, limit.group(1))
    return None


def _leads(chunk: Chunk) -> bool:
    said = chunk.text.lower()
    told = chunk.key("super", "last") or chunk.kind in ("unknown", "sense")
    return chunk.key("super") or (told and said in (*_LATEST, *_EARLIEST))


def _whole(chunk: Chunk) -> bool:
    plain = chunk.kind == "number" and not chunk.text.endswith("%")
    return plain and chunk.number == int(chunk.number) and 0 < chunk.number <= 1000


def _before_rows(
    found: list[Chunk],
    places: tuple[int, int, int],
    at: int,
    count: int | None,
    reading: Reading,
    *,
    one: bool,
) -> _Ranked | None:
    """ "the ten largest orders", "5 most delayed flights", "top 10 orders by revenue"."""
    start, end, row = places
    table = _table(found[row])
    many = found[row].plural
    newest = found[at].text.lower() == "newest"
    if not many and not (one or newest or _is_somebody(table, reading)):
        return None
    rest = [*found[:start], *found[end:]]
    by = next((n for n, c in enumerate(rest) if c.key("by") and n > row - end + start), None)
    column: str | None = None
    if by is not None:
        named = _measures(rest[by + 1], reading.catalog, table) if rest[by + 1 :] else set()
        if len(named) != 1:
            return None
        column, rest = named.pop(), [*rest[:by], *rest[by + 2 :]]
    down = found[at].value == "max"
    ref = _ranking_column(found[at], found[end:row], table, column, reading)
    if ref is None:
        return None
    told = reading.catalog.column(table, ref.column)
    young = found[at].text.lower() in (*_LATEST, "youngest")
    down = young if told.role == "time" else down
    if found[at].value in ("best", "worst"):
        return None
    return rest, table, ref, down, count or (_RANKED if many else 1)


def _is_somebody(table: str, reading: Reading) -> bool:
    """Whether the one row is a person or has a name: it is asked for rather than its number."""
    info = reading.catalog.tables[table]
    named = info.label is not None and happens(table, reading.catalog)
    return named or bool({info.row, *info.synonyms} & (PERSONS | WORKERS))


def _ranking_column(
    chunk: Chunk, adjectives: list[Chunk], table: str, named: str | None, reading: Reading
) -> Ref | None:
    """The column that "largest", "most delayed" or "latest" is told by."""
    if named:
        return Ref((), table, named)
    told, said = reading.catalog.tables[table], chunk.text.lower()
    aged = measures_of("age", reading.catalog, frozenset({table})) if said == "oldest" else []
    if said in (*_LATEST, *_EARLIEST, "youngest") and not aged:
        births = [c.name for c in told.columns.values() if is_birth(c)]
        if said in ("oldest", "youngest") and births:
            return Ref((), table, births[0]) if len(births) == 1 else None
        return Ref((), table, told.time) if told.time and said != "youngest" else None
    if said == "most" and adjectives:
        limits = [
            match.group(1)
            for s in adjectives[0].senses
            if s.kind == "filter"
            and (match := _LIMIT.fullmatch(reading.catalog.named_filter(s.name).template))
        ]
        return Ref((), table, limits[0]) if len(set(limits)) == 1 else None
    wanted = quality(said)
    pairs = measures_of(wanted, reading.catalog, frozenset({table})) if wanted else []
    columns = {name for owner, name in pairs if owner == table}
    if len(columns) > 1:
        words = {name: reading.catalog.column(table, name).label.split() for name in columns}
        worth = {name for name in columns if _VALUES & set(words[name])}
        columns = worth if len(worth) == 1 else columns
    if len(columns) > 1:
        labels = (reading.catalog.column(table, name).label for name in sorted(columns))
        raise Unbound(f"“{said}” could be told by {' or '.join(labels)}; say “by …”")
    return Ref((), table, columns.pop()) if columns else None


def _after_rows(
    found: list[Chunk], start: int, at: int, count: int | None, reading: Reading
) -> _Ranked | None:
    """ "the 5 orders with the highest revenue", "which order had the lowest revenue"."""
    first = 1 if found and _whole(found[0]) else 0
    row = _row_noun(found[first:start], reading)
    if row is None or found[at + 1 : at + 2] == [] or found[at].value not in ("max", "min"):
        return None
    row += first
    if first:
        count = int(found[0].number)
    table = _table(found[row])
    named = _measures(found[at + 1], reading.catalog, table)
    led = found[start - 1].key("with") or found[start - 1].text.lower() in ("had", "has", "have")
    if len(named) != 1 or (not led and start - 1 != row):
        return None
    wanted = quality(found[at].text)
    fitting = {name for _, name in measures_of(wanted or "size", reading.catalog,
                                               frozenset({table}))}  # fmt: skip
    if wanted not in (None, "size") and not named & fitting:
        return None
    rest = [*found[first : start - int(led)], *found[at + 2 :]]
    ref = Ref((), table, named.pop())
    many = _RANKED if found[row].plural else 1
    return rest, table, ref, found[at].value == "max", count or many


def _rows(
    words: list[Chunk],
    table: str,
    order: tuple[Ref, bool] | None,
    count: int,
    place: int | None,
    reading: Reading,
) -> Plan | None:
    """The rows that fit the words, which are read as if they were to be counted."""
    plain = reading.plan([keyword("count", "how many"), *words], table)
    counted = len(plain.metrics) == 1 and plain.metrics[0].aggregation == "count"
    made = plain.groups or plain.having or plain.limit or plain.change or plain.rows
    if not counted or made or plain.metrics[0].share or plain.metrics[0].per:
        return None
    where = tuple(dict.fromkeys((*plain.where, *plain.metrics[0].where)))
    told = [c.ref for c in where if not isinstance(c, Named | Linked)]
    first = [*([order[0]] if order else []), *told]
    columns = _columns(reading.catalog.tables[table], first, reading)
    sort = Order("row", columns.index(order[0]), order[1]) if order else None
    limit = 1 if place else count
    return Plan(table, where=where, rows=tuple(columns), order=sort, limit=limit, nth=place)


def _columns(table: TableInfo, told: list[Ref], reading: Reading) -> list[Ref]:
    """The columns a row is known by: its key, what was asked for, its date, whom it points to."""
    catalog, found = reading.catalog, list[Ref]()
    named = [table.key] if table.key else [c.name for c in table.columns.values() if c.role == "id"]
    pointing = {join.many_column for join in catalog.joins if join.many == table.name}
    found += [Ref((), table.name, name) for name in named[:2] if name not in pointing]
    found += told
    if table.time:
        found.append(Ref((), table.name, table.time))
    for join in catalog.joins:
        label = catalog.tables[join.one].label
        if join.many == table.name and label:
            found.append(Ref((join.name,), join.one, label))
    roles = ("dimension", "measure")
    for role in roles:
        more = [c for c in table.columns.values() if c.role == role and c.name not in pointing]
        found += [Ref((), table.name, c.name) for c in more]
    return list(dict.fromkeys(found))[:_COLUMNS]
