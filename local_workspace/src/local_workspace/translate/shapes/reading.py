"""Reading plain questions for the shapes that are made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from local_workspace.translate.accounted import contradiction, missing
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.clarify import not_answerable, refused, unaccounted, unknown_words
from local_workspace.translate.reader import Reader
from local_workspace.translate.resolve import resolve

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.lexicon import Lexicon
    from local_workspace.translate.plan import Clarification, Metric, Plan
    from local_workspace.translate.senses import Sense


class AskedBack(Exception):
    """The question is asked back; `clarification` is what to say."""

    def __init__(self, clarification: Clarification) -> None:
        self.clarification = clarification
        super().__init__(clarification.text)


@dataclass(slots=True)
class Reading:
    """Plans of plain questions over one catalog; `notes` gathers the guesses they rest on."""

    catalog: Catalog
    lexicon: Lexicon
    notes: list[str] = field(default_factory=list)

    def plan(self, found: list[Chunk], table: str | None = None) -> Plan:
        """The plan (of `table`) that shows each of the chunks; raises AskedBack or Unbound."""
        catalog = self.catalog
        draft = Reader(catalog, found).read()
        if draft.refusal:
            raise AskedBack(refused(draft, catalog))
        if draft.unclear:
            raise AskedBack(not_answerable(draft.unclear, catalog))
        if draft.unexplained:
            raise AskedBack(unknown_words(draft.unexplained, catalog))
        plan = resolve(draft, catalog, self.lexicon, table)
        lost = missing(found, plan, catalog)
        if lost:
            raise AskedBack(unaccounted(lost, catalog))
        against = contradiction(plan)
        if against:
            raise AskedBack(not_answerable(against, catalog))
        self.notes += draft.notes
        return plan

    def entities(self, chunk: Chunk) -> tuple[Sense, ...]:
        """The tables the chunk names whose rows are things that other rows point to."""
        ones = {join.one for join in self.catalog.joins}
        return tuple(s for s in chunk.senses if s.kind == "table" and s.table in ones)


def keyword(name: str, text: str, value: str = "") -> Chunk:
    """A word of grammar put in place of others."""
    return Chunk("key", text, -1, -1, name=name, value=value)


_MONEY = frozenset({"sales", "spend", "spending", "purchases", "takings", "business"})


def meant_as_money(rows: Chunk) -> bool:
    """Whether the word for rows is used as often for their money: "foyer sales"."""
    return rows.text.lower().split()[-1] in _MONEY


def adds_up(metric: Metric, catalog: Catalog) -> bool:
    """Whether the numbers of several groups make that of all of them."""
    if metric.share or metric.per or metric.over:
        return False
    if metric.measure:
        return catalog.measure(metric.measure).additive
    return metric.aggregation in ("count", "sum")
