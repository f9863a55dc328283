"""English words for how many groups moved: all, all but one, only one, few, none."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.shape_proofs import BreadthWords

_NUMBER = r"(one|two|three|four|five|six|seven|eight|nine|ten|⟦\d+⟧)"

BREADTH = BreadthWords(
    every=re.compile(
        r"\b(?:all|each|every|everywhere|across the board|without exception|consistently)\b"
    ),
    none=re.compile(r"\b(?:none|nowhere|not one|not a single|no(?: single| other)?) ?(?:of )?\b"),
    all_but=re.compile(
        rf"\b(?:all|each|every\w*)\b[^.;,]{{0,30}}? (?:but|except|except for|apart from|"
        rf"other than|save|besides|bar) (?:for )?{_NUMBER}"
    ),
    only=re.compile(
        r"\bonly(?: in| for| at)? (⟦\d+⟧)|(⟦\d+⟧) (?:alone|is|was)(?: the only)?\b|"
        r"\bthe only \w+ (?:was|is) (⟦\d+⟧)"
    ),
    the_only=re.compile(r"\b(?:only|the only|alone)\b"),
    few=re.compile(r"\b(?:only |very )?(?<!a )few\b"),
)
