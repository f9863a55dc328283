# ruff: noqa: PLR0912 - one guess a line reads better here
"""What a catalog's things are probably called besides the names it gives.

Parts of names ("cost" for treatment cost), word families ("shipped" of a shipment) and near-equal
words ("clients" of accounts). All of it is weak: it counts only where the space itself gives a
phrase no meaning, and a phrase that two tables could mean is left unknown, so it is asked back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.endings import end_of, left_words
from local_workspace.spaces.flags import is_flag, yes_word
from local_workspace.spaces.money import is_earned, money_column
from local_workspace.spaces.names import plural
from local_workspace.spaces.parts_of import orders_of
from local_workspace.translate.codes import code_words
from local_workspace.translate.doers import doers
from local_workspace.translate.everyday import everyday, everyday_rows
from local_workspace.translate.forms import family, is_participle, regular
from local_workspace.translate.grammar import GRAINS
from local_workspace.translate.guesses import NO_HEAD, QUALIFIERS
from local_workspace.translate.mark_rates import rates_of_marks
from local_workspace.translate.nations import nation_words
from local_workspace.translate.qualities import CURRENCIES, MONEY
from local_workspace.translate.senses import Sense
from local_workspace.translate.states import state_nouns
from local_workspace.translate.thesaurus import (
    nouns_like,
    quantities_like,
    states_like,
    values_like,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo

_JOINING = frozenset({"of", "to", "per", "in", "by", "at", "on", "for", "and", "or", "with"})
_KINDS = frozenset({"type", "kind", "class", "category", "method", "mode"})
NOT_YET = frozenset(
    {"capacity", "target", "budget", "budgeted", "planned", "expected", "forecast", "projected"}
    | {"limit", "max", "maximum", "min", "minimum", "previous", "prior", "estimated", "estimate"}
    | {"potential", "allowed", "required", "promised", "goal", "quota"}
)
"""Words without which a number is another: "hours" are worked, "target hours" are not."""
_UNIT_TAIL = re.compile(r" (percent|percentage|m2|m3|g|mg l|ml|l|t|tons|tonnes|litres|liters)$")
"""What a number is counted in, at the end of its name: people leave it away."""
_COUNTED = frozenset({"count", "quantity", "qty"})
_COUNT_OF = re.compile(r"^(?:total|number|count|num|sum)(?: number)? of ")
"""How names of counts begin: people say only what was counted."""
_ROLES = frozenset({"origin", "destination", "source", "target"})
_LENGTHS = frozenset({"minutes", "hours", "days", "seconds", "min", "mins"})
_TERMS = frozenset({"days", "weeks", "months", "years", "nights", "hours"})
_LIKINGS = frozenset({"satisfaction", "quality", "happiness", "csat", "nps", "ces"})
_RATERS = frozenset(
    {"customer", "user", "guest", "audience", "tenant", "patient", "client", "driver", "member"}
    | {"passenger", "staff", "employee", "viewer", "buyer", "rider"}
)
"""Who rated: "customers" are no customer rating."""
_PLACES = frozenset({"country", "city", "town", "state", "region", "port", "place", "date", "year"})
"""What comes first in names, too: the "country of residence" is `country_res`."""


def likely_phrases(catalog: Catalog) -> Iterator[tuple[str, Sense]]:
    """Phrases and what each may mean."""
    described = any(c.label or c.description for t in catalog.space.tables for c in t.columns)
    for table in catalog.tables.values():
        yield from _rows(table)
        yield from everyday_rows(table)
        for column in table.columns.values():
            if column.role != "hidden":
                yield from _column(table, column, described=described)
                yield from everyday(table, column)
                yield from doers(table, column)
    yield from rates_of_marks(catalog)


def likely_values(catalog: Catalog) -> Iterator[tuple[str, Sense]]:
    """Other words for the values of columns."""
    for table in catalog.tables.values():
        for column in table.columns.values():
            if column.family == "bool" and column.role != "hidden":
                held = Sense("value", table.name, column.name, "true", weak=True)
                for word in states_like(yes_word(column)):
                    yield word, held
                for noun in state_nouns(yes_word(column), column, table):
                    yield noun, replace(held, raw=True)
            for value in column.values:
                sense = Sense("value", table.name, column.name, value, weak=True)
                for noun in state_nouns(value, column, table):
                    yield noun, replace(sense, raw=True)
                for word in (
                    *_of_its_sort(value, column, table),
                    *values_like(value, column.label),
                    *nation_words(value, column.label, column.values),
                    *code_words(value, column.label, column.values),
                ):
                    yield word, sense


def _of_its_sort(value: str, column: ColumnInfo, table: TableInfo) -> Iterator[str]:
    """ "fixed fee" of a fee type, "day return ticket" of a ticket type: the value and its noun."""
    base, _, kind = column.label.lower().rpartition(" ")
    rows = (table.row, *table.synonyms)
    if kind in _KINDS and base and base not in rows and base not in value.lower().split():
        yield f"{value.lower()} {base}"


def _rows(table: TableInfo) -> Iterator[tuple[str, Sense]]:
    sense = Sense("table", table.name, weak=True)
    for noun in (table.row, *table.synonyms):
        for other in nouns_like(noun):
            yield other, sense
        head = noun.split(" ")[-1]
        verb = Sense("verb", table.name, weak=True)
        for form in (*family(head), *regular(head)):
            yield form, verb
        for other in nouns_like(noun):
            for form in (*family(other), *regular(other)):
                if is_participle(form):
                    yield form, verb
        if head != noun and head not in NO_HEAD:
            for other in nouns_like(head):
                yield other, sense


def _column(
    table: TableInfo, column: ColumnInfo, *, described: bool
) -> Iterator[tuple[str, Sense]]:
    """Guesses for one column; a person who described the space would have named its measures."""
    sense = Sense("column", table.name, column.name, weak=True)
    label = column.label.lower()
    if column.role == "time":
        yield from _happening(table, column, sense)
        yield from _released(table, column)
        return
    words = label.split()
    if column.role == "id":
        keyed = len(words) == 2 and words[1] in ("id", "key", "no", "number")
        if keyed and words[0] not in (table.row, *table.synonyms):
            yield words[0], sense
        return
    if is_flag(column):
        return
    if len(words) == 2 and is_participle(words[0]) != is_participle(words[1]):
        yield f"{words[1]} {words[0]}", sense
        yield from _done_things(words, sense)
    if len(words) == 2 and words[1] == "amount" and is_participle(words[0]):
        yield words[0], sense
        yield f"amount {words[0]}", sense
    if column.role == "measure" and len(words) == 2:
        for done in filter(is_participle, regular(words[0])):
            yield f"{done} {words[1]}", sense
            yield f"{words[1]} {done}", sense
    if column.role == "measure" and len(words) == 2 and any(map(is_participle, words)):
        others = {w for c in table.columns.values() if c != column for w in c.label.lower().split()}
        for form in family(words[0] if is_participle(words[0]) else words[1]):
            if form not in others:
                yield form, sense
    if column.role == "measure":
        yield from _per_unit(label, sense)
        yield from _spent(table, column, sense)
        yield from _of_such_rows(table, column, sense)
    yield from _of_the_row(table, words, sense)
    like = quantities_like if column.role == "measure" else nouns_like
    parts = [label]
    parts += [_COUNT_OF.sub("", label)] if column.role == "measure" else []
    if column.role != "measure" or not described:
        parts += _parts(words, measure=column.role == "measure")
    for part in parts:
        yield part, sense
        for other in like(part):
            yield other, sense
            if part != label and len(words) == 2:
                yield f"{words[0]} {other}", sense
    if column.role == "measure":
        yield from _lengths(words, sense)
        for liking in _likings(label, words):
            yield liking, sense
    if len(words) == 2 and not set(words) & (_JOINING | NO_HEAD):
        yield f"{words[1]} of {words[0]}", sense
        if words[0] in _PLACES:
            yield f"{words[0]} of {words[1]}", sense
    if column.role == "measure" and column.nulls and (label.endswith("ing") or len(words) == 1):
        for form in family(words[-1]):
            if is_participle(form):
                yield form, Sense("event", table.name, column.name, weak=True)


def _likings(label: str, words: list[str]) -> list[str]:
    """ "quality" of a quality score, "satisfaction rating" of satisfaction."""
    found = [words[0]] if _is_rating(words) else []
    return found + ([f"{label} score", f"{label} rating"] if words[-1] in _LIKINGS else [])


def _lengths(words: list[str], sense: Sense) -> Iterator[tuple[str, Sense]]:
    """ "wait time" of wait minutes, "contract length" of contract months."""
    if len(words) == 2 and words[1] in _LENGTHS:
        for form in (words[0], *family(words[0]), *regular(words[0])):
            yield form, sense
            yield f"{form} time", sense
    if len(words) > 2 and words[-1] in _LENGTHS:
        yield f"{' '.join(words[:-1])} time", sense
        yield " ".join(words[:-1]), sense
    if len(words) == 2 and words[1] in _TERMS:
        for term in ("length", "duration", "term"):
            yield f"{words[0]} {term}", sense
    if len(words) > 3 and words[-2] == "per":
        yield " ".join(words[:-2]), sense


def _per_unit(label: str, sense: Sense) -> Iterator[tuple[str, Sense]]:
    """ "list price" of a list price per kg, "monthly fee" of a fee per month."""
    head, per, unit = label.partition(" per ")
    if per:
        yield head, sense
        yield f"{_EVERY.get(unit, unit)} {head}", sense


_EVERY = {"month": "monthly", "week": "weekly", "day": "daily", "year": "annual", "hour": "hourly"}


def _is_rating(words: list[str]) -> bool:
    """ "quality score", of which the first word alone may be said."""
    return len(words) == 2 and words[1] in ("score", "rating") and words[0] not in _RATERS


def _of_the_row(table: TableInfo, words: list[str], sense: Sense) -> Iterator[tuple[str, Sense]]:
    """ "drug group" of the `med_group` of meds; what a year is the year of, as in "built"."""
    of = words[2] if len(words) == 3 and words[:2] == ["year", "of"] else ""
    done = words[0] if len(words) == 2 and words[1] == "year" else of
    if done:
        for form in (done, *family(done), *regular(done)):
            if is_participle(form):
                yield form, sense
    if len(words) == 2 and words[0] in (table.row, *table.synonyms):
        for other in nouns_like(words[0]):
            yield f"{other} {words[1]}", sense


def _of_such_rows(
    table: TableInfo, column: ColumnInfo, sense: Sense
) -> Iterator[tuple[str, Sense]]:
    """ "service cost" of service visits, told from other visits; "quote value" of one in EUR."""
    label = column.label.lower()
    if (column.unit or "").lower() in CURRENCIES and not set(label.split()) & MONEY:
        done = [w for w in (*family(label), *regular(label)) if is_participle(w)]
        for name in (label, *dict.fromkeys(done)):
            for noun in ("value", "amount"):
                yield f"{name} {noun}", sense
                yield f"{noun} {name}" if name != label else f"{noun} of {name}", sense
            if name != label and label not in (table.row, *table.synonyms):
                yield name, sense
    kind = table.row.lower().split(" ")
    spoken = kind[0] not in label.split() and kind[0] not in GRAINS
    if len(kind) == 2 and table.time and spoken:
        yield f"{kind[0]} {label}", sense


def _done_things(words: list[str], sense: Sense) -> Iterator[tuple[str, Sense]]:
    """ "fish died" of dead fish."""
    done, thing = words if is_participle(words[0]) else reversed(words)
    for form in family(done):
        if is_participle(form):
            yield f"{thing} {form}", sense


def _spent(table: TableInfo, column: ColumnInfo, sense: Sense) -> Iterator[tuple[str, Sense]]:
    """What was spent: the money that rows brought in, or their cost where they brought in none.

    "Booking value" and "billed amount" are money of the rows too.
    """
    money = money_column(table)
    words = column.label.lower().split()
    if money is None and words[-1] in ("cost", "costs", "expense", "expenses", "price"):
        lead = " ".join(words[:-1])
        for spent in _SPENT if words[-1] != "price" else ():
            yield f"{lead} {spent}".strip(), sense
    if money is None or money.name != column.name:
        return
    for spent in _SPENT:
        yield spent, sense
    if is_earned(money, table) and not any(map(is_participle, words)):
        for billed in ("billed", "charged", "invoiced"):
            yield f"{billed} amount", sense
            yield f"amount {billed}", sense
        yield "billings", sense
    for noun in dict.fromkeys((table.row.split(" ")[-1], *table.synonyms)):
        yield f"{noun} value", sense
        if noun in _SIZED:
            yield f"{noun} size", sense
        yield f"value of {noun}", sense
        for form in (*family(noun), *regular(noun)):
            if is_participle(form):
                yield f"{form} amount", sense
                yield f"amount {form}", sense
            elif form.endswith("ing") and noun in ("invoice", "bill"):
                yield form, sense


_SIZED = frozenset(
    {"grant", "gift", "donation", "claim", "loan", "deal", "invoice", "payment", "refund", "pledge"}
    | {"fine", "bill", "investment", "award"}
)
"""Things of money, so that their size is how much it is."""
_SPENT = ("spend", "spent", "spending", "expenditure")


def _parts(words: list[str], *, measure: bool) -> list[str]:
    """Parts of a name that can stand for it: its last words, a counted thing, a role of a place."""
    if len(words) < 2 or set(words) & _JOINING or (measure and set(words) & NOT_YET):
        return []
    found = [" ".join(words[at:]) for at in range(1, len(words)) if words[-1] not in NO_HEAD]
    if measure and (bare := _UNIT_TAIL.sub("", " ".join(words))) != " ".join(words):
        found.append(bare)
    if words[-1] in QUALIFIERS and measure:
        found.append(" ".join(words[:-1]))
    if words[-1] in _COUNTED and measure:
        found.append(plural(" ".join(words[:-1])))
    if words[0] in _ROLES:
        found.append(words[0])
    return found


_COMINGS = {"check in": ("arrival", "arrived"), "check out": ("departure", "departed")}


_WORKS = frozenset(
    {"movie", "film", "game", "video game", "book", "song", "track", "album", "title", "show"}
)


def _released(table: TableInfo, column: ColumnInfo) -> Iterator[tuple[str, Sense]]:
    """ "released in 2010", "came out" of the year of a film: every row's own date."""
    works = {table.row, table.row.split(" ")[-1], *table.synonyms} & _WORKS
    if works and column.name == table.time and column.family == "integer":
        for form in ("released", "published", "came out", "release", "launched"):
            yield form, Sense("verb", table.name, weak=True)


def _happening(table: TableInfo, column: ColumnInfo, sense: Sense) -> Iterator[tuple[str, Sense]]:
    """ "cancelled on" or "cancellation date" is when cancellations happened."""
    label = column.label.lower()
    words = label.split()
    event = Sense("event", column.table, column.name, weak=True)
    ended = end_of(table)
    if ended is not None and ended.name == column.name:
        for form in left_words(table):
            yield form, event
    for form in _COMINGS.get(label.removesuffix(" date"), ()):
        yield form, event
    if len(words) == 2 and words[0] in ("date", "time") and is_participle(words[1]):
        words = [words[1], words[0]]
    if len(words) != 2 or words[1] not in ("on", "at", "date", "time", "day"):
        return
    done = (form for form in regular(words[0]) if is_participle(form))
    numbered = orders_of(table)
    for form in dict.fromkeys((words[0], *family(words[0]), *done)):
        yield f"{form} date", sense
        yield f"date of {form}", sense
        if numbered is None or form != numbered[0]:
            yield form, event
