"""Frames: the words right around a figure say what sort of number it is, and it must be that sort.

`by ⟦X⟧` tells a difference, `at ⟦X⟧` a level, `in all ⟦X⟧` a sum. A figure in the frame of another
sort is a lie in true digits.
"""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import FactKind, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.values import same_value
from orchestrator_svc.verify.checks.bindings import is_part_of_whole
from orchestrator_svc.verify.entities import (
    is_name,
    is_period,
    main_number,
    name_for,
    number,
    same_unit,
)
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_DIFFERENCES = frozenset(("gap", "lead", "swing", "difference", "distance", "margin"))
_PACES = frozenset(("pace", "slope"))
_CONTRIBUTION = FactKind.FACT_KIND_CONTRIBUTION
_CONCENTRATION = FactKind.FACT_KIND_CONCENTRATION
_MULTIPLE = FormatKind.FORMAT_KIND_MULTIPLE
_TOLERANCE = 0.02


def check_frames(reading: Reading) -> Iterator[Fault]:
    """Figures whose next words make another sort of number of them."""
    frames = reading.context.lexicon.frames
    for at, cite in reading.marks():
        if is_name(cite.value):
            continue
        begin, end = reading.statement(at)
        before = reading.flat[begin:at]
        after = reading.flat[at:]
        if frames.by.search(before) and not _may_follow_by(reading, cite, before):
            yield _other_sort(cite, "`by` tells a difference, and the figure is none")
        moved = _moved(cite) and not frames.compared.match(after)
        moved = moved and not frames.at_a_move.match(after)
        if moved and frames.at.search(before) and not frames.of_a_move.search(before):
            yield _other_sort(cite, "the figure is a difference, and no level")
        if frames.won.search(before) and is_difference(cite) and not frames.compared.match(after):
            yield _other_sort(cite, "the figure is a distance, and nobody's gain or loss")
        if frames.more_than.match(after) and not (_moved(cite) or _is_ratio(cite) or cite.typed):
            yield _other_sort(cite, "the figure is no difference, and `more than` needs one")
        if cite.value.name == "would" and not frames.at_a_level.search(before):
            yield _other_sort(cite, "the figure is the level that would be, and no amount")
        if frames.moved_to.search(before) and _of_a_group(cite):
            yield _other_sort(cite, "the figure is that of one group, and no level of the whole")
        if frames.over_usual.match(after) and not _moved(cite) and not _is_ratio(cite):
            yield _other_sort(cite, "the figure is a level, and no difference from the usual")
        paced = cite.value.name in _PACES and not _paced(reading, begin, end)
        if paced and not cite.typed:
            yield _other_sort(cite, "the figure is a pace; say what moves")
        if cite.value.format.signed and not cite.typed and not _licensed(reading, begin, end):
            yield _other_sort(cite, "the figure is a change; say that it is one")
        if _headed(reading, begin, at, cite):
            yield _other_sort(cite, "the figure is of another sort than the words before it say")
        yield from _effects(reading, at, cite)
        yield from _parts(reading, at, cite)
        yield from _between(reading, at, cite)
    yield from _backwards(reading)


def _headed(reading: Reading, begin: int, at: int, cite: Cite) -> bool:
    """`a rise of ⟦last⟧`, `growth of revenue: ⟦last⟧`, `usual breakdowns: ⟦first_value⟧`."""
    frames = reading.context.lexicon.frames
    before = reading.flat[begin:at]
    part = is_part_of_whole(cite)
    if frames.of_change.search(before):
        return not (_moved(cite) or _is_ratio(cite) or part)
    head = frames.label.match(before)
    if head is None:
        return False
    formula = cite.value.provenance.formula
    averaged = "mean(" in formula or "median(" in formula
    if head["total"]:
        return averaged
    if head["usual"]:
        return not averaged and cite.fact.kind == FactKind.FACT_KIND_OUTLIER
    return cite.value.name in (_LATER if frames.at_first.search(before) else ())


def _paced(reading: Reading, begin: int, end: int) -> bool:
    lexicon = reading.context.lexicon
    moves = (lexicon.up, lexicon.down, lexicon.bindings.changes, lexicon.improving)
    if reading.has(*moves, lexicon.worsening, start=begin, end=end):
        return True
    return bool(lexicon.frames.moving.search(reading.flat, begin, end))


def _licensed(reading: Reading, begin: int, end: int) -> bool:
    """Whether the statement tells of a change at all."""
    lexicon = reading.context.lexicon
    moves = (lexicon.up, lexicon.down, lexicon.bindings.changes, lexicon.improving)
    if reading.has(*moves, lexicon.worsening, start=begin, end=end):
        return True
    return bool(lexicon.frames.licence.search(reading.flat, begin, end))


def is_difference(cite: Cite) -> bool:
    """Whether the figure is a distance between two others, told without a sign."""
    words = set(cite.value.name.split("_"))
    return not is_name(cite.value) and bool(words & _DIFFERENCES)


def _is_ratio(cite: Cite) -> bool:
    return cite.value.format.kind == _MULTIPLE


def _moved(cite: Cite) -> bool:
    """Whether the figure is a change, a pace or a difference."""
    signed = cite.value.format.signed
    return signed or is_difference(cite) or bool(set(cite.value.name.split("_")) & _PACES)


