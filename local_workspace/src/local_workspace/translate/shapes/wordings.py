"""Other ways to say what plain questions say: "rows per region", "before and after June"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.both_states import with_and_without
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.contests import which_of_two
from local_workspace.translate.extremes import of_one_row
from local_workspace.translate.fronts import by_fronts
from local_workspace.translate.heads import by_heads
from local_workspace.translate.kinds import by_kinds
from local_workspace.translate.limits import named_limits
from local_workspace.translate.owned import by_owner
from local_workspace.translate.relations import without_relations
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.bands import in_bands
from local_workspace.translate.shapes.counted_splits import counted_split
from local_workspace.translate.shapes.degrees import ranked_by_degree
from local_workspace.translate.shapes.derived import derived
from local_workspace.translate.shapes.described_things import noun_first
from local_workspace.translate.shapes.doing_people import counted_doers
from local_workspace.translate.shapes.expenses import as_money
from local_workspace.translate.shapes.left_unsaid import completed
from local_workspace.translate.shapes.linking import linked
from local_workspace.translate.shapes.made_numbers import with_made_numbers
from local_workspace.translate.shapes.money_asked import with_money
from local_workspace.translate.shapes.people_seen import with_visits
from local_workspace.translate.shapes.places import by_ends
from local_workspace.translate.shapes.ranges import low_to_high
from local_workspace.translate.shapes.rates import as_ratios
from local_workspace.translate.shapes.reading import keyword
from local_workspace.translate.shapes.reasons import with_reasons
from local_workspace.translate.shapes.same_period import same_period
from local_workspace.translate.shapes.sorts_of import with_their_rows
from local_workspace.translate.shapes.splits import as_breakdown
from local_workspace.translate.shapes.told_of_each import by_each
from local_workspace.translate.shapes.which_more import side_by_side
from local_workspace.translate.shapes.who import who_most
from local_workspace.translate.spans import Span
from local_workspace.translate.stocks import has_stocks
from local_workspace.translate.turns import without_turns
from local_workspace.translate.whereabouts import whereabouts

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_EXCLUDED = frozenset({"excluded", "omitted", "aside", "removed"})
_ROWS = frozenset({"rows", "records", "entries", "observations", "data points", "lines"})
_COUNTS = frozenset({"snapshot", "stocktake", "stocktaking", "census", "reading", "inventory"})


def plainly(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The question in words that plain rules know."""
    found = as_money(who_most(completed(_ranked(found), catalog), catalog), catalog)
    found = whereabouts(without_relations(found, catalog), catalog)
    found = by_owner(with_and_without(found, catalog), catalog)
    found = with_visits(by_ends(found, catalog), catalog)
    found = which_of_two(side_by_side(as_breakdown(found, catalog)), catalog)
    found = with_their_rows(with_reasons(found, catalog), catalog)
    found = noun_first(counted_doers(found, catalog), catalog)
    found = without_turns(_rows_by_name(_at_each_count(found, catalog), catalog), catalog)
    found = of_one_row(found, catalog)
    plain = same_period(_before_and_after(_left_out(with_made_numbers(found, catalog))))
    known = as_ratios(derived(named_limits(plain, catalog), catalog), catalog)
    told = with_money(linked(known, catalog), catalog)
    told = by_kinds(ranked_by_degree(told, catalog), catalog)
    told = by_fronts(by_heads(told, catalog), catalog)
    told = counted_split(by_each(in_bands(told, catalog), catalog), catalog)
    return low_to_high(told, catalog)


def _ranked(found: list[Chunk]) -> list[Chunk]:
    """ "rank the reps on 2024 sales": 2024 sales by rep, which come with the highest first."""
    if not found or not found[0].key("orderby") or not found[0].text.lower().startswith("rank"):
        return found
    for at in range(2, len(found) - 1):
        things, word = found[1:at], found[at].text.lower()
        if found[at].key("in", "by") and word in ("on", "by", "for", "in terms of"):
            told = any(c.senses for c in found[at + 1 :]) or found[at + 1].key("count", "agg")
            own = all(c.senses or c.key("and", "comma") for c in things)
            sides = [*found[at + 1 :], keyword("by", "by"), *things]
            return sides if told and own else found
    return found


def _at_each_count(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "stock at each count": at each of the moments when it was counted."""
    if not any(has_stocks(table) for table in catalog.tables.values()):
        return found
    return [
        replace(chunk, kind="grain", name="", value="day")
        if at and found[at - 1].key("by") and _is_count(chunk)
        else chunk
        for at, chunk in enumerate(found)
    ]


def _is_count(chunk: Chunk) -> bool:
    word = chunk.text.lower()
    return (chunk.key("count") and word in ("count", "counts")) or (
        chunk.kind == "unknown" and word in _COUNTS
    )


def _rows_by_name(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "How many rows per region": rows of the tables that no other table points into."""
    ones = {join.one for join in catalog.joins}
    facts = tuple(Sense("table", name) for name in catalog.tables if name not in ones)
    words = list(found)
    for at, chunk in enumerate(found[1:], 1):
        counted = found[at - 1].key("count") and chunk.kind == "unknown"
        if counted and chunk.text.lower() in _ROWS and facts:
            words[at] = replace(chunk, kind="sense", text="rows", senses=facts, plural=True)
    return words


def _left_out(found: list[Chunk]) -> list[Chunk]:
    """ "by contractor, in-house team excluded": the word after what is left out goes before it."""
    for at, chunk in enumerate(found):
        if chunk.kind != "unknown" or chunk.text.lower() not in _EXCLUDED:
            continue
        start = at
        while start and any(s.kind in ("value", "filter") for s in found[start - 1].senses):
            start -= 1
            if start > 1 and found[start - 1].key("and", "or") and found[start - 2].senses:
                start -= 1
        if start == at or (start and not found[start - 1].key("comma", "paren", "with")):
            continue
        without = keyword("not", "excluding")
        return [*found[:start], without, *found[start:at], *found[at + 1 :]]
    return found


def _before_and_after(found: list[Chunk]) -> list[Chunk]:
    """ "before and after 1 June": two periods side by side."""
    for at in range(len(found) - 2):
        word, joined, after = found[at : at + 3]
        span = after.span
        if word.kind != "unknown" or word.text.lower() != "before" or span is None:
            continue
        if not joined.key("and", "or", "compare") or span.kind != "since" or span.low is None:
            continue
        before = Span("before", f"before {span.low.words}", low=span.low, numbers=(0,))
        said = replace(word, kind="date", text=before.words, span=before)
        return [*found[:at], said, keyword("compare", "vs"), *found[at + 2 :]]
    return found
