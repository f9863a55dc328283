"""Other forms of the words a space knows: "release" of released, "weighed" of a weight, "owes".

Only words that the space does not know at all are looked up, so a form never hides a word of its
own, and only forms of one meaning count. "Returning" or "paying" say another thing than "returned"
and "paid", so forms in -ing stand for measures alone ("spending").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.forms import family, is_participle
from local_workspace.translate.grammar import NEVER_REPAIRED
from local_workspace.translate.lexicon import lexicon_of

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.senses import Sense


def derived(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with such words in the form that the space knows."""
    return [_known(chunk, catalog) if chunk.kind == "unknown" else chunk for chunk in found]


def _known(chunk: Chunk, catalog: Catalog) -> Chunk:
    word, lexicon = chunk.text.lower(), lexicon_of(catalog)
    if word in NEVER_REPAIRED or lexicon.told_by(word):
        return chunk
    noun, done = word.endswith("ing"), is_participle(word)
    known: list[tuple[str, tuple[Sense, ...]]] = []
    for form in sorted(family(word), key=lambda form: not is_participle(form)):
        senses = None if done and _of_verb(form) else lexicon.find([form], 0)
        if senses and all(_fits(s, catalog, noun=noun) for s in senses[1]):
            known.append((form, senses[1]))
    if not known or (len({s for _, s in known}) > 1 and not is_participle(known[0][0])):
        return chunk
    form, meant = known[0]
    return replace(chunk, kind="sense", text=form, senses=meant, repaired=chunk.text)


def _of_verb(form: str) -> bool:
    """ "weighed" may be of a weight, but "driven" is of no "driving"."""
    return is_participle(form) or form.endswith("ing")


def _fits(sense: Sense, catalog: Catalog, *, noun: bool) -> bool:
    """Whether the sense is of what was done, or of how much of it."""
    if sense.kind == "column":
        role = catalog.column(sense.table, sense.name).role
        return role == "measure" or (role == "time" and not noun)
    if sense.kind == "measure":
        return not catalog.measure(sense.name).template.startswith("COUNT")
    return sense.kind in ("filter", "verb") and not noun
