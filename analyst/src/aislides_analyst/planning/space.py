# ruff: noqa: SIM905
"""A space as the planner sees it: tables, and what each of their columns is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from aislides_analyst.planning.words import plural, singular_phrase, spoken, stems, without_unit

Role = Literal["time", "hour", "period", "measure", "flag", "group", "key", "text"]

_IDS = frozenset(("id key code nr uuid guid zip postcode phone fax sku number no ssn hash").split())
_PERIODS = frozenset("year month quarter week day weekday".split())
_PLACES = frozenset("lat lon lng latitude longitude".split())
_FREE_TEXT = re.compile(
    r"\b(description|comment|note|remark|review|address|street|email|e-mail|url|link|phone|text|"
    r"title|tail|serial|first name|last name|full name|password|token|card)\b"
)
_NAMED_VALUES = re.compile(
    r"((?:[A-Z][\w-]*(?: [A-Z][\w-]*)*, )*[A-Z][\w-]*(?: [A-Z][\w-]*)* or [A-Z][\w-]*)"
)
_CRYPTIC = 3
SHORT_WORDS = frozenset({"age", "sex", "day", "tax", "fee", "city", "co2", "gpa", "bmi"})
_KEY_END = r" (?:ids?|key|code|uuid|guid|no|number)$"
_MONEY = (
    *("revenue", "sales", "turnover", "umsatz", "erlös", "profit", "total", "amount", "income"),
    *("value", "cost"),
)
_COUNTED = frozenset({"flight", "order", "sale", "trip", "ticket", "visit", "event", "transaction"})
_NUMBER_TYPE = re.compile(
    r"(?:u?(?:tiny|small|big|huge)?int|double|float|dec|numeric|number|real|long|short|byte)"
)
_ALSO_CALLED = re.compile(r"\(?\balso called:\s*([^()]*)\)?\s*$", re.I)
_GAPS = re.compile(r"\b(?:empty|null|nulls|missing|blank|not recorded|only when|if known)\b", re.I)
_QUANTITY = re.compile(
    r"\b(?:price|rate|ratio|delay|temperature|age|score|rating|percent|percentage|average|mean|"
    r"speed|pressure|humidity|visibility|duration|weight|height|length|discount|margin|tenure|"
    r"satisfaction|csat|nps|salary|wage|altitude|elevation|distance|minutes|hours|seconds|latency|"
    r"yield)\b"
)
_SUMMED = re.compile(
    r"\b(?:revenue|sales|amount|quantity|units|cost|costs|profit|count|total|volume|spend|income|"
    r"expense|expenses|turnover|number|qty)\b"
)
_AVERAGED = re.compile(
    r"\b(price|rate|ratio|delay|temperature|age|score|rating|percent|percentage|share|average|mean|"
    r"index|speed|pressure|humidity|visibility|duration|wait|waiting|time|grade|weight|height|"
    r"length|width|depth|discount|margin|tenure|satisfaction|csat|nps|gpa|salary|wage|bmi|level|"
    r"irradiance|abv|ibu|occupancy|utili[sz]ation|completion|uptime|efficiency|"
    r"experience|readings?|measurements?|elevation|altitude|distance|size|capacity|minutes|hours|seconds|days|latency|"
    r"yield|q\d+)\b"
)
_SNAPSHOT = re.compile(
    r"\b(?:stock|inventory|on hand|in stock|backlog|balance|balances|headcount|outstanding|"
    r"open (?:tickets|orders|cases|positions)|subscribers|active|members|population|mrr|arr|"
    r"holdings?|lagerbestand|bestand)\b"
)
_USED_UP = re.compile(
    r"\b(?:worked|overtime|training|sick|vacation|absence|absent|leave|billable|billed|flown|"
    r"production|downtime|volunteer)\b"
)
"""Time that adds up to an effort, unlike the time that each case takes."""
_DURATION = re.compile(
    r"\b(?:time|duration|days|hours|minutes|seconds|latency|delay|wait|waiting|tenure|"
    r"downtime)\b"
)
_DENIALS = ("not", "don't", "doesn't", "didn't", "fail to", "failed to")
"""How a question says the "no" of a flag such as `no_show`."""
# What a short name stands for, in words that people use.
_STANDS_FOR = {
    "csat": ("customer satisfaction", "satisfaction"),
    "nps": ("net promoter score",),
    "aov": ("average order value",),
    "mrr": ("monthly recurring revenue", "recurring revenue"),
    "ctr": ("click through rate",),
    "cpc": ("cost per click",),
    "arpu": ("revenue per user",),
    "fte": ("full time equivalents",),
    "los": ("length of stay",),
}
_CURRENCY = re.compile(
    r"\bunit: (?:EUR|USD|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|INR|CNY|BRL|[$€£¥])", re.I
)
_COUNTED_ROWS = re.compile(r"^how many (.+?) are there\b", re.I)


@dataclass(frozen=True)
class Column:
    """One column: what it is for, and the words people use for it, the best first."""

    table: str
    name: str
    role: Role
    phrases: tuple[str, ...]
    description: str
    values: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    """Other words for it that the space itself does not list."""

    @property
    def label(self) -> str:
        """The words that name it in a question."""
        return self.phrases[0]

    @property
    def has_gaps(self) -> bool:
        """True when the description says that some rows have no value."""
        return bool(_GAPS.search(self.description))

    @property
    def measured(self) -> str:
        """The column as a measure, with the aggregation that fits its name."""
        if self.label.startswith(("total ", "average ")):
            return self.label
        words = f"{spoken(self.name)} {self.label}"
        averaged = _AVERAGED.search(words) and not _USED_UP.search(words)
        averaged = averaged and not _SNAPSHOT.search(words)
        averaged = averaged or "Averaged, not added up" in self.description
        return f"{'average' if averaged else 'total'} {self.label}"

    @property
    def is_snapshot(self) -> bool:
        """True for what is held at a moment, such as stock: days of it do not add up."""
        words = f"{spoken(self.name)} {self.label}"
        return bool(_SNAPSHOT.search(words)) and self.measured.startswith("total")

    @property
    def is_duration(self) -> bool:
        """True for how long something took."""
        return self.role == "measure" and bool(_DURATION.search(spoken(self.name)))

    @property
    def head(self) -> str:
        """The word that says what is measured: the last of the label that is no unit."""
        return (without_unit(self.label) or self.label).split()[-1]


@dataclass(frozen=True)
class Table:
    """One table; `row` is the noun for one of its rows."""

    name: str
    row: str
    phrases: tuple[str, ...]
    description: str
    columns: tuple[Column, ...]
    counted: str = ""
    """What the space's owner calls its rows when they are counted, such as "sensor rows"."""

    def of_role(self, *roles: Role) -> list[Column]:
        """Its columns that have one of the roles, in the table's order."""
        return [c for c in self.columns if c.role in roles]

    @property
    def rows(self) -> str:
        """How many rows there are, as a measure."""
        return f"number of {self.counted or plural(self.row)}"

    @property
    def is_countable(self) -> bool:
        """False for tables named by a mass noun, such as "weather" or "inventory"."""
        if self.counted:
            return True
        return plural(self.row) in (spoken(self.name), *self.phrases[1:]) or self.row in _COUNTED

    @property
    def has_events(self) -> bool:
        """True when each row is something that happened at a time: it has a number or an hour."""
        return bool(self.of_role("time")) and bool(self.of_role("key", "hour"))

    @property
    def money(self) -> Column | None:
        """The column that most questions about its business mean, such as revenue."""
        measures = self.of_role("measure")
        for word in _MONEY:
            for column in measures:
                said = {w for phrase in column.phrases for w in phrase.split()}
                if word in said and column.measured.startswith("total"):
                    return column
        sums = (c for c in measures if c.measured.startswith("total"))
        return next((c for c in sums if _CURRENCY.search(c.description)), None)


