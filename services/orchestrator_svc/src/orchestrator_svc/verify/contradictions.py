"""Contradictions: what one slide says against another.

Each sentence is proved by the facts that it cites, and facts of two queries may still differ. Only
what is told of the same measure, group, period and part of the data is held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aislides.deck.v1.deck_pb2 import Slide
from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind, FactValue, FormatKind

from orchestrator_svc.deck.text import print_value, references
from orchestrator_svc.deck.values import to_python
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.entities import is_name, is_period, moment, name_for, number
from orchestrator_svc.verify.faults import Code, SentenceFault, fault
from orchestrator_svc.verify.presumed import presumed_moves
from orchestrator_svc.verify.sentences import Sentence, sentences, slide_facts

UP, DOWN = ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN
SAME = 0.005
"""Two figures that differ by less, relative to the larger, are one figure rounded twice."""
_OVERALL = {"mean", "total", "value", "count"}
_LEVELS = {"previous", "last", "peak", "low", "start", "end", "usual"}
_DIFFERENCES = {"change", "gap", "lead", "swing", "pace", "slope", "mix", "count", "minimum"}
_LEADER, _SHIFT = FactKind.FACT_KIND_LEADER, FactKind.FACT_KIND_LEVEL_SHIFT
_RANKINGS = {_LEADER, FactKind.FACT_KIND_CONCENTRATION}
_CAUTION = FactKind.FACT_KIND_CAUTION
_PERCENT, _MULTIPLE = FormatKind.FORMAT_KIND_PERCENT, FormatKind.FORMAT_KIND_MULTIPLE

_DAYS_OF_A_QUARTER = 92

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One value that a slide tells, and where."""

    slide: str
    path: str
    fact: Fact
    value: FactValue
    subject: Key | None
    """What the figure is one of; None for what is no level."""

    def against(self, words: str, hint: str) -> SentenceFault:
        """The fault of this place, which contradicts an earlier one."""
        return SentenceFault(self.slide, self.path, (fault(Code.CONTRADICTS_SLIDE, words, hint),))


def contradictions(slides: Sequence[Slide], context: VerifyContext) -> Iterator[SentenceFault]:
    """What later slides say against earlier ones, each place once."""
    said = [(slide, list(sentences(slide))) for slide in slides]
    told = list(_told(said, context))
    seen: set[tuple[str, str]] = set()
    for found in (
        *_two_values(told, context),
        *_two_leaders(told, context),
        *_beyond_the_leader(told, context),
        *_two_dates(told, context),
        *_two_ways(slides, context),
        *presumed_moves(said, context),
    ):
        if (found.slide_id, found.field) not in seen:
            seen.add((found.slide_id, found.field))
            yield found


def _told(
    said: Iterable[tuple[Slide, Sequence[Sentence]]], context: VerifyContext
) -> Iterator[Told]:
    for slide, own in said:
        texts = [(one.field, references(one.text)) for one in own]
        texts.extend((f"kpis[{at}]", [kpi.value]) for at, kpi in enumerate(slide.kpis))
        for path, refs in texts:
            for ref in refs:
                value = context.values.get((ref.fact_id, ref.name))
                if value is not None:
                    fact = context.facts[ref.fact_id]
                    yield Told(slide.id, path, fact, value, _subject(fact, value))


def _part(fact: Fact) -> Key:
    """The part of the data that a fact is about."""
    return (*fact.scope, *(one.SerializeToString(deterministic=True) for one in fact.filters))


def _subject(fact: Fact, value: FactValue) -> Key | None:
    """What the figure is one of: measure, group, period and part; None for what is no level."""
    other = is_name(value) or value.format.signed or value.format.kind == _MULTIPLE
    caution = fact.kind == _CAUTION
    if other or caution or _DIFFERENCES & set(value.name.split("_")):
        return None
    share = value.format.kind == _PERCENT and " / " in value.provenance.formula
    about = (fact.measure, "share" if share else "level", _part(fact))
    if not fact.dimension and value.name in _OVERALL:
        return (*about, value.name)
    owner = None if share else name_for(fact, value)
    if owner is None:
        return None
    if is_period(owner):
        return _of_period(about, fact, value, owner)
    return (*about, fact.dimension, str(to_python(owner.value))) if _ranks(fact) else None


def _of_period(about: Key, fact: Fact, value: FactValue, owner: FactValue) -> Key | None:
    """The figure of one period: a usual July is another than the July of one year."""
    if value.name not in _LEVELS and not value.name.endswith("_value"):
        return None
    usual = fact.kind == FactKind.FACT_KIND_SEASONALITY and "mean(" in value.provenance.formula
    return (*about, usual, owner.format.grain, str(to_python(owner.value)))


def _ranks(fact: Fact) -> bool:
    return fact.kind in _RANKINGS


