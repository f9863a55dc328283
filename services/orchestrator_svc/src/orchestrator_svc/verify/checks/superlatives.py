"""Superlatives: highest, lowest, best, worst, second-highest belong to the value they stand by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.derived import groups
from orchestrator_svc.verify.entities import (
    is_name,
    main_number,
    mates,
    months_and_hours,
    name_for,
    number,
)
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import MARK, Cite, Reading
from orchestrator_svc.verify.seasons import values_within
from orchestrator_svc.verify.spreads import spread

_OF_PERIOD = re.compile(r" (?:day|week|month|quarter|year|yet|so far)\b")
_AT_ITS = re.compile(r"(?:at|reached|hit|touched) (?:(?:its|their) )?$")
_OF_PERIODS = {FactKind.FACT_KIND_LEVEL, FactKind.FACT_KIND_TREND, FactKind.FACT_KIND_OUTLIER}
HIGHEST, LOWEST = ClaimKind.CLAIM_KIND_HIGHEST, ClaimKind.CLAIM_KIND_LOWEST


def check_superlatives(reading: Reading) -> Iterator[Fault]:
    """Each superlative against the claims about the value nearest to it."""
    lexicon = reading.context.lexicon
    ordinals = [found.span() for found in reading.find(lexicon.ordinal)]
    patterns = (
        (HIGHEST, lexicon.highest),
        (LOWEST, lexicon.lowest),
        (None, lexicon.best),
        (None, lexicon.worst),
    )
    for kind, pattern in patterns:
        for found in reading.find(pattern):
            if any(start <= found.start() < end for start, end in ordinals):
                continue
            wanted = kind or _by_polarity(reading, best=pattern is lexicon.best)
            if found[0] in lexicon.bindings.slow and not _timed(reading):
                wanted = LOWEST
            both = reading.has(lexicon.best) and reading.has(lexicon.worst)
            if wanted is None and not both:
                hint = "the data does not say what is better; say highest or lowest"
                yield fault(Code.SUPERLATIVE_UNSUPPORTED, found[0], hint)
                continue
            yield from _superlative(reading, wanted, found)
    for found in reading.find(lexicon.ordinal):
        yield from _place(reading, found)


def _timed(reading: Reading) -> bool:
    """Whether the cited facts measure how long something takes."""
    units = {value.format.unit for fact in reading.facts for value in fact.values}
    named = {word for fact in reading.facts for word in name_tokens(fact.measure)}
    return bool((units | named) & reading.context.lexicon.bindings.durations)


def _superlative(
    reading: Reading, kind: ClaimKind.ValueType | None, found: re.Match[str]
) -> Iterator[Fault]:
    word, clause = found[0], reading.clause(found.start())
    words = reading.flat[slice(*clause)]
    if reading.context.lexicon.spread_nouns.search(words):
        verdict = _spread_extreme(reading, kind, words)
        if verdict is not None:
            if not verdict:
                yield _contradicted(word)
            return
    follows = reading.context.lexicon.rank_of.match(reading.flat, found.end())
    if follows and not reading.negated(found.start()):
        rank = reading.cites[int(follows[1])]
        supports, opposes = support(reading, kind, rank)
        if opposes and not supports:
            yield _contradicted(word)
            return
    cite = _subject(reading, found, clause)
    if cite is None:
        yield from _general(reading, kind, found, words)
        return
    if cite.fact.kind == FactKind.FACT_KIND_CAUTION and not _warned(reading, found):
        yield fault(
            Code.SUPERLATIVE_UNSUPPORTED, word, "it rests on few observations; say on how many"
        )
        return
    supports, opposes = _place_of(reading, kind, cite, found)
    if reading.negated(found.start()):
        if supports:
            yield fault(Code.NEGATION_CONTRADICTED, word, "the cited facts show that it is")
        return
    if (
        supports
        or _of_all_periods(reading, kind, cite, found)
        or _of_its_season(reading, kind, cite)
    ):
        return
    if opposes:
        yield _contradicted(word)
    else:
        yield _unsupported(word)


def _place_of(
    reading: Reading, kind: ClaimKind.ValueType | None, cite: Cite, found: re.Match[str]
) -> tuple[bool, bool]:
    """Whether claims give the value, or the names listed with it, that place, or the other one."""
    if kind == HIGHEST and _is_a_loss(reading, found, cite):
        kind = LOWEST
    listed = _listed(reading, found) if kind == HIGHEST else []
    lexicon = reading.context.lexicon
    judging = lexicon.best.fullmatch(found[0]) or lexicon.worst.fullmatch(found[0])
    judged = [one for one in reading.facts if reading.context.polarity(one)] if judging else []
    supports, opposes = support(reading, kind, cite, judged or None)
    if listed:
        return _top_of(listed), False
    if supports and opposes:
        return _by_topic(reading, kind, cite, reading.clause(found.start()))
    return supports, opposes


def _is_a_loss(reading: Reading, found: re.Match[str], cite: Cite) -> bool:
    """`the largest loss`, of a figure below zero: the lowest one."""
    figure = main_number(cite.fact, cite.value)
    size = number(figure) if figure is not None else None
    loss = reading.context.lexicon.frames.losing.match(reading.flat, found.end())
    return loss is not None and size is not None and size < 0


def _of_all_periods(
    reading: Reading, kind: ClaimKind.ValueType | None, cite: Cite, found: re.Match[str]
) -> bool:
    """`the cheapest month`, `the longest so far`: of all periods of the fact's own result."""
    told = _OF_PERIOD.match(reading.flat, found.end()) or _AT_ITS.search(
        reading.flat[: found.start()]
    )
    if cite.fact.kind not in _OF_PERIODS or kind is None or told is None:
        return False
    sizes = list(groups(cite.fact, reading.context).values())
    figure = main_number(cite.fact, cite.value)
    own = number(figure) if figure is not None and not figure.format.signed else None
    if own is None or own not in sizes:
        return False
    return own == (max(sizes) if kind == HIGHEST else min(sizes))


