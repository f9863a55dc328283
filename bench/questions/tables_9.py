# ruff: noqa: E501 - tables read better in rows
"""Wave 9: a university's enrolments, a grocer's deliveries and a football club's tickets."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def university(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Enrolments in six terms: grades that may be missing, students who drop out."""
    chance = random.Random(91)
    terms = [("2022A", "Autumn 2022", date(2022, 9, 5), date(2022, 12, 16)),
             ("2023S", "Spring 2023", date(2023, 1, 23), date(2023, 5, 12)),
             ("2023A", "Autumn 2023", date(2023, 9, 4), date(2023, 12, 15)),
             ("2024S", "Spring 2024", date(2024, 1, 22), date(2024, 5, 10)),
             ("2024A", "Autumn 2024", date(2024, 9, 2), date(2024, 12, 13))]  # fmt: skip
    fill(
        connection,
        "terms(term_code VARCHAR, term_name VARCHAR, starts_on DATE, ends_on DATE)",
        terms,
    )
    courses = []
    for department, prefix, titles in [
        ("Biology", "BIO", ["Cells", "Genetics", "Ecology"]),
        ("Economics", "ECO", ["Microeconomics", "Macroeconomics", "Econometrics", "Public Finance"]),
        ("History", "HIS", ["Modern Europe", "Ancient Rome"]),
        ("Computer Science", "CSC", ["Programming", "Databases", "Networks", "Machine Learning"]),
    ]:  # fmt: skip
        courses += [(f"{prefix}{101 + 10 * n}", title, department, chance.choice([3, 5, 6]),
                     chance.choice(["online", "campus", "campus", "hybrid"]))
                    for n, title in enumerate(titles)]  # fmt: skip
    fill(connection, "courses(course_code VARCHAR, course_title VARCHAR, department VARCHAR, credits INT, teaching_mode VARCHAR)", courses)  # fmt: skip
    students = [(100_000 + n, f"Student {n:04d}", chance.choices(["undergraduate", "master", "doctoral"], [7, 3, 1])[0],
                 chance.choice(["Ireland", "India", "China", "Nigeria", "Spain", "Brazil"]),
                 date(2020, 9, 1) + timedelta(365 * chance.randrange(5)), chance.random() < 0.3)
                for n in range(900)]  # fmt: skip
    fill(connection, "students(student_id INT, student_name VARCHAR, level VARCHAR, home_country VARCHAR, admitted_on DATE, scholarship BOOLEAN)", students)  # fmt: skip
    rows = []
    for n in range(5200):
        term = chance.choice(terms)
        enrolled = term[2] - timedelta(chance.randrange(60))
        dropped = term[2] + timedelta(chance.randrange(80)) if chance.random() < 0.11 else None
        mark = (
            None
            if dropped or chance.random() < 0.03
            else min(100, max(5, round(chance.gauss(63, 15))))
        )
        rows.append((n + 1, 100_000 + chance.randrange(900), chance.choice(courses)[0], term[0], enrolled,
                     dropped, mark, None if mark is None else mark >= 40, chance.choice([0, 450, 900, 1350])))  # fmt: skip
    fill(connection, "enrolments(enrolment_id INT, student_id INT, course_code VARCHAR, term_code VARCHAR, "
         "enrolled_on DATE, dropped_on DATE, final_mark INT, passed BOOLEAN, fee_eur INT)", rows)  # fmt: skip
    return ["enrolments", "students", "courses", "terms"]


