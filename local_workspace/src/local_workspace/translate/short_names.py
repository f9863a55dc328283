"""Names that are short for a word of the question: "labour hours" of `lab_hrs`, "depot" of `dep`.

A word counts only where nothing else explains it and one short name alone can stand for it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from local_workspace.spaces.abbreviations import AMBIGUOUS, SHORT
from local_workspace.spaces.names import bare_words, singular
from local_workspace.spaces.shortening import PLAIN, TAILS, shortens
from local_workspace.translate.codes import coded
from local_workspace.translate.forms import family

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from local_workspace.spaces.catalog import Catalog

_LONGEST = 6
_LAYERS = frozenset({"dim", "fact", "tbl", "stg", "hdr", "lns", "mst", "dtl", "dwh", "yn", "flg"})


class ShortNames:
    """The short parts of the names of a catalog, each with the names that hold it."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._names: dict[str, list[list[str]]] = defaultdict(list)
        self._said: dict[str, str] = {}
        for name, told in _named(catalog):
            words = bare_words(name)
            for part in words:
                said = _said(part, told)
                if said:
                    self._names[part].append(words)
                    self._said[part] = said

    def meant(self, word: str, before: str, after: str) -> str | None:
        """The short name, as its space says it, of the word between two others."""
        forms = {word, singular(word), *family(word)}
        beside = {before, singular(before), after, singular(after)} - {""}
        found = {
            part
            for part in self._names
            if any(shortens(part, form) for form in forms) and self._fits(part, beside)
        }
        if len({self._said[part] for part in found}) != 1:
            return None
        part = found.pop()
        if coded(word, self.catalog) and not self._stands_by(part, beside):
            return None
        return self._said[part]

    def _fits(self, part: str, beside: set[str]) -> bool:
        """Two letters alone say too little, but where they are all that a name holds."""
        alone = any(set(words) <= {part} | TAILS for words in self._names[part])
        return len(part) > 2 or alone or self._stands_by(part, beside)

    def _stands_by(self, part: str, beside: set[str]) -> bool:
        """Whether another word of the name stands beside the word."""
        others = {other for words in self._names[part] for other in words if other != part}
        return any(
            other == word or SHORT.get(other) == word or shortens(other, word)
            for other in others
            for word in beside
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
