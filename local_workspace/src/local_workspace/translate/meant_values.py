"""Values of the data that are also words of grammar: the airport DAY, ads by email."""

from __future__ import annotations

from local_workspace.translate.grammar import FILLER, KEYWORDS
from local_workspace.translate.known_names import COUNTRIES


def is_meant(value: str, word: str, written: str, *, first: bool) -> bool:
    """Whether the value is meant: typed in capitals, as a name like "Team", or for want of better.

    So is another name of a value that is a rare "and", such as "alongside" of ships at a quay.
    A word that asks for more than data, such as "email", asks for it only where no row holds it
    or where it begins the question.
    """
    said = value.lower() != word and KEYWORDS.get(word, ("", ""))[0] == "and"
    named = word in FILLER and word not in KEYWORDS and value == written and written.istitle()
    beyond = KEYWORDS.get(word, ("", ""))[0] == "beyond"
    return named or said or (beyond and not first) or (written.isupper() and _typed(value, written))


def _typed(value: str, written: str) -> bool:
    return value == written or written.lower() in COUNTRIES.get(value.lower(), ())
