"""Attribution: a figure stands beside the name it belongs to, and names come from cited facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.values import to_python
from orchestrator_svc.verify.entities import entity_key, is_name, is_period, mates, name_for
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_WORD = re.compile(r"\w+")
_CONTRIBUTION = FactKind.FACT_KIND_CONTRIBUTION
_MOVED_WITH = re.compile(r"(?:\W|\b(?:went|moved|came|from|to|in|on|with|at|by|between|and)\b)*")
_APART = re.compile(r", (?:at|with|to|reaching|closing at|coming in at) (?:about |only |just )?")
_GREATEST_DISTANCE = 60
_OVERALL = {"usual", "mean", "total"}
_OF_A_NAME = {"share", "count", "ratio", "change_share"}
"""Figures that may stand beside a name though their own name does not say whose they are."""


def check_attribution(reading: Reading) -> Iterator[Fault]:
    """Figures bound to another name than their own."""
    for mark in MARK.finditer(reading.flat):
        figure = reading.cites[int(mark[1])]
        if is_name(figure.value):
            continue
        after = _name_after(reading, mark.end())
        if after is not None and _change_of_later(reading, figure, after):
            continue
        if after is not None and _overall_in_one(figure, after):
            yield _misattributed(after, figure)
            continue
        before = _name_before(reading, mark.start())
        wrong = [one for one in (after, before) if one is not None and _mismatch(figure, one)]
        if wrong and (after is None or wrong[0] is after or not is_period(wrong[0].value)):
            bound = wrong[0]
            yield fault(
                Code.MISATTRIBUTED,
                f"{bound.fact.id}.{bound.value.name} with {figure.fact.id}.{figure.value.name}",
                "the figure belongs to another name",
            )
    yield from _overall_as_one(reading)
    yield from _change_of_one(reading)
    yield from _base_of_another(reading)
    yield from _foreign_names(reading)


def _name_after(reading: Reading, end: int) -> Cite | None:
    """The name in `⟦figure⟧ at ⟦name⟧`."""
    found = reading.context.lexicon.at_words.match(reading.flat, end)
    cite = reading.cites[int(found[1])] if found else None
    return cite if cite is not None and is_name(cite.value) else None


def _name_before(reading: Reading, start: int) -> Cite | None:
    """The name that a figure follows, with no other figure and no comparison between."""
    begin, _ = reading.statement(start)
    before = list(reading.marks(begin, start))
    if not before:
        return None
    at, cite = before[-1]
    between = reading.flat[MARK.match(reading.flat, at).end() : start]  # type: ignore[union-attr]
    if not is_name(cite.value) or len(between) > _GREATEST_DISTANCE:
        return None
    if reading.context.lexicon.attribution_stops.search(between):
        return None
    listed = len(before) > 1 and is_name(before[-2][1].value)
    if ":" in between and listed:
        return None
    if listed:
        joint = reading.flat[before[-2][0] : at]
        if reading.context.lexicon.bindings.outranking.search(joint) and re.fullmatch(
            r",?\s+(?:(?:at|with|on|by)\s+)?", between
        ):
            # `A follows B at 5`: the figure is that of the subject.
            return before[-2][1]
    named = [one for one in before[:-1] if is_name(one[1].value)]
    compared = reading.context.lexicon.frames.compared_with.search(reading.flat, begin, at)
    apart = bool(named and compared and _APART.fullmatch(between))
    joined = listed and re.fullmatch(
        r"⟦\d+⟧\s*(?:,|and|&|to|or)\s*", reading.flat[before[-2][0] : at]
    )
    # `A came in above B, at ⟦figure⟧`: the figure is that of the subject.
    return named[-1][1] if apart else None if joined else cite


def _change_of_later(reading: Reading, figure: Cite, bound: Cite) -> bool:
    """`it grew by ⟦first_change⟧ in ⟦last_period⟧`: a group's change is one of the later period."""
    change = figure.value.name.endswith("_change") and bound.fact.id == figure.fact.id
    lexicon = reading.context.lexicon
    told = reading.has(lexicon.up, lexicon.down, lexicon.bindings.changes)
    return change and told and bound.value.name == "last_period"


def _mismatch(figure: Cite, bound: Cite) -> bool:
    own = name_for(figure.fact, figure.value)
    if own is not None:
        if figure.fact.id != bound.fact.id and is_period(own) != is_period(bound.value):
            # A group's figure in some period, or the other way round: only values can tell.
            return not is_period(bound.value)
        return to_python(own.value) != to_python(bound.value.value)
    if figure.typed and figure.value.name not in _OF_A_NAME:
        # What a typed figure means is told by nothing but the name beside it.
        return True
    own_name = f"{entity_key(bound.value)}_{figure.value.name.removesuffix('_share')}"
    if bound.fact.id == figure.fact.id and any(
        value.name == own_name or value.name == f"{entity_key(bound.value)}_{figure.value.name}"
        for value in figure.fact.values
    ):
        # The group has a figure of its own for this; the bare one is the whole's.
        return True
    owners = {
        subject
        for claim in figure.fact.claims
        if claim.kind == ClaimKind.CLAIM_KIND_SHARE and claim.measured_by == figure.value.name
        for subject in claim.subjects
    }
    if owners and bound.fact.id == figure.fact.id and not is_period(bound.value):
        return not mates(bound.fact, bound.value) & owners
    # Overall figures belong to no group of another fact.
    return figure.fact.id != bound.fact.id and not is_period(bound.value)


