"""What would have been: `without ⟦counter⟧ the increase would have been larger`, by subtraction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aislides.deck.v1.fact_pb2 import Fact, FactKind

from orchestrator_svc.verify.derived import numbers
from orchestrator_svc.verify.entities import is_name, is_period
from orchestrator_svc.verify.reading import Cite, Reading

_POINT = 0.01
_NEAR = 0.2
_FLAT = 0.03
"""Up to this part of the level before, what is left is called flat."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """A statement about what did not happen, and whether the parts of a change prove it."""

    begin: int
    end: int
    holds: bool
    words: str


def supposed(reading: Reading, position: int) -> bool:
    """Whether the words at a position tell what would have been, and it is proved."""
    return any(one.holds and one.begin <= position < one.end for one in suppositions(reading))


def suppositions(reading: Reading) -> list[Supposition]:
    """The statements that suppose a part of a change away, as far as facts tell its parts."""
    if reading.supposed is None:
        reading.supposed = [
            one for span in reading.statements if (one := _read(reading, *span)) is not None
        ]
    return reading.supposed


def _read(reading: Reading, begin: int, end: int) -> Supposition | None:
    words = reading.context.lexicon.supposing
    would = words.would.search(reading.flat, begin, end)
    trigger = words.condition.search(reading.flat, begin, end) if would else None
    if would is None:
        # `Without ⟦first⟧, it fell`: what is left is told as what happened.
        would = trigger = words.leaving_out.match(reading.flat, begin, end)
    if trigger is None or would is None:
        return None
    left = _without(reading, trigger, (begin, end))
    if left is None:
        return None
    change, rest = left
    told = reading.flat[would.end() : end]
    lexicon = reading.context.lexicon
    verdicts = []
    if words.larger.search(told):
        verdicts.append(abs(rest) > abs(change))
    if words.smaller.search(told):
        verdicts.append(abs(rest) < abs(change))
    if lexicon.up.search(told):
        verdicts.append(rest > 0)
    if lexicon.down.search(told):
        verdicts.append(rest < 0)
    if lexicon.flat.search(told):
        level = _level_before(reading, trigger)
        verdicts.append(level is not None and abs(rest) <= _FLAT * abs(level))
    if words.half_a_point.search(told):
        verdicts.append(abs(abs(rest) / (0.5 * _POINT) - 1) <= _NEAR)
    return Supposition(begin, end, all(verdicts), would[0].strip()) if verdicts else None


def _level_before(reading: Reading, trigger: re.Match[str]) -> float | None:
    """The level before the change, where the change and its share of that level are known."""
    cites = reading.marks(trigger.start(), trigger.end() + 8)
    own = numbers(cites[0][1].fact) if cites else {}
    return own["change"] / own["change_share"] if own.get("change_share") else None


def _without(
    reading: Reading, trigger: re.Match[str], statement: tuple[int, int]
) -> tuple[float, float] | None:
    """The change, and what is left of it without the part that the condition names."""
    begin, end = statement
    stop = reading.flat.find(",", trigger.end() - 1, end)
    stop = end if stop < 0 else stop
    words = reading.context.lexicon.supposing
    cites = [cite for _, cite in reading.marks(trigger.end(), stop) if _is_group(cite)]
    if not cites and words.pronoun.match(reading.flat, trigger.end()):
        cites = [cite for _, cite in reading.marks(begin, trigger.start()) if _is_group(cite)]
    for cite in cites[:1]:
        own = numbers(cite.fact)
        part = own.get(f"{cite.value.name}_change")
        if cite.fact.kind == FactKind.FACT_KIND_CONTRIBUTION and part is not None:
            return own["change"], own["change"] - part
    if cites or not words.mix.search(reading.flat, trigger.start(), stop):
        return None
    return next((parts for fact in reading.facts if (parts := _without_mix(fact))), None)


def _without_mix(fact: Fact) -> tuple[float, float] | None:
    own = numbers(fact)
    return (own["change"], own["change"] - own["mix"]) if {"change", "mix"} <= own.keys() else None


def _is_group(cite: Cite) -> bool:
    return is_name(cite.value) and not is_period(cite.value)
