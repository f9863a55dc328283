"""Scores one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from llm_svc.screening.normal import HIDDEN, decoded, plain, unspaced
from llm_svc.screening.signs import SIGNS

MAX_CHARACTERS: Final = 100_000
MAX_WORDS: Final = 120
THRESHOLD: Final = 0.5
"""From this score on a text counts as flagged."""

_DISGUISE: Final = 0.1
"""A sign that shows only after undoing a disguise speaks that much more strongly."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen: a stable code, the words, and how strongly it speaks."""

    code: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """0 harmless to 1 surely an attack, and what was seen."""

    value: float
    findings: tuple[Finding, ...]

    @property
    def flagged(self) -> bool:
        """Whether the score reached the threshold."""
        return self.value >= THRESHOLD


def screen(text: str) -> Score:
    """The score of a text of at most 100,000 characters; independent signs add up."""
    shown = plain(text)
    found: dict[str, Finding] = {}
    _look(shown, 0.0, found)
    spelled = unspaced(shown)
    if spelled != shown:
        _look(spelled, _DISGUISE, found)
    for inner in decoded(text):
        _look(plain(inner), _DISGUISE, found)
    hidden = HIDDEN.findall(text)
    if any("\U000e0000" <= char <= "\U000e007f" for char in hidden) or len(hidden) > 3:
        found.setdefault("HIDDEN_TEXT", Finding("HIDDEN_TEXT", f"{len(hidden)} characters", 0.6))
    harmless = 1.0
    for finding in found.values():
        harmless *= 1.0 - finding.weight
    return Score(round(1.0 - harmless, 3), tuple(found.values()))


def _look(text: str, more: float, found: dict[str, Finding]) -> None:
    for sign in SIGNS:
        match = sign.pattern.search(text)
        if match is None:
            continue
        weight = min(0.95, sign.weight + more)
        known = found.get(sign.code)
        if known is None or known.weight < weight:
            found[sign.code] = Finding(sign.code, match[0][:MAX_WORDS].strip(), weight)
