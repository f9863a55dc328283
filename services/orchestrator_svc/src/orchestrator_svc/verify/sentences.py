"""The sentences of a slide: where they stand, and which facts each may rely on."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aislides.deck.v1.deck_pb2 import Exhibit, Layout, Slide
from aislides.deck.v1.fact_pb2 import Text, ValueRef
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.text import references
from orchestrator_svc.verify.checks import CHECKS
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.labels import column_faults, labelled
from orchestrator_svc.verify.reading import read

_log = logging.getLogger(__name__)

MAX_CHARACTERS: Final = 600
MAX_SPANS: Final = 60

ALL_FACTS: Final = "*"
"""Stands for every fact of the deck: the cover sums up all of it."""


class Sentence(NamedTuple):
    """One text of a slide. `field` is its path, such as `points[1].text`."""

    field: str
    text: Text
    fact_ids: tuple[str, ...]
    columns: frozenset[str] = frozenset()
    """The columns that the text stands over, where it names what is drawn or listed."""
    value: ValueRef | None = None
    """The value that the text is the label of."""


def sentences(slide: Slide) -> Iterator[Sentence]:
    """Every text of the slide that is not empty, in reading order."""
    whole = slide_facts(slide)
    if slide.layout == Layout.LAYOUT_COVER:
        whole = (*whole, ALL_FACTS)
    return (one for one in _texts(slide, whole) if one.text.spans)


def _texts(slide: Slide, whole: tuple[str, ...]) -> Iterator[Sentence]:
    yield Sentence("kicker", slide.kicker, whole)
    yield Sentence("headline", slide.headline, whole)
    for number, text in enumerate(slide.headline_alternates):
        yield Sentence(f"headline_alternates[{number}]", text, whole)
    shown = [columns_of(exhibit) for exhibit in slide.exhibits]
    yield Sentence("caption", slide.caption, whole, frozenset[str]().union(*shown))
    for number, exhibit in enumerate(slide.exhibits):
        path = f"exhibits[{number}]"
        yield Sentence(f"{path}.caption", exhibit.caption, whole, shown[number])
        yield Sentence(f"{path}.callout", exhibit.chart.callout.text, whole)
        for line, reference in enumerate(exhibit.chart.reference_lines):
            field, label = f"{path}.reference_lines[{line}]", reference.label
            yield Sentence(field, label, whole, value=reference.value)
        for place, column in enumerate(exhibit.table.columns):
            own = frozenset((column.column,))
            yield Sentence(f"{path}.columns[{place}]", column.heading, whole, own)
    for number, kpi in enumerate(slide.kpis):
        path, value, change = f"kpis[{number}]", kpi.value, kpi.change.fact_id
        yield Sentence(f"{path}.label", kpi.label, _each_once(value.fact_id), value=value)
        yield Sentence(f"{path}.comparison", kpi.comparison, _each_once(value.fact_id, change))
    for number, point in enumerate(slide.points):
        path, text = f"points[{number}]", point.text
        facts = _each_once(*point.fact_ids, *(ref.fact_id for ref in references(text)))
        yield Sentence(f"{path}.lead", point.lead, facts)
        yield Sentence(f"{path}.text", text, facts)
        for place, alternate in enumerate(point.text_alternates):
            yield Sentence(f"{path}.text_alternates[{place}]", alternate, facts)
    yield Sentence("notes", slide.notes, whole)
    for number, text in enumerate(slide.footnotes):
        yield Sentence(f"footnotes[{number}]", text, whole)


def slide_facts(slide: Slide) -> tuple[str, ...]:
    """Facts that the slide cites anywhere, in order: what its headline may rely on."""
    found = [ref.fact_id for ref in references(slide.headline)]
    for point in slide.points:
        found.extend(point.fact_ids)
        for text in (point.lead, point.text):
            found.extend(ref.fact_id for ref in references(text))
    found.extend(kpi.value.fact_id for kpi in slide.kpis)
    for text in (slide.caption, slide.kicker):
        found.extend(ref.fact_id for ref in references(text))
    for exhibit in slide.exhibits:
        highlights = (*exhibit.chart.highlights, *exhibit.table.highlights)
        found.extend(one.value.fact_id for one in highlights)
    return _each_once(*found)


def _each_once(*fact_ids: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, fact_ids)))


def faults_in(sentence: Sentence, context: VerifyContext) -> list[Fault]:
    """Why a sentence of a slide is not proved. A fact's own words are what would replace it."""
    if sentence.text.SerializeToString(deterministic=True) in context.own_texts:
        return []
    text = labelled(sentence, context)
    return [
        *faults_of(text, sentence.fact_ids, context),
        *column_faults(sentence.text, sentence.columns, context),
    ]


def columns_of(exhibit: Exhibit) -> frozenset[str]:
    """The columns that an exhibit shows."""
    if exhibit.WhichOneof("kind") == "table":
        return frozenset(column.column for column in exhibit.table.columns)
    chart = exhibit.chart
    return frozenset((chart.x, *chart.y, chart.series, chart.facet, chart.compare)) - {""}


def faults_of(text: Text, fact_ids: Sequence[str], context: VerifyContext) -> list[Fault]:
    """Why the text is not proved by the facts; empty when it is."""
    known = context.facts if ALL_FACTS in fact_ids else fact_ids
    ids = tuple(dict.fromkeys(one for one in known if one in context.facts))
    key = (text.SerializeToString(deterministic=True), ids)
    if key not in context.judged:
        context.judged[key] = list(_judge(text, ids, context))
    return list(context.judged[key])


def _judge(text: Text, ids: Sequence[str], context: VerifyContext) -> Iterator[Fault]:
    if sum(len(span.text) for span in text.spans) > MAX_CHARACTERS or len(text.spans) > MAX_SPANS:
        # Nobody can read it, so nothing in it is worth the time to check.
        yield fault(Code.TOO_LONG, text.spans[0].text[:40], f"at most {MAX_CHARACTERS} characters")
        return
    try:
        reading = read(text, [context.facts[one] for one in ids], context)
        for check in CHECKS:
            yield from check(reading)
    except Exception:  # noqa: BLE001 - whatever it is, the sentence is not proved
        # What a check stumbles over is not proved; a deck must not be lost for one sentence.
        _log.exception("a check failed on a sentence")
        yield fault(Code.UNREADABLE, text.spans[0].text[:40], "say it in a simpler sentence")
