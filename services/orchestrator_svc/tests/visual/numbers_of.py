"""Results for the gallery: sound ones that suit a kind of chart, and hostile ones of the same shape."""

from __future__ import annotations

import math
import random
from datetime import date

from aislides.deck.v1 import result_pb2

from fakes.results import result

PLAIN = [
    "Americas",
    "APAC",
    "EMEA",
    "Middle East",
    "Nordics",
    "Iberia",
    "Benelux",
    "Japan",
    "Korea",
]
HOSTILE = [
    "<script>alert(1)</script>",
    "{{constructor}} ${7*7} {f1.x}",
    "日本語のとても長いカテゴリー名がここに入ります",
    "مرحبا بالعالم \u202e gnp.exe",
    "👩‍👩‍👧‍👦 family & \"quotes\" 'n' more",
    "A name that goes on and on, far longer than any label column has room for, and then some",
    "Shared prefix of departments, Northern Division, Team Alpha",
    "Shared prefix of departments, Northern Division, Team Beta",
    "W" * 120,
]
ODD = [None, -3.2e9, 0.0, 4.1e-7, 1.2e12, -0.0, 88.0, None, 5.5]


def months(count: int) -> list[date]:
    return [date(2024 + month // 12, month % 12 + 1, 1) for month in range(count)]


def course(seed: int, count: int, level: float) -> list[float]:
    dice = random.Random(seed)
    return [
        round(level * (1 + 0.02 * at + 0.05 * math.sin(at / 2) + dice.uniform(-0.03, 0.03)), 1)
        for at in range(count)
    ]


def over_time(result_id: str, names: list[str], numbers: str = "plain") -> result_pb2.Result:
    """Months by series."""
    courses = {name: course(at, 18, 20 + 15 * at) for at, name in enumerate(names)}
    rows = [
        [month, name, courses[name][at] if numbers == "plain" else ODD[(at + place) % len(ODD)]]
        for at, month in enumerate(months(18))
        for place, name in enumerate(names)
    ]
    return result(result_id, ["month", "line", "total_revenue_usd"], rows)


def by_item(result_id: str, names: list[str], numbers: str = "plain") -> result_pb2.Result:
    """Items with a measure, a plan and a second measure."""
    rows = []
    for at, name in enumerate(names):
        figure = 900.0 / (at + 1.5) if numbers == "plain" else ODD[at % len(ODD)]
        plan = None if figure is None else figure * (1.1 - 0.05 * at)
        rows.append([name, figure, plan, 10 + at * 7])
    return result(result_id, ["segment", "total_revenue_usd", "plan_revenue_usd", "orders"], rows)


def crossed(result_id: str, names: list[str], numbers: str = "plain") -> result_pb2.Result:
    """Two classes: few periods by items."""
    quarters = [date(2025, month, 1) for month in (1, 4, 7, 10)]
    rows = [
        [
            quarter,
            name,
            30.0 + 9 * place + 4 * at if numbers == "plain" else ODD[(at * 3 + place) % len(ODD)],
        ]
        for at, quarter in enumerate(quarters)
        for place, name in enumerate(names)
    ]
    return result(result_id, ["quarter", "line", "total_revenue_usd"], rows)


def pairs(result_id: str, count: int, numbers: str = "plain") -> result_pb2.Result:
    """Single rows with two measures."""
    dice = random.Random(count)
    rows = []
    for at in range(count):
        x = round(dice.gauss(50, 15), 2)
        y = round(2.2 * x + dice.gauss(0, 20), 2) if numbers == "plain" else ODD[at % len(ODD)]
        rows.append([x, y])
    return result(result_id, ["distance_miles", "delay_minutes"], rows)
