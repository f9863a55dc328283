# ruff: noqa: E501, DTZ001 - tables read better in rows; their times have no zone
"""Wave 11: a recruitment agency, a town's waste collection and an online school; closed."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def recruit(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Jobs, applications and placements of an agency, 2023 and 2024; clients two joins away."""
    chance = random.Random(111)
    clients = [(n, name, industry, city, key) for n, (name, industry, city, key) in enumerate([
        ("Aldersgate Bank", "Finance", "London", "Y"), ("Brightwell Pharma", "Health", "Dublin", "Y"),
        ("Corvid Software", "Technology", "London", "N"), ("Dunmore Foods", "Retail", "Cork", "N"),
        ("Eastline Rail", "Transport", "Leeds", "Y"), ("Fenwick Insurance", "Finance", "Leeds", "N"),
        ("Glasshouse Games", "Technology", "Dublin", "N"), ("Harbour Clinics", "Health", "Cork", "N"),
        ("Ironbridge Steel", "Manufacturing", "Leeds", "N"), ("Juno Retail Group", "Retail", "London", "Y")], 1)]  # fmt: skip
    fill(
        connection,
        "clients(client_id INT, client_nm VARCHAR, industry VARCHAR, city VARCHAR, key_account VARCHAR)",
        clients,
    )
    consultants = [(n, name, team, hired, fte) for n, (name, team, hired, fte) in enumerate([
        ("Aoife Byrne", "Tech", date(2018, 4, 2), 1.0), ("Ben Carter", "Tech", date(2021, 9, 1), 0.8),
        ("Chloe Dunne", "Finance", date(2016, 1, 11), 1.0), ("Dev Patel", "Finance", date(2022, 6, 20), 1.0),
        ("Ella Flynn", "Health", date(2019, 3, 18), 0.6), ("Finn Gray", "Health", date(2023, 2, 6), 1.0),
        ("Grace Hall", "Industry", date(2020, 10, 5), 1.0), ("Hugo Irwin", "Industry", date(2024, 12, 2), 1.0)], 1)]  # fmt: skip
    fill(
        connection,
        "consultants(cons_id INT, cons_nm VARCHAR, team VARCHAR, hired_on DATE, fte DECIMAL(3,1))",
        consultants,
    )
    titles = [
        "Data analyst",
        "Accountant",
        "Nurse",
        "Java developer",
        "Project manager",
        "Warehouse lead",
    ]
    last, jobs, applied, placed = date(2024, 12, 31), [], [], []
    for n in range(1, 901):
        opened = date(2023, 1, 2) + timedelta(chance.randrange(725))
        client = chance.choices(clients, [6, 5, 4, 2, 4, 3, 3, 2, 2, 5])[0]
        owner, perm = chance.randrange(1, 8), chance.random() < 0.7
        took = 12 + int(chance.expovariate(1 / 30))
        closed = opened + timedelta(took) if chance.random() < 0.85 else None
        closed = None if closed and closed > last else closed
        won = closed is not None and chance.random() < 0.65
        title = chance.choice(titles)
        jobs.append((n, title, client[0], owner, opened, closed,
                     ("FILLED" if won else chance.choice(["LOST", "LOST", "CANC"])) if closed else "OPEN",
                     "Y" if chance.random() < 0.35 else "N", chance.choice([1, 1, 1, 1, 2, 3])))  # fmt: skip
        for _ in range(int(chance.expovariate(1 / 9))):
            day = opened + timedelta(chance.randrange(took))
            if day > last:
                continue
            applied.append((50_000 + len(applied), day, n,
                            chance.choices(["LINKEDIN", "JOBBOARD", "REFERRAL", "WEBSITE"], [5, 4, 1, 2])[0],
                            chance.choices(["new", "phone screen", "interview", "offer", "rejected"], [2, 3, 2, 1, 6])[0],
                            chance.choice([None, 2, 3, 5, 8, 12])))  # fmt: skip
        if won:
            pay, rate = chance.randrange(28, 110) * 1000, chance.choice([15, 18, 20, 20, 25])
            fell = chance.random() < 0.08
            begins = closed + timedelta(chance.randrange(7, 90))
            placed.append((7000 + len(placed), closed, begins, n, owner, "PERM" if perm else "TEMP", pay, rate,
                           round(pay * rate / 100), int(fell),
                           closed + timedelta(chance.randrange(3, 60)) if fell else None))  # fmt: skip
    fill(connection, "jobs(job_id INT, job_title VARCHAR, client_id INT, cons_id INT, opened_on DATE, closed_on DATE, "
         "job_sts VARCHAR, remote_ok VARCHAR, positions INT)", jobs)  # fmt: skip
    fill(
        connection,
        "applications(app_id INT, applied_on DATE, job_id INT, src_cd VARCHAR, stage VARCHAR, exp_years INT)",
        applied,
    )
    fill(connection, "placements(plc_id INT, dt_signed DATE, dt_start DATE, job_id INT, cons_id INT, plc_type VARCHAR, "
         "salary_eur INT, fee_pct INT, fee_eur INT, fell_through INT, dt_fell DATE)", placed)  # fmt: skip
    return ["placements", "jobs", "applications", "clients", "consultants"]


