"""Which words short parts of names stand for: `brn` in `brn_cd` beside a table of `branches`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.abbreviations import AMBIGUOUS, SHORT
from local_workspace.spaces.common_words import without_vowels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VOWELS = "aeiouy"
_PART = re.compile(r"[a-z]{2,6}")
_FULL = re.compile(r"[a-z]{5,}")
TAILS = frozenset({"id", "cd", "code", "no", "nr", "nbr", "num", "number", "key", "ref", "nm"}
                   | {"name", "typ", "type", "desc"})  # fmt: skip
"""They say what of a thing a name holds, and nothing about the thing."""
_PLAIN = """
able acre age air arm art bag band bank bar base bay bed beds bike bill bin bins bird boat body
book box boys bulk bus call camp car card care case cash city club coal coat code coin cold corn
cost crew crop cup cut data date day days deal desk diet dish dock dog door down due ear egg end
eye face fact fair fall fare farm fee feed file film fine fire fish flat flow fly food foot form
free fruit fuel full fund game gap gas gate gift girl goal gold goods grid gross hall hand head
heat high hire home hour hub hull ice idea in item job jobs key kid kind kit land lane last late
law lead leaf left line link list load loan log long loss lost lot low lunch mail main make male
man map mark mass match meal meat men menu mile milk mine mode moon name near net new news no note
of off oil old on one open oral order other out over owed own pack page paid pair park part pass
past pay peak pen per pet pick pin pipe plan play plot plus pool port post pot pro race rack rail
rain rank rate raw read real rent rice ride ring rink risk road rock role roll roof room root row
run safe sale salt sand seat seed self sell set shed ship shoe shop show sick side sign site six
size skin sky slot snow soil sold song spa spend spot star start stay step stop sub sum sun swap
tag tank task tax tea team ten tent time tip tire to toll ton tool top tour town toy trade tree
trip tube turn two unit up use user van vet view visit vote wage wait walk wall ward wash way web
week west win wine wing wire wood work yard year zone
hrs kwh mwh kmh mph rpm ppm gbp chf dkk pln czk huf cny rmb sms vat gps vip pdf csv url xml sku
"""
PLAIN = frozenset(_PLAIN.split())
"""Short words that are whole: a part is no partner, and net no network."""


def shortens(short: str, word: str) -> bool:
    """Whether the letters are short for the word: dept, mthd for method, htg for heating.

    The word begins like the short form; of its consonants one at most is left out between two of
    them, or all of them after its first ones (flt for flight, govt for government). Two letters
    are its first and an early or the last one; three round a vowel are its first three. A last d
    may make a participle (spld for spoilage).
    """
    return left_out(short, word) is not None


def left_out(short: str, word: str) -> int | None:
    """How many consonants of the word the short form leaves out between its own; None for none."""
    if len(short) < 2 or len(word) <= len(short) + (len(short) == 2) or word[0] != short[0]:
        return None
    if word.startswith(short):
        return 0
    if len(short) == 3 and short[1] in "aeiou":
        return None
    if len(short) == 2:
        consonants = [c for c in word[1:] if c not in "aeiou"]
        return 0 if short[1] in (*consonants[:2], word[-1]) else None
    at = total = 0
    for letter in short[1:]:
        found = word.find(letter, at + 1)
        skipped = sum(c not in _VOWELS and c != word[at] for c in word[at + 1 : found])
        if found < 0 or skipped > 1:
            return _by_ends(short, word)
        at, total = found, total + skipped
    return total if sum(c not in _VOWELS for c in short) > 1 else None


def _by_ends(short: str, word: str) -> int | None:
    if len(short) > 2 and short[-1] == word[-1] and _begins(short[:-1], word):
        return 2
    return 2 if len(short) > 3 and short.endswith("d") and shortens(short[:-1], word) else None


def _begins(short: str, word: str) -> bool:
    """Whether the word begins so, or its consonants do."""
    bare = word[0] + "".join(c for c in word[1:] if c not in "aeiou")
    return (len(short) > 2 and word.startswith(short)) or (
        not any(c in "aeiou" for c in short) and bare.startswith(short)
    )


def full_forms(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Short parts of column names and what they mean, as the names of the space themselves tell.

    `names` are the words of every column by the row of its table. A key part is the row it is of
    (`mbr` in `mbr_no` of members, `cp` of car parks); in keys of other tables letters without a
    vowel are the only long word of the space that they shorten.
    """
    columns = [words.split(" ") for listed in names.values() for words in listed]
    parts = {part for words in columns for part in words if _is_short(part)}
    long = {word for words in columns for word in words if _FULL.fullmatch(word)}
    long |= {word for row in names for word in row.split(" ") if _FULL.fullmatch(word)}
    found: dict[str, str] = {}
    for part in sorted(parts):
        owners = {
            row
            for row, listed in names.items()
            if _short_of_row(part, row) and any(_keyed(part, words) for words in listed)
        }
        bare = not any(c in "aeiou" for c in part) and len(part) > 2 and part not in SHORT
        keyed = any(_keyed(part, words) for listed in names.values() for words in listed)
        usual = without_vowels(part) if bare else ""
        told = owners or ({usual} if usual else set())
        told = told or {w for w in long if bare and keyed and shortens(part, w)}
        if len(told) == 1:
            found[part] = told.pop()
    return found


def explained(words: Sequence[str], told: Mapping[str, str]) -> Mapping[str, str]:
    """The forms that hold in this name: two letters mean a row only where they make its key."""
    keyed = len(words) == 2 and words[1] in TAILS
    several = {
        w: f"{told[w[:-1]]}s" for w in words if w.endswith("s") and len(told.get(w[:-1], "")) > 3
    }
    return several | {
        w: told[w] for w in words if w in told and (len(w) > 2 or (keyed and w == words[0]))
    }


def _is_short(part: str) -> bool:
    known = part in SHORT and part not in AMBIGUOUS
    plain = PLAIN | TAILS
    whole = part in plain or (part.endswith("s") and part[:-1] in plain)
    return _PART.fullmatch(part) is not None and not known and not whole


def _short_of_row(part: str, row: str) -> bool:
    words = row.split(" ")
    whole = "".join(words)
    initials = "".join(word[0] for word in words if word)
    return (len(words) > 1 and part == initials) or shortens(part, whole)


def _keyed(part: str, name: str) -> bool:
    """Whether the name is a key or name of what its first part says."""
    first, _, rest = name.partition(" ")
    return first == part and rest in TAILS
