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
from local_workspace.translate.obvious import UNITS
from local_workspace.translate.qualities import is_money
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk


def derived(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question with such words in the form that the space knows."""
    words: list[Chunk] = []
    for at, chunk in enumerate(found):
        known = _known(chunk, catalog) if chunk.kind == "unknown" else chunk
        if known is not chunk and at and _amount_sold(found[at - 1], chunk, known, catalog):
            continue
        words.append(known if known is chunk else _of_pieces(found, at, known, catalog))
    return words


def _amount_sold(before: Chunk, chunk: Chunk, known: Chunk, catalog: Catalog) -> bool:
    """ "kilos sold": the kilos of the sales, which the rows are."""
    columns = [catalog.column(s.table, s.name) for s in before.senses if s.kind == "column"]
    amounts = [c for c in columns if c.role == "measure" and not is_money(c)]
    rows = {sense.table for sense in known.senses}
    sold = is_participle(chunk.text.lower()) and before.end == chunk.start
    sold = sold and all(
        s.kind in ("column", "measure") and _is_money(s, catalog) for s in known.senses
    )
    return (
        sold
        and bool(amounts)
        and len(amounts) == len(columns)
        and {c.table for c in amounts} <= rows
    )


def _of_pieces(found: list[Chunk], at: int, known: Chunk, catalog: Catalog) -> Chunk:
    """ "kegs sold": so many of them, and not the money that they brought in."""
    before, done = found[at - 1] if at else None, is_participle(found[at].text.lower())
    if before is None or not done or before.end != found[at].start or not _pieces(before):
        return known
    if not all(s.kind in ("column", "measure") and _is_money(s, catalog) for s in known.senses):
        return known
    units = tuple(
        Sense("column", table, column.name)
        for table in sorted({s.table for s in known.senses})
        for column in catalog.tables[table].columns.values()
        if column.role == "measure"
        and column.aggregate == "sum"
        and UNITS & set(column.label.lower().split())
    )
    return replace(known, senses=units) if len(units) == 1 else found[at]


def _pieces(chunk: Chunk) -> bool:
    """Whether the word is of things that can be counted."""
    sorts = bool(chunk.senses) and all(s.kind == "value" for s in chunk.senses)
    return (sorts and chunk.plural) or (chunk.kind == "unknown" and chunk.text.endswith("s"))


def _is_money(sense: Sense, catalog: Catalog) -> bool:
    if sense.kind == "measure":
        return catalog.measure(sense.name).additive
    return is_money(catalog.column(sense.table, sense.name))


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
