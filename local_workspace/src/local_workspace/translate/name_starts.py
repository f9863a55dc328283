"""First words that stand for a whole name: "Hawaiian" for Hawaiian Airlines."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.senses import Sense

    Phrase = tuple[str, ...]
    Column = tuple[str, str]

_SHORTEST = 5
"""One word of fewer letters begins too much."""


def name_starts(
    values: Mapping[Phrase, list[Sense]], catalog: Catalog
) -> Iterator[tuple[Phrase, Sense]]:
    """Beginnings that only one value of a label column has, with that value.

    "Washington" is none: Washington Dulles and Ronald Reagan Washington both hold it.
    """
    begun: dict[Phrase, set[Sense]] = defaultdict(set)
    holders: dict[tuple[str, Column], set[str]] = defaultdict(set)
    for phrase, senses in values.items():
        for sense in senses:
            for word in phrase[1:]:
                holders[word, (sense.table, sense.name)].add(sense.value)
            if catalog.tables[sense.table].label == sense.name:
                for length in range(1, len(phrase)):
                    begun[phrase[:length]].add(sense)
    for phrase, found in begun.items():
        owner = next(iter(found))
        if len(found) > 1 or not (len(phrase) > 1 or _tells(phrase[0])):
            continue
        inside = holders[phrase[0], (owner.table, owner.name)] if len(phrase) == 1 else set()
        if inside <= {owner.value}:
            yield phrase, owner


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()
