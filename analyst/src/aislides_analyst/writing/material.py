"""What a deck is written from: the facts and results of a write payload, read leniently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

_REFERENCE = re.compile(r"\{\s*([A-Za-z][A-Za-z0-9_]*)\.([A-Za-z][A-Za-z0-9_]*)\s*\}")


_EVEN = 0.1
_WEAK = re.compile(
    r"\b(?:weak\w*|worst|lowest|least|poor\w*|stop|close|help|miss\w*|struggl\w+|behind|lag\w*|"
    r"problems?|fail\w*|underperform\w*|cheapest|bottom)\b",
    re.I,
)
_LEAST = re.compile(r"\b(?:weak\w*|worst|lowest|least|poor\w*|cheapest|bottom|smallest)\b", re.I)
_HOW_MUCH = re.compile(
    r"\W*(?:and )?(?:how (?:much|many)|what (?:is|was|are) our|what (?:is|was) the total)\b", re.I
)
_WHO = re.compile(r"\W*(?:and )?(?:which|who|where|what (?:is|are) the)\b", re.I)
_CHANGE = re.compile(
    r"\b(?:worse|worsen\w*|better|rarer|improv\w+|rising|falling|fall|fell|rise|rose|drop\w*|declin\w+|"
    r"gr[eo]w\w*|increas\w+|decreas\w+|longer|shorter|higher|lower|getting)\b",
    re.I,
)
_SUBJECT = re.compile(
    r"([A-Z][^{}]{2,60}?) "
    r"(?:peaked|built|rose|fell|stood|reached|was|were|came|held|moved|ranged)\b"
)


@dataclass(frozen=True)
class Value:
    """One named value of a fact: the exact value, its unit, and how it is printed."""

    name: str
    exact: object
    unit: str
    display: str

    @property
    def names_alone(self) -> bool:
        """False for groups that need their column's name: a number of rooms, yes and no."""
        return not isinstance(self.exact, int | float) and not str(self.exact).isdigit()

    @property
    def is_number(self) -> bool:
        """True when it can stand alone as a figure."""
        return isinstance(self.exact, int | float) and not isinstance(self.exact, bool)


@dataclass(frozen=True)
class Fact:
    """One finding about the data; empty strings where the payload has no template."""

    id: str
    kind: str
    says: str
    values: Mapping[str, Value]
    sentence: str
    headline: str
    lead: str
    result: str
    measure: str
    by: str
    score: float
    order: int
    scope: tuple[str, ...] = ()
    """The part of the data that it is about, where that is not what the whole deck is about."""

    @property
    def spread(self) -> float:
        """How far the highest and lowest value lie apart, as part of the larger; 1 when unknown."""
        first = self._number("first_value" if self.kind == "leader" else "peak")
        last = self._number("last_value" if self.kind == "leader" else "low")
        if first is None or last is None:
            return 1.0
        largest = max(abs(first), abs(last))
        return abs(first - last) / largest if largest else 0.0

    @property
    def is_even(self) -> bool:
        """True for a ranking or a pattern whose highest and lowest hardly differ."""
        ends = {"leader": ("first_value", "last_value"), "seasonality": ("peak", "low")}
        names = ends.get(self.kind, ())
        return bool(names) and set(names) <= set(self.values) and self.spread < _EVEN

    @property
    def subject(self) -> str:
        """What the fact measures, as its templates call it at the start of a sentence."""
        for template in (self.sentence, self.headline):
            found = _SUBJECT.match(template)
            if found:
                return found[1]
        return "It"

    @property
    def measured(self) -> str:
        """What the fact measures, inside a sentence."""
        if self.kind == "leader" and " by " in self.says:
            return self.says.split(" by ")[0]
        if self.kind == "contribution" and " change of " in self.says:
            return self.says.split(" change of ")[1]
        subject = self.subject
        return "the measure" if subject == "It" else subject[:1].lower() + subject[1:]

    def _number(self, name: str) -> float | None:
        value = self.values.get(name)
        exact = value.exact if value else None
        return float(exact) if isinstance(exact, int | float) else None

    def ref(self, name: str) -> str:
        """The reference to a value, as it is written in text."""
        return f"{{{self.id}.{name}}}"


@dataclass(frozen=True)
class Column:
    """One column of a result."""

    name: str
    type: str
    unit: str
    label: str = ""
    """What it is called in words, without its unit; empty when the payload does not say."""
    splits: bool = False
    """True for a number that facts split rows by, such as the number of rooms."""


@dataclass(frozen=True)
class Result:
    """The rows of one query, as far as the payload holds them."""

    id: str
    question: str
    columns: tuple[Column, ...]
    row_count: int
    truncated: bool
    rows: tuple[tuple[object, ...], ...]
    only: str = ""
    """The part of the data that it holds, where that is not what the whole deck is about."""

    def cells(self, name: str) -> list[object]:
        """The cells of a column; empty when there is no such column."""
        for position, column in enumerate(self.columns):
            if column.name == name:
                return [row[position] if position < len(row) else None for row in self.rows]
        return []

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((c for c in self.columns if c.name == name), None)


