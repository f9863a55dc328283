"""The gallery: a deck for every kind of chart in every theme, every layout, hostile words and data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import aislides_analyst
import numbers_of as data
from aislides.deck.v1 import deck_pb2, result_pb2
from every_layout import every_layout, points
from hostile import spoiled
from orchestrator_svc.brand_file import read_brand
from orchestrator_svc.deck.complete import appendix, complete_slide
from orchestrator_svc.deck.spec import slide_from_json
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.render.brand import Brand, BrandFile
from orchestrator_svc.render.html import render_html
from orchestrator_svc.render.themes import NAMES

from fakes.results import delays_by_origin, monthly_delays

EXAMPLE = Path(__file__).parents[4] / "examples/brand/northwind.yaml"
KINDS = [value.name for value in deck_pb2.ChartKind.DESCRIPTOR.values]
FOUR = data.PLAIN[:4]


@dataclass(frozen=True)
class Item:
    """A deck of the gallery."""

    name: str
    bundle: deck_pb2.DeckBundle
    brand: Brand | None = None

    def html(self) -> bytes:
        return render_html(self.bundle, brand=self.brand)


def results_for(kind: str) -> list[result_pb2.Result]:
    """Sound data, hostile names, odd numbers: three results that this kind can draw."""
    if kind in {"LINE", "AREA", "UNSPECIFIED"}:
        lines = FOUR if kind != "AREA" else FOUR[:1]
        hostile = data.HOSTILE[: len(lines)]
        return [
            data.over_time("r1", lines),
            data.over_time("r2", hostile),
            data.over_time("r3", lines, "odd"),
        ]
    if kind in {"SCATTER", "HISTOGRAM"}:
        return [data.pairs("r1", 120), data.pairs("r2", 900), data.pairs("r3", 60, "odd")]
    if kind in {"GROUPED_COLUMN", "STACKED_COLUMN", "STACKED_PERCENT", "SLOPE", "HEAT_MAP"}:
        return [
            data.crossed("r1", FOUR),
            data.crossed("r2", data.HOSTILE[:4]),
            data.crossed("r3", FOUR, "odd"),
        ]
    return [
        data.by_item("r1", data.PLAIN),
        data.by_item("r2", data.HOSTILE),
        data.by_item("r3", data.PLAIN, "odd"),
    ]


def chart_of(kind: str, item: result_pb2.Result) -> deck_pb2.Exhibit:
    names = [column.name for column in item.columns]
    made = deck_pb2.Chart(
        kind=deck_pb2.ChartKind.Value(f"CHART_KIND_{kind}"), result_id=item.id, x=names[0]
    )
    if kind == "HISTOGRAM":
        made.x = names[1]
        made.y.append(names[1])
    elif names[1] == "line":
        made.series = names[1]
        made.y.append(names[2])
    else:
        made.y.append(names[1])
    if kind == "BULLET":
        made.compare = names[2]
    return deck_pb2.Exhibit(
        chart=made, caption=parse_text("Revenue by segment and period, USD m, Jan 2024 – Jun 2025")
    )


def slides_for(kind: str, results: list[result_pb2.Result]) -> Iterator[deck_pb2.Slide]:
    said = "Cloud overtook licences in January and is now the larger part of monthly revenue"
    yield deck_pb2.Slide(
        layout=deck_pb2.LAYOUT_COVER, headline=parse_text(f"Gallery of {kind.lower()}")
    )
    for at, item in enumerate(results):
        chart = chart_of(kind, item)
        yield deck_pb2.Slide(
            layout=deck_pb2.LAYOUT_FINDING,
            headline=parse_text(said if at else "Cloud overtook licences"),
            exhibits=[chart],
            points=points(3),
        )
    yield deck_pb2.Slide(
        layout=deck_pb2.LAYOUT_FULL_WIDTH,
        headline=parse_text("One chart over the full width"),
        exhibits=[chart_of(kind, results[0])],
        points=points(2),
    )
    yield deck_pb2.Slide(
        layout=deck_pb2.LAYOUT_FULL_WIDTH,
        headline=parse_text("Hostile names over the full width"),
        exhibits=[chart_of(kind, results[1])],
    )
    yield deck_pb2.Slide(
        layout=deck_pb2.LAYOUT_COMPARISON,
        headline=parse_text("Two charts side by side"),
        exhibits=[chart_of(kind, results[0]), chart_of(kind, results[2])],
    )


def chart_deck(kind: str, theme: str) -> deck_pb2.DeckBundle:
    """Cover, five slides with charts of the kind, and the appendix."""
    results = results_for(kind)
    slides = list(slides_for(kind, results))
    slides += appendix(results, 2, len(slides) + 1)
    for number, slide in enumerate(slides, start=1):
        slide.id = f"s{number}"
    deck = deck_pb2.Deck(
        title=parse_text(f"{kind} in {theme}"),
        question="How did revenue develop?",
        language="en",
        locale="en-GB",
        theme=theme,
        slides=slides,
        written_by="test",
        classification="Internal",
    )
    deck.prepared_at.FromJsonString("2026-11-21T10:00:00Z")
    return deck_pb2.DeckBundle(deck=deck, results=results, facts=[])


def written() -> deck_pb2.DeckBundle:
    """What the analyst writes and code completes: figures with changes, as real decks have."""
    results = [monthly_delays("r1"), delays_by_origin("r2")]
    facts = find_facts(results)
    by_id, tables = {fact.id: fact for fact in facts}, {item.id: Table(item) for item in results}
    question = "How did departure delays develop in 2013?"
    deck = aislides_analyst.write(write_payload(question, 10, results, facts))
    slides = [slide_from_json(item, f"s{at}") for at, item in enumerate(deck["slides"], start=1)]
    for slide in slides:
        complete_slide(slide, by_id, tables)
    made = deck_pb2.Deck(title=parse_text(deck["title"]), question=question, slides=slides)
    return deck_pb2.DeckBundle(deck=made, results=results, facts=facts)


def in_theme(bundle: deck_pb2.DeckBundle, theme: str, locale: str = "en-GB") -> deck_pb2.DeckBundle:
    made = deck_pb2.DeckBundle()
    made.CopyFrom(bundle)
    made.deck.theme, made.deck.locale = theme, locale
    return made


def gallery() -> list[Item]:
    """Every deck, in an order that deals themes and kinds evenly."""
    kinds = [name.removeprefix("CHART_KIND_") for name in KINDS]
    made = [
        Item(f"{kind.lower()}-{theme}", chart_deck(kind, theme))
        for kind in kinds
        for theme in NAMES
    ]
    every = every_layout()
    made += [Item(f"written-{theme}", in_theme(written(), theme)) for theme in NAMES]
    made += [Item(f"layouts-{theme}", in_theme(every, theme)) for theme in NAMES]
    made += [
        Item(f"words-{seed}-{NAMES[seed % 4]}", in_theme(spoiled(every, seed), NAMES[seed % 4]))
        for seed in range(12)
    ]
    made += [
        Item(f"locale-{locale}", in_theme(every, "professional", locale))
        for locale in ("en-US", "de-DE", "fr-FR", "ja-JP")
    ]
    brands = [read_brand(EXAMPLE, NAMES[0])]
    for primary in ("#ffd400", "#c8102e", "#00a3e0"):
        brands.append(
            Brand(
                BrandFile.model_validate(
                    {"name": "Acme & Söhne <AG>", "footer": "Acme", "colours": {"primary": primary}}
                )
            )
        )
    made += [
        Item(f"brand-{at}-{NAMES[at]}", in_theme(every, NAMES[at]), brand)
        for at, brand in enumerate(brands)
    ]
    return made
