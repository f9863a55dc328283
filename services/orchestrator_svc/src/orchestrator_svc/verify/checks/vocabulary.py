"""Vocabulary: a word that no check understands and the data do not know may claim anything.

Lists of forbidden words are never complete: a writer who says `eroded` for `rose`, or `profit` for
revenue, is caught only because the word is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aislides.deck.v1.fact_pb2 import Fact, FactKind, Polarity
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.checks.bindings import is_part_of_whole
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.entities import is_name
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import Reading

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"(?<!['’])[^\W\d_]+(?:-[^\W\d_]+)*|(?<=['’])(?!s\b)[^\W\d_]+")
_FIGURE_NEXT = re.compile(
    r" (?:about |nearly |roughly |just |only |over |some |almost |around |the )*⟦"
)
_PARTS = {FactKind.FACT_KIND_CONTRIBUTION, FactKind.FACT_KIND_CONCENTRATION}
_GUARDED = "relates, judges, explains or plans, and no check proves that; say what is seen"
_HINT = "not a word of the data or a claim that can be checked; say it in plainer words"


def check_vocabulary(reading: Reading) -> Iterator[Fault]:
    """The first word that is neither plain, nor of the data, nor of a claim that is checked."""
    lexicon = reading.context.lexicon
    known = reading.context.known_words
    if all(known.get(word) for word in set(_LETTERS.findall(reading.flat))):
        return
    strange = [found for found in _WORD.finditer(reading.flat) if not _known(found[0], reading)]
    for found in _not_understood(strange, reading):
        begin, _ = reading.statement(found.start())
        if _tells_the_rest(reading, found):
            continue
        if lexicon.units.get(found[0]) in _units(reading):
            continue
        if found[0] in lexicon.people and _of_a_name(reading, found.start()):
            continue
        if reading.has(lexicon.unclaimed, start=begin) or lexicon.imperative.match(
            reading.flat, begin
        ):
            continue
        guarded = any(base in lexicon.guarded for base in bases(found[0]))
        yield fault(Code.WORD_UNKNOWN, found[0], _GUARDED if guarded else _HINT)
        return


def _units(reading: Reading) -> set[str]:
    """The units of what the sentence relies on: euros are no strange word beside EUR."""
    return {one.format.unit for fact in reading.facts for one in fact.values if one.format.unit}


def _tells_the_rest(reading: Reading, found: re.Match[str]) -> bool:
    """`four in ten fail`, of a pass rate: the part is checked as what the rate leaves."""
    begin, end = reading.clause(found.start())
    lexicon = reading.context.lexicon
    parts = (*reading.amounts(), *reading.find(lexicon.spans.n_in_m))
    if not any(begin <= one.start() < found.start() for one in parts):
        return False
    roots = {one for fact in reading.facts for one in reading.context.measures.words(fact.measure)}
    told = [one for base, one in lexicon.opposites.items() if base in roots]
    return reading.has(*told, start=found.start(), end=end)


def _of_a_name(reading: Reading, start: int) -> bool:
    """`⟦department⟧ customers`: whoever they are, they are the group's."""
    before = reading.marks(max(0, start - 5), start)
    whole = before and reading.flat[: before[-1][0]].endswith("of ")  # `⟦rate⟧ of ⟦name⟧ customers`
    return bool(before) and is_name(before[-1][1].value) and not whole


def _known(word: str, reading: Reading) -> bool:
    context = reading.context
    kept = context.known_words
    if word not in kept:
        plain, spelled = context.lexicon.told, context.spelled_words
        kept[word] = root(word) in context.data_roots or any(
            base in plain or base in spelled for base in bases(word)
        )
    if kept[word] or meant(word, reading):
        return True
    parts = word.split("-")
    if word in reading.context.lexicon.judged:
        return reading.more_is_better is not None
    months = reading.context.lexicon.months
    return len(parts) > 1 and all(part in months or _known(part, reading) for part in parts)


def meant(word: str, reading: Reading) -> bool:
    """Whether the cited facts or the space's name bring the word, or a synonym of it."""
    facts = {cite.fact.id: cite.fact for _, cite in reading.marks()}
    near = tuple(facts.values() or reading.facts)
    kept = reading.context.brought
    key = (word, *(fact.id for fact in near))
    if key not in kept:
        kept[key] = _brought(word, near, reading.context)
    return kept[key]


def _brought(word: str, facts: Sequence[Fact], context: VerifyContext) -> bool:
    topics = context.lexicon.topics_of(word)
    near = [context.space_words, *(context.fact_words(fact) for fact in facts)]
    if any(base in words for base in bases(word) for words in near):
        return True
    if not topics:
        return False
    if len(near) == 1:
        near.append(context.spelled_words)
    return any(topic.named_by & words for topic in topics for words in near)


def bases(word: str) -> Iterator[str]:
    """The word, and what it may be a form of."""
    yield word
    for ending, instead in (
        ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ied", "y"),
        ("ing", ""), ("ing", "e"), ("ly", ""), ("n", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: -len(ending)] + instead
            yield base
            if ending in ("ed", "ing") and base[-1:] == base[-2:-1]:
                yield base[:-1]


def _not_understood(strange: list[re.Match[str]], reading: Reading) -> list[re.Match[str]]:
    """The words that no other check reads as part of a claim."""
    if not strange:
        return strange
    claims = [claim.span() for claim in reading.claims()]
    yields = reading.find(reading.context.lexicon.bindings.yields)
    claims.extend(one.span() for one in yields if _a_part_follows(reading, one.end()))
    costing = reading.find(reading.context.lexicon.bindings.costing)
    claims.extend(one.span() for one in costing if _is_lost(reading, one.end()))
    return [one for one in strange if not any(start <= one.start() < end for start, end in claims)]


def _is_lost(reading: Reading, end: int) -> bool:
    """Whether the next figure is one of what is unwelcome: downtime costs hours, sales do not."""
    following = next(iter(reading.marks(end, end + 12)), None)
    less = {Polarity.POLARITY_LESS_IS_BETTER}
    return following is not None and reading.context.polarity(following[1].fact) == less


def _a_part_follows(reading: Reading, end: int) -> bool:
    """Whether the next figure adds up, or is a part of a whole: nothing else is just delivered."""
    following = next(iter(reading.marks(end, end + 12)), None)
    if following is None:
        return not reading.marks(end, end + 1) and not _FIGURE_NEXT.match(reading.flat, end)
    summed = reading.context.measures.sums(following[1].fact)
    return following[1].fact.kind in _PARTS or is_part_of_whole(following[1]) or summed
