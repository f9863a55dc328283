"""Things that have none of something: "products never sold", "customers without an order"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.money import money_column
from local_workspace.spaces.names import plural
from local_workspace.translate.binding import Unbound
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.forms import is_participle
from local_workspace.translate.plan import Condition, Having, Known, Linked, Metric, Plan, Ref
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import AskedBack, keyword

if TYPE_CHECKING:
    from local_workspace.translate.shapes.reading import Reading

_BETWEEN = ("with", "which", "in")
_OPENERS = ("which", "count")
_TRADED = ("sold", "bought", "sell", "buy", "purchased")
_FAR = 9
_MADE = frozenset({"placed", "made", "had", "received", "got", "taken", "given"})
"""Verbs that say no more than the rows: "never placed an order"."""


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the things to which no row points that fits; None where nothing is missing."""
    turned = [at for at, chunk in enumerate(found) if chunk.key("not")]
    if len(turned) != 1 or any(chunk.key("share", "compare", "super", "agg") for chunk in found):
        return None
    at = turned[0]
    before, after, split = found[:at], found[at + 1 :], []
    for place, chunk in enumerate(after):
        if chunk.key("by"):
            after, split = after[:place], after[place:]
            break
    before = _described(before, reading)
    thing = _thing(before, reading)
    fact = _fact(after, reading)
    if thing is None:
        return _kinds(_trimmed(before), after, split, fact, reading)
    if thing == len(_trimmed(before)) - 1:
        if fact is None:
            return _of_no_rows(before[: thing + 1], after, split, reading)
        return _without(before[: thing + 1], split, [(after, fact, True)], reading)
    said = _led(_trimmed(before[thing + 1 :]))
    done = _fact(said, reading)
    contrasted = found[at].text.lower().startswith("but") or len(said) > 1
    if fact is None and done is not None and after and contrasted:
        parts = [(said, done, False), ([said[done], *after], 0, True)]
        return _without(before[: thing + 1], split, parts, reading)
    return None


def _described(before: list[Chunk], reading: Reading) -> list[Chunk]:
    """ "pubs in Plymouth with no orders": what the things are stands before their name."""
    at = _thing(before, reading)
    rest = _trimmed(before[at + 1 :]) if at is not None else []
    values = [c for c in rest if not c.key("in", "from")]
    if at is None or not values or not rest[0].key("in", "from"):
        return before
    own = {s.table for s in reading.entities(before[at])}
    said = all(c.senses and {s.table for s in c.senses if s.kind == "value"} & own for c in values)
    return [*before[:at], *values, before[at]] if said else before


def _kinds(
    head: list[Chunk],
    after: list[Chunk],
    split: list[Chunk],
    fact: int | None,
    reading: Reading,
) -> Plan | None:
    """ "which plans have no cancellations": of the kinds that rows have, those without such a row.

    Rows that are not such are another question: almost every plan has some of those too.
    """
    kinds = head[-1] if head and head[0].key("which") else None
    if kinds is None or split or not _names_kinds(kinds, reading) or not after:
        return None
    if len(head) > 2 or head[0].text.lower() == "who":
        return None
    if fact is None:
        plain = reading.plan([*head, *after])
        table, where = plain.table, plain.where
    else:
        table, done = next(iter(_tables(after[fact], reading).items()))
        where = _conditions(_rows_for(after, fact, table, reading), table, ("",), reading)
        where = (*where, done) if done else where
    listed = reading.plan(head, table)
    if not where or len(listed.groups) != 1 or listed.metrics or listed.where:
        raise Unbound(f"which {kinds.text} have none of what is not clear; name a condition")
    if any(getattr(c, "ref", None) == listed.groups[0].ref for c in where):
        return None
    none = Having(Metric("count", where=where), "=", 0)
    return replace(listed, having=(none,))


def _names_kinds(chunk: Chunk, reading: Reading) -> bool:
    columns = [s for s in chunk.senses if s.kind == "column"]
    many = chunk.plural or bool(chunk.repaired)
    return (
        many
        and bool(columns)
        and all(
            reading.catalog.column(s.table, s.name).role in ("dimension", "id") for s in columns
        )
    )


