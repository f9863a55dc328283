# ruff: noqa: DTZ001, E501 - stored times carry no zone; tables read better in rows
"""Wave 6: insurance claims and a film service, made to measure a round of work; never opened."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def insurance(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Three years of claims against policies; no space file."""
    chance = random.Random(61)
    policies = [
        (n, f"P-{n:04d}", chance.choice(["motor", "home", "travel"]),
         chance.choice(["Leinster", "Munster", "Ulster", "Connacht"]),
         date(2019, 1, 1) + timedelta(chance.randrange(1500)), chance.randrange(180, 2400),
         chance.choice(["broker", "direct", "partner"]))
        for n in range(1, 501)
    ]  # fmt: skip
    fill(connection, "policies(policy_id INT, policy_number VARCHAR, product VARCHAR, "
         "province VARCHAR, start_date DATE, annual_premium INT, sales_channel VARCHAR)", policies)  # fmt: skip
    adjusters = [(n, name, team) for n, (name, team) in enumerate(
        [("Aoife Byrne", "Dublin"), ("Cian Walsh", "Dublin"), ("Niamh Ryan", "Cork"),
         ("Sean Kelly", "Cork"), ("Orla Daly", "Galway")], 1)]  # fmt: skip
    fill(connection, "adjusters(adjuster_id INT, adjuster_name VARCHAR, office VARCHAR)", adjusters)
    rows = []
    for n in range(2400):
        filed = date(2022, 1, 1) + timedelta(chance.randrange(1096))
        days = chance.randrange(2, 120)
        closed = filed + timedelta(days)
        opened = closed > date(2024, 12, 31)
        rows.append((f"C{n:05d}", chance.randrange(1, 501), chance.randrange(1, 6), filed,
                     None if opened else closed,
                     chance.choice(["collision", "theft", "fire", "water damage", "baggage"]),
                     round(chance.uniform(80, 15000), 2), round(chance.uniform(0, 9000), 2),
                     "open" if opened else chance.choices(["settled", "rejected"], [8, 2])[0],
                     chance.random() < 0.05))  # fmt: skip
    fill(connection, "claims(claim_no VARCHAR, policy_id INT, adjuster_id INT, filed_on DATE, "
         "closed_on DATE, cause VARCHAR, claimed_amount DECIMAL(12,2), paid_amount DECIMAL(12,2), "
         "status VARCHAR, fraud_suspected BOOLEAN)", rows)  # fmt: skip
    return ["claims", "policies", "adjusters"]


def streaming(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A year of viewing of a film service; no space file."""
    chance = random.Random(62)
    titles = [(n, f"Film {n:02d}", chance.choice(["drama", "comedy", "documentary", "thriller"]),
               chance.randrange(1980, 2024), chance.randrange(75, 180)) for n in range(1, 41)]  # fmt: skip
    fill(connection, "titles(title_id INT, title VARCHAR, genre VARCHAR, release_year INT, "
         "runtime_minutes INT)", titles)  # fmt: skip
    rows = []
    for n in range(6000):
        when = datetime(2024, 1, 1) + timedelta(minutes=chance.randrange(366 * 1440))
        rows.append((n + 1, when, chance.randrange(1, 900), chance.randrange(1, 41),
                     chance.choice(["tv", "phone", "tablet", "laptop"]),
                     chance.choice(["Ireland", "Portugal", "Denmark"]),
                     chance.randrange(1, 180), chance.random() < 0.55,
                     chance.choice([None, None, None, 1, 2, 3, 4, 5])))  # fmt: skip
    fill(connection, "views(view_id INT, viewed_at TIMESTAMP, subscriber_id INT, title_id INT, "
         "device VARCHAR, country VARCHAR, minutes_watched INT, finished BOOLEAN, stars INT)", rows)  # fmt: skip
    return ["views", "titles"]
