"""Finding what a question measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aislides_analyst.planning.asked import Asked
from aislides_analyst.planning.fillers import is_filler
from aislides_analyst.planning.lexicon import Match
from aislides_analyst.planning.links import is_own_key
from aislides_analyst.planning.space import SHORT_WORDS, Column, Table
from aislides_analyst.planning.words import plural, stem, words

_MOST_MEASURES = 3
_LONGEST_UNIT = 3
_COUNT = re.compile(
    r"\b(?:how many|number of|count of|share of|percentage of|proportion of)(?:\s+\w+)?\s*$", re.I
)
_COUNTS_NEXT = re.compile(r"\b(?:how many|number of|count of)\s+(?:of\s+)?(?:the |our )?$", re.I)
_COUNTS = re.compile(r"\b(?:how many|number of|count of)\b", re.I)
_SHARE = re.compile(r"\b(?:share|percentage|proportion) of\s*$", re.I)
_RANKED_BY = re.compile(r"\b(?:top|bottom|first|best|worst|leading|\d+)\b.*\bby\s*$", re.I)
_LASTS = re.compile(
    r"\b(?:times?|long|longer|longest|short|shorter|shortest|quick\w*|fast\w*|slow\w*|duration)\b",
    re.I,
)
_TOO_LONG = re.compile(
    r"\b(?:too long|longest|slow\w*|(?:los\w+|wast\w+|spend\w*) (?:\w+ )?time|time (?:is )?lost)\b",
    re.I,
)
_LEFT = re.compile(r"\b(?:left|leav\w+|attrition|quit\w*|resign\w*|leavers?|churn\w*)\b", re.I)
_END = re.compile(r"\b(?:leave|leaving|left|exit|resignation)\b")
_SALES = {"sale", "revenu"}
_RATIO = re.compile(
    r"\b(?:average|mean|median|maximum|minimum|share|rate|ratio|margin|percentage|percent|per|score|"
    r"price|time|duration)\b"
)
_DERIVED = {"profit": "profit", "earning": "profit", "margin": "margin", "profitability": "margin"}
_SOLD = re.compile(r"\b(?:sell|sells|selling|sold|earn|earns|earned)\b", re.I)
_QUANTITIES = re.compile(r"\b(?:sold|units|quantity|qty|portions|pieces|volume|copies|orders)\b")
_MAKES_MONEY = re.compile(r"\b(?:mak(?:e|es|ing)|lose|loses|losing) (?:us )?money\b", re.I)
_COSTS = {"cost", "expens", "cogs"}
_AGGREGATE = {
    "average": "average",
    "mean": "average",
    "typical": "average",
    "median": "median",
    "maximum": "maximum",
    "max": "maximum",
    "longest": "maximum",
    "minimum": "minimum",
    "min": "minimum",
    "shortest": "minimum",
    "total": "total",
    "sum": "total",
}


@dataclass(frozen=True)
class Measure:
    """Something to measure: how a question names it, and the table it lives in."""

    phrase: str
    table: Table
    averaged: bool
    counts: bool = False
    snapshot: bool = False
    """True for what is held at a moment, such as stock, which days do not add up."""


@dataclass(frozen=True)
class Measures:
    """What is measured, and which words of the question said so."""

    found: tuple[Measure, ...]
    taken: frozenset[int]


def find_measures(asked: Asked) -> Measures:
    """Return at most three measures, the surest first."""
    found: list[Measure] = []
    taken: set[int] = set()
    for said in asked.samples.measures_in(asked.words, asked.used):
        if _is_inside(asked, said.first, said.last):
            continue
        found.append(_sampled(asked, said.phrase))
        taken |= set(range(said.first, said.last))
    for match in sorted(asked.matches, key=lambda m: _is_vague(asked, m)):
        if match.value or taken & set(match.span):
            continue
        measure = _measure(asked, match)
        sure = any(not m.counts or _is_counted(asked, m) for m in found)
        if measure is None or (sure and _is_vague(asked, match)):
            continue
        if measure.phrase not in [m.phrase for m in found]:
            found.append(measure)
            taken |= set(match.span)
    derived = list(_derived(asked, taken))
    if derived and _MAKES_MONEY.search(asked.question):
        found = []
    for at, measure in [*_meant(asked, taken), *derived]:
        if measure.phrase not in [m.phrase for m in found]:
            found.append(measure)
            taken.add(at)
    sold = _sold(asked.main) if _SOLD.search(asked.question) else None
    if sold and all(m.counts and not _is_counted(asked, m) for m in found):
        found = [Measure(sold.measured, asked.main, averaged=False)]
        # The rows that were named are what is split by, not what is counted.
        taken = set()
    if len(found) > 1:
        found = [
            m for m in found if not m.counts or _is_counted(asked, m) or _is_beside(asked, m)
        ] or found
    taken -= _groups_named(asked, found)
    found = [m for m in found if not any(_is_joined(asked, m, other) for other in found)]
    if _COUNTS.search(asked.question):
        found = _flagged_counts(asked, found)
    return Measures(tuple(found[:_MOST_MEASURES]), frozenset(taken))


def _groups_named(asked: Asked, found: Sequence[Measure]) -> set[int]:
    """Words that name both the rows and a column: where nobody counts the rows, they split."""
    if any(m.counts for m in found):
        return set()
    both = (
        m
        for m in asked.matches
        if asked.main in m.targets and not m.value and _names_a_group(asked.main, m)
    )
    return {at for match in both for at in match.span}


def _sold(table: Table) -> Column | None:
    """What selling brings: money, else the number of things sold."""
    sums = [c for c in table.of_role("measure") if c.measured.startswith("total")]
    return table.money or next((c for c in sums if _QUANTITIES.search(c.label)), None)


def _is_joined(asked: Asked, measure: Measure, other: Measure) -> bool:
    """True for the profit of "profit margin", which is one measure: the last word's."""
    compound = rf"\b{re.escape(measure.phrase)} {re.escape(other.phrase)}s?\b"
    return bool(re.search(compound, asked.question, re.I))


