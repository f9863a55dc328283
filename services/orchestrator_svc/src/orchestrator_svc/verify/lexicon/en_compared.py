# ruff: noqa: E501 - word lists read best as they are
"""English words for what a comparison is with, when no value stands behind it."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.shape_proofs import ComparedWords

_SIDE = r"(?: of)?(?: (?:the|its|their|a|an|that))?(?: (?!of\b)[a-z]+){{0,2}}? (?:{})\b(?! (?:period|hour|day|week|month|quarter|year|season)\b)(?! ⟦)"
COMPARED = ComparedWords(
    next_one=re.compile(
        r" (?:(?:that of |what |in |at |for )?(?:the |its )?(?:next|second|runner-up|nearest|closest|number two)(?: (?:best|highest|largest|worst|longest|slowest|busiest|biggest))?(?: [a-z]+)?)(?=[,.;:]| (?:at|with|and|in)\b|$)"
    ),
    average=re.compile(
        r" (?:(?:the|its|their|that of the|of the) )?(?:(?:overall|general|whole|combined|[a-z]+-wide|[a-z]+) )?(?:average|mean)\b(?! ⟦| of ⟦)"
    ),
    usual=re.compile(r" (?:(?:the|its|their|what is) )?(?:usual|normal|norm|ordinary)(?! ⟦)"),
    start=re.compile(r" (?:it was |they were )?(?:at|in) the (?:start|beginning|outset)\b"),
    sides=(
        (re.compile(_SIDE.format("peak|high point|maximum")), ("peak",)),
        (re.compile(_SIDE.format("low|trough|low point|minimum|quietest|lowest")), ("low",)),
        (
            re.compile(
                _SIDE.format(
                    "(?:earlier|previous|former|old|prior|original|initial|starting) (?:[a-z]+ )?(?:level|figure|value|rate|amount|number|time|point)"
                    "|start|beginning"
                    "|(?:it|they) (?:used to(?: be)?|was before|were before|once (?:was|were)|did before)|before"
                    "|(?:where|what) (?:it|they) (?:started|began|stood|was|were|used to be)(?: before)?"
                )
            ),
            ("before", "start", "previous"),
        ),
        (re.compile(_SIDE.format("usual|normal|typical|ordinary|norm")), ("usual",)),
    ),
    apart=re.compile(
        r" (?:(off)\b|(below|lower than|less than|fewer than|under|short of|down on|shorter than|faster than)|(above|higher than|more than|over|up on|longer than|slower than))(?=[ .,;:]|$)"
    ),
    lost=re.compile(
        r"\b(?:lost|loss|gone|fewer|less|missing|disappeared|vanished|shed|cut|losing|loses|lose|fell|fallen|dropped|shrank|shrunk)\b"
    ),
    whole_change=re.compile(
        r" (?:the|this|its) (?:whole|total|entire|overall|full|net)(?: (?:[a-z]+ )?(?:change|rise|fall|growth|decline|increase|decrease|drop|gain|loss|saving|reduction))?(?=[,.;:]|$| of ⟦)"
    ),
)