@dataclass(frozen=True)
class Material:
    """All that a deck may say."""

    question: str
    max_slides: int
    results: Mapping[str, Result]
    facts: tuple[Fact, ...]
    only: str = ""
    """The part of the data that the whole deck is about; empty for all of it."""

    @property
    def asks_for_the_weak(self) -> bool:
        """True when the question is about those at the wrong end."""
        return bool(_WEAK.search(self.question))

    @property
    def asks_for_the_least(self) -> bool:
        """True when the question asks for the lowest in so many words."""
        return bool(_LEAST.search(self.question))

    @property
    def asks_how_much(self) -> bool:
        """True when the question asks for one figure."""
        return bool(_HOW_MUCH.match(self.question))

    @property
    def asks_who(self) -> bool:
        """True when the question asks for a group and not for a course."""
        return bool(_WHO.match(self.question))

    @property
    def asks_for_a_change(self) -> bool:
        """True when the question asks which way something went."""
        return bool(_CHANGE.search(self.question))

    def of_kind(self, *kinds: str) -> list[Fact]:
        """Facts of these kinds, the best first."""
        return [f for f in self.facts if f.kind in kinds]

    def printed(self, template: str) -> str:
        """A template with its references replaced by what is printed, for measuring."""
        by_id = {f.id: f for f in self.facts}

        def shown(match: re.Match[str]) -> str:
            fact = by_id.get(match[1])
            value = fact.values.get(match[2]) if fact else None
            return value.display if value else match[0]

        return _REFERENCE.sub(shown, template)

    def figures(self, template: str) -> set[str]:
        """What the references of a template print."""
        return {self.printed(match[0]) for match in _REFERENCE.finditer(template)}

    def holds(self, template: str) -> bool:
        """True when every reference of the template is a value of a fact."""
        by_id = {f.id: f for f in self.facts}
        return all(i in by_id and n in by_id[i].values for i, n in _REFERENCE.findall(template))


def cited(template: str) -> list[str]:
    """Ids of the facts that a template refers to, each once."""
    return list(dict.fromkeys(i for i, _ in _REFERENCE.findall(template)))


def read_material(payload: Mapping[str, Any]) -> Material:
    """Return the material of a write payload; what is malformed is left out."""
    raw = payload.get("results")
    results = {
        str(name): _result(str(name), item)
        for name, item in (raw.items() if isinstance(raw, Mapping) else ())
        if isinstance(item, Mapping)
    }
    facts = payload.get("facts")
    read = [
        _fact(item, order)
        for order, item in enumerate(facts if isinstance(facts, list) else ())
        if isinstance(item, Mapping) and item.get("id")
    ]
    splits = {(fact.result, fact.by) for fact in read if fact.by}
    results = {name: _split(result, splits) for name, result in results.items()}
    limit = payload.get("max_slides")
    return Material(
        question=" ".join(str(payload.get("question") or "").split()),
        max_slides=limit if isinstance(limit, int) and limit > 0 else 10,
        results=results,
        facts=tuple(_located(f, results) for f in read if f.values or f.sentence),
        only=_text(payload.get("only")),
    )


def _fact(raw: Mapping[str, Any], order: int) -> Fact:
    values, score, scope = raw.get("values"), raw.get("score"), raw.get("scope")
    return Fact(
        id=str(raw["id"]),
        kind=_KINDS.get(str(raw.get("kind", "")), str(raw.get("kind", ""))),
        says=_text(raw.get("says")),
        values={
            str(name): _value(str(name), value)
            for name, value in (values.items() if isinstance(values, Mapping) else ())
        },
        sentence=_text(raw.get("sentence")),
        headline=_text(raw.get("headline")).rstrip("."),
        lead=_text(raw.get("lead")),
        result=_text(raw.get("result")),
        measure=_text(raw.get("measure")),
        by=_text(raw.get("by")),
        score=float(score) if isinstance(score, int | float) else 1.0 - order / 100,
        order=order,
        scope=tuple(_text(part) for part in scope) if isinstance(scope, list) else (),
    )


_KINDS = {"leader_gap": "leader", "change": "level", "dip": "outlier", "shift": "level_shift"}


def _value(name: str, raw: object) -> Value:
    if not isinstance(raw, Mapping):
        return Value(name, raw, "", str(raw))
    exact = raw.get("v")
    unit = _text(raw.get("unit"))
    display = _text(raw.get("display")) or f"{exact} {unit}".strip()
    return Value(name, exact, unit, display)


def _result(name: str, raw: Mapping[str, Any]) -> Result:
    columns = raw.get("columns")
    rows = raw.get("rows")
    kept = (
        tuple(tuple(r) for r in rows if isinstance(r, list | tuple))
        if isinstance(rows, list)
        else ()
    )
    count = raw.get("row_count")
    return Result(
        id=name,
        question=_text(raw.get("question")),
        columns=tuple(_column(c) for c in (columns if isinstance(columns, list) else ())),
        row_count=count if isinstance(count, int) else len(kept),
        truncated=bool(raw.get("truncated")),
        rows=kept,
        only=_text(raw.get("only")),
    )


def _split(result: Result, splits: Set[tuple[str, str]]) -> Result:
    columns = tuple(replace(c, splits=(result.id, c.name) in splits) for c in result.columns)
    return replace(result, columns=columns)


def _column(raw: object) -> Column:
    if isinstance(raw, Mapping):
        return Column(
            str(raw.get("name", "")),
            _text(raw.get("type")).lower(),
            _text(raw.get("unit")),
            _text(raw.get("label")),
        )
    return Column(str(raw), "", "")


def _located(fact: Fact, results: Mapping[str, Result]) -> Fact:
    """The fact with its result, where the payload does not say: the one that holds its values."""
    if fact.result or fact.kind in ("coverage", "level"):
        return fact
    exact = {str(v.exact) for v in fact.values.values()}
    rounded = {round(v.exact, 2) for v in fact.values.values() if isinstance(v.exact, float)}

    def hits(result: Result) -> int:
        cells = [c for row in result.rows for c in row]
        same = sum(str(c) in exact for c in cells if not isinstance(c, int) or c > 24)
        return same + sum(round(c, 2) in rounded for c in cells if isinstance(c, float))

    best = max(results.values(), key=hits, default=None)
    if best is None or not hits(best):
        return fact
    return Fact(**{**fact.__dict__, "result": best.id})


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