def rows_of(table: Table, *, shared: bool = False) -> Measure:
    """How many rows a table has, or which share of them."""
    rows = table.rows.removeprefix("number of ")
    return Measure(f"share of {rows}" if shared else table.rows, table, averaged=False, counts=True)


def _measure(asked: Asked, match: Match) -> Measure | None:
    """What the words of a match measure; None when they do not."""
    before = asked.text_before(match)
    tables = [t for t in match.targets if isinstance(t, Table)]
    if tables and _COUNT.search(before):
        return rows_of(tables[0], shared=bool(_SHARE.search(before)))
    for column in asked.likeliest([t for t in match.targets if isinstance(t, Column)]):
        measure = _of_column(asked, column, match, beside_table=bool(tables))
        if measure:
            return measure
    if tables and match.exact and tables[0] is asked.main:
        return _of_rows(asked, tables[0], match)
    return None


def _of_column(asked: Asked, column: Column, match: Match, *, beside_table: bool) -> Measure | None:
    table = asked.space.table(column.table)
    if column.role == "key" and _COUNT.search(asked.text_before(match)):
        own = is_own_key(asked.space, column)
        rows = table.rows if own else f"number of {plural(column.label)}"
        return Measure(rows, table, averaged=False, counts=True)
    if counts_in_vain(asked, match):
        return None
    if column.role == "measure" and (match.exact or not beside_table):
        phrase = _aggregated(asked, column, match)
        held = column.is_snapshot and phrase.startswith("total")
        return Measure(phrase, table, averaged=not phrase.startswith("total"), snapshot=held)
    if column.role == "flag" and asked.word_before(match) not in ("by", "per", "each"):
        told = asked.samples.rate_with(column.label)
        rows = table.rows.removeprefix("number of ")
        return Measure(told or f"share of {column.label} {rows}", table, averaged=True)
    return None


def lasting(question: str, table: Table) -> tuple[Measure, ...]:
    """What tells how long things took, where the question asks for that and names no measure."""
    column = next((c for c in table.columns if c.is_duration), None)
    if column is None or not _TOO_LONG.search(question):
        return ()
    averaged = column.measured.startswith("average")
    return (Measure(column.measured, table, averaged=averaged),)


def counts_in_vain(asked: Asked, match: Match) -> bool:
    """True for "members" in "how many members" where only a column such as their age has them."""
    measured = all(isinstance(t, Column) and t.role == "measure" for t in match.targets)
    return not match.exact and measured and bool(_COUNTS_NEXT.search(asked.text_before(match)))


def _of_rows(asked: Asked, table: Table, match: Match) -> Measure | None:
    """The rows of the main table, named: counted, or their money where they are sales."""
    before = asked.text_before(match)
    slot = asked.word_before(match) in ("by", "per", "each")
    slot = slot or (asked.word_before(match) in ("which", "what") and _names_a_group(table, match))
    if slot and not _RANKED_BY.search(before):
        return None
    said = {w.stem for w in asked.words[match.first : match.last]}
    if table.money and said & _SALES:
        return Measure(table.money.measured, table, averaged=False)
    lasted = next((c for c in table.columns if c.is_duration), None)
    if lasted and _LASTS.search(asked.question):
        return Measure(lasted.measured, table, averaged=lasted.measured.startswith("average"))
    if named := _named_like(table, said):
        return Measure(named.measured, table, averaged=named.measured.startswith("average"))
    if (gone := _gone(table)) and _LEFT.search(asked.question):
        return Measure(f"{table.rows} {gone}", table, averaged=False, counts=True)
    return rows_of(table)


def _named_like(table: Table, said: set[str]) -> Column | None:
    """The measure that the table is called after, such as `emissions_mt` of a file of emissions."""
    for column in table.of_role("measure"):
        rest = [w for w in column.label.split() if stem(w) not in said]
        if len(rest) < len(column.label.split()) and all(_is_unit(w) for w in rest):
            return column
    return None


def _is_unit(word: str) -> bool:
    return len(word) <= _LONGEST_UNIT and word not in SHORT_WORDS


