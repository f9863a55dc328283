"""Facts as our search finds them in the results of a cinema: several measures of one split."""

from __future__ import annotations

import random
from datetime import date
from functools import lru_cache

from aislides.deck.v1.result_pb2 import Result
from fact_names import named
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext
from result_building import result

FILMS = [
    ["Harvest Moon", 910_000.0, 0.62, 410],
    ["Night Train", 640_000.0, 0.81, 260],
    ["Paper Boats", 380_000.0, 0.93, 120],
    ["Old Friends", 150_000.0, 0.38, 190],
]


def results() -> list[Result]:
    """Revenue by month, by film with seats sold and screenings, by channel with years and without."""
    rng = random.Random(12)
    season = [1.2, 1.0, 0.9, 0.9, 0.8, 0.7, 0.75, 0.8, 0.95, 1.05, 1.2, 1.5]
    months = [
        [
            date(2022 + at // 12, at % 12 + 1, 1),
            round(120_000 * (1 + 0.01 * at) * season[at % 12] * rng.gauss(1, 0.01)),
        ]
        for at in range(36)
    ]
    channels = [
        [year, name, value]
        for year, values in (
            (2023, (800_000.0, 600_000.0, 200_000.0)),
            (2024, (1_150_000.0, 540_000.0, 230_000.0)),
        )
        for name, value in zip(("App", "Counter", "Partners"), values, strict=True)
    ]
    overall = [["App", 1_950_000.0], ["Counter", 1_140_000.0], ["Partners", 430_000.0]]
    eur = {"ticket_revenue": "EUR"}
    return [
        result("month ticket_revenue", months, id="r1", units=eur),
        result("film ticket_revenue seats_sold_rate screenings", FILMS, id="r2", units=eur),
        result("year channel ticket_revenue", channels, id="r3", units=eur),
        # Two years side by side are not totalled.
        result("channel ticket_revenue", overall, id="r4", units=eur),
    ]


@lru_cache
def context() -> VerifyContext:
    """The context of one question over these results."""
    made = results()
    question = "How do ticket sales develop, and which films and channels carry them?"
    return VerifyContext(find_facts(made), made, question, ("Cinema",))


@lru_cache
def ids() -> dict[str, str]:
    """Fact ids by short name."""
    revenue = "ticket_revenue"
    wanted = {
        "film": ("LEADER", revenue, "film", "first"),
        "fill": ("LEADER", "seats_sold_rate", "film", "first"),
        "shows": ("LEADER", "screenings", "film", "first"),
        "seats": ("LEVEL", "seats_sold_rate", "", "mean"),
        "tot": ("LEVEL", revenue, "", "total"),
        "seas": ("SEASONALITY", revenue, "month", "peak"),
        "trend": ("TREND", revenue, "month", "pace"),
        "chan": ("LEADER", revenue, "channel", "first"),
        "ctr": ("CONTRIBUTION", revenue, "channel", "first"),
        "year": ("LEVEL", revenue, "month", "change_share"),
    }
    return named(context().facts.values(), wanted)
