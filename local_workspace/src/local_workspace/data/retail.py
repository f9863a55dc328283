"""Two years of sales of a fictional outdoor retailer, with the facts of `planted_facts.json` in it.

Generated demo data: equal on every machine, since Python's seeded `random.Random` is.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from local_workspace.data.write import Tables

SEED = 20240805
ORDERS_A_DAY = 57
CUSTOMERS = 2_400
COST_SHARE = 58
FACTS_FILE = Path(__file__).with_name("planted_facts.json")

STORES = [
    ("Boston", "East"),
    ("New York", "East"),
    ("Philadelphia", "East"),
    ("Baltimore", "East"),
    ("Chicago", "Central"),
    ("Denver", "Central"),
    ("Dallas", "Central"),
    ("Seattle", "West"),
    ("Portland", "West"),
    ("San Diego", "West"),
    ("Atlanta", "South"),
    ("Miami", "South"),
]
PRODUCTS = [  # name, category, list price in cents, weight
    ("Trail Runner", "Footwear", 12_900, 1.3),
    ("Summit Boot", "Footwear", 21_900, 0.9),
    ("Camp Sandal", "Footwear", 5_900, 1.0),
    ("Rain Shoe", "Footwear", 8_900, 0.7),
    ("Storm Jacket", "Apparel", 24_900, 1.0),
    ("Fleece Pullover", "Apparel", 7_900, 1.4),
    ("Hiking Pants", "Apparel", 9_900, 1.2),
    ("Merino Shirt", "Apparel", 6_900, 1.3),
    ("Down Vest", "Apparel", 14_900, 0.8),
    ("Wool Hat", "Accessories", 2_900, 1.5),
    ("Trekking Pole", "Accessories", 7_400, 0.9),
    ("Water Bottle", "Accessories", 2_400, 1.8),
    ("Headlamp", "Accessories", 4_900, 1.1),
    ("Two-Person Tent", "Camping", 32_900, 0.6),
    ("Sleeping Bag", "Camping", 16_900, 0.8),
    ("Camp Stove", "Camping", 8_400, 0.8),
    ("Cooler Box", "Camping", 11_900, 1.0),
]
SEGMENTS = (("Consumer", "Business", "Education"), (62, 28, 10))
COUNTRIES = (("United States", "Canada", "Mexico", "United Kingdom"), (72, 14, 8, 6))
FIRST_NAMES = (
    "Ada Ben Cleo Dan Eva Finn Gia Hugo Ida Jon Kim Leo Mia Noah Ona Paul Rae Sam Tess Uma"
)
LAST_NAMES = (
    "Adler Brook Costa Dunn Ellis Frost Grant Hale Irwin Jones Klein Lane Moss Nolan Owens Price "
    "Quinn Reed Stone Tate"
)

Row = tuple[Any, ...]


def facts() -> dict[str, Any]:
    """What is planted."""
    planted: dict[str, Any] = json.loads(FACTS_FILE.read_text(encoding="utf-8"))["retail"]
    return planted


def tables() -> Tables:
    """The four tables."""
    dice = random.Random(SEED)  # noqa: S311 - not for secrets
    people = customers(dice)
    return {
        "stores": (
            {"store_id": "INT", "store_name": "VARCHAR", "city": "VARCHAR", "region": "VARCHAR"},
            [(n, f"{city} Store", city, region) for n, (city, region) in enumerate(STORES, 1)],
        ),
        "products": (
            {
                "product_id": "INT",
                "product_name": "VARCHAR",
                "category": "VARCHAR",
                "list_price": "DECIMAL(10,2)",
            },
            [(100 + n, p[0], p[1], money(p[2])) for n, p in enumerate(PRODUCTS, 1)],
        ),
        "customers": (
            {
                "customer_id": "INT",
                "customer_name": "VARCHAR",
                "segment": "VARCHAR",
                "country": "VARCHAR",
                "signup_date": "DATE",
            },
            people,
        ),
        "sales": (
            {
                "order_id": "INT",
                "order_date": "DATE",
                "customer_id": "INT",
                "product_id": "INT",
                "store_id": "INT",
                "channel": "VARCHAR",
                "quantity": "INT",
                "unit_price": "DECIMAL(10,2)",
                "discount": "DECIMAL(4,2)",
                "revenue": "DECIMAL(12,2)",
                "cost": "DECIMAL(12,2)",
            },
            sales(dice, people),
        ),
    }


def customers(dice: random.Random) -> list[Row]:
    """Customers by the day they signed up; half of them before the first sale."""
    days = sorted(dice.randrange(-700, 725) for _ in range(CUSTOMERS))
    names = [f"{first} {last}" for last in LAST_NAMES.split() for first in FIRST_NAMES.split()]
    start = date.fromisoformat(facts()["first_day"])
    return [
        (
            number,
            f"{names[number % len(names)]} {number:04d}",
            dice.choices(*SEGMENTS)[0],
            dice.choices(*COUNTRIES)[0],
            (start + timedelta(days=day)).isoformat(),
        )
        for number, day in enumerate(days, 1)
    ]


def sales(dice: random.Random, people: list[Row]) -> Iterator[Row]:
    """Order lines day by day."""
    planted = facts()
    first, last = (date.fromisoformat(planted[key]) for key in ("first_day", "last_day"))
    length = (last - first).days
    signed_up, order_id = 0, 10_000
    for passed in range(length + 1):
        today = first + timedelta(days=passed)
        while signed_up < len(people) and people[signed_up][4] <= today.isoformat():
            signed_up += 1
        time = passed / length
        weights = product_weights(planted["declining_product"], time)
        online = between(planted["online_share"], time)
        expected = ORDERS_A_DAY * demand(planted, today, time) * dice.gauss(1, 0.04)
        for _ in range(int(expected + dice.random())):
            order_id += 1
            yield order(dice, order_id, today, dice.randrange(signed_up), weights, online)


def order(
    dice: random.Random,
    order_id: int,
    day: date,
    customer: int,
    weights: list[float],
    online: float,
) -> Row:
    """One order line; money in whole cents until it is written."""
    product = dice.choices(range(len(PRODUCTS)), weights)[0]
    list_price = PRODUCTS[product][2]
    quantity = dice.choices((1, 2, 3, 4), (64, 24, 8, 4))[0]
    discount = dice.choices((0, 10, 20, 30), (68, 18, 10, 4))[0]
    unit_price = list_price * (100 - discount) // 100
    return (
        order_id,
        day.isoformat(),
        customer + 1,
        101 + product,
        dice.randrange(len(STORES)) + 1,
        "Online" if dice.random() < online else "In-store",
        quantity,
        money(unit_price),
        f"{discount / 100:.2f}",
        money(quantity * unit_price),
        money(quantity * list_price * COST_SHARE // 100),
    )


def demand(planted: dict[str, Any], day: date, time: float) -> float:
    """How far the day's orders lie above the level of the first days; `time` runs from 0 to 1."""
    level = 1 + float(planted["growth_over_two_years"]) * time
    level *= planted["season"][str(day.month)] * planted["weekday"][day.weekday()]
    outage, outlier = planted["outage"], planted["outlier"]
    if outage["from"] <= day.isoformat() <= outage["to"]:
        level *= outage["factor"]
    if day.isoformat() == outlier["day"]:
        level *= outlier["factor"]
    return float(level)


def product_weights(declining: dict[str, Any], time: float) -> list[float]:
    """How often each product is bought; one of them ever less."""
    return [
        weight * (between(declining, time) if name == declining["name"] else 1)
        for name, _, _, weight in PRODUCTS
    ]


def between(span: dict[str, Any], time: float) -> float:
    """The value on the way from `from` to `to`."""
    return float(span["from"]) + (float(span["to"]) - float(span["from"])) * time


def money(cents: int) -> str:
    """Cents as an amount with two decimals."""
    return f"{cents // 100}.{cents % 100:02d}"
