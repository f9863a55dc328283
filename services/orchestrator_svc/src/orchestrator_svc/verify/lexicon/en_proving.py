# ruff: noqa: E501 - word lists read best as they are
"""English words for relations that the figures of facts can prove."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.phrases import words
from orchestrator_svc.verify.lexicon.shape_proofs import ProvingWords

PROVING = ProvingWords(
    offsetting=words(
        "(?:more than |only partly |partly |partially )?(?:offset|offsets|offsetting|compensat(?:e|ed|es|ing) for|made up for|makes up for|making up for|cancelled out|cancels out|cancelling out|outweighed|outweighs|outweighing)(?= (?:the |what |its |a |for )*(?:[a-z]+ ){0,3}⟦)"
    ),
    fully=re.compile(r"^(?!only partly|partly|partially)"),
    countering=words(
        "(?:held|holds|holding) back (?:the|an?|part of|some of|its)(?: [a-z]+){0,2} (?:gain|rise|growth|increase|change|fall|decline|decrease|drop|total|result); (?:dampened|dampens|slowed|softened|softens|limited|limits|cushioned|cushions|tempered|tempers|moderated|curbed|reined in|partly offset|partially offset) the (?:[a-z]+ )?(?:gain|rise|growth|increase|change|fall|decline|decrease|drop)"
    ),
    against=words(
        "(?:mov(?:e|es|ed|ing)|went|goes|swam|swims|grew|grows|held) against the (?:tide|trend|current|grain)"
    ),
    containing=words("contains?; containing; includes; including; covers(?= (?:the |also )*⟦)"),
    opposing=words(
        "(?:mov(?:e|es|ed|ing)|went|goes|going|ran|developed) (?:in )?the (?:opposite|other) (?:direction|way)"
    ),
    turning=words("turning[- ]point"),
)