def _names_a_group(table: Table, match: Match) -> bool:
    """True when the words name a column as well as the table: the campaigns of campaign rows."""
    return any(
        isinstance(t, Column) and t.table == table.name and t.role == "group" for t in match.targets
    )


def _gone(table: Table) -> str:
    """How rows that have ended are told apart, where a column dates their end."""
    ended = any(_END.search(c.label) for c in table.of_role("time"))
    return "who left" if ended else ""


def _aggregated(asked: Asked, column: Column, match: Match) -> str:
    """The column with the aggregation that the question names, else the one that fits it."""
    for at in (match.first - 1, match.first - 2):
        word = asked.words[at].lower if at >= 0 else ""
        if word in _AGGREGATE:
            return f"{_AGGREGATE[word]} {column.label}"
        if word not in ("the", "of"):
            break
    return column.measured


def told_measure(phrase: str, table: Table) -> Measure:
    """A measure in the words of the space's owner."""
    for column in table.of_role("measure"):
        if column.is_snapshot and phrase in (column.measured, *column.phrases, *column.loose):
            return Measure(column.measured, table, averaged=False, snapshot=True)
    for column in table.of_role("measure"):
        summed = phrase in (column.label, f"total {column.label}")
        if summed and column.measured.startswith("average"):
            return Measure(column.measured, table, averaged=True)
    return Measure(phrase, table, averaged=bool(_RATIO.search(phrase)))


def _sampled(asked: Asked, phrase: str) -> Measure:
    """A measure in the owner's words; its table is the one most named there."""
    matches = asked.lexicon.matches(words(phrase))
    tables = [asked.table_of(t) for m in matches for t in m.targets[:1]]
    table = asked.main if asked.main in tables or not tables else tables[0]
    return told_measure(phrase, table)


def _meant(asked: Asked, taken: set[int]) -> Iterator[tuple[int, Measure]]:
    """Measures named by another word of the same meaning: "punctual" for an on-time rate."""
    explained = taken | asked.used | {i for m in asked.matches for i in m.span}
    for at, word in enumerate(asked.words):
        if at in explained or is_filler(word.lower):
            continue
        for other in asked.lexicon.alike(word.lower):
            phrase = asked.samples.measure_with(other)
            if phrase:
                yield at, _sampled(asked, phrase)


def _derived(asked: Asked, taken: set[int]) -> Iterator[tuple[int, Measure]]:
    """Profit and margin of a table that has revenue and cost."""
    for at, word in enumerate(asked.words):
        name = _DERIVED.get(stem(word.lower))
        name = name or ("profit" if _MAKES_MONEY.search(asked.question) else None)
        table = asked.main
        costs = {s for c in table.of_role("measure") for s in map(stem, c.label.split())} & _COSTS
        if name and at not in taken and table.money and costs:
            yield at, Measure(name, table, averaged=name == "margin")


def _flagged_counts(asked: Asked, measures: Sequence[Measure]) -> list[Measure]:
    """ "How many tickets were escalated" counts the escalated ones only."""
    counts = [m for m in measures if m.counts]
    flags = [c for m in asked.matches for c in m.targets[:1] if isinstance(c, Column)]
    flags = [c for c in flags if c.role == "flag"]
    if not counts or not flags or flags[0].table != counts[0].table.name:
        return list(measures)
    rows = counts[0].table.rows.removeprefix("number of ")
    others = [m for m in measures if not m.counts and flags[0].label not in m.phrase]
    return [replace(counts[0], phrase=f"number of {flags[0].label} {rows}"), *others]


def _is_inside(asked: Asked, first: int, last: int) -> bool:
    """True when a column's name says more than these words: "unit price" than "price"."""
    return any(
        m.exact and m.first <= first and last <= m.last and m.last - m.first > last - first
        for m in asked.matches
    )


def _is_vague(asked: Asked, match: Match) -> bool:
    """True for words that say how ("departure") and not what ("delay") a column measures."""
    columns = [t for t in match.targets if isinstance(t, Column)]
    if match.exact or not columns:
        return False
    head = asked.likeliest(columns)[0].head
    return stem(head) != asked.words[match.last - 1].stem


def _is_beside(asked: Asked, measure: Measure) -> bool:
    """True for rows named beside another measure: "subscriptions and fees"."""
    noun = re.escape(measure.phrase.split()[-1])
    for match in asked.matches:
        columns = [t for t in match.targets if isinstance(t, Column) and t.role == "measure"]
        if not columns:
            continue
        said = re.escape(asked.text(match))
        pair = rf"\b(?:{noun} and (?:\w+ )?{said}|{said} and (?:\w+ )?{noun})\b"
        if re.search(pair, asked.question, re.I):
            return True
    return False


def _is_counted(asked: Asked, measure: Measure) -> bool:
    """True when the question asks for the number or share of these rows in so many words."""
    noun = re.escape(measure.phrase.split()[-1])
    pattern = rf"\b(?:how many|number of|count of|share of)\b[^,?]*\b{noun}"
    return bool(re.search(pattern, asked.question, re.I))
