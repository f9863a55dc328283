"""The words of questions that belong to no data set, read from `grammar.yaml`."""

from __future__ import annotations

from pathlib import Path

import yaml

_WORDS = yaml.load(
    (Path(__file__).parent / "grammar.yaml").read_text(encoding="utf-8"),
    Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - both are safe loaders
)

KEYWORDS: dict[str, tuple[str, str]] = {
    phrase: (kind, value)
    for kind, values in _WORDS["keywords"].items()
    for value, phrases in values.items()
    for phrase in phrases
}
"""Phrase to (kind, value)."""

GRAINS: dict[str, str] = {
    phrase: grain for grain, phrases in _WORDS["grains"].items() for phrase in phrases
}
"""Phrase to grain or part of time."""

UNITS = frozenset[str](_WORDS["units"])
FILLER = frozenset[str](_WORDS["filler"])
FILLER_PHRASES_SET = frozenset[str](_WORDS["filler_phrases"])
NEVER_REPAIRED = frozenset[str](_WORDS["never_repaired"])
REPAIRABLE = frozenset[str](_WORDS["repairable"])
