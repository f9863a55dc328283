# ruff: noqa: E501 - word lists read best as they are
"""English words for what a comparison is with, when no value stands behind it."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.shape import ComparedWords

COMPARED = ComparedWords(
    next_one=re.compile(
        r" (?:(?:that of |what |in |at |for )?(?:the |its )?(?:next|second|runner-up|nearest|closest|number two)(?: (?:best|highest|largest|worst|longest|slowest|busiest|biggest))?(?: [a-z]+)?)(?=[,.;:]| (?:at|with|and|in)\b|$)"
    ),
    average=re.compile(
        r" (?:(?:the|its|their|that of the|of the) )?(?:(?:overall|general|whole|combined|[a-z]+-wide|[a-z]+) )?(?:average|mean)\b(?! ⟦| of ⟦)"
    ),
    usual=re.compile(r" (?:(?:the|its|their|what is) )?(?:usual|normal|norm|ordinary)(?! ⟦)"),
    start=re.compile(r" (?:it was |they were )?(?:at|in) the (?:start|beginning|outset)\b"),
    whole_change=re.compile(
        r" (?:the|this|its) (?:whole|total|entire|overall|full|net)(?: (?:[a-z]+ )?(?:change|rise|fall|growth|decline|increase|decrease|drop|gain|loss|saving|reduction))?(?=[,.;:]|$| of ⟦)"
    ),
)
