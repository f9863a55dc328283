# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Two numbers of different rows, group by group: "fees per desk by team", "sales against targets".

Each is told from its own table with its own groups, and only the finished groups are joined, so no
row is counted twice (ADR 0216).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.binding import Unbound
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.forms import is_participle
from local_workspace.translate.plan import Beside, Known, Ref
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import AskedBack, adds_up, keyword, meant_as_money

if TYPE_CHECKING:
    from local_workspace.translate.plan import Condition, Group, Plan
    from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import Reading
from local_workspace.translate.things import things

_RATIOS = ("ratio", "ratio of", "the ratio of")


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the first number, with that of the second beside it; None for one number."""
    if any(chunk.key("super", "cmp", "not", "change", "trend", "orderby") for chunk in found):
        return None
    split = _ratio(found, reading) or _pair(found, reading)
    if split is None:
        return None
    first, second, tail, ratio = split
    try:
        one, other = reading.plan([*first, *tail]), _other(second, tail, reading)
    except (AskedBack, Unbound):
        if ratio:
            raise
        return None
    if ratio and not all(adds_up(m, reading.catalog) for m in (*one.metrics, *other.metrics)):
        raise Unbound("only totals and counts can be divided by one another")
    if not (_plain(one) and _plain(other)):
        raise Unbound("two numbers side by side need one “by …” and nothing more")
    if [_same(group) for group in one.groups] != [_same(group) for group in other.groups]:
        raise Unbound("the two numbers have no breakdown in common", ambiguous=True)
    shape = Beside(replace(other, order=None), ratio)
    return replace(one, where=_of_those(one, other, reading), shape=shape)


def _of_those(one: Plan, other: Plan, reading: Reading) -> tuple[Condition, ...]:
    """Beside what the things themselves hold, rows that belong to none of them have no place."""
    known = []
    for group in one.groups:
        if group.ref and group.ref.path and group.ref.table == other.table:
            join = reading.catalog.join(group.ref.path[0])
            if reading.catalog.column(join.many, join.many_column).nulls:
                known.append(Known(Ref((), join.many, join.many_column)))
    return tuple(dict.fromkeys((*one.where, *known)))


_Split = tuple[list["Chunk"], list["Chunk"], list["Chunk"], bool]


def _ratio(found: list[Chunk], reading: Reading) -> _Split | None:
    """ "fees per desk by team", "ratio of starters to leavers by year"."""
    if found and found[0].text.lower() in _RATIOS:
        at = next((n for n, c in enumerate(found) if c.text.lower() == "to"), 0)
        start = 1 + found[1].key("in")
        if at <= start:
            return None
        second, tail = _segment(found[at + 1 :], reading)
        first = found[start:at]
        if not second and first:
            second, tail = _of_rows(first, found[at + 1 :], reading)
        if second and all(_adjective(chunk) for chunk in first):
            first = [*first, second[-1]]
        return (first, second, tail, True) if second else None
    for at, chunk in enumerate(found[1:-1], 1):
        link = chunk.key("by") and chunk.text.lower() == "per"
        over = chunk.key("oftotal") and not chunk.text.lower().endswith(("total", "all"))
        if not (link or over or (chunk.key("share") and found[at - 1].text.lower() == "as")):
            continue
        after = at + 1
        while after < len(found) and not link and found[after].key("in"):
            after += 1
        start = at - found[at - 1].key("in")
        counted = _counted_rows(found[:start], found[after:], reading) if link else []
        if counted:
            noun = replace(counted[-1], plural=True)
            rows = [keyword("count", "number of"), *counted[:-1], noun]
            return found[:start], rows, found[after + len(counted) :], True
        divisor = found[after : after + 1]
        if not divisor or not _sums(divisor[0], reading):
            return None
        if not _apart(found[:start], divisor, reading):
            return None
        return found[:start], divisor, found[after + 1 :], True
    return None


def _counted_rows(first: list[Chunk], words: list[Chunk], reading: Reading) -> list[Chunk]:
    """ "floor space per active member": rows that do not tell the first number, to be counted."""
    end = 0
    while end < len(words) and _adjective(words[end]):
        end += 1
    noun = words[end : end + 1]
    told = [s.table for c in noun for s in c.senses if s.kind == "table"]
    alone = end and not told
    if alone and words[end - 1].senses and words[end - 1].senses[0].kind == "filter":
        sense = words[end - 1].senses[0]
        row = reading.catalog.tables[sense.table].row
        if words[end - 1].text.lower().endswith(row):
            told, noun = [sense.table], [words[end - 1]]
            end -= 1
    numbers = _told(first, reading)
    if len(told) != 1 or noun[0].plural or len(numbers) != 1 or len(numbers[0]) != 1:
        return []
    owner = next(iter(numbers[0]))
    apart = owner != told[0] and told[0] not in reading.lexicon.paths[owner]
    return words[: end + 1] if apart and noun[0] is words[end] else []


def _of_rows(
    first: list[Chunk], after: list[Chunk], reading: Reading
) -> tuple[list[Chunk], list[Chunk]]:
    """ "conveyed to treated": rows of the one table that both conditions are told of."""
    end = 0
    while end < len(after) and _adjective(after[end]):
        end += 1
    told = [*first, *after[:end]]
    if not end or not all(_adjective(chunk) for chunk in told):
        return [], after
    tables = set.intersection(*({s.table for s in chunk.senses} for chunk in told))
    if len(tables) != 1:
        return [], after
    table = tables.pop()
    noun = plural(reading.catalog.tables[table].row)
    rows = Chunk("sense", noun, -1, -1, senses=(Sense("table", table),), plural=True)
    return [*after[:end], rows], after[end:]


def _pair(found: list[Chunk], reading: Reading) -> _Split | None:
    """ "raised against budget for each appeal", "claims and premiums by region"."""
    for at, chunk in enumerate(found[1:-1], 1):
        if not (chunk.key("compare") or (chunk.key("and") and chunk.text.lower() == "and")):
            continue
        start = 1 if found[0].key("compare", "both") and at > 1 else 0
        events = _events(found[start:at], found[at + 1 :], reading)
        if events:
            return (*events, False)
        second, tail = _segment(found[at + 1 :], reading)
        if second and any(c.key("by") for c in tail) and _apart(found[start:at], second, reading):
            return found[start:at], second, tail, False
        return None
    return None


def _once(words: list[Chunk], tail: list[Chunk]) -> list[Chunk]:
    """ "joiners per month against leavers per month": the breakdown is one."""
    said = [(c.kind, c.name, c.value, c.senses) for c in words[-2:]]
    again = [(c.kind, c.name, c.value, c.senses) for c in tail[:2]]
    return words[:-2] if len(said) == 2 and words[-2].key("by") and said == again else words


def _events(
    left: list[Chunk], right: list[Chunk], reading: Reading
) -> tuple[list[Chunk], list[Chunk], list[Chunk]] | None:
    """ "joiners and leavers by month", "machines bought and sold per year": rows of one table,
    each by a date of its own."""
    left, right = ([c for c in words if not _relative(c)] for words in (left, right))
    end = 0 if right and _dates(right[0], reading) else 1
    tail = right[end + 1 :]
    first = _once(left, tail)
    if len(right) <= end or not first or not any(c.key("by") for c in tail):
        return None
    dates = [_dates(chunk, reading) for chunk in (first[-1], right[end])]
    tables = set.intersection(*({table for table, _ in pairs} for pairs in dates))
    if not all(dates) or len(tables) != 1 or dates[0] & dates[1]:
        return None
    if sum(bool(_dates(c, reading)) for c in first) > 1:
        return None
    rows = [c for c in first[:-1] if any(s.kind == "table" and s.table in tables for s in c.senses)]
    if end and not any(s.kind == "table" and s.table in tables for s in right[0].senses):
        return None
    last = replace(right[end], senses=tuple(s for s in right[end].senses if s.table in tables))
    noun = first[-1].plural and right[end].plural
    if not noun and len(rows) != 1:
        return None
    return first, [*([] if noun else rows), last], tail


def _relative(chunk: Chunk) -> bool:
    """ "who", "that": the verb says as much without it."""
    return chunk.key("which", "with") and chunk.text.lower() in ("who", "that", "which", "have")


def _dates(chunk: Chunk, reading: Reading) -> set[tuple[str, str]]:
    """The dates of which the word is the verb or the noun."""
    times = {
        (s.table, s.name)
        for s in chunk.senses
        if s.kind in ("event", "column") and reading.catalog.column(s.table, s.name).role == "time"
    }
    done = is_participle(chunk.text.lower()) or any(s.kind == "event" for s in chunk.senses)
    return times if done and len(times) == len(chunk.senses) else set()


def _segment(words: list[Chunk], reading: Reading) -> tuple[list[Chunk], list[Chunk]]:
    """The words as far as the first number or rows they name, and those after."""
    for at, chunk in enumerate(words):
        if _amounts(chunk, reading) or any(s.kind == "table" for s in chunk.senses):
            return words[: at + 1], words[at + 1 :]
        if not (chunk.key("agg", "count", "in") or _adjective(chunk)):
            return [], words
    return [], words


def _adjective(chunk: Chunk) -> bool:
    return any(s.kind in ("value", "filter") for s in chunk.senses)


def _amounts(chunk: Chunk, reading: Reading) -> set[str]:
    """The tables of the measures that the word names; none where it names rows."""
    if any(s.kind == "table" for s in chunk.senses):
        return set()
    return {
        s.table
        for s in chunk.senses
        if s.kind == "measure"
        or (s.kind == "column" and reading.catalog.column(s.table, s.name).role == "measure")
    }


def _sums(chunk: Chunk, reading: Reading) -> bool:
    """Whether the word names only what adds up: "desks", not "age"."""
    columns = [s for s in chunk.senses if s.kind == "column"]
    totals = all(reading.catalog.column(s.table, s.name).aggregate == "sum" for s in columns)
    return bool(_amounts(chunk, reading)) and totals


def _apart(first: list[Chunk], second: list[Chunk], reading: Reading) -> bool:
    """Whether no one table can tell both numbers."""
    one, other = _told(first, reading), _told(second, reading)
    return len(one) == len(other) == 1 and not one[0] & other[0]


def _told(words: list[Chunk], reading: Reading) -> list[set[str]]:
    """For each number or rows that the words name, the tables that tell it."""
    ones = things(reading.catalog)
    found = [
        _amounts(chunk, reading)
        or {
            s.table
            for s in chunk.senses
            if s.kind == "table" and s.table not in ones and not meant_as_money(chunk)
        }
        for chunk in words
    ]
    return [tables for tables in found if tables]


def _other(second: list[Chunk], tail: list[Chunk], reading: Reading) -> Plan:
    """The plan of the second number; what has no dates is the same at all of them."""
    try:
        return reading.plan([*second, *tail])
    except (AskedBack, Unbound):
        dated = [n for n, chunk in enumerate(tail) if chunk.kind == "date"]
        if not dated:
            raise
        kept = [
            chunk
            for n, chunk in enumerate(tail)
            if n not in dated and not (n + 1 in dated and chunk.key("in", "from"))
        ]
        told = reading.plan([*second, *kept])
        if reading.catalog.tables[told.table].time is not None:
            raise
        said = " ".join(tail[n].text for n in dated)
        reading.notes.append(f"“{said}” narrows only the first number; the second has no date")
        return told


def _plain(plan: Plan) -> bool:
    made = plan.having or plan.limit or plan.limit_per or plan.change or plan.shape or plan.rows
    return len(plan.metrics) == 1 and not made and not plan.difference


def _same(group: Group) -> tuple[object, ...]:
    """What a group stands for, from whichever table it is reached."""
    if group.grain or group.part:
        return group.grain, group.part, group.buckets
    return group.dimension, group.ref and (group.ref.table, group.ref.column)
