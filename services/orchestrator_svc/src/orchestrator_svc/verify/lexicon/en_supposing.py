# ruff: noqa: E501 - word lists read best as they are
"""English words that suppose something away."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.shape_proofs import SupposingWords

SUPPOSING = SupposingWords(
    condition=re.compile(
        r"(?<![\w⟦])(?:without|but for|were it not for|if not for|had|if|apart from|aside from|leaving (?:out|aside)|excluding|except for|(?:at|with|on) an? (?:constant|unchanged|stable) mix|(?:at|with) (?:constant|unchanged|the same) mix)\b"
    ),
    leaving_out=re.compile(
        r"\s*(?:without|excluding|except for|apart from|aside from|leaving (?:out|aside)|stripping out|net of)(?= ⟦\d+⟧,)"
    ),
    would=re.compile(
        r"(?<![\w⟦])would (?:(?:only|still|even|not|actually) )*(?:have|be|stand|show)\b"
    ),
    larger=re.compile(r"(?<![\w⟦])(?:larger|bigger|higher|greater|stronger|steeper|more|worse)\b"),
    smaller=re.compile(r"(?<![\w⟦])(?:smaller|lower|less|weaker|milder|only|just)\b"),
    half_a_point=re.compile(r"(?<![\w⟦])half a (?:percentage )?point\b"),
    pronoun=re.compile(r" (?:it|that|them|this)\b"),
    mix=re.compile(r"(?<![\w⟦])(?:mix|composition|weights?|shares?)\b"),
)
