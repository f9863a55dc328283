"""Words that claim something, by language. Another language is one more file and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orchestrator_svc.verify.lexicon.en import ENGLISH
from orchestrator_svc.verify.lexicon.shape import Lexicon

__all__ = ["Lexicon", "lexicon_for"]

_LEXICONS: Final[Mapping[str, Lexicon]] = {"en": ENGLISH}


def lexicon_for(language: str) -> Lexicon:
    """The lexicon for a BCP 47 language; English for languages that have none yet.

    Text in a language without a lexicon does not look like English, so it is not proved.
    """
    return _LEXICONS.get(language.split("-", maxsplit=1)[0].lower(), ENGLISH)
