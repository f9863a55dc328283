"""How many groups moved which way: `most stores fell`, `all but one rose`, `only ⟦name⟧ grew`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact

from orchestrator_svc.verify.entities import is_name, is_period, number
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import MARK, Cite, Reading

UP, DOWN = ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN
_COUNTED = {UP: "rose", DOWN: "fell"}
_WORD = re.compile("[a-z]+")
_FEW = 0.35
_WHOLE = re.compile(r"(?:of|all|among)(?: the)? $")


@dataclass(frozen=True, slots=True)
class Told:
    """A direction that a stretch of the sentence tells of so many groups, and whether it holds."""

    begin: int
    end: int
    words: str
    holds: bool


def is_breadth(fact: Fact) -> bool:
    """Whether the fact counts the groups that rose and fell."""
    return {"groups", "rose", "fell"} <= {value.name for value in fact.values}


def told_of_groups(reading: Reading) -> list[Told]:
    """What the sentence tells of all, most, few or none of the groups; empty for most sentences."""
    lexicon = reading.context.lexicon
    moves = [(one, UP) for one in reading.find(lexicon.up)]
    moves += [(one, DOWN) for one in reading.find(lexicon.down)]
    moves += [(one, DOWN) for one in reading.find(lexicon.loss)]
    facts = [fact for fact in reading.facts if is_breadth(fact)] if moves else []
    if not facts:
        return []
    return [
        told
        for found, way in moves
        if not reading.negated(found.start())
        for told in _told(reading, facts, way, found, alone=len(moves) == 1)
    ]


def is_told(told: list[Told], position: int) -> bool:
    """Whether a position lies in what is judged as told of groups."""
    return any(one.begin <= position < one.end for one in told)


def _told(
    reading: Reading,
    facts: list[Fact],
    way: ClaimKind.ValueType,
    found: re.Match[str],
    *,
    alone: bool,
) -> Iterator[Told]:
    begin, end = reading.statement(found.start()) if alone else reading.clause(found.start())
    words = reading.context.lexicon.spans.breadth
    but = words.all_but.search(reading.flat, begin, reading.statement(found.start())[1])
    if but and but.start() < end:
        end = max(end, but.end())
    fact = _fact(reading, facts, begin, end)
    if fact is None:
        return
    moved = _size(fact, _COUNTED[way])
    judged = _judge(reading, fact, way, moved, (begin, end))
    if judged is not None:
        yield Told(begin, end, judged[0], judged[1])


def _fact(reading: Reading, facts: list[Fact], begin: int, end: int) -> Fact | None:
    """The fact whose groups the stretch names, by a value of it or by their noun."""
    cited = [cite.fact.id for _, cite in reading.marks(begin, end)]
    said = {root(word) for word in _WORD.findall(reading.flat[begin:end])}
    for fact in facts:
        if fact.id in cited or (not cited and said & _nouns(fact)):
            return fact
    return None


def _nouns(fact: Fact) -> set[str]:
    """Roots of what one group is called."""
    label = next(value.label for value in fact.values if value.name == "groups")
    return {root(word) for word in label.removesuffix(" compared").split()[-1:]}


def _judge(
    reading: Reading, fact: Fact, way: ClaimKind.ValueType, moved: int, span: tuple[int, int]
) -> tuple[str, bool] | None:
    """The words for how many, and whether so many moved that way; None where none are told."""
    words, flat = reading.context.lexicon.spans.breadth, reading.flat
    if but := words.all_but.search(flat, *span):
        return but[0], _is_all_but(reading, fact, way, moved, but[1])
    only = words.only.search(flat, *span)
    if only and words.the_only.search(only[0]):
        mark = next(one for one in only.groups() if one)
        cite = reading.cites[int(mark[1:-1])]
        if is_name(cite.value) and not is_period(cite.value):
            return only[0], moved == 1 and _moved(cite, way)
    if {root(word) for word in _WORD.findall(flat[slice(*span)])} & _nouns(fact):
        return _quantified(reading, fact, moved, span)
    return None


def _quantified(
    reading: Reading, fact: Fact, moved: int, span: tuple[int, int]
) -> tuple[str, bool] | None:
    """None, most, a third, all or few of the groups."""
    words, flat = reading.context.lexicon.spans.breadth, reading.flat
    groups = _size(fact, "groups")
    share = moved / groups
    if none := words.none.search(flat, *span):
        return none[0], moved == 0
    for quantity in reading.possible(reading.context.lexicon.fraction_of):
        for found in reading.find(quantity.pattern):
            if span[0] <= found.start() < span[1]:
                return found[0], quantity.low <= share <= quantity.high
    for found in reading.find(reading.context.lexicon.spans.n_in_m):
        if span[0] <= found.start() < span[1]:
            numbers = {"one": 1, **reading.context.lexicon.number_words}
            return found[0], (numbers.get(found[1]), numbers.get(found[2])) == (moved, groups)
    if every := words.every.search(flat, *span):
        return every[0], moved == groups
    if few := words.few.search(flat, *span):
        return few[0], 0 < share < _FEW
    return _bare_count(reading, fact, moved, groups, span)


def _bare_count(
    reading: Reading, fact: Fact, moved: int, groups: int, span: tuple[int, int]
) -> tuple[str, bool] | None:
    """`rose in ⟦groups⟧ stores`: the number compared, told as the number that moved."""
    for found in MARK.finditer(reading.flat, *span):
        cite = reading.cites[int(found[1])]
        counted = cite.fact.id == fact.id and cite.value.name == "groups"
        if counted and not _WHOLE.search(reading.flat[: found.start()]):
            return "… groups", moved == groups
    return None


def _is_all_but(
    reading: Reading, fact: Fact, way: ClaimKind.ValueType, moved: int, left_out: str
) -> bool:
    """Whether all but so many, or all but the named one, moved that way."""
    rest = _size(fact, "groups") - moved
    if not left_out.startswith("⟦"):
        numbers = {"one": 1, **reading.context.lexicon.number_words}
        return rest == numbers.get(left_out)
    cite = reading.cites[int(left_out[1:-1])]
    if is_name(cite.value):
        return rest == 1 and not _moved(cite, way)
    return rest == number(cite.value)


def _moved(cite: Cite, way: ClaimKind.ValueType) -> bool:
    """Whether the cited group is one that moved that way."""
    return any(
        claim.kind == way and cite.value.name in claim.subjects for claim in cite.fact.claims
    )


def _size(fact: Fact, name: str) -> int:
    value = next(value for value in fact.values if value.name == name)
    return int(number(value) or 0)
