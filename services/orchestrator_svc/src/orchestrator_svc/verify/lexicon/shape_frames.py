"""What a language's file holds of words around figures and between names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class FrameWords:
    """Words right around a figure that say what sort of number it is."""

    by: Pattern
    followed: frozenset[str]
    at: Pattern
    of_a_move: Pattern
    compared: Pattern
    over_usual: Pattern
    mix: Pattern
    within: Pattern
    of_it: Pattern
    last_place: Pattern
    next_place: Pattern
    part: Pattern
    of_a_unit: tuple[tuple[Pattern, frozenset[str]], ...]
    how_often: Pattern
    leading: Pattern
    moving: Pattern
    won: Pattern
    of_change: Pattern
    label: Pattern
    at_first: Pattern
    often: Pattern
    single: Pattern
    across: Pattern
    also: Pattern
    agency: Pattern
    agents: frozenset[str]
    licence: Pattern
    at_bound: Pattern
    joint_subject: Pattern
    whole_span: Pattern
    growing: Pattern
    stayed: Pattern
    typed_month: Pattern
    from_outside: Pattern
    rated_most: Pattern
    that_moved: Pattern
    from_to: Pattern
    grain: Pattern
    grain_months: Mapping[str, float]
    counted_grain: Mapping[str, int]
    over_two: Pattern
    pair: Pattern
    as_usual: Pattern


@dataclass(frozen=True, slots=True)
class RelationWords:
    """Words that relate two names or two claims."""

    verbs: frozenset[str]
    particles: frozenset[str]
    idiom_words: frozenset[str]
    light_verb: Pattern
    plain_verb: Pattern
    compound: Pattern
    plain_nouns: frozenset[str]
    idioms: Pattern
    when: Pattern
    passing_to: Pattern
    of_others: Pattern
    order: Pattern
    too: Pattern
    agent: Pattern
