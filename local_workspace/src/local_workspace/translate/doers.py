"""Nouns of people who did what a date dates: "joiners", "leavers", "sign-ups"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.everyday import PERSONS, WORKERS
from local_workspace.translate.forms import family, is_participle
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_PARTICLES = frozenset({"up", "in", "out", "off", "on", "over", "back", "down"})
_OTHERS = frozenset(
    {"clinician", "practitioner", "tenant", "leaseholder", "owner", "holder", "partner"}
    | {"supporter", "colleague"}
)
_PEOPLE = PERSONS | WORKERS | _OTHERS


def doers(table: TableInfo, column: ColumnInfo) -> Iterator[tuple[str, Sense]]:
    """What those are called to whom it happened on this date; each is counted as a row."""
    if column.role != "time":
        return
    event = Sense("event", table.name, column.name, weak=True)
    for phrase in (column.label.lower(), *map(str.lower, column.synonyms)):
        words = phrase.split()
        if len(words) == 2 and is_participle(words[0]) and words[1] in _PARTICLES:
            for base in bases(words[0]):
                yield f"{base} {words[1]}", event
        if is_of_people(table):
            for base in bases(words[0]):
                yield agent(base), event


def bases(word: str) -> tuple[str, ...]:
    """The verbs without an ending that the word may be a form of."""
    forms = (word, *family(word))
    kept = [f for f in forms if not is_participle(f) and not f.endswith(("ing", "s", "ion", "al"))]
    return tuple(dict.fromkeys(form for form in kept if form.isalpha() and len(form) > 3))


def agent(verb: str) -> str:
    """Who does it: "joiner", "leaver"."""
    return verb + ("r" if verb.endswith("e") else "er")


def is_of_people(table: TableInfo) -> bool:
    """Whether the rows of the table are people."""
    named = {noun.lower().split(" ")[-1] for noun in (table.row, *table.synonyms)}
    return bool(named & _PEOPLE)
