"""Spread of a fact: how far its highest and lowest figure lie apart, for `differ more than`."""

from __future__ import annotations

import re

from aislides.deck.v1.fact_pb2 import Fact

from orchestrator_svc.verify.entities import is_name, name_for, number, same_unit
from orchestrator_svc.verify.reading import MARK, Reading

_SPREADS = ("swing", "gap")


def spread(fact: Fact) -> float | None:
    """The distance between the fact's extreme entities; None when it has under two of them."""
    for value in fact.values:
        size = number(value)
        if value.name in _SPREADS and size is not None:
            return abs(size)
    figures = [
        value
        for value in fact.values
        if not is_name(value) and name_for(fact, value) is not None and number(value) is not None
    ]
    if not figures:
        return None
    alike = [value for value in figures if same_unit(value, figures[0])]
    sizes = [size for value in alike if (size := number(value)) is not None]
    return max(sizes) - min(sizes) if len(sizes) > 1 else None


def only_other(
    reading: Reading, left: list[Fact], right: list[Fact]
) -> tuple[list[Fact], list[Fact]]:
    """For a side whose words fit no fact: the one other fact cited, of another split."""
    splits = {fact.dimension for fact in left + right}
    others = [fact for fact in spread_facts(reading) if fact.dimension not in splits]
    named = set(re.findall(r"[a-z]+", MARK.sub(" ", reading.flat)))
    elsewhere = [
        fact
        for fact in reading.context.facts.values()
        if fact.dimension not in splits | {one.dimension for one in others}
        and named & split_words(fact)
    ]
    if len(others) != 1 or elsewhere:
        return left, right
    return left or others, right or others


def spread_facts(reading: Reading) -> list[Fact]:
    """The cited facts that have a spread."""
    return [fact for fact in reading.facts if spread(fact) is not None]


def mentioned(reading: Reading, words: str) -> list[Fact]:
    """Facts whose group or period the words name."""
    asked = set(re.findall(r"[a-z]+", MARK.sub(" ", words)))
    return [fact for fact in spread_facts(reading) if asked & split_words(fact)]


def split_words(fact: Fact) -> set[str]:
    """Words, singular and plural, for what a fact splits its measure by."""
    nouns = set(re.findall(r"[a-z]+", fact.dimension.lower().replace("_", " ")))
    for value in fact.values:
        if is_name(value):
            nouns.update(re.findall(r"[a-z]+", value.label.lower())[:1])
    nouns -= {"strongest", "weakest", "first", "last", "the", "period", "name"}
    if "hour" in nouns:
        nouns |= {"time", "day"}
    if "month" in nouns:
        nouns |= {"season", "seasonal"}
    return nouns | {f"{noun}s" for noun in nouns} | {f"{noun}ly" for noun in nouns}
