"""Universals: all, each, none, and both, proved by a fraction, by scope, or by a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.breadth import is_told, told_of_groups
from orchestrator_svc.verify.checks.spans import grains
from orchestrator_svc.verify.derived import changes, groups, numbers
from orchestrator_svc.verify.entities import is_name, main_number, number
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import Cite, Reading

_GRAIN = re.compile(r" (?:single )?(day|week|month|quarter|year)\b")
_WHOLLY = {"entirely", "wholly", "solely", "exclusively"}
_SLIGHT = 0.1
"""Up to this part of another's move, a group did not move clearly."""
_LISTED = re.compile(r"⟦\d+⟧(?:(?:,| and|, and) ⟦\d+⟧)+ $")
_ONLY = re.compile(r"only ⟦(\d+)⟧")


def check_universals(reading: Reading) -> Iterator[Fault]:
    """All, each, none: proved by a fraction that holds for all, by scope, or by a claim."""
    lexicon = reading.context.lexicon
    if not reading.find(lexicon.universal):
        return
    quantified = bool(reading.amounts() or reading.find(lexicon.spans.n_in_m))
    scopes = [found.span() for found in reading.find(lexicon.scope)]
    paces = list(lexicon.spans.per_period.finditer(reading.flat))
    told = told_of_groups(reading)
    for found in reading.find(lexicon.universal):
        if is_told(told, found.start()):
            continue
        if found[0].endswith(" any") and _ranked(reading, found):
            continue  # `the largest drop of any device` is checked as a rank.
        if found[0] == "both" and not _both_ways(reading, found.start()):
            continue
        if _is_sole(reading, found) or _of_those_named(reading, found):
            continue
        scoped = any(start <= found.start() < end for start, end in scopes)
        ranked = (
            *reading.find(lexicon.spans.none_more_than),
            *reading.find(lexicon.spans.than_any_other),
        )
        # `⟦pace⟧ each month` is checked as a pace.
        if any(one.start() <= found.start() < one.end() for one in (*ranked, *paces)):
            continue
        if scoped and not _moves(reading, found.start()):
            continue
        if (
            found[0] == "each"
            and "averag" in reading.flat[slice(*reading.statement(found.start()))]
        ):
            continue
        if quantified and lexicon.each.fullmatch(found[0]):
            continue
        denied = reading.negated(found.start()) and not _some_only(reading, found)
        if denied or _comes_back(reading, found) or _whole(reading, found):
            continue
        if reading.claimed & {ClaimKind.CLAIM_KIND_ALL, ClaimKind.CLAIM_KIND_NONE}:
            continue
        yield fault(Code.UNIVERSAL_UNSUPPORTED, found[0], "no cited fact holds for all or for none")


def _is_sole(reading: Reading, found: re.Match[str]) -> bool:
    """`only ⟦counter⟧ fell`, `⟦first⟧ is the only one above ⟦mean⟧`: of all groups, it alone is."""
    only = _ONLY.match(found[0])
    cite = reading.cites[int(only[1])] if only else None
    if found[0] == "the only":
        begin, _ = reading.clause(found.start())
        names = [one for _, one in reading.marks(begin, found.start()) if is_name(one.value)]
        cite = names[-1] if names else None
    if cite is None:
        return False
    if not is_name(cite.value):
        return True  # `only ⟦4%⟧ is lost` tells how little, and not of all others.
    return _only_one_beyond(reading, found, cite) or _only_one_moved(reading, found, cite)


def _of_those_named(reading: Reading, found: re.Match[str]) -> bool:
    """`A, B and C all lost income`: the groups named right before, and each moved that way."""
    lexicon = reading.context.lexicon
    _, end = reading.clause(found.end())
    way = reading.has(lexicon.up, start=found.start(), end=end)
    lost = lexicon.compared.lost.search(reading.flat, found.end(), end) is not None
    listed = _LISTED.search(reading.flat, 0, found.start())
    if found[0] not in ("all", "both", "each") or listed is None:
        return False
    if way == (lost or reading.has(lexicon.down, start=found.start(), end=end)):
        return False
    cites = [one for _, one in reading.marks(listed.start(), found.start())]
    moved = changes(cites[0].fact, reading.context) if cites else {}
    sizes = [moved.get(cite.value.value.text, 0.0) for cite in cites]
    return bool(sizes) and all(size and (size > 0) == way for size in sizes)


