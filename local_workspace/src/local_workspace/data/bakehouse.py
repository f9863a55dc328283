"""Cookie sales in the shape of the workspace sample `samples.bakehouse`; the rows are our own.

The same question can run here and on a real workspace. Generated demo data.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from local_workspace.data.write import Tables

SEED = 20240501
TRANSACTIONS = 3_333
CUSTOMERS = 300
START, DAYS = datetime(2024, 5, 1), 17  # noqa: DTZ001 - wall time of each shop, as in the sample
PRICE = 3

COOKIES = (
    (
        "Golden Gate Ginger",
        "Outback Oatmeal",
        "Austin Almond Biscotti",
        "Tokyo Tidbits",
        "Pearly Pies",
        "Orchard Oasis",
    ),
    (20, 18, 17, 16, 15, 14),
)
PAYMENTS = (("visa", "mastercard", "amex"), (45, 40, 15))
HOURS = (tuple(range(7, 21)), (2, 4, 6, 7, 8, 9, 10, 9, 8, 8, 9, 8, 6, 3))
SHOP_NAMES = (
    "Bean Dreams",
    "Crumb Corner",
    "Sugar Rush",
    "Golden Crust",
    "Sweet Haven",
    "Oven Glow",
    "Cookie Cove",
    "Baked Bliss",
    "Whisk Away",
    "Dough Delight",
    "Butter Bay",
    "Flour Power",
)
CITIES = (  # city, district, country, longitude, latitude
    ("Tokyo", "Shibuya", "Japan", 139.70, 35.66),
    ("Paris", "Marais", "France", 2.36, 48.86),
    ("New York", "Brooklyn", "US", -73.95, 40.68),
    ("Sydney", "Newtown", "Australia", 151.18, -33.90),
    ("Stockholm", "Vasastan", "Sweden", 18.05, 59.34),
    ("Chicago", "Lakeview", "US", -87.65, 41.94),
    ("Osaka", "Umeda", "Japan", 135.50, 34.70),
)
SIZES = ("S", "M", "L", "XL", "XXL")
HOMES = (  # city, state, country, continent
    ("Columbus", "Ohio", "US", "North America"),
    ("Yokohama", "Kanagawa", "Japan", "Asia"),
    ("Munich", "Bavaria", "Germany", "Europe"),
    ("Toronto", "Ontario", "Canada", "North America"),
    ("Melbourne", "Victoria", "Australia", "Oceania"),
    ("Lyon", "Rhone", "France", "Europe"),
)

Row = tuple[Any, ...]


def tables() -> Tables:
    """The three tables that the space uses."""
    dice = random.Random(SEED)  # noqa: S311 - not for secrets
    return {
        "sales_franchises": (
            {
                "franchiseID": "BIGINT",
                "name": "VARCHAR",
                "city": "VARCHAR",
                "district": "VARCHAR",
                "zipcode": "VARCHAR",
                "country": "VARCHAR",
                "size": "VARCHAR",
                "longitude": "DOUBLE",
                "latitude": "DOUBLE",
                "supplierID": "BIGINT",
            },
            [franchise(dice, number) for number in range(len(SHOP_NAMES))],
        ),
        "sales_customers": (
            {
                "customerID": "BIGINT",
                "first_name": "VARCHAR",
                "last_name": "VARCHAR",
                "email_address": "VARCHAR",
                "phone_number": "VARCHAR",
                "address": "VARCHAR",
                "city": "VARCHAR",
                "state": "VARCHAR",
                "country": "VARCHAR",
                "continent": "VARCHAR",
                "postal_zip_code": "BIGINT",
                "gender": "VARCHAR",
            },
            [customer(dice, number) for number in range(CUSTOMERS)],
        ),
        "sales_transactions": (
            {
                "transactionID": "BIGINT",
                "customerID": "BIGINT",
                "franchiseID": "BIGINT",
                "dateTime": "TIMESTAMP",
                "product": "VARCHAR",
                "quantity": "BIGINT",
                "unitPrice": "BIGINT",
                "totalPrice": "BIGINT",
                "paymentMethod": "VARCHAR",
                "cardNumber": "BIGINT",
            },
            transactions(dice),
        ),
    }


def franchise(dice: random.Random, number: int) -> Row:
    """One shop."""
    city, district, country, longitude, latitude = CITIES[number % len(CITIES)]
    size, zipcode = dice.choice(SIZES), f"{10_000 + 37 * number}"
    place = (city, district, zipcode, country, size, longitude, latitude)
    return (3_000 + number, SHOP_NAMES[number], *place, 4_000 + number)


def customer(dice: random.Random, number: int) -> Row:
    """One buyer; names and addresses say that they are made up."""
    city, state, country, continent = dice.choice(HOMES)
    return (
        2_000 + number,
        f"First{number % 40}",
        f"Last{number % 90}",
        f"customer{number}@example.com",
        f"555-{number:04d}",
        f"{number} Example Street",
        city,
        state,
        country,
        continent,
        10_000 + number,
        dice.choice(("female", "male")),
    )


def transactions(dice: random.Random) -> Iterator[Row]:
    """Sales in the order of time; cards have no real numbers."""
    times = sorted(
        START
        + timedelta(
            days=dice.randrange(DAYS),
            hours=dice.choices(*HOURS)[0],
            seconds=dice.randrange(3_600),
        )
        for _ in range(TRANSACTIONS)
    )
    for number, time in enumerate(times):
        quantity = dice.randrange(1, 30)
        yield (
            1_000_000 + number,
            2_000 + dice.randrange(CUSTOMERS),
            3_000 + int(len(SHOP_NAMES) * dice.random() ** 1.4),
            time.isoformat(sep=" "),
            dice.choices(*COOKIES)[0],
            quantity,
            PRICE,
            quantity * PRICE,
            dice.choices(*PAYMENTS)[0],
            4_000_000_000_000_000 + number,
        )
