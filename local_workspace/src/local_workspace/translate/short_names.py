"""Names that are short for a word of the question: "labour hours" of `lab_hrs`, "depot" of `dep`.

A word counts only where nothing else explains it and one short name alone can stand for it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from local_workspace.spaces.abbreviations import AMBIGUOUS, SHORT
from local_workspace.spaces.names import UNIT_WORDS, bare_words, singular
from local_workspace.spaces.shortening import PLAIN, TAILS, left_out, shortens
from local_workspace.translate.codes import coded
from local_workspace.translate.forms import family, is_participle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from local_workspace.spaces.catalog import Catalog

_LONGEST = 6
_BEGUN = 4
"""Letters up to which a beginning such as `del` or `term` says little: delays are no deliveries."""
_HAPPENS = frozenset({"dt", "date", "ts", "time", "on", "at", "yn", "flg", "flag", "ind"})
_NUMBERS = frozenset({"cnt", "count", "qty", "quantity", "amt", "amount", "pct", "percent"})
_FAR = 9
"""Two letters fit so many words that any longer part fits better."""
_LAST = TAILS | UNIT_WORDS | {"amount", "count", "yn", "flg", "flag", "date", "time", "year"}
_LAYERS = frozenset({"dim", "fact", "tbl", "stg", "hdr", "lns", "mst", "dtl", "dwh", "yn", "flg"})


class ShortNames:
    """The short parts of the names of a catalog, each with the names that hold it."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._names: dict[str, list[list[str]]] = defaultdict(list)
        self._said: dict[str, str] = {}
        self._whole: dict[int, set[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(set)
        for name, told in _named(catalog):
            words = bare_words(name)
            self._keep_whole(words, told)
            for part in words:
                said = _said(part, told)
                if said:
                    self._names[part].append(words)
                    self._said[part] = said
        for part in [p for p in self._said if p.endswith("s") and p[:-1] in self._said]:
            self._names[part[:-1]] += self._names.pop(part)

    def _keep_whole(self, words: list[str], told: str) -> None:
        """Keep a name of several words that its space says in as many, bar a tail or a unit."""
        said = told.split(" ")
        short = [word for word in words if SHORT.get(word, word) in _LAST or word in _LAST]
        core = tuple(words[: len(words) - 1] if short[-1:] == words[-1:] else words)
        if len(core) > 1 and len(said) >= len(core):
            self._whole[len(core)].add((core, tuple(said[: len(core)])))

    def meant(self, word: str, before: str, after: str) -> str | None:
        """The short name, as its space says it, of the word between two others."""
        forms = (word, singular(word), *family(word))
        beside = {before, singular(before), after, singular(after)} - {""}
        fits: dict[str, int] = {}
        for part in self._names:
            lost = [n for form in forms if (n := left_out(part, form)) is not None]
            begun = len(part) <= _BEGUN and any(vowel in part for vowel in "aeiou")
            done = any(map(is_participle, forms))
            if lost and self._fits(part, beside, told=not begun or (done and self._happens(part))):
                fits[part] = min(lost) if len(part) > 2 else _FAR
        found = {part for part, lost in fits.items() if lost == min(fits.values())}
        if len({self._said[part] for part in found}) != 1:
            return None
        part = found.pop()
        grouped = before in ("by", "per", "each")
        if coded(word, self.catalog) and not (grouped or self._stands_by(part, beside)):
            return None
        return self._said[part]

    def whole(self, words: Sequence[str], unknown: set[int]) -> dict[int, str]:
        """The words of a name, by place, where some neighbours spell the whole of it in full.

        One of them at least is unknown, so that "onboard spend" is `onbd_spd`, whatever else is
        called spend.
        """
        for length in (4, 3, 2):
            for at in range(len(words) - length + 1):
                if not unknown & set(range(at, at + length)):
                    continue
                said = words[at : at + length]
                found = {told for name, told in self._whole[length] if _spells(said, name)}
                if len(found) == 1:
                    return dict(zip(range(at, at + length), found.pop(), strict=True))
        return {}

    def _happens(self, part: str) -> bool:
        """Whether the part names what may happen: a date or a yes and no."""
        return any(_HAPPENS & set(words) for words in self._names[part])

    def _fits(self, part: str, beside: set[str], *, told: bool) -> bool:
        """Two letters, or how a word only begins, are enough where they are all a name holds."""
        alone = any(set(words) <= {part} | TAILS | _NUMBERS for words in self._names[part])
        return (told and len(part) > 2) or alone or self._stands_by(part, beside)

    def _stands_by(self, part: str, beside: set[str]) -> bool:
        """Whether another word of the name stands beside the word."""
        others = {other for words in self._names[part] for other in words if other != part}
        return any(
            word in (other, SHORT.get(other), singular(SHORT.get(other, "")))
            or shortens(other, word)
            for other in others
            for word in beside
        )


def _spells(said: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word is the name's own, or what its part is short for; not all are alike."""
    forms = [{word, singular(word)} for word in said]
    return any(part not in word for part, word in zip(name, forms, strict=True)) and all(
        part in word or SHORT.get(part) in word or any(shortens(part, w) for w in word)
        for part, word in zip(name, forms, strict=True)
    )


@lru_cache(maxsize=64)
def short_names(catalog: Catalog) -> ShortNames:
    """The short names of a catalog; read once."""
    return ShortNames(catalog)


def _named(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Every name, and what the space calls it."""
    for table in catalog.tables.values():
        yield table.name, table.row
        for column in table.columns.values():
            if column.role != "hidden":
                yield column.name, column.label.lower()


def _said(part: str, told: str) -> str:
    """The word under which the space knows the part; empty where it is no open short form."""
    whole = {part, singular(part)} & (PLAIN | TAILS | _LAYERS)
    if whole or not part.isalpha() or not 2 <= len(part) <= _LONGEST:
        return ""
    words: Sequence[str] = told.split(" ")
    if part in AMBIGUOUS and SHORT.get(part) in words:
        return SHORT[part]
    return part if part in words or singular(part) in words else ""