@dataclass(frozen=True)
class Space:
    """What may be asked about."""

    title: str
    description: str
    tables: tuple[Table, ...]
    samples: tuple[str, ...]
    instructions: str

    def table(self, name: str) -> Table:
        """The table of that name."""
        return next(t for t in self.tables if t.name == name)


def read_space(raw: Mapping[str, Any]) -> Space:
    """Return the space of a plan payload; missing parts are empty."""
    tables = [t for t in _mappings(raw.get("tables")) if spoken(_text(t.get("name")))]
    names = [spoken(_text(t.get("name"))).split() for t in tables]
    shared = {n[0] for n in names if len(n) > 1 and sum(o[0] == n[0] for o in names) > 1}
    samples = tuple(s.strip() for s in _strings(raw.get("sample_questions")) if s.strip())
    counted = [m[1].lower() for s in samples if (m := _COUNTED_ROWS.match(s))]
    return Space(
        title=_text(raw.get("title")),
        description=_text(raw.get("description")),
        tables=tuple(_counted(_table(t, shared), counted) for t in tables),
        samples=samples,
        instructions=_text(raw.get("instructions")),
    )


def _table(raw: Mapping[str, Any], shared: set[str]) -> Table:
    """One table; a first word that several tables share, as in `crm_users`, is no part of a row."""
    name = _text(raw.get("name")).replace("`", "")
    called = spoken(name)
    first, _, rest = called.partition(" ")
    called = rest if rest and first in shared else called
    synonyms = [s.lower() for s in _strings(raw.get("synonyms"))]
    row = _text(raw.get("row")).lower() or singular_phrase(called)
    columns = tuple(
        _column(name, c) for c in _mappings(raw.get("columns")) if spoken(_text(c.get("name")))
    )
    phrases = _unique([row, called, *synonyms])
    return Table(name, row, phrases, _text(raw.get("description")), columns)


def _counted(table: Table, told: Sequence[str]) -> Table:
    """The table with what its owner calls its rows, where a sample counts them."""
    row = stems(table.row)
    called = next((t for t in told if stems(t)[: len(row)] == row), "")
    return replace(table, counted=called) if called else table


