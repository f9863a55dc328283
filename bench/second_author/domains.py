"""Four small businesses, and the facts that our search finds in their results.

All data are made from a seed; none is like the set that the verifier was built on.
"""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from functools import cache

import flights
from aislides.deck.v1.result_pb2 import Result
from fact_names import ALL, named
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext
from result_building import result


def shop() -> list[Result]:
    """A shop: revenue by month of two years, by region, and by category in both years."""
    rng = random.Random(71)
    season = [0.9, 0.8, 0.95, 1, 1, 1.02, 1.0, 0.98, 1.0, 1.02, 1.15, 1.3]
    months = [date(2023 + at // 12, at % 12 + 1, 1) for at in range(24)]
    revenue = [
        [month, round(500_000 * (1 + 0.012 * at) * season[month.month - 1] * rng.gauss(1, 0.01), 2)]
        for at, month in enumerate(months)
    ]
    regions = [
        ["West", 5_200_000.0],
        ["East", 3_900_000.0],
        ["South", 2_400_000.0],
        ["North", 1_500_000.0],
    ]
    categories = [
        [year, name, value]
        for year, values in (
            (2023, (2_100_000.0, 1_800_000.0, 1_500_000.0, 600_000.0)),
            (2024, (2_900_000.0, 1_900_000.0, 1_450_000.0, 750_000.0)),
        )
        for name, value in zip(
            ("Footwear", "Apparel", "Camping", "Accessories"), values, strict=True
        )
    ]
    # Two years side by side are not totalled, so the totals are a query of their own.
    overall = [
        [name, sum(value for _, other, value in categories if other == name)]
        for name in ("Footwear", "Apparel", "Camping", "Accessories")
    ]
    return [
        result("order_month total_revenue", revenue, id="r1", units={"total_revenue": "USD"}),
        result("region total_revenue", regions, id="r2", units={"total_revenue": "USD"}),
        result(
            "order_year category total_revenue", categories, id="r3", units={"total_revenue": "USD"}
        ),
        result("category total_revenue", overall, id="r4", units={"total_revenue": "USD"}),
    ]


def hospital() -> list[Result]:
    """A hospital: waiting time by hour and by department, readmissions by department."""
    hours = [[hour, 12 + 30 * math.exp(-((hour - 18) ** 2) / 18)] for hour in range(6, 24)]
    waits = [
        ["Emergency", 62.5, 18_400],
        ["Orthopaedics", 41.2, 9_200],
        ["Cardiology", 33.8, 7_700],
        ["Dermatology", 28.1, 4_100],
        ["Paediatrics", 24.6, 11_300],
        ["Radiology", 19.9, 12_800],
        ["Sleep clinic", 81.0, 35],
    ]
    back = [
        ["Cardiology", 0.142, 7_700],
        ["Emergency", 0.121, 18_400],
        ["Orthopaedics", 0.083, 9_200],
        ["Paediatrics", 0.051, 11_300],
        ["Dermatology", 0.021, 4_100],
    ]
    return [
        result("arrival_hour avg_wait_minutes", hours, id="r1", units={"avg_wait_minutes": "min"}),
        result(
            "department avg_wait_minutes patients",
            waits,
            id="r2",
            units={"avg_wait_minutes": "min"},
        ),
        result("department readmission_rate patients", back, id="r3"),
    ]


def energy() -> list[Result]:
    """Four plants: use by month with a lasting fall, by plant, and by day with one bad day."""
    rng = random.Random(5)
    months = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(36)]
    use = [
        [month, round((900 if at < 20 else 640) + rng.gauss(0, 12), 1)]
        for at, month in enumerate(months)
    ]
    plants = [["Graz", 11_200.0], ["Lyon", 8_900.0], ["Porto", 6_100.0], ["Turku", 2_050.0]]
    days = [
        [date(2024, 3, 1) + timedelta(days=at), round(21 + rng.gauss(0, 0.6), 2)]
        for at in range(90)
    ]
    days[47][1] = 38.4
    return [
        result("month energy_use", use, id="r1", units={"energy_use": "MWh"}),
        result("plant energy_use", plants, id="r2", units={"energy_use": "MWh"}),
        result("reading_date energy_use", days, id="r3", units={"energy_use": "MWh"}),
    ]


def support() -> list[Result]:
    """A help desk: open tickets by month falling, satisfaction by team, tickets by product."""
    rng = random.Random(9)
    months = [date(2023, 1, 1), *(date(2023 + at // 12, at % 12 + 1, 1) for at in range(1, 18))]
    tickets = [[month, int(2_400 - 70 * at + rng.gauss(0, 25))] for at, month in enumerate(months)]
    teams = [
        ["Blue", 0.912, 3_100],
        ["Green", 0.874, 2_800],
        ["Red", 0.861, 2_950],
        ["Yellow", 0.803, 3_300],
        ["Night shift", 0.744, 2_100],
    ]
    products = [
        ["Billing", 9_400],
        ["Sign-in", 6_300],
        ["Mobile app", 1_700],
        ["Reports", 1_100],
        ["Search", 600],
        ["Exports", 400],
        ["Themes", 200],
        ["Fonts", 100],
    ]
    return [
        result("month open_tickets", tickets, id="r1"),
        result("team satisfaction_rate answers", teams, id="r2"),
        result("product tickets", products, id="r3"),
    ]


QUESTIONS = {
    "shop": (
        "How did revenue develop, and which regions and categories drive it?",
        ("Shop", "revenue"),
        shop,
    ),
    "hospital": (
        "Where and when do patients wait longest, and who comes back?",
        ("Hospital",),
        hospital,
    ),
    "energy": ("How did energy use develop, and which plants use most?", ("Plants",), energy),
    "support": ("How is the help desk doing?", ("Help desk",), support),
}


@cache
def context(domain: str) -> VerifyContext:
    """All that the verifier may rely on in one domain."""
    if domain == "flights":
        return flights.context()
    question, names, build = QUESTIONS[domain]
    made = build()
    return VerifyContext(find_facts(made, most=ALL), made, question, names)


# Short names of facts in the sentences: kind, measure, dimension, and a value of theirs.
NAMES = {
    "shop": {
        "tot": ("LEVEL", "total_revenue", "", "total"),
        "ctr": ("CONTRIBUTION", "total_revenue", "category", "first"),
        "year": ("LEVEL", "total_revenue", "order_month", "change_share", "2024"),
        "reg": ("LEADER", "total_revenue", "region", "first"),
        "cat": ("LEADER", "total_revenue", "category", "first"),
        "trend": ("TREND", "total_revenue", "order_month", "pace"),
        "seas": ("SEASONALITY", "total_revenue", "order_month", "swing"),
        "mon": ("LEVEL", "total_revenue", "order_month", "change_share", "Dec 2024"),
    },
    "hospital": {
        "wait": ("LEVEL", "avg_wait_minutes", "", "mean"),
        "back": ("LEVEL", "readmission_rate", "", "mean"),
        "rb": ("LEADER", "readmission_rate", "department", "first"),
        "hr": ("SEASONALITY", "avg_wait_minutes", "arrival_hour", "peak"),
        "dep": ("LEADER", "avg_wait_minutes", "department", "first"),
        "few": ("CAUTION", "avg_wait_minutes", "department", "name"),
        "vol": ("LEADER", "patients", "department", "first"),
        "pats": ("LEVEL", "patients", "", "total"),
    },
    "energy": {
        "plant": ("LEADER", "energy_use", "plant", "first"),
        "odd": ("OUTLIER", "energy_use", "reading_date", "usual"),
        "shift": ("LEVEL_SHIFT", "energy_use", "month", "before"),
        "mon": ("LEVEL", "energy_use", "month", "change"),
    },
    "support": {
        "prod": ("LEADER", "tickets", "product", "first"),
        "sat": ("LEVEL", "satisfaction_rate", "", "mean"),
        "trend": ("TREND", "open_tickets", "month", "pace"),
        "conc": ("CONCENTRATION", "tickets", "product", "few"),
        "tick": ("LEVEL", "tickets", "", "total"),
        "peak": ("SEASONALITY", "open_tickets", "month", "peak"),
        "ans": ("LEVEL", "answers", "", "total"),
        "team": ("LEADER", "satisfaction_rate", "team", "first"),
        "vol": ("LEADER", "answers", "team", "first"),
        "mon": ("LEVEL", "open_tickets", "month", "change"),
    },
}


@cache
def fact_ids(domain: str) -> dict[str, str]:
    """Fact ids of one domain by the short names that the sentences use."""
    if domain == "flights":
        return flights.ids()
    return named(context(domain).facts.values(), NAMES[domain])