def _overall_in_one(figure: Cite, name: Cite) -> bool:
    """Whether a figure over a whole span is told of its first or last period alone."""
    spans = {value.name for value in figure.fact.values} >= {"from_period", "to_period"}
    edge = name.value.name in {"from_period", "to_period"} and name.fact.id == figure.fact.id
    return figure.value.name in _OVERALL and spans and edge


def _overall_as_one(reading: Reading) -> Iterator[Fault]:
    """An overall or usual figure told of a single name, as the only figure of its clause."""
    for mark in MARK.finditer(reading.flat):
        figure = reading.cites[int(mark[1])]
        if figure.value.name not in _OVERALL:
            continue
        start, end = reading.clause(mark.start())
        others = [cite for at, cite in reading.marks(start, end) if at != mark.start()]
        if reading.context.lexicon.frames.of_the_whole.search(reading.flat, start, mark.start()):
            continue
        stopped = reading.has(reading.context.lexicon.attribution_stops, start=start, end=end)
        if len(others) != 1 or not is_name(others[0].value) or stopped:
            continue
        name = others[0]
        single = name.value.name.startswith(("first", "second", "third", "peak", "low"))
        if single or (name.fact.id == figure.fact.id and not name.value.name.endswith("_period")):
            yield _misattributed(name, figure)


def _change_of_one(reading: Reading) -> Iterator[Fault]:
    """`⟦first⟧ went from ⟦period⟧ to ⟦period⟧ with ⟦change⟧`, of the change of the whole."""
    for at, figure in reading.marks():
        if figure.fact.kind != _CONTRIBUTION or figure.value.name not in ("change", "change_share"):
            continue
        begin, _ = reading.clause(at)
        names = [(start, one) for start, one in reading.marks(begin, at) if is_name(one.value)]
        groups = [(start, one) for start, one in names if not is_period(one.value)]
        if not groups or groups[-1][1].fact.id != figure.fact.id:
            continue
        between = MARK.sub("", reading.flat[groups[-1][0] : at])
        if _MOVED_WITH.fullmatch(between):
            yield _misattributed(groups[-1][1], figure)


def _misattributed(name: Cite, figure: Cite) -> Fault:
    words = f"{name.fact.id}.{name.value.name} with {figure.fact.id}.{figure.value.name}"
    return fault(Code.MISATTRIBUTED, words, "the figure belongs to another name")


def _base_of_another(reading: Reading) -> Iterator[Fault]:
    """`⟦delay⟧ across ⟦count⟧` with figures of two different names."""
    for found in reading.context.lexicon.based_on.finditer(reading.flat):
        figure, base = (reading.cites[int(found[place])] for place in (1, 2))
        owners = [name_for(cite.fact, cite.value) for cite in (figure, base)]
        if is_name(figure.value) or is_name(base.value):
            continue
        if None in owners:
            own, behind = owners
            of_a_group = own is not None and not is_period(own) and base.value.name == "count"
            if of_a_group or (own is None and behind is not None and not is_period(behind)):
                words = f"{figure.value.name} with {base.value.name}"
                hint = "one of the figures is of the whole, the other of a group"
                yield fault(Code.MISATTRIBUTED, words, hint)
            continue
        one, other = (to_python(owner.value) for owner in owners if owner is not None)
        if one != other:
            words = f"{figure.value.name} with {base.value.name}"
            yield fault(Code.MISATTRIBUTED, words, "the two figures belong to different names")


def _foreign_names(reading: Reading) -> Iterator[Fault]:
    """Names of the data that are typed beside a claim, though no cited fact holds them."""
    lexicon = reading.context.lexicon
    claims = (
        lexicon.highest,
        lexicon.lowest,
        lexicon.best,
        lexicon.worst,
        lexicon.up,
        lexicon.down,
        lexicon.greater,
        lexicon.smaller,
    )
    if not (reading.has(*claims) or lexicon.level_verbs.search(reading.flat)):
        return
    by_word = reading.context.names_by_word
    begun = by_word.keys() & set(_WORD.findall(reading.flat))
    for name in (name for word in sorted(begun) for name in by_word[word]):
        if len(name) < 2 or name in lexicon.function_words or name not in reading.flat:
            continue
        topical = name in reading.context.topic_words or name in reading.context.question.lower()
        found = re.search(rf"(?<![\w⟦]){re.escape(name)}(?![\w⟧])", reading.flat)
        if found and not topical:
            yield fault(Code.NAME_NOT_CITED, name, "cite the name from a fact, as {fact.value}")
            return