def grocery(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What suppliers delivered to a grocer's depots: ordered, promised and delivered dates."""
    chance = random.Random(92)
    suppliers = [(11, "Green Valley Farms", "Spain", True), (12, "Nordic Fish", "Norway", False),
                 (13, "Alpine Dairy", "Austria", True), (14, "Mill & Grain", "Poland", False),
                 (15, "Sunny Orchards", "Spain", False), (16, "Baltic Meats", "Lithuania", False),
                 (17, "Casa Oliva", "Italy", True)]  # fmt: skip
    fill(connection, "suppliers(supplier_id INT, supplier_name VARCHAR, country VARCHAR, organic BOOLEAN)", suppliers)  # fmt: skip
    goods = [("FR1", "Apples", "Fruit", 21), ("FR2", "Oranges", "Fruit", 28), ("VG1", "Tomatoes", "Vegetables", 9),
             ("VG2", "Lettuce", "Vegetables", 5), ("DA1", "Whole milk", "Dairy", 10), ("DA2", "Mountain cheese", "Dairy", 60),
             ("FI1", "Salmon fillet", "Fish", 4), ("ME1", "Smoked ham", "Meat", 25), ("BA1", "Wheat flour", "Bakery", 300),
             ("OL1", "Olive oil", "Pantry", 500)]  # fmt: skip
    fill(
        connection,
        "items(sku VARCHAR, item_name VARCHAR, category VARCHAR, shelf_life_days INT)",
        goods,
    )
    depots = [(1, "Depot Hamburg", "North"), (2, "Depot Berlin", "East"), (3, "Depot Munich", "South"),
              (4, "Depot Cologne", "West")]  # fmt: skip
    fill(connection, "depots(depot_id INT, depot_name VARCHAR, region VARCHAR)", depots)
    rows = []
    for n in range(5500):
        ordered = date(2023, 4, 1) + timedelta(chance.randrange(640))
        promised = ordered + timedelta(chance.choice([1, 2, 3, 5]))
        late = chance.choices([-1, 0, 1, 2, 6], [5, 70, 14, 8, 3])[0]
        open_still = chance.random() < 0.02
        cases = chance.randrange(10, 400)
        got = None if open_still else round(cases * chance.choice([1, 1, 1, 0.95, 0.8]))
        item = chance.choice(goods)
        rows.append((700_000 + n, ordered, promised, None if open_still else promised + timedelta(late),
                     chance.choice(suppliers)[0], item[0], chance.randrange(1, 5), cases, got,
                     None if got is None else round(got * chance.choice([0, 0, 0, 0.02, 0.1])),
                     round(chance.uniform(4, 60), 2),
                     round(chance.gauss(4, 2), 1) if item[2] in ("Dairy", "Fish", "Meat") else None,
                     chance.choice(["truck", "truck", "rail", "ship"])))  # fmt: skip
    fill(connection, "deliveries(delivery_no INT, ordered_on DATE, promised_on DATE, delivered_on DATE, "
         "supplier_id INT, sku VARCHAR, depot_id INT, cases_ordered INT, cases_delivered INT, cases_rejected INT, "
         "price_per_case DECIMAL(8,2), arrival_temp_c DOUBLE, transport VARCHAR)", rows)  # fmt: skip
    return ["deliveries", "suppliers", "items", "depots"]


def football(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Tickets of one club's home matches in two seasons; some buyers are not members."""
    chance = random.Random(93)
    stands = [("N", "North Stand", 9000), ("S", "South Stand", 8500), ("E", "East Stand", 6000), ("W", "Main Stand", 5500)]  # fmt: skip
    fill(connection, "stands(stand_code VARCHAR, stand_name VARCHAR, capacity INT)", stands)
    clubs = ["Rovers", "United", "Wanderers", "Athletic", "Albion", "County", "Harriers", "Town"]
    matches, number = [], 0
    for season, first in (("2022/23", date(2022, 8, 13)), ("2023/24", date(2023, 8, 12))):
        for week in range(20):
            number += 1
            matches.append((number, season, first + timedelta(14 * week + chance.choice([0, 0, 1, 3])), chance.choice(clubs),
                            "Cup" if week % 6 == 5 else "League", chance.choice(["15:00", "17:30", "20:00"]),
                            chance.randrange(5), chance.randrange(4)))  # fmt: skip
    fill(connection, "matches(match_id INT, season VARCHAR, match_date DATE, opponent VARCHAR, competition VARCHAR, "
         "kick_off VARCHAR, goals_for INT, goals_against INT)", matches)  # fmt: skip
    members = [(n, chance.choice(["Adult", "Junior", "Senior", "Family"]), date(2005, 1, 1) + timedelta(chance.randrange(6800)),
                chance.choice(["Millport", "Eastham", "Kingsford", "Ashby"])) for n in range(1, 1201)]  # fmt: skip
    fill(
        connection,
        "members(member_id INT, membership VARCHAR, joined_on DATE, home_town VARCHAR)",
        members,
    )
    prices = {"season ticket": 18, "standard": 28, "concession": 15, "hospitality": 120}
    rows = []
    for n in range(9000):
        match = chance.choice(matches)
        kind = chance.choices(list(prices), [40, 35, 20, 5])[0]
        rows.append((n + 1, match[0], chance.choices([s[0] for s in stands], [4, 3, 2, 2])[0],
                     None if chance.random() < 0.35 else chance.randrange(1, 1201),
                     match[2] - timedelta(chance.randrange(45)), kind, round(prices[kind] * chance.uniform(0.9, 1.3), 2),
                     chance.choices(["online", "app", "box office", None], [5, 3, 2, 0.3])[0],
                     chance.random() < 0.9, round(chance.choice([0, 0, 3.5, 8, 14]) * chance.uniform(0.8, 1.4), 2)))  # fmt: skip
    fill(connection, "tickets(ticket_no INT, match_id INT, stand_code VARCHAR, member_id INT, sold_on DATE, "
         "ticket_type VARCHAR, price_gbp DECIMAL(8,2), sales_channel VARCHAR, attended BOOLEAN, kiosk_spend_gbp DECIMAL(8,2))", rows)  # fmt: skip
    return ["tickets", "matches", "stands", "members"]