def _rows_for(words: list[Chunk], at: int, table: str, reading: Reading) -> list[Chunk]:
    """The words with the rows themselves in place of what was done to them."""
    row = reading.catalog.tables[table].row
    rows = Chunk("sense", plural(row), -1, -1, senses=(Sense("table", table),), plural=True)
    said = [c for c in words[:at] if c.text.lower() not in _MADE]
    more = words[at + 1 :]
    if more and more[0].text.lower() in ("anything", "something"):
        more = more[1:]
    return [*said, rows, *more]


def _of_no_rows(
    head: list[Chunk], after: list[Chunk], split: list[Chunk], reading: Reading
) -> Plan | None:
    """ "which airlines do not fly to Seattle": those of which no row fits.

    Rows that do not fit are another question: almost every airline flies somewhere else.
    """
    if not any(chunk.key(*_OPENERS) for chunk in head) or not after:
        return None
    thing = {s.table for s in reading.entities(head[-1])}
    try:
        plain = reading.plan([keyword("which", "which"), head[-1], *after])
    except (AskedBack, Unbound):
        return None
    groups = [g.ref for g in plain.groups if g.ref]
    if plain.table in thing or len(groups) != 1 or groups[0].table not in thing:
        return None
    path = groups[0].path
    if plain.metrics or plain.having or not plain.where or plain.limit:
        return None
    if any(getattr(c, "ref", None) and c.ref.path[: len(path)] == path for c in plain.where):  # type: ignore[union-attr]
        return None
    join = reading.catalog.join(path[-1])
    key = Ref((), groups[0].table, join.one_column)
    linked = Linked(key, plain.table, path, plain.where, negated=True)
    return _narrowed(head, split, groups[0].table, (linked,), reading)


def _trimmed(found: list[Chunk]) -> list[Chunk]:
    """Without the words that only lead on: "customers who", "products and"."""
    while found and found[-1].key(*_BETWEEN):
        found = found[:-1]
    return found


def _led(found: list[Chunk]) -> list[Chunk]:
    """Without the "who" or "that" it begins with."""
    while found and found[0].key(*_BETWEEN):
        found = found[1:]
    return found


def _thing(found: list[Chunk], reading: Reading) -> int | None:
    """Where the things are named that other rows point to."""
    for at in range(len(found) - 1, -1, -1):
        if reading.entities(found[at]):
            return at
    return None


def _fact(found: list[Chunk], reading: Reading) -> int | None:
    """Where the rows are named that should point to them, by a noun or by what was done."""
    for at, chunk in enumerate(found):
        if _tables(chunk, reading):
            return at
        adjective = any(s.kind in ("value", "filter") for s in chunk.senses)
        adjective = adjective or chunk.text.lower() in _MADE
        if not adjective and not chunk.key(*_BETWEEN, "to", "from"):
            return None
    return None


def _tables(chunk: Chunk, reading: Reading) -> dict[str, Known | None]:
    """The tables whose rows the word names ("orders", "sold", "did not order"), and the date that
    must be known for what was done ("cancelled")."""
    senses, catalog = chunk.senses, reading.catalog
    if chunk.key("orderby") and chunk.text.lower() in ("order", "ordered"):
        known = reading.lexicon.find(["orders"], 0)
        senses = known[1] if known else ()
    many = {join.many for join in catalog.joins}
    if chunk.kind == "unknown" and chunk.text.lower() in _TRADED:
        paid = [name for name in sorted(many) if money_column(catalog.tables[name]) is not None]
        return dict.fromkeys(paid)
    done = is_participle(chunk.text.lower())
    found: dict[str, Known | None] = {}
    for sense in (s for s in senses if s.table in many):
        if sense.kind in ("table", "verb"):
            found[sense.table] = None
        if chunk.repaired in _TRADED and sense.kind in ("column", "measure"):
            found[sense.table] = None
        dated = sense.kind == "column" and catalog.column(sense.table, sense.name).role == "time"
        if sense.kind == "event" or (dated and done):
            nulls = catalog.column(sense.table, sense.name).nulls
            ref = Ref((), sense.table, sense.name)
            found.setdefault(sense.table, Known(ref) if nulls else None)
    return found