def waste(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A town's rounds and complaints, April 2022 to March 2024, and bins counted each quarter."""
    chance = random.Random(112)
    routes = [("R01", "Old Town", "Centre", 2400, "W"), ("R02", "Station Road", "Centre", 2100, "W"),
              ("R03", "Riverside", "East", 1800, "W"), ("R04", "Mill Lane", "East", 1500, "F"),
              ("R05", "Hillcrest", "North", 1300, "F"), ("R06", "Oakfield", "North", 1700, "W"),
              ("R07", "Docklands", "South", 2600, "W"), ("R08", "Marsh End", "South", 600, "F")]  # fmt: skip
    fill(
        connection,
        "routes(route_cd VARCHAR, route_nm VARCHAR, district VARCHAR, households INT, freq_cd VARCHAR)",
        routes,
    )
    kinds = [("RES", "Residual waste", 0, 11850), ("PAP", "Paper and card", 1, 1500), ("GLS", "Glass", 1, 900),
             ("ORG", "Garden and food", 1, 4200), ("BLK", "Bulky items", 0, 16400)]  # fmt: skip
    fill(
        connection,
        "waste_types(waste_cd VARCHAR, waste_nm VARCHAR, recyclable INT, gate_fee_ct INT)",
        kinds,
    )
    rounds, moans, bins = [], [], []
    for passed in range(731):
        day = date(2022, 4, 1) + timedelta(passed)
        for place, route in enumerate(routes):
            if day.weekday() > 4 or chance.random() < (0.35 if route[4] == "W" else 0.65):
                continue
            kind = chance.choices(kinds[:4], [5, 3, 1, 3 if 4 <= day.month <= 10 else 1])[0]
            stops = round(route[3] * chance.uniform(0.5, 0.7))
            missed = int(chance.expovariate(1 / 6)) + (20 if chance.random() < 0.02 else 0)
            kilos = round(
                stops
                * {"RES": 7.5, "PAP": 3.1, "GLS": 1.4, "ORG": 5.2}[kind[0]]
                * chance.uniform(0.8, 1.2)
            )
            number = 1_000_000 + len(rounds)
            rounds.append((number, day, route[0], f"LKW-{1 + (place + passed) % 9}", kind[0],
                           None if chance.random() < 0.02 else kilos, stops, missed,
                           round(chance.uniform(5.5, 9.5), 1), chance.choice([2, 3, 3])))  # fmt: skip
            for _ in range(int(missed > 8) + int(chance.random() < 0.15)):
                opened = day + timedelta(chance.randrange(4))
                closed = opened + timedelta(int(chance.expovariate(1 / 6)))
                over = date(2024, 3, 31)
                if opened > over:
                    continue
                moans.append((200_000 + len(moans), opened, None if closed > over or chance.random() < 0.06 else closed,
                              route[0], chance.choices(["MISS", "SPILL", "NOISE", "DAMAGE"], [6, 2, 1, 1])[0],
                              chance.choice(["phone", "phone", "web form", "letter"]),
                              chance.choice(["Y", "Y", "N", None])))  # fmt: skip
    for number in range(8):
        day = date(2022 + (number + 2) // 4, ((number + 2) % 4) * 3 + 1, 1) - timedelta(1)
        for place, district in enumerate(["Centre", "East", "North", "South"]):
            for kind, base in (("black", 3000), ("blue", 2600), ("brown", 1200)):
                bins.append(
                    (day, district, kind, base + 240 * place + 35 * number + chance.randrange(40))
                )
    fill(connection, "rounds(round_no INT, coll_dt DATE, route_cd VARCHAR, veh_no VARCHAR, waste_cd VARCHAR, wt_kg INT, "
         "stops INT, missed INT, crew_hrs DECIMAL(4,1), crew_sz INT)", rounds)  # fmt: skip
    fill(
        connection,
        "complaints(compl_no INT, opened_dt DATE, closed_dt DATE, route_cd VARCHAR, reason_cd VARCHAR, channel VARCHAR, justified VARCHAR)",
        moans,
    )
    fill(
        connection, "bin_stock(count_dt DATE, district VARCHAR, bin_colour VARCHAR, bins INT)", bins
    )
    return ["rounds", "routes", "waste_types", "complaints", "bin_stock"]


def elearn(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Enrolments, reviews and refunds of an online school, July 2023 to November 2024; no space file."""
    chance = random.Random(113)
    topics = {"Programming": ["Python basics", "Rust in depth", "SQL for everyone"],
              "Design": ["Colour theory", "Typography", "Motion design"],
              "Business": ["Pricing", "Negotiation", "Accounting 101", "Writing well"],
              "Languages": ["Spanish A1", "German A1"]}  # fmt: skip
    courses = []
    for category, titles in topics.items():
        for title in titles:
            courses.append((len(courses) + 1, title, category, chance.choice(["beginner", "beginner", "intermediate", "advanced"]),
                            chance.choice(["Ana Ruiz", "Tom Weld", "Priya Nair", "Jonas Falk"]),
                            date(2022, 1, 1) + timedelta(chance.randrange(500)), chance.choice([4, 6, 8, 12, 20, 30]),
                            chance.choice([29, 49, 79, 129])))  # fmt: skip
    courses.append(
        (13, "Portuguese A1", "Languages", "beginner", "Ana Ruiz", date(2024, 11, 25), 20, 79)
    )
    fill(connection, "courses(course_id INT, title VARCHAR, category VARCHAR, level VARCHAR, instructor_name VARCHAR, "
         "published_on DATE, duration_hours INT, list_price_usd INT)", courses)  # fmt: skip
    users = [(n, chance.choices(["Brazil", "India", "Germany", "Canada", "Nigeria"], [3, 6, 2, 2, 3])[0],
              date(2022, 6, 1) + timedelta(chance.randrange(900)), chance.choices(["free", "plus", "team"], [6, 3, 1])[0],
              None if chance.random() < 0.2 else 1960 + chance.randrange(46), chance.random() < 0.3)
             for n in range(1, 2001)]  # fmt: skip
    fill(
        connection,
        "users(user_id INT, country VARCHAR, signup_date DATE, plan VARCHAR, birth_year INT, newsletter BOOLEAN)",
        users,
    )
    last, enrolled, reviews, refunds = datetime(2024, 11, 30, 23, 59), [], [], []
    for _ in range(5200):
        start = datetime(2023, 7, 1) + timedelta(minutes=chance.randrange(519 * 1440))
        course = chance.choices(courses[:12], [9, 3, 8, 4, 3, 2, 5, 4, 6, 3, 7, 4])[0]
        person = chance.randrange(1, 1801)
        coupon = chance.choices([None, "SUMMER", "WELCOME10", "BLACKFRI"], [6, 1, 2, 1])[0]
        price = round(course[7] * (0.7 if coupon else 1), 2)
        done = (
            start + timedelta(minutes=chance.randrange(3 * 1440, 120 * 1440))
            if chance.random() < 0.38
            else None
        )
        done = None if done and done > last else done
        number = 10_000 + len(enrolled)
        enrolled.append((number, start, course[0], person, price, coupon, 100 if done else chance.randrange(0, 99), done,
                         chance.choice(["web", "web", "ios", "android"])))  # fmt: skip
        if chance.random() < 0.3:
            reviews.append((len(reviews) + 1, course[0], person, chance.choices([1, 2, 3, 4, 5], [1, 1, 2, 5, 6])[0],
                            min(start + timedelta(minutes=chance.randrange(60 * 1440)), last)))  # fmt: skip
        if not done and chance.random() < 0.06:
            refunds.append((len(refunds) + 1, number, min((start + timedelta(chance.randrange(1, 29))).date(), last.date()),
                            price, chance.choice(["too hard", "not as described", "no time", None])))  # fmt: skip
    fill(connection, "enrollments(enrollment_id INT, enrolled_at TIMESTAMP, course_id INT, user_id INT, price_paid_usd DECIMAL(8,2), "
         "coupon_code VARCHAR, progress_pct INT, completed_at TIMESTAMP, platform VARCHAR)", enrolled)  # fmt: skip
    fill(
        connection,
        "reviews(review_id INT, course_id INT, user_id INT, rating INT, created_at TIMESTAMP)",
        reviews,
    )
    fill(
        connection,
        "refunds(refund_id INT, enrollment_id INT, refunded_on DATE, amount_usd DECIMAL(8,2), reason VARCHAR)",
        refunds,
    )
    return ["enrollments", "courses", "users", "reviews", "refunds"]