def _of_its_season(reading: Reading, kind: ClaimKind.ValueType | None, cite: Cite) -> bool:
    """`the third-quarter peak of ⟦previous⟧`: a figure of the season's strongest period."""
    name = {HIGHEST: "peak_period", LOWEST: "low_period"}.get(kind) if kind is not None else None
    own = name_for(cite.fact, cite.value)
    months = months_and_hours([own])[0] if own is not None else set()
    return any(
        fact.kind == FactKind.FACT_KIND_SEASONALITY
        and fact.measure == cite.fact.measure
        and months == months_and_hours([one])[0] != set()
        for fact in reading.facts
        for one in fact.values
        if one.name == name
    )


def _warned(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the statement says that the value rests on little."""
    begin, end = reading.statement(found.start())
    counted = any(cite.value.name == "count" for _, cite in reading.marks(begin, end))
    return counted or reading.has(reading.context.lexicon.bindings.warning, start=begin, end=end)


def _listed(reading: Reading, found: re.Match[str]) -> list[Cite]:
    """The names of `A and B lead`, which share one superlative; empty for a single subject."""
    begin, _ = reading.statement(found.start())
    before = re.compile(
        r"((?:⟦\d+⟧(?:,\s+|\s+and\s+))+⟦\d+⟧)\s+(?:\w+\s+)?(?:the\s+)?(?:two\s+|three\s+)?$"
    )
    match = before.search(reading.flat[begin : found.start()])
    if not match:
        return []
    cites = [reading.cites[int(one[1])] for one in MARK.finditer(match[1])]
    alike = len({cite.fact.id for cite in cites}) == 1
    return cites if alike and all(is_name(cite.value) for cite in cites) else []


def _top_of(cites: list[Cite]) -> bool:
    """Whether the names are the first places of their fact's ranking, none left out."""
    places = ("first", "second", "third")[: len(cites)]
    return {cite.value.name.removesuffix("_period") for cite in cites} == set(places)


def _subject(reading: Reading, found: re.Match[str], clause: tuple[int, int]) -> Cite | None:
    """The cited value that a superlative speaks of: the nearest one that is an entity's."""

    def ranked(cite: Cite) -> bool:
        claimed = {name for claim in cite.fact.claims for name in claim.subjects}
        named = name_for(cite.fact, cite.value) is not None
        return named or cite.value.name in claimed

    inside = reading.nearest(found.start(), wanted=ranked, within=clause)
    if inside is not None:
        return inside
    begin, _ = reading.statement(found.start())
    before = [cite for _, cite in reading.marks(begin, clause[0]) if ranked(cite)]
    return (
        before[-1] if before and clause[0] > begin and not _has_subject(reading, clause) else None
    )


def _has_subject(reading: Reading, clause: tuple[int, int]) -> bool:
    """Whether the clause names a subject of its own before its first word of rank."""
    lexicon = reading.context.lexicon
    words = reading.flat[slice(*clause)]
    first = min(
        (
            one.start()
            for one in (lexicon.highest.search(words), lexicon.lowest.search(words))
            if one
        ),
        default=0,
    )
    return len(words[:first].split()) > 2


def support(
    reading: Reading,
    kind: ClaimKind.ValueType | None,
    cite: Cite,
    facts: Sequence[Fact] | None = None,
) -> tuple[bool, bool]:
    """Whether claims give the value that rank, and whether they give it the other one."""
    wanted = {kind} if kind is not None else {HIGHEST, LOWEST}
    supports = opposes = False
    for fact in reading.facts if facts is None else facts:
        if fact.kind == FactKind.FACT_KIND_CONTRIBUTION and not _of_a_change(reading):
            continue  # It ranks the parts of a change, and nothing else.
        for claim in fact.claims:
            if claim.kind not in (HIGHEST, LOWEST):
                continue
            if _speaks_of(fact, list(claim.subjects), cite):
                supports |= claim.kind in wanted
                opposes |= claim.kind not in wanted
    return supports, opposes


def _by_topic(
    reading: Reading, kind: ClaimKind.ValueType | None, cite: Cite, clause: tuple[int, int]
) -> tuple[bool, bool]:
    """Where one ranking has the name first and another last: the one that the clause speaks of."""
    ranked = [fact for fact in reading.facts if fact.kind == FactKind.FACT_KIND_LEADER]
    about = reading.about(reading.flat[slice(*clause)], ranked)
    supports, opposes = support(reading, kind, cite, about)
    return (supports, opposes) if supports or opposes else (True, True)


def _of_a_change(reading: Reading) -> bool:
    """Whether the sentence tells of a change or of parts of one."""
    lexicon = reading.context.lexicon
    moves = (lexicon.up, lexicon.down, lexicon.bindings.changes)
    return reading.has(*moves) or bool(lexicon.frames.part.search(reading.flat))


def _speaks_of(fact: Fact, subjects: list[str], cite: Cite) -> bool:
    if fact.id == cite.fact.id:
        return bool(mates(fact, cite.value) & set(subjects))
    own = name_for(cite.fact, cite.value) or cite.value
    return any(
        value.name in subjects
        and same_value(value.value, own.value)
        and fact.dimension == cite.fact.dimension
        for value in fact.values
    )


def _general(
    reading: Reading, kind: ClaimKind.ValueType | None, found: re.Match[str], words: str
) -> Iterator[Fault]:
    """A superlative beside no value: some cited fact that the clause speaks of must have one."""
    wanted = {kind} if kind is not None else {HIGHEST, LOWEST}
    if _several(reading, found) and _extremes(reading, kind) < 2:
        yield _unsupported(found[0])
        return
    facts = reading.about(words)
    inside = values_within(reading, words)
    topical = [pair for pair in inside if pair[0] in facts] or inside
    verdicts = [support(reading, kind, Cite(fact, value)) for fact, value in topical]
    if verdicts and not any(supports for supports, _ in verdicts):
        opposed = any(opposes for _, opposes in verdicts)
        yield _contradicted(found[0]) if opposed else _unsupported(found[0])
        return
    kinds = {claim.kind for fact in facts for claim in fact.claims}
    if not kinds & {HIGHEST, LOWEST}:
        kinds = {claim.kind for fact in reading.facts for claim in fact.claims}
        kinds = set() if {HIGHEST, LOWEST} <= kinds else kinds
    if reading.negated(found.start()):
        if wanted & kinds or not kinds & {HIGHEST, LOWEST}:
            hint = "the cited facts do not show that it is not"
            yield fault(Code.NEGATION_UNSUPPORTED, found[0], hint)
        return
    if wanted & kinds:
        return
    if {HIGHEST, LOWEST} & kinds:
        yield _contradicted(found[0])
    else:
        yield _unsupported(found[0])


def _several(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the superlative speaks of two: `both peaks`."""
    before = reading.flat[max(0, found.start() - 6) : found.start()].strip()
    return bool(reading.context.lexicon.several.search(before)) and found[0].endswith("s")


def _extremes(reading: Reading, kind: ClaimKind.ValueType | None) -> int:
    """How many values the cited facts show at a peak, or at a low."""
    arrivals = {HIGHEST: ClaimKind.CLAIM_KIND_UP, LOWEST: ClaimKind.CLAIM_KIND_DOWN}
    kinds = {kind, arrivals[kind]} if kind is not None else set()
    reached = set()
    for fact in reading.facts:
        for claim in fact.claims:
            if claim.kind in kinds and claim.subjects:
                subject = claim.subjects[0 if claim.kind == kind else -1]
                reached.add((fact.id, subject))
    return len(reached)


def _spread_extreme(reading: Reading, kind: ClaimKind.ValueType | None, words: str) -> bool | None:
    """Whether the gap that the clause speaks of is the largest or smallest of the cited ones."""
    about = reading.about(words)
    if len(about) != 1 or len(reading.facts) < 2 or kind is None:
        return None
    own = spread(about[0])
    others = [spread(fact) for fact in reading.facts if fact.id != about[0].id]
    known = [one for one in others if one is not None]
    if own is None or not known:
        return None
    return own >= max(known) if kind == HIGHEST else own <= min(known)


def _by_polarity(reading: Reading, *, best: bool) -> ClaimKind.ValueType | None:
    """What best or worst means for the measures cited; None when the data does not say."""
    more = reading.more_is_better
    if more is None:
        return None
    return HIGHEST if best == more else LOWEST


def _place(reading: Reading, found: re.Match[str]) -> Iterator[Fault]:
    """`second-highest` needs the value that a fact names second."""
    place = re.split(r"[- ]", found[0])[0]
    if reading.context.lexicon.ordinal_low.search(found[0]):
        # Facts rank from the top: nothing tells what is second from below.
        yield _unsupported(found[0])
        return
    clause = reading.clause(found.start())
    cite = reading.nearest(found.start(), wanted=lambda _: True, within=clause)
    if cite is None:
        begin, _ = reading.statement(found.start())
        before = [one for _, one in reading.marks(begin, found.start()) if is_name(one.value)]
        cite = before[-1] if before else None
    if (
        cite is None
        or not (cite.value.name.startswith(place) or _holds(reading, cite, place))
        or main_number(cite.fact, cite.value) is None
    ):
        yield _unsupported(found[0])


def _holds(reading: Reading, cite: Cite, place: str) -> bool:
    """Whether another cited ranking of the same split has the name in that place."""
    return any(
        value.name == place
        and fact.dimension == cite.fact.dimension
        and same_value(value.value, cite.value.value)
        for fact in reading.facts
        for value in fact.values
    )


def _contradicted(word: str) -> Fault:
    return fault(Code.SUPERLATIVE_CONTRADICTED, word, "the cited facts rank it otherwise")


def _unsupported(word: str) -> Fault:
    return fault(Code.SUPERLATIVE_UNSUPPORTED, word, "no cited fact ranks this value so")
