"""Those who left, where they are counted: "how many leavers", "joiners and leavers by month".

A filter says as well who they are, but not when they left; the date of their leaving says both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.doers import agent, bases
from local_workspace.translate.qualities import dated_state
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_COUNTED = ("count", "super", "compare", "and", "comma", "both", "trend")


def counted_doers(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with each such noun meaning the event that its date tells."""
    words = []
    for at, chunk in enumerate(found):
        before = at - 1
        while before >= 0 and found[before].key("in"):
            before -= 1
        counted = chunk.plural and (before < 0 or found[before].key(*_COUNTED))
        date = left_on(chunk, catalog) if counted else None
        words.append(replace(chunk, senses=(date,)) if date else chunk)
    return words


def left_on(chunk: Chunk, catalog: Catalog) -> Sense | None:
    """The date by which the people of the filter left, where the word is of its verb."""
    for sense in chunk.senses:
        if sense.kind != "filter":
            return None
        dated = dated_state(catalog.named_filter(sense.name).template)
        if dated is None or dated[1] == sense.negated:
            continue
        column = catalog.column(sense.table, dated[0])
        verbs = {
            verb
            for phrase in (column.label, *column.synonyms)
            for verb in bases(phrase.lower().split(" ")[0])
        }
        if singular(chunk.text.lower()) in map(agent, verbs):
            return Sense("event", sense.table, column.name)
    return None