def _column(table: str, raw: Mapping[str, Any]) -> Column:
    name = _text(raw.get("name"))
    description, also = _without_synonyms(_text(raw.get("description")))
    synonyms = [s.lower() for s in [*_strings(raw.get("synonyms")), *also]]
    kind = _text(raw.get("type") or raw.get("type_text")).lower()
    role = _role(name, kind or _guessed_type(name, description), synonyms[:1])
    told_values = _told_values(description)
    if role == "key" and told_values and not _NUMBER_TYPE.match(kind):
        # A code with few values splits rows; one with many names them.
        role = "group"
    called = spoken(name)
    bare = re.sub(r"^(?:is|has|was|were) ", "", called) if role == "flag" else called
    if role == "key":
        bare = re.sub(_KEY_END, "", called)
        synonyms = [s for s in (re.sub(_KEY_END, "", s) for s in synonyms) if s]
    cryptic = len(bare) <= _CRYPTIC and bare not in SHORT_WORDS
    cryptic = cryptic or any(s.startswith(bare) and len(bare) <= 4 for s in synonyms[:1])
    # "loss" of "Loss (l)": the owner's word is the name without its unit.
    cryptic = cryptic or any(_is_unit_of(bare, s) for s in synonyms[:1])
    if role == "flag" and bare.startswith("no "):
        synonyms = [*synonyms, *(f"{no} {bare[3:]}" for no in _DENIALS)]
    told = [phrase for word in called.split() for phrase in _STANDS_FOR.get(word, ())]
    phrases = _unique([*(synonyms[:1] if cryptic else []), bare, *synonyms, called, *told])
    loose = tuple(p for p in (without_unit(phrase) for phrase in phrases) if p)
    values = told_values if role == "group" else ()
    return Column(table, name, role, phrases, description, values, loose)


def _is_unit_of(called: str, label: str) -> bool:
    """True where a name is the label and, behind it, nothing but a unit or a scale."""
    rest = called.removeprefix(f"{label} ").split()
    units = all(len(w) <= _CRYPTIC or w.isdigit() or without_unit(f"x {w}") for w in rest)
    return called.startswith(f"{label} ") and units and not SHORT_WORDS & set(rest)


def _without_synonyms(description: str) -> tuple[str, list[str]]:
    """The description, and the synonyms that it lists after "also called:"."""
    told = _ALSO_CALLED.search(description)
    if not told:
        return description, []
    synonyms = [s.strip() for s in told[1].split(",")]
    return description[: told.start()].strip(), [s for s in synonyms if s]


def _guessed_type(name: str, description: str) -> str:
    """A type for a column that comes without one, from its name and description."""
    called = spoken(name)
    if re.search(r"\b(?:date|timestamp|datetime|date time|created at|updated at)$", called):
        return "date"
    if re.match(r"(?:whether|true if|true when|flag)\b", description, re.I):
        return "boolean"
    if re.match(r"(?:is|has|was|were) ", called):
        return "boolean"
    if re.search(r"\bunit:", description, re.I) or _QUANTITY.search(called):
        return "double"
    return "double" if _SUMMED.search(called) else ""


def _told_values(description: str) -> tuple[str, ...]:
    """Values that a description lists: "Online, In-store", "(EWR, JFK or LGA)"."""
    listed = re.search(r"(?::|\(|\b(?i:such as)|\be\.g\.|\b(?i:one of))\s*([^().;:]+)", description)
    named = listed[1] if listed else next(iter(_NAMED_VALUES.findall(description)), "")
    items = re.split(r",| or | and |/", named)
    values = [re.sub(r"^(?:or|and) ", "", item.strip()) for item in items]
    return tuple(v for v in values if v and len(v.split()) <= 3) if len(values) > 1 else ()


def _role(name: str, kind: str, label: Sequence[str]) -> Role:
    called = spoken(name)
    parts = called.split()
    last = parts[-1] if parts else ""
    labelled = (label[0] if label else called).split()
    if kind.startswith(("date", "timestamp")) or (not kind and last in ("date", "timestamp")):
        return "time"
    if parts == ["hour"] or called == "departure hour" or called.endswith(" hour"):
        return "hour"
    if kind.startswith("bool"):
        return "flag"
    if _NUMBER_TYPE.match(kind):
        return _number_role(name, parts, last)
    numbered = len(labelled) > 1 and labelled[-1] in ("id", "uuid", "key", "code", "number", "no")
    if numbered or (len(parts) == 1 and re.search(r".(?:num|nbr)$", called)):
        return "key"
    return "text" if _FREE_TEXT.search(called) else "group"


def _number_role(name: str, parts: Sequence[str], last: str) -> Role:
    if (last in _IDS and list(parts) != ["number"]) or re.search(r"(ID|Id)$", name):
        return "key"
    if last in _PERIODS:
        return "period"
    if _PLACES & set(parts):
        return "text"
    return "group" if parts and parts[0] in ("year", "is", "has") else "measure"


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(_strings(value)).strip()
    return value.strip() if isinstance(value, str) else ""


def _strings(value: object) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list) else []


def _unique(phrases: Sequence[str]) -> tuple[str, ...]:
    kept: dict[tuple[str, ...], str] = {}
    for phrase in phrases:
        if phrase.strip():
            kept.setdefault(stems(phrase), phrase.strip())
    return tuple(kept.values())
