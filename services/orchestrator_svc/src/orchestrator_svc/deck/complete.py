"""What code adds to a written slide: sparklines, footnotes and the appendix."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from aislides.deck.v1 import deck_pb2, fact_pb2, result_pb2

from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import references, template

_WHOSE = {
    "first_value": "first",
    "last_value": "last",
    "peak": "peak_period",
    "low": "low_period",
    "value": "name",
    "last": "last_period",
    "change": "last_period",
    "change_share": "last_period",
}
"""Values that mean little without the name or period beside them in the same fact."""

_EXTREME = ("highest", "lowest", "second highest", "usual", "relative change")
"""How labels of values begin that mean little without what they are compared by."""

MAX_FOOTNOTES = 3
"""Footnotes that code adds to a slide at most."""
QUERIES_PER_SLIDE = 2
"""Queries that one appendix slide shows."""


def complete_slide(
    slide: deck_pb2.Slide, facts: Mapping[str, fact_pb2.Fact], tables: Mapping[str, Table]
) -> None:
    """Adds to the slide, in place, what follows from the facts that it cites."""
    for kpi in slide.kpis:
        fact = facts.get(kpi.value.fact_id)
        if fact is None:
            continue
        said = "".join(span.text for span in kpi.label.spans)
        if any(part not in said for part in fact.scope):
            del kpi.label.spans[:]
            own = next((value.label for value in fact.values if value.name == kpi.value.name), "")
            kpi.label.spans.add(text=own[:1].upper() + own[1:])
        if not kpi.label.spans and (label := _label(kpi, fact, tables)):
            kpi.label.spans.add(text=label)
        if not kpi.HasField("sparkline"):
            _add_sparkline(kpi, fact, tables)
        whose = _WHOSE.get(kpi.value.name, "")
        if not kpi.comparison.spans and any(value.name == whose for value in fact.values):
            ref = fact_pb2.ValueRef(fact_id=fact.id, name=whose)
            kpi.comparison.spans.add(value=ref)
    if slide.exhibits or slide.kpis:
        shown = {_result_id(exhibit) for exhibit in slide.exhibits}
        seen = {template(note) for note in slide.footnotes}
        for fact_id in cited(slide):
            fact = facts.get(fact_id)
            drawn = fact is not None and shown.intersection(fact.result_ids)
            if fact is None or (slide.exhibits and not drawn):
                continue
            for caveat in fact.caveats:
                if len(slide.footnotes) < MAX_FOOTNOTES and template(caveat) not in seen:
                    seen.add(template(caveat))
                    slide.footnotes.append(caveat)


def cited(slide: deck_pb2.Slide) -> list[str]:
    """Ids of the facts that a slide cites, in reading order, each once."""
    found: dict[str, None] = {}
    for ref in references(slide.headline):
        found.setdefault(ref.fact_id)
    for kpi in slide.kpis:
        found.setdefault(kpi.value.fact_id)
    for point in slide.points:
        for text in (point.lead, point.text):
            for ref in references(text):
                found.setdefault(ref.fact_id)
        for fact_id in point.fact_ids:
            found.setdefault(fact_id)
    return list(found)


def appendix_size(queries: int, max_slides: int) -> int:
    """Slides that the appendix takes of a deck of at most `max_slides`; at least 1."""
    wanted = -(-queries // QUERIES_PER_SLIDE)
    return max(1, min(wanted, max_slides - 2))


def appendix(
    results: Sequence[result_pb2.Result], size: int, first_number: int
) -> list[deck_pb2.Slide]:
    """`size` slides that show how every result was obtained, named `s<first_number>` onwards."""
    slides = []
    share = -(-len(results) // size) if results else 0
    for position in range(size):
        part = results[position * share : (position + 1) * share]
        if not part and position > 0:
            break
        slides.append(
            deck_pb2.Slide(
                id=f"s{first_number + position}",
                layout=deck_pb2.LAYOUT_APPENDIX,
                source_result_ids=[result.id for result in part],
            )
        )
    return slides


def _result_id(exhibit: deck_pb2.Exhibit) -> str:
    return exhibit.table.result_id if exhibit.HasField("table") else exhibit.chart.result_id


def _label(kpi: deck_pb2.Kpi, fact: fact_pb2.Fact, tables: Mapping[str, Table]) -> str:
    """The value's own label with its breakdown, where that tells it from others of its kind."""
    said = next((value.label for value in fact.values if value.name == kpi.value.name), "")
    table = tables.get(fact.result_ids[0]) if fact.result_ids else None
    if table is None or fact.dimension not in table or not said.startswith(_EXTREME):
        return ""
    if said.startswith("relative change"):
        return f"Change{said.removeprefix('relative change')}"
    by = label_for_column(table, fact.dimension)
    label = f"{said[:1].upper()}{said[1:]} by {by}"
    return "" if by in said.split() or re.search(r"\d", label) else label


def _add_sparkline(kpi: deck_pb2.Kpi, fact: fact_pb2.Fact, tables: Mapping[str, Table]) -> None:
    for result_id in fact.result_ids:
        table = tables[result_id]
        times = [name for name in table.names if table.is_time(name)]
        if len(times) != 1 or len(table.rows) < 5 or fact.measure not in table.names:
            continue
        moments = table.column(times[0])
        if len(set(moments)) != len(moments) or None in moments:
            continue
        kpi.sparkline.CopyFrom(deck_pb2.Sparkline(result_id=result_id, x=times[0], y=fact.measure))
        return
