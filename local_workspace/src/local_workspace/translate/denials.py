"""Words that deny: "unthanked gifts" are gifts not thanked, "have no insurance" is without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.forms import family, is_participle
from local_workspace.translate.words import Token

if TYPE_CHECKING:
    from local_workspace.translate.lexicon import Lexicon

_HAVE = frozenset({"have", "has", "had", "having", "with"})
_FAILED = frozenset({"fail", "fails", "failed", "failing"})
_DENIED = ("event", "filter", "value", "column")


def told_apart(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with "not" or "without" in place of the words and prefixes that say as much."""
    result: list[Token] = []
    skip: dict[int, Token | None] = {}
    for at, token in enumerate(found):
        before = found[at - 1].lower if at else ""
        rest = token.lower[2:] if token.lower.startswith("un") else ""
        if len(rest) > 3 and not lexicon.knows(token.lower) and _deniable(rest, lexicon):
            result += [_word("not"), Token(token.text[2:], rest, capital=False)]
        elif (done := _failed(found, at, lexicon)) and at + 2 < len(found):
            result.append(_word("not"))
            skip = {at + 1: None, at + 2: _word(done)}
        elif at in skip:
            result += [told] if (told := skip[at]) else []
        elif token.lower == "no" and before in _HAVE and _without(found, at + 1, lexicon):
            result[-1] = _word("without")
        else:
            result.append(token)
    return result


def _failed(found: list[Token], at: int, lexicon: Lexicon) -> str:
    """ "failed to sell" is not sold; "" where failing is a state of its own."""
    words = [token.lower for token in found[at : at + 3]]
    if len(words) < 3 or words[0] not in _FAILED or words[1] != "to" or lexicon.knows(words[0]):
        return ""
    forms = [form for form in family(words[2]) if is_participle(form)]
    return next((form for form in forms if _deniable(form, lexicon)), "")


def _deniable(word: str, lexicon: Lexicon) -> bool:
    """Whether the word says that something was done or holds, so that it may not be."""
    found = lexicon.find([word], 0)
    return found is not None and all(s.kind in _DENIED for s in found[1]) and _says_done(word)


def _says_done(word: str) -> bool:
    return word.endswith(("ed", "en", "t", "d")) and not word.endswith("eed")


def _without(found: list[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether the space knows what follows by the name "without …"."""
    words = [token.lower for token in found[at : at + 4]]
    known = lexicon.find(["without", *words], 0)
    return known is not None and known[0] > 1


def _word(text: str) -> Token:
    return Token(text, text, capital=False)
