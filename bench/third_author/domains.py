"""Four more businesses, none like the sets that the verifier was built or tuned on.

A theatre, a call centre, a fleet of trucks and a city's water works; all data from a seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from aislides.deck.v1.result_pb2 import Result
from fact_names import ALL, named
from orchestrator_svc.deck.values import PythonValue
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext
from result_building import result
from third_author.names import NAMES


def _months(first: int, many: int) -> list[date]:
    return [date(first + at // 12, at % 12 + 1, 1) for at in range(many)]


def _over_all(names: str, rows: Sequence[Sequence[PythonValue]], **told: Any) -> Result:
    """The same query without its years: what two years set side by side do not total."""
    sums: dict[PythonValue, Any] = {}
    for _, group, value in rows:
        sums[group] = sums.get(group, 0) + value
    return result(names, [[group, value] for group, value in sums.items()], **told)


def theatre() -> list[Result]:
    """A theatre: sales by month, production and channel, seats filled, and visitors by night."""
    rng = random.Random(404)
    season = [1.05, 1.1, 1.08, 1.0, 0.95, 0.8, 0.55, 0.6, 0.95, 1.1, 1.22, 1.6]
    sales = [
        [month, round(310_000 * (1 + 0.009 * at) * season[month.month - 1] * rng.gauss(1, 0.012))]
        for at, month in enumerate(_months(2022, 36))
    ]
    productions = [
        ["The Tempest", 4_440_000, 0.91, 168],
        ["La Traviata", 3_700_000, 0.88, 121],
        ["Winter Ballet", 2_850_000, 0.97, 90],
        ["New Voices", 945_000, 0.54, 152],
        ["Puppet Matinee", 600_000, 0.73, 134],
        ["Late Cabaret", 345_000, 0.61, 106],
    ]
    channels = [
        [year, name, float(value)]
        for year, values in (
            (2023, (1_850_000, 1_250_000, 890_000, 350_000)),
            (2024, (2_500_000, 1_160_000, 640_000, 400_000)),
        )
        for name, value in zip(
            ("Web shop", "Box office", "Agencies", "Groups"), values, strict=True
        )
    ]
    nights = [
        [date(2024, 9, 12) + timedelta(days=at), int(705 + rng.gauss(0, 14))] for at in range(70)
    ]
    nights[33][1] = 322
    return [
        result("month ticket_revenue", sales, id="r1", units={"ticket_revenue": "EUR"}),
        result(
            "production ticket_revenue seats_sold_rate performances",
            productions,
            id="r2",
            units={"ticket_revenue": "EUR"},
        ),
        result("year channel ticket_revenue", channels, id="r3", units={"ticket_revenue": "EUR"}),
        result("performance_date visitors", nights, id="r4"),
        _over_all("channel ticket_revenue", channels, id="r5", units={"ticket_revenue": "EUR"}),
    ]


def calls() -> list[Result]:
    """A call centre: service level by month, handling by queue, waiting by hour, lost calls."""
    rng = random.Random(31)
    level = [
        [month, round((0.712 if at < 13 else 0.846) + rng.gauss(0, 0.008), 4), 20_000 + 37 * at]
        for at, month in enumerate(_months(2023, 24))
    ]
    queues = [
        ["Technical", 11.4, 61_200],
        ["Complaints", 9.7, 18_900],
        ["Billing", 6.3, 74_500],
        ["Orders", 4.8, 52_300],
        ["Password reset", 2.9, 33_100],
        ["Legal", 16.2, 48],
    ]
    hours = [
        [hour, round(25 + 95 * math.exp(-((hour - 11) ** 2) / 6), 1), 4_000 - 90 * abs(hour - 12)]
        for hour in range(7, 22)
    ]
    lost = [
        [year, name, rate, many]
        for year, rows in (
            (2023, ((0.062, 90_000), (0.031, 110_000), (0.118, 20_000))),
            (2024, ((0.055, 84_000), (0.029, 102_000), (0.109, 58_000))),
        )
        for name, (rate, many) in zip(("Phone", "Callback", "Chat"), rows, strict=True)
    ]
    reasons = [
        ["Invoice query", 31_400],
        ["Outage", 24_800],
        ["Moving house", 7_900],
        ["Contract end", 5_200],
        ["New device", 3_100],
        ["Roaming", 1_700],
        ["Data protection", 900],
        ["Praise", 240],
    ]
    return [
        result("month service_level_rate calls", level, id="r1"),
        result(
            "queue avg_handle_minutes calls", queues, id="r2", units={"avg_handle_minutes": "min"}
        ),
        result("hour avg_wait_seconds calls", hours, id="r3", units={"avg_wait_seconds": "s"}),
        result("year contact_channel abandonment_rate contacts", lost, id="r4"),
        result("call_reason calls", reasons, id="r5"),
        _over_all("contact_channel contacts", [[*row[:2], row[3]] for row in lost], id="r6"),
        # Contacts that only weigh a rate do not grow; asked for alone they do.
        result("year contact_channel contacts", [[*row[:2], row[3]] for row in lost], id="r7"),
    ]


def fleet() -> list[Result]:
    """A fleet of trucks: fuel bill by month, by depot and year, use by model, stops by day."""
    rng = random.Random(88)
    bill = [
        [month, round(742_000 - 9_300 * at + rng.gauss(0, 6_500), 2)]
        for at, month in enumerate(_months(2023, 24))
    ]
    depots = [
        [year, name, value]
        for year, values in (
            (2023, (3_200_000.0, 2_450_000.0, 1_660_000.0, 1_000_000.0)),
            (2024, (2_180_000.0, 2_210_000.0, 1_490_000.0, 1_090_000.0)),
        )
        for name, value in zip(("Rotterdam", "Gdansk", "Verona", "Malmo"), values, strict=True)
    ]
    models = [
        ["Atlas 18t", 33.6, 5_400],
        ["Atlas 26t", 31.9, 7_150],
        ["Norden 12t", 26.4, 9_800],
        ["Norden 7t", 19.2, 12_300],
        ["E-Hauler", 11.8, 2_600],
    ]
    stops = [
        [date(2024, 1, 8) + timedelta(days=at), max(0, int(14 + rng.gauss(0, 2)))]
        for at in range(80)
    ]
    stops[52][1] = 47
    late = [
        ["Fridge goods", 0.172, 21_000],
        ["Building materials", 0.121, 15_400],
        ["Parcels", 0.094, 88_000],
        ["Furniture", 0.066, 9_700],
        ["Beverages", 0.043, 27_600],
    ]
    return [
        result("month fuel_cost", bill, id="r1", units={"fuel_cost": "EUR"}),
        result("year depot fuel_cost", depots, id="r2", units={"fuel_cost": "EUR"}),
        result(
            "truck_model litres_per_100_km trips",
            models,
            id="r3",
            units={"litres_per_100_km": "l/100 km"},
        ),
        result("incident_date breakdowns", stops, id="r4"),
        result("cargo late_delivery_rate deliveries", late, id="r5"),
        _over_all("depot fuel_cost", depots, id="r6", units={"fuel_cost": "EUR"}),
    ]


def water() -> list[Result]:
    """A city's water works: supply by quarter and year, losses by district, bills, repair time."""
    rng = random.Random(17)
    swing = {1: 0.92, 4: 1.0, 7: 1.21, 10: 0.9}
    supply = [
        [month, round(4_150 * swing[month.month] * rng.gauss(1, 0.008), 1)]
        for month in _months(2019, 72)
        if month.month in swing
    ]
    districts = [
        ["Old Town", 0.243, 8_900],
        ["Harbour", 0.187, 6_400],
        ["Hillside", 0.139, 11_700],
        ["Garden City", 0.088, 15_300],
        ["New Quay", 0.041, 7_800],
        ["Islands", 0.312, 120],
    ]
    users = [
        [year, name, value]
        for year, values in (
            (2023, (9_100.0, 4_600.0, 1_900.0, 700.0)),
            (2024, (9_250.0, 3_540.0, 1_930.0, 640.0)),
        )
        for name, value in zip(
            ("Households", "Industry", "Public buildings", "Farming"), values, strict=True
        )
    ]
    repairs = [
        [month, round(41.0 - 0.62 * at + rng.gauss(0, 0.7), 1)]
        for at, month in enumerate(_months(2022, 30))
    ]
    samples = [
        ["Lead pipes", 46],
        ["Iron", 29],
        ["Hardness", 17],
        ["Nitrate", 9],
        ["Chlorine", 6],
        ["Bacteria", 3],
        ["Smell", 2],
    ]
    return [
        result("quarter_start water_supply", supply, id="r1", units={"water_supply": "Ml"}),
        result("district leakage_rate connections", districts, id="r2"),
        result("year user_group water_volume", users, id="r3", units={"water_volume": "Ml"}),
        result("month avg_repair_hours", repairs, id="r4", units={"avg_repair_hours": "h"}),
        result("cause complaints", samples, id="r5"),
        _over_all("user_group water_volume", users, id="r6", units={"water_volume": "Ml"}),
    ]


QUESTIONS = {
    "theatre": (
        "How are ticket sales developing, and which productions and channels carry them?",
        ("Theatre", "tickets"),
        theatre,
    ),
    "calls": (
        "Do we meet our service levels, and where do callers wait or give up?",
        ("Call centre", "calls"),
        calls,
    ),
    "fleet": (
        "What do our trucks cost in fuel, and where are we late or broken down?",
        ("Fleet",),
        fleet,
    ),
    "water": (
        "How do supply, losses and repairs of the water works develop?",
        ("Water works",),
        water,
    ),
}


@cache
def context(domain: str) -> VerifyContext:
    """All that the verifier may rely on in one domain."""
    question, names, build = QUESTIONS[domain]
    made = build()
    return VerifyContext(find_facts(made, most=ALL), made, question, names)


@cache
def fact_ids(domain: str) -> dict[str, str]:
    """Fact ids of one domain by the short names that the sentences use."""
    return named(context(domain).facts.values(), NAMES[domain])