def _ranked(reading: Reading, found: re.Match[str]) -> bool:
    begin, _ = reading.clause(found.start())
    lexicon = reading.context.lexicon
    ranks = (lexicon.highest, lexicon.lowest, lexicon.best, lexicon.worst)
    return reading.has(*ranks, start=begin, end=found.start())


def _only_one_beyond(reading: Reading, found: re.Match[str], cite: Cite) -> bool:
    """`only ⟦first⟧ is above ⟦mean⟧`: of all groups ranked, it alone is."""
    _, end = reading.statement(found.start())
    lexicon = reading.context.lexicon
    sizes = groups(cite.fact, reading.context)
    own = sizes.get(cite.value.value.text)
    beyond = [
        (sign, one)
        for sign, phrases in ((1, lexicon.greater), (-1, lexicon.smaller))
        for one in reading.find(phrases)
        if found.start() < one.start() < end
    ]
    if own is None or len(beyond) != 1:
        return False
    sign, one = beyond[0]
    following = [cite for _, cite in reading.marks(one.end(), end)][:1]
    bounds = [number(main) for each in following if (main := main_number(each.fact, each.value))]
    if not bounds or bounds[0] is None or following[0].fact.measure != cite.fact.measure:
        return False
    passing = [name for name, size in sizes.items() if sign * (size - bounds[0]) > 0]
    return passing == [cite.value.value.text]


def _only_one_moved(reading: Reading, found: re.Match[str], cite: Cite) -> bool:
    """`only ⟦counter⟧ fell`: of all groups of the change, no other one moved that way."""
    lexicon = reading.context.lexicon
    _, end = reading.clause(found.end())
    way = reading.has(lexicon.up, start=found.start(), end=end)
    if way == reading.has(lexicon.down, start=found.start(), end=end):
        return False
    moved = changes(cite.fact, reading.context)
    own = moved.get(cite.value.value.text, 0.0)
    clearly = lexicon.frames.clearly.search(reading.flat, found.end(), end)
    least = abs(own) * (_SLIGHT if clearly else 0.0)
    same = [name for name, size in moved.items() if (size > 0) == way and abs(size) > least]
    return (own > 0) == way and same == [cite.value.value.text]


def _comes_back(reading: Reading, found: re.Match[str]) -> bool:
    """`every year`, of a season; `each month adds ⟦pace⟧`, of a trend by months."""
    grain = _GRAIN.match(reading.flat, found.end())
    cites = [cite for _, cite in reading.marks(*reading.statement(found.start()))]
    facts = [cite.fact for cite in cites] or reading.facts
    if grain is None:
        return False
    if grain[1] == "year":
        return any(fact.kind == FactKind.FACT_KIND_SEASONALITY for fact in facts)
    paced = [cite for cite in cites if cite.value.name in {"pace", "slope"}]
    return bool(paced) and all(grain[1] in grains(cite.fact) for cite in paced)


def _whole(reading: Reading, found: re.Match[str]) -> bool:
    """`entirely because of ⟦first⟧`, whose part is no smaller than the whole change."""
    following = next(iter(reading.marks(found.end(), found.end() + 24)), None)
    if found[0] in _WHOLLY and reading.context.lexicon.supposing.mix.search(
        reading.flat, found.end(), found.end() + 32
    ):
        parts = [numbers(fact) for fact in reading.facts]
        mixed = [one["mix"] / one["change"] for one in parts if "mix" in one and one.get("change")]
        return bool(mixed) and min(mixed) >= 1
    if found[0] not in _WHOLLY or following is None or following[1].value.name != "first":
        return False
    own = numbers(following[1].fact)
    part, whole = own.get("first_change"), own.get("change")
    return part is not None and bool(whole) and part / (whole or 1.0) >= 1


def _some_only(reading: Reading, found: re.Match[str]) -> bool:
    """`not every group rose`: that some did not, where no cited fact moves both ways."""
    both = {ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN} <= reading.claimed
    return found[0] in ("every", "all", "each") and not both


def _both_ways(reading: Reading, position: int) -> bool:
    """Whether `both` is told to move one way, though the cited facts move both ways."""
    if not _moves(reading, position):
        return False
    return {ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN} <= reading.claimed


def _moves(reading: Reading, position: int) -> bool:
    """Whether the statement tells a direction without citing it: `fell across all airports`."""
    lexicon = reading.context.lexicon
    begin, end = reading.statement(position)
    told = reading.has(lexicon.up, lexicon.down, start=begin, end=end)
    return told and not reading.marks(begin, end)