def _without(
    head: list[Chunk],
    split: list[Chunk],
    parts: list[tuple[list[Chunk], int, bool]],
    reading: Reading,
) -> Plan | None:
    """The things, narrowed by what points to them and by what does not."""
    failed: Unbound | None = None
    for sense in reading.entities(head[-1]):
        try:
            linked = tuple(_linked(part, sense.table, reading) for part in parts)
        except Unbound as reason:
            failed = reason
        else:
            return _narrowed(head, split, sense.table, linked, reading)
    raise failed or Unbound(f"nothing points to {head[-1].text}")


def _narrowed(
    head: list[Chunk],
    split: list[Chunk],
    table: str,
    linked: tuple[Linked, ...],
    reading: Reading,
) -> Plan:
    """The things as a plain question of their own table."""
    opened = any(chunk.key(*_OPENERS) for chunk in head)
    asked = [*([] if opened else [keyword("which", "which")]), *head, *split]
    if split and not any(chunk.key("count") for chunk in head):
        asked = [keyword("count", "how many"), *(c for c in head if not c.key("which")), *split]
    plain = reading.plan(asked, table)
    if plain.having or plain.limit or plain.change:
        raise Unbound(f"which {head[-1].text} have none of something needs a plain list of them")
    return replace(plain, where=(*plain.where, *linked))


def _linked(part: tuple[list[Chunk], int, bool], thing: str, reading: Reading) -> Linked:
    words, at, negated = part
    failed: Unbound | None = None
    for table, done in _with_parts(_tables(words[at], reading), thing, reading).items():
        paths = reading.lexicon.paths[table].get(thing, [])
        if len(paths) > 1:
            roles = " or ".join(path[-1].replace("_", " ") for path in paths)
            raise Unbound(f"rows point to {thing} as {roles}; say which is meant")
        if not paths or table == thing:
            continue
        try:
            where = _conditions(_rows_for(words, at, table, reading), table, paths[0], reading)
        except Unbound as reason:
            failed = reason
            continue
        join = reading.catalog.join(paths[0][-1])
        where = (*where, done) if done else where
        return Linked(Ref((), thing, join.one_column), table, paths[0], where, negated)
    raise failed or Unbound(f"“{words[at].text}” does not point to {thing}")


def _with_parts(
    tables: dict[str, Known | None], thing: str, reading: Reading
) -> dict[str, Known | None]:
    """With the lines of orders, where it is the lines that point to the things."""
    paths, parts = reading.lexicon.paths, dict(tables)
    for table in tables if not any(paths[name].get(thing) for name in tables) else ():
        parts |= {j.many: None for j in reading.catalog.joins if j.one == table}
    far = {n: min(map(len, paths[n].get(thing, ())), default=_FAR) for n in parts}
    return {name: parts[name] for name in sorted(parts, key=far.__getitem__)}


def _conditions(
    words: list[Chunk], table: str, path: tuple[str, ...], reading: Reading
) -> tuple[Condition, ...]:
    """What the pointing rows must fit."""
    plain = reading.plan([keyword("count", "how many"), *words], table)
    counts = len(plain.metrics) == 1 and plain.metrics[0].aggregation == "count"
    if plain.table != table or not counts or plain.groups or plain.having or plain.limit:
        raise Unbound("say what there is none of, e.g. “customers without an order in 2024”")
    where = (*plain.where, *plain.metrics[0].where)
    if any(getattr(c, "ref", None) and c.ref.path[: len(path)] == path for c in where):  # type: ignore[union-attr]
        raise Unbound("say that of the things themselves first, e.g. “German customers without …”")
    return where
