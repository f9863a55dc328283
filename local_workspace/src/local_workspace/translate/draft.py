"""What reading a question collects before any table is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from local_workspace.translate.chunks import Chunk
from local_workspace.translate.plan import Aggregation, Operator
from local_workspace.translate.senses import Sense
from local_workspace.translate.spans import Span


@dataclass(slots=True)
class Noun:
    """Something rows can stand for. `role` names the joins a preposition pointed to."""

    text: str
    at: int
    senses: tuple[Sense, ...] = ()
    grain: str | None = None
    role: tuple[str, ...] = ()
    plural: bool = False


@dataclass(slots=True)
class Wish:
    """A condition as it was said."""

    kind: Literal["value", "filter", "number", "date", "known", "happened"]
    text: str
    at: int
    senses: tuple[tuple[Sense, ...], ...] = ()
    spans: tuple[Span, ...] = ()
    operator: Operator = "="
    low: float = 0.0
    high: float | None = None
    unit: str = ""
    negated: bool = False
    role: tuple[str, ...] = ()
    joined: str = ""
    local: bool = False
    single: bool = False
    clause: bool = False
    led: bool = False
    said: bool = False


@dataclass(slots=True)
class MetricWish:
    """A number as it was said. Without senses it counts rows."""

    text: str
    at: int
    senses: tuple[Sense, ...] = ()
    aggregation: Aggregation | None = None
    count: bool = False
    distinct: bool = False
    share: bool = False
    superlative: str | None = None
    percentile: float | None = None
    where: list[Wish] = field(default_factory=list)
    per: Noun | None = None
    bare: bool = False
    of_total: bool = False
    over: tuple[Sense, ...] = ()
    of_whole: bool = False
    fixed: bool = False
    role: tuple[str, ...] = ()
    per_row: bool = False
    theirs: bool = False


@dataclass(slots=True)
class HavingWish:
    """A comparison of a metric, so that groups are dropped."""

    metric: MetricWish
    operator: Operator
    low: float
    high: float | None = None
    mean: bool = False


@dataclass(slots=True)
class Draft:
    """Everything a question asked for, plus the chunks that nothing explained."""

    metrics: list[MetricWish] = field(default_factory=list)
    groups: list[Noun] = field(default_factory=list)
    bare: list[Noun] = field(default_factory=list)
    target: Noun | None = None
    mentions: list[Noun] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    having: list[HavingWish] = field(default_factory=list)
    direction: str | None = None
    rank_metric: MetricWish | None = None
    limit: int | None = None
    pending_count: int | None = None
    limit_per: int | None = None
    order_by: Noun | MetricWish | None = None
    descending: bool | None = None
    change: Literal["previous", "year"] | None = None
    growth: bool = False
    trend: bool = False
    compare: bool = False
    difference: bool = False
    each: bool = False
    which: bool = False
    of_total: bool = False
    first_or_last: str | None = None
    range_asked: bool = False
    per_target: bool = False
    unexplained: list[Chunk] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusal: str | None = None
    unclear: str = ""
    degree: bool = False
    spread: bool = False
    change_text: str = ""
    per_noun: Noun | None = None
    per_grain: Noun | None = None
    open_question: str = ""
    top_word: str = ""
    quality: str = ""
    quality_per_row: bool = False
    among: bool = False
    event: tuple[Sense, ...] = ()
    share_of_top: bool = False
    verbs: list[Noun] = field(default_factory=list)
