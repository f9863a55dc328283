"""One deck with a slide of every layout, over results that suit them."""

from __future__ import annotations

from datetime import date

from aislides.deck.v1 import deck_pb2, fact_pb2
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.facts import find_facts

from fakes.results import delays_by_origin, monthly_delays, result

REGIONS = {"East": (310, 402), "Central": (250, 262), "West": (240, 236), "South": (160, 166)}


def revenue_by_quarter(result_id="r3"):
    """Two whole years in which East makes most of the rise and West falls."""
    rows = [
        [date(2023 + year, 3 * quarter + 1, 1), region, float(levels[year] * (1 + 0.05 * quarter))]
        for year in (0, 1)
        for quarter in range(4)
        for region, levels in REGIONS.items()
    ]
    made = result(result_id, ["quarter", "region", "total_revenue_usd"], rows)
    made.columns[2].unit = "USD"
    return made


def revenue_by_region(result_id="r4"):
    rows = [[name, float(levels[1] * 4.3), levels[1] * 9] for name, levels in REGIONS.items()]
    made = result(result_id, ["region", "total_revenue_usd", "orders"], rows)
    made.columns[1].unit = "USD"
    return made


def chart(result_id, x, *y, **more):
    return deck_pb2.Exhibit(
        chart=deck_pb2.Chart(result_id=result_id, x=x, y=y, **more),
        caption=parse_text(more.pop("said", "")),
    )


def points(count):
    texts = [
        ("East made the rise", "East added more than all other regions lost together."),
        ("West went down", "West fell while the others held their level."),
        ("South is small", "South moved little in both of the years."),
    ]
    return [
        deck_pb2.Point(lead=parse_text(lead), text=parse_text(text)) for lead, text in texts[:count]
    ]


def slide(layout, headline, *exhibits, count=0, caption="", **more):
    return deck_pb2.Slide(
        layout=layout,
        headline=parse_text(headline),
        exhibits=exhibits,
        points=points(count),
        caption=parse_text(caption),
        **more,
    )


def kpis(facts):
    found = [(fact, v) for fact in facts for v in fact.values if v.name in {"mean", "total"}]
    found += [(fact, v) for fact in facts for v in fact.values if v.name == "first_value"]
    return [
        deck_pb2.Kpi(value=fact_pb2.ValueRef(fact_id=fact.id, name=value.name))
        for fact, value in found[:4]
    ]


def every_layout():
    """The bundle."""
    results = [
        monthly_delays("r1"),
        delays_by_origin("r2"),
        revenue_by_quarter(),
        revenue_by_region(),
    ]
    for item in results:
        item.source.completed_at.FromJsonString("2026-11-21T10:00:00Z")
    facts = find_facts(results)
    table = deck_pb2.Exhibit(
        table=deck_pb2.TableExhibit(
            result_id="r4",
            columns=[
                deck_pb2.TableColumn(column="region"),
                deck_pb2.TableColumn(column="total_revenue_usd", bar=True),
                deck_pb2.TableColumn(column="orders"),
            ],
            sort=deck_pb2.SORT_DESCENDING,
            total_row=True,
            highlights=[deck_pb2.Highlight(label="East")],
        )
    )
    delays = chart("r1", "month", "avg_departure_delay_minutes")
    flights = chart("r1", "month", "flights")
    delays.caption.CopyFrom(parse_text("Average departure delay by month"))
    flights.caption.CopyFrom(parse_text("Flights by month"))
    origins = chart("r2", "origin", "avg_departure_delay_minutes")
    bridge = chart("r3", "region", "total_revenue_usd", kind=deck_pb2.CHART_KIND_WATERFALL)
    panels = chart("r3", "quarter", "total_revenue_usd", facet="region")
    slides = [
        slide(deck_pb2.LAYOUT_COVER, "East made the rise of revenue, and delays peaked in July"),
        slide(
            deck_pb2.LAYOUT_SUMMARY,
            "Revenue rose on the strength of East",
            count=3,
            kpis=kpis(facts),
        ),
        slide(deck_pb2.LAYOUT_FINDING, "Delays peaked in the summer", delays, count=3),
        slide(
            deck_pb2.LAYOUT_FULL_WIDTH, "Delays fell in the autumn and rose again", delays, count=3
        ),
        slide(deck_pb2.LAYOUT_FULL_WIDTH, "Newark had the longest delays of the three", origins),
        slide(
            deck_pb2.LAYOUT_TABLE,
            "East leads by revenue and by orders",
            table,
            caption="Revenue in USD and orders by region",
        ),
        slide(
            deck_pb2.LAYOUT_TABLE,
            "East leads again, and West follows",
            table,
            count=2,
            caption="Revenue in USD and orders by region",
        ),
        slide(
            deck_pb2.LAYOUT_COMPARISON, "Delays moved while flights held", delays, flights, count=3
        ),
        slide(deck_pb2.LAYOUT_COMPARISON, "Delays moved, flights did not", delays, flights),
        slide(
            deck_pb2.LAYOUT_SMALL_MULTIPLES,
            "Only West fell in the second year",
            panels,
            count=2,
            caption="Revenue by quarter and region",
        ),
        slide(
            deck_pb2.LAYOUT_BRIDGE,
            "East made most of the rise of revenue",
            bridge,
            count=3,
            caption="Change of revenue by region",
        ),
        slide(deck_pb2.LAYOUT_RECOMMENDATION, "Look first at East, then at West", count=3),
        slide(deck_pb2.LAYOUT_LIMITS, "The figures show what happened, but not why", count=3),
        slide(deck_pb2.LAYOUT_NO_DATA, "The space holds no figures about returns", count=2),
        slide(deck_pb2.LAYOUT_APPENDIX, "", source_result_ids=["r1", "r2"]),
        slide(deck_pb2.LAYOUT_APPENDIX, "", source_result_ids=["r3", "r4"]),
    ]
    for number, item in enumerate(slides, start=1):
        item.id = f"s{number}"
    deck = deck_pb2.Deck(
        title=parse_text("Every layout"),
        question="How did revenue and delays develop, and what made the change?",
        language="en",
        locale="en-GB",
        theme="professional",
        slides=slides,
        written_by="test",
        classification="Internal",
    )
    deck.prepared_at.FromJsonString("2026-11-21T10:00:00Z")
    return deck_pb2.DeckBundle(deck=deck, results=results, facts=facts)
