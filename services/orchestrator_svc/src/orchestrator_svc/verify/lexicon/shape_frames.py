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
    unusually: re.Pattern[str]
    """Words that say on which side of the usual a figure lies."""
    much: frozenset[str]
    """Those of them that say above it."""
    clearly: re.Pattern[str]
    """Words by which a slight move counts as none."""
    dissuading: re.Pattern[str]
    """The beginning of advice to leave something out: its reason is about the figure left out."""
    persons: frozenset[str]
    """Words for people and households, which no figure counts but their own."""
    usual_one: re.Pattern[str]
    """What ends in a figure that is said to be the usual one."""
    modal_words: frozenset[str]
    ended_words: frozenset[str]
    keeping_words: frozenset[str]
    """Words of which one is in what the patterns of these names find."""
    potential: re.Pattern[str]
    """What is said to be possible of a figure."""
    ended: re.Pattern[str]
    """A movement that is said to be over."""
    moving_from: re.Pattern[str]
    """Something that is said to move from one group to another."""
    keeping: re.Pattern[str]
    """A movement that is said to go on."""
    per_thing: re.Pattern[str]
    """A measure per something."""
    part_of: re.Pattern[str]
    """What stands before the thing that a part is of."""
    time_bound: re.Pattern[str]
    """Words right before a length of time that a time lies above or below."""
    over_words: frozenset[str]
    """Those of them that say above."""
    losing: re.Pattern[str]
    """A noun for a figure below zero."""
    of_the_whole: re.Pattern[str]
    """What stands before a figure that is told as one of the whole."""
    compared_with: re.Pattern[str]
    """What stands before the name that another one is compared with."""
    of_people: re.Pattern[str]
    """What a part is one of."""
    of_a_kind: re.Pattern[str]
    """A statement about groups of one kind."""
    at_a_level: re.Pattern[str]
    """What stands before a figure that is told as a level."""
    moved_to: re.Pattern[str]
    """What stands before the level that something is said to be moved to."""
    at_a_move: re.Pattern[str]
    """A figure before the difference that it is the size of: `at ⟦change⟧, the increase`."""
    more_than: re.Pattern[str]
    """A figure before `more than`, which makes a difference of it."""
    causal: frozenset[str]
    """Words of splits by what caused something."""
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
    part_of_a_move: re.Pattern[str]
    """A part of what another group gained or lost."""
    places: frozenset[str]
    """Nouns of which one alone is told, such as place."""
    new_things: re.Pattern[str]
    """What is new at the beginning of a statement, as if it had brought what follows."""
    doing: re.Pattern[str]
    """A figure that is said to do something."""
    idioms: Pattern
    when: Pattern
    passing_to: Pattern
    of_others: Pattern
    order: Pattern
    too: Pattern
    agent: Pattern