def _differ(one: FactValue, other: FactValue) -> bool:
    first, second = number(one), number(other)
    if first is None or second is None:
        return False
    return abs(first - second) > SAME * max(abs(first), abs(second))


def _two_values(told: Sequence[Told], context: VerifyContext) -> Iterator[SentenceFault]:
    """Two figures of one measure, group and period."""
    seen: dict[Key, Told] = {}
    for one in told:
        if one.subject is None:
            continue
        first = seen.setdefault(one.subject, one)
        if first.fact.id != one.fact.id and _differ(first.value, one.value):
            shown, earlier = (print_value(each.value, context.locale) for each in (one, first))
            hint = f"slide {first.slide} gives {earlier} for the same measure"
            yield one.against(shown, hint)


def _two_leaders(told: Sequence[Told], context: VerifyContext) -> Iterator[SentenceFault]:
    """Two groups that are first, or last, in one ranking."""
    seen: dict[Key, Told] = {}
    for one in told:
        if not _ranks(one.fact) or one.value.name not in {"first", "last"}:
            continue
        fact = one.fact
        key = (fact.measure, fact.dimension, _part(fact), one.value.name)
        first = seen.setdefault(key, one)
        if to_python(first.value.value) != to_python(one.value.value):
            shown, earlier = (print_value(each.value, context.locale) for each in (one, first))
            place = "first" if one.value.name == "first" else "last"
            yield one.against(shown, f"slide {first.slide} has {earlier} {place} in that ranking")


def _beyond_the_leader(told: Sequence[Told], context: VerifyContext) -> Iterator[SentenceFault]:
    """A figure above that of the group which another slide calls highest, or below the lowest."""
    rankings: dict[str, Told] = {}
    levels: list[tuple[Key, Told]] = []
    for one in told:
        key = one.subject if _ranks(one.fact) else None
        earlier = [ranked for ranked in rankings.values() if key and _beyond(key, one, ranked.fact)]
        if earlier:
            shown = print_value(one.value, context.locale)
            hint = f"slide {earlier[0].slide} ranks that measure, and this lies beyond its ends"
            yield one.against(shown, hint)
        if one.fact.kind == _LEADER and one.fact.id not in rankings:
            outside = [level for level in levels if _beyond(*level, one.fact)]
            if outside:
                shown = print_value(outside[0][1].value, context.locale)
                hint = f"slide {outside[0][1].slide} gives {shown}, beyond the ends of this ranking"
                yield one.against(one.fact.says, hint)
            rankings[one.fact.id] = one
        if key:
            levels.append((key, one))


def _beyond(key: Key, one: Told, ranked: Fact) -> bool:
    """Whether a group's figure lies beyond the ends of another ranking of the same groups."""
    if ranked.id == one.fact.id or key[0] != ranked.measure or key[3] != ranked.dimension:
        return False
    values = {value.name: value for value in ranked.values}
    same = key[1:3] == ("level", _part(ranked))
    size = number(one.value)
    if not same or size is None or "last_value" not in values:
        return False
    highest, lowest = number(values["first_value"]), number(values["last_value"])
    if highest is None or lowest is None:
        return False
    margin = SAME * max(abs(highest), abs(size))
    return size > highest + margin or size < lowest - margin


def _two_dates(told: Sequence[Told], context: VerifyContext) -> Iterator[SentenceFault]:
    """One lasting change of level, since two dates."""
    seen: dict[Key, Told] = {}
    for one in told:
        if one.fact.kind != _SHIFT or one.value.name != "shift_period":
            continue
        ways = frozenset(claim.kind for claim in one.fact.claims) & {UP, DOWN}
        first = seen.setdefault((one.fact.measure, ways, _part(one.fact)), one)
        at, before = moment(one.value), moment(first.value)
        # A month and a week may name the same change: the coarser period is the measure.
        if at is None or before is None or abs(at - before) <= _DAYS_OF_A_QUARTER:
            continue
        shown, earlier = (print_value(each.value, context.locale) for each in (one, first))
        yield one.against(shown, f"slide {first.slide} tells that change since {earlier}")


def _two_ways(slides: Sequence[Slide], context: VerifyContext) -> Iterator[SentenceFault]:
    """Trends of one measure that go both ways."""
    seen: dict[Key, tuple[frozenset[ClaimKind.ValueType], str]] = {}
    for slide in slides:
        for fact_id in slide_facts(slide):
            fact = context.facts.get(fact_id)
            if fact is None or fact.kind != FactKind.FACT_KIND_TREND:
                continue
            ways = frozenset(claim.kind for claim in fact.claims) & {UP, DOWN}
            first = seen.setdefault((fact.measure, *fact.scope), (ways, slide.id))
            if first[0] and ways and not first[0] & ways:
                hint = f"slide {first[1]} shows the opposite direction; say over which period"
                problem = fault(Code.CONTRADICTS_SLIDE, fact.measure, hint)
                yield SentenceFault(slide.id, "headline", (problem,))