def _may_follow_by(reading: Reading, cite: Cite, before: str) -> bool:
    if is_difference(cite) and not cite.value.format.signed:
        return bool(reading.context.lexicon.frames.leading.search(before))
    if _moved(cite) or _is_ratio(cite):
        return True
    word = reading.context.lexicon.frames.by.search(before)
    last = before[: word.start()].split()[-1:] if word else []
    if last and last[0] in reading.context.lexicon.frames.followed:
        return True
    # `delayed by ⟦mean⟧`: the verb is what is measured.
    return bool(last) and last[0].endswith("ed") and reading.context.measures.concerned(last[0])


def _effects(reading: Reading, at: int, cite: Cite) -> Iterator[Fault]:
    """The part of a change that comes from the mix or from rates, told as the change."""
    formula = cite.value.provenance.formula
    frames = reading.context.lexicon.frames
    for operation, words in (("mix_effect", frames.mix), ("rate_effect", frames.within)):
        if not formula.startswith(operation):
            continue
        if not words.search(reading.flat[slice(*reading.statement(at))]):
            yield _other_sort(cite, "the figure is a part of the change; say which")


def _parts(reading: Reading, at: int, cite: Cite) -> Iterator[Fault]:
    """Shares: of a change only beside one, of several only beside them, of the first by name."""
    begin, end = reading.statement(at)
    told = [one for _, one in reading.marks(begin, end)]
    names = {one.value.name for one in told if one.fact.id == cite.fact.id}
    lexicon = reading.context.lexicon
    if cite.fact.kind == _CONTRIBUTION and cite.value.name == "share":
        moves = (lexicon.bindings.changes, lexicon.up, lexicon.down)
        of_it = lexicon.frames.of_it.match(reading.flat, at)
        if not of_it and not reading.has(*moves, start=begin, end=end):
            yield _other_sort(cite, "the share is one of the change; say so")
    if cite.fact.kind == _CONCENTRATION and not cite.typed:
        counted = reading.words & lexicon.number_words.keys()
        if cite.value.name == "share" and "first" in names and not ("few" in names or counted):
            yield _other_sort(cite, "the share is that of several groups")
        if cite.value.name == "share" and _of_one(reading, cite):
            yield _other_sort(cite, "the share is that of several groups")
        own = next((one for one in cite.fact.values if one.name == "first"), None)
        if own is not None and any(same_value(one.value.value, own.value) for one in told):
            names.add("first")
        if cite.value.name == "first_share" and "first" not in names:
            yield _other_sort(cite, "the share is that of the first group; name it")


def _of_one(reading: Reading, cite: Cite) -> bool:
    """`a single cause makes ⟦share⟧`, where it is more than one that do."""
    split = root(cite.fact.dimension.lower().rpartition("_")[2])
    few = next((number(one) for one in cite.fact.values if one.name == "few"), None)
    told = reading.context.lexicon.frames.single.finditer(reading.flat)
    return few != 1 and any(root(found[1]) == split for found in told)


def _between(reading: Reading, at: int, cite: Cite) -> Iterator[Fault]:
    """A difference beside two names is the difference of these two."""
    if not is_difference(cite) or cite.value.format.signed:
        return
    begin, end = reading.statement(at)
    names = _names(reading, cite, reading.clause(at))
    names = names if len(names) == 2 else _names(reading, cite, (begin, end))
    size = number(cite.value)
    if size is None:
        return
    if len(names) == 2:
        one, other = (main_number(pair.fact, pair.value) for pair in names.values())
        told = None if one is None or other is None else (number(one), number(other))
        if one is None or other is None or told is None or None in told:
            return
        apart = abs((told[0] or 0.0) - (told[1] or 0.0))
        if same_unit(one, other) and abs(apart - abs(size)) > _TOLERANCE * abs(size):
            yield _other_sort(cite, "the two names beside it differ by another figure")
    elif len(names) < 2:
        frames = reading.context.lexicon.frames
        told_words = reading.flat[begin:end]
        if cite.value.name == "lead_over_second" and frames.last_place.search(told_words):
            yield _other_sort(cite, "the figure is the distance to the second")
        if cite.value.name == "gap" and frames.next_place.search(told_words):
            yield _other_sort(cite, "the figure is the distance to the last")


def _names(reading: Reading, cite: Cite, within: tuple[int, int]) -> dict[str, Cite]:
    """The names of the figure's fact in a range, each once."""
    found: dict[str, Cite] = {}
    for _, one in reading.marks(*within):
        if is_name(one.value) and one.fact.id == cite.fact.id:
            found.setdefault(str(one.value.value), one)
    return found


_LATER = frozenset(("last", "after", "end"))
_EARLIER = frozenset(("previous", "before", "start"))


def _backwards(reading: Reading) -> Iterator[Fault]:
    """`from ⟦after⟧ to ⟦before⟧`: the later figure told first."""
    for found in reading.context.lexicon.frames.from_to.finditer(reading.flat):
        one, other = (reading.cites[int(found[place])] for place in (1, 2))
        if one.fact.id != other.fact.id or is_name(one.value) or is_name(other.value):
            continue
        if one.value.name in _LATER and other.value.name in _EARLIER:
            hint = "the first figure is the later one"
            yield fault(Code.ORDER_CONTRADICTED, MARK.sub("…", found[0]), hint)


def _of_a_group(cite: Cite) -> bool:
    owner = name_for(cite.fact, cite.value)
    ranked = cite.fact.kind == FactKind.FACT_KIND_LEADER and cite.value.name != "would"
    return ranked and owner is not None and not is_period(owner)


def _other_sort(cite: Cite, hint: str) -> Fault:
    return fault(Code.MISATTRIBUTED, f"{cite.fact.id}.{cite.value.name}", hint)
