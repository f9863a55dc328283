# ruff: noqa: E501 - tables read better in rows
"""Wave 8: a hotel group's bookings and a factory's runs and defects."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def hotel(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Bookings made in 2023 and 2024 for five hotels: four dates, three states, codes for channels."""
    chance = random.Random(81)
    hotels = [(1, "Grand Palace", "Vienna", 5, 180), (2, "Park View", "Vienna", 4, 120),
              (3, "Seaside Lodge", "Lisbon", 4, 95), (4, "Old Mill", "Prague", 3, 60),
              (5, "Station Inn", "Prague", 3, 75)]  # fmt: skip
    fill(connection, "hotels(hotel_id INT, hotel_name VARCHAR, city VARCHAR, stars INT, rooms INT)", hotels)  # fmt: skip
    channels = [("DIR", "Direct website", 0), ("OTA", "Online travel agency", 18),
                ("TEL", "Phone", 2), ("COR", "Corporate contract", 5), ("WLK", "Walk-in", 0)]  # fmt: skip
    fill(connection, "channels(channel_code VARCHAR, channel_name VARCHAR, commission_pct INT)", channels)  # fmt: skip
    guests = [(n, f"Guest {n:04d}",
               chance.choice(["Germany", "France", "United Kingdom", "Italy", "United States", "Japan"]),
               chance.choice([None, None, "Silver", "Gold", "Platinum"]), 1945 + chance.randrange(60))
              for n in range(1, 701)]  # fmt: skip
    fill(connection, "guests(guest_id INT, guest_name VARCHAR, country VARCHAR, loyalty_tier VARCHAR, birth_year INT)", guests)  # fmt: skip
    prices = {"Single": 80, "Double": 110, "Suite": 240, "Family": 150}
    rows = []
    for n in range(6000):
        booked = date(2023, 1, 1) + timedelta(chance.randrange(731))
        arrival = booked + timedelta(int(chance.expovariate(1 / 25)))
        nights = chance.choice([1, 1, 2, 2, 3, 3, 4, 5, 7])
        place = chance.choices(hotels, [5, 4, 4, 2, 3])[0]
        kind = chance.choices(list(prices), [2, 5, 1, 2])[0]
        rate = round(prices[kind] * (0.5 + place[3] / 5) * chance.uniform(0.85, 1.25), 2)
        state = chance.choices(["completed", "cancelled", "no-show"], [80, 16, 4])[0]
        cancelled = booked + timedelta(chance.randrange((arrival - booked).days + 1))
        rows.append((3_000_000 + n, booked, arrival, arrival + timedelta(nights), place[0],
                     chance.randrange(1, 701), chance.choices([c[0] for c in channels], [30, 40, 8, 15, 7])[0],
                     kind, nights, chance.choice([1, 1, 2, 2, 2, 3]), rate, round(rate * nights, 2), state,
                     cancelled if state == "cancelled" else None,
                     chance.choice([None, 1, 2, 3, 4, 4, 5, 5]) if state == "completed" else None,
                     chance.random() < 0.45))  # fmt: skip
    fill(connection, "bookings(booking_no INT, booked_on DATE, check_in DATE, check_out DATE, hotel_id INT, "
         "guest_id INT, channel_code VARCHAR, room_type VARCHAR, nights INT, adults INT, room_rate DECIMAL(8,2), "
         "total_amount DECIMAL(10,2), status VARCHAR, cancelled_on DATE, review_score INT, breakfast BOOLEAN)", rows)  # fmt: skip
    return ["bookings", "guests", "hotels", "channels"]


def factory(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Runs of six lines over eighteen months, and the defects found in them."""
    chance = random.Random(82)
    lines = [("L1", "Press North", "Gdansk", 2009, 420), ("L2", "Press South", "Gdansk", 2016, 520),
             ("L3", "Paint", "Gdansk", 2012, 300), ("L4", "Assembly A", "Porto", 2018, 260),
             ("L5", "Assembly B", "Porto", 2021, 280), ("L6", "Packing", "Porto", 2015, 700)]  # fmt: skip
    fill(connection, "lines(line_id VARCHAR, line_name VARCHAR, plant VARCHAR, installed_year INT, rated_units_per_hour INT)", lines)  # fmt: skip
    parts = [("BR-10", "Bracket 10", "Brackets", 1.35), ("BR-20", "Bracket 20", "Brackets", 2.10),
             ("HN-01", "Hinge light", "Hinges", 0.85), ("HN-02", "Hinge heavy", "Hinges", 1.95),
             ("PN-07", "Panel", "Panels", 6.40), ("PN-09", "Panel wide", "Panels", 8.75)]  # fmt: skip
    fill(connection, "parts(part_code VARCHAR, part_name VARCHAR, family VARCHAR, unit_cost_eur DECIMAL(8,2))", parts)  # fmt: skip
    runs, defects, number = [], [], 0
    for passed in range(547):
        day = date(2023, 7, 1) + timedelta(passed)
        for line in lines:
            for shift in ("early", "late", "night"):
                if chance.random() < (0.5 if day.weekday() > 4 else 0.2):
                    continue
                number += 1
                hours = round(chance.uniform(4, 8), 1)
                planned = round(line[4] * hours * 0.9)
                made = round(planned * chance.uniform(0.8, 1.08))
                scrap = round(made * chance.uniform(0, 0.05) * (1.6 if shift == "night" else 1))
                down = None if chance.random() < 0.04 else chance.choice([0, 0, 10, 15, 25, 40, 95])
                runs.append((number, day, line[0], shift, chance.choice(parts)[0], hours, planned, made,
                             scrap, down, chance.randrange(2, 9)))  # fmt: skip
                if chance.random() < 0.3:
                    fixed = day + timedelta(chance.randrange(15))
                    defects.append((80_000 + len(defects), day, number, line[0],
                                    chance.choices(["SCR", "DNT", "CLR", "DIM"], [4, 3, 2, 1])[0],
                                    chance.choices(["minor", "major", "critical"], [6, 3, 1])[0],
                                    chance.randrange(1, 60), None if chance.random() < 0.1 else fixed,
                                    round(chance.uniform(5, 400), 2)))  # fmt: skip
    fill(connection, "runs(run_id INT, run_date DATE, line_id VARCHAR, shift VARCHAR, part_code VARCHAR, "
         "machine_hours DECIMAL(6,1), planned_units INT, produced_units INT, scrapped_units INT, "
         "downtime_minutes INT, operators INT)", runs)  # fmt: skip
    fill(connection, "defects(defect_id INT, found_on DATE, run_id INT, line_id VARCHAR, defect_code VARCHAR, "
         "severity VARCHAR, pieces INT, fixed_on DATE, repair_cost_eur DECIMAL(8,2))", defects)  # fmt: skip
    return ["runs", "defects", "lines", "parts"]
