"""Grains: a pace says per what, and a day, week or month is one of the figure's own."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.checks.spans import grains
from orchestrator_svc.verify.entities import is_name, is_period, months_between
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_MONTHS = {"day": 1 / 30.44, "week": 0.23, "month": 1.0, "quarter": 3.0, "year": 12.0}
_PACES = {"pace", "slope"}
_SPANNED = {"total", "mean"}


def check_grains(reading: Reading) -> Iterator[Fault]:
    """Figures of one length of time told of another."""
    yield from _paces(reading)
    yield from _grain_nouns(reading)
    yield from _before(reading)
    yield from _edges(reading)


def _paces(reading: Reading) -> Iterator[Fault]:
    """`grew by ⟦pace⟧ in all`: a pace without the period that it is one of."""
    spans = reading.context.lexicon.spans
    for at, cite in reading.marks():
        if cite.value.name not in _PACES or cite.typed:
            continue
        begin, end = reading.statement(at)
        own = grains(cite.fact)
        words = reading.flat[begin:end].replace("-", " ").split()
        told = {spans.grain_words.get(word.strip(",.:()").removesuffix("s")) for word in words}
        told |= {spans.grain_words.get(word.strip(",.:()")) for word in words}
        if own and not own & told:
            hint = f"the figure is a pace; say per {' or '.join(sorted(own))}"
            yield fault(Code.PERIOD_UNSUPPORTED, cite.value.name, hint)


def _grain_nouns(reading: Reading) -> Iterator[Fault]:
    """`the worst month`, of a fact by weeks; `the week of ⟦day⟧`."""
    bindings = reading.context.lexicon.bindings
    for found in reading.find(bindings.ranked_grain):
        grain = found[0].rpartition(" ")[2]
        facts = [cite.fact for _, cite in reading.marks(*reading.statement(found.start()))]
        own = {one for fact in facts for one in grains(fact)}
        if own and grain not in own:
            yield _other_grain(found[0])
    for found in bindings.grain_of.finditer(reading.flat):
        value = reading.cites[int(found[2])].value
        fact = reading.cites[int(found[2])].fact
        if is_period(value) and found[1] not in grains(fact):
            yield _other_grain(found[0])


def _before(reading: Reading) -> Iterator[Fault]:
    """`after ⟦previous⟧ the year before`: the figure is the one of that period before."""
    for found in reading.context.lexicon.bindings.figure_before.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        if is_name(cite.value) or cite.value.name.startswith(("change", "gap", "pace")):
            continue
        distance = _distance(cite)
        months = _MONTHS[found[2]]
        near = distance is not None and abs(distance - months) <= 0.1 * months + 0.05
        if cite.value.name != "previous" or not near:
            yield _other_grain(found[0])


def _distance(cite: Cite) -> float | None:
    periods = {value.name: value for value in cite.fact.values if is_period(value)}
    if not {"previous_period", "last_period"} <= periods.keys():
        return None
    return months_between(periods["previous_period"], periods["last_period"])


def _edges(reading: Reading) -> Iterator[Fault]:
    """`in ⟦to_period⟧ ⟦total⟧`: what was computed over a whole span, told of its last period."""
    for found in reading.context.lexicon.bindings.in_period.finditer(reading.flat):
        cite = reading.cites[int(found[1])]
        if cite.value.name not in {"from_period", "to_period"}:
            continue
        told = [one for _, one in reading.marks(*reading.statement(found.start()))]
        names = {one.value.name for one in told if one.fact.id == cite.fact.id}
        if names & _SPANNED and not {"from_period", "to_period"} <= names:
            yield _other_grain(found[0])


def _other_grain(words: str) -> Fault:
    hint = "the cited figure was not computed over that span"
    return fault(Code.PERIOD_UNSUPPORTED, MARK.sub("…", words), hint)
