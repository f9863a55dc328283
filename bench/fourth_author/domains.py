"""Five more businesses, none like the sets that the verifier was built or tuned on.

A software subscription, a bank, a winery, a factory and a university; all data from a seed. Each
asks one query of a part of the data only, and two have a list that was cut.
"""

from __future__ import annotations

import math
import random
from datetime import date

from aislides.deck.v1.result_pb2 import Result
from fourth_author.building import Questions, Rows, crossed, days, divided, months, readers
from fourth_author.names import NAMES
from result_building import result


def software() -> list[Result]:
    """A software subscription: revenue, churn by plan, sign-ups by day, outages, tickets."""
    rng = random.Random(611)
    revenue: Rows = [
        [month, round(402_000 * 1.021**at * rng.gauss(1, 0.008))]
        for at, month in enumerate(months(2022, 36))
    ]
    churn: Rows = [
        ["Starter", 0.064, 8_200],
        ["Team", 0.031, 3_900],
        ["Business", 0.017, 1_450],
        ["Enterprise", 0.009, 310],
        ["Legacy", 0.121, 26],
    ]
    regions = divided(
        revenue,
        {
            "DACH": (0.4, 0.46),
            "Nordics": (0.28, 0.28),
            "Benelux": (0.19, 0.175),
            "Iberia": (0.13, 0.085),
        },
        first=2023,
    )
    signups: Rows = [[day, int(64 + rng.gauss(0, 4))] for day in days(date(2024, 4, 3), 84)]
    signups[51][1] = 191
    outages: Rows = [
        ["Database failover", 1_310.0],
        ["Bad release", 940.0],
        ["Certificate expiry", 165.0],
        ["Network", 120.0],
        ["Third party", 75.0],
        ["Configuration", 40.0],
    ]
    tickets: Rows = [
        ["Starter", 5_150],
        ["Team", 4_420],
        ["Business", 2_260],
        ["Enterprise", 1_480],
    ]
    severe: Rows = [["Priority 1", 96], ["Priority 2", 412], ["Priority 3", 972]]
    return [
        result(
            "month subscription_revenue",
            revenue,
            id="r1",
            units={"subscription_revenue": "USD"},
            sql="SELECT month, SUM(amount) AS subscription_revenue FROM invoices GROUP BY month",
        ),
        result("plan churn_rate customers", churn, id="r2"),
        result(
            "year region subscription_revenue",
            regions,
            id="r3",
            units={"subscription_revenue": "USD"},
        ),
        result("signup_date signups", signups, id="r4"),
        result(
            "outage_cause downtime_minutes",
            outages,
            id="r5",
            units={"downtime_minutes": "min"},
            sql="SELECT outage_cause, SUM(minutes) AS downtime_minutes FROM outages "
            "GROUP BY outage_cause",
        ),
        result(
            "plan support_tickets",
            tickets,
            id="r6",
            sql="SELECT plan, COUNT(*) AS support_tickets FROM tickets GROUP BY plan",
        ),
        result(
            "priority support_tickets",
            severe,
            id="r7",
            sql="SELECT priority, COUNT(*) AS support_tickets FROM tickets "
            "WHERE plan = 'Enterprise' GROUP BY priority",
        ),
    ]


def bank() -> list[Result]:
    """A bank: lending by quarter and branch, defaults by product, fraud by day, logins by hour."""
    rng = random.Random(19)
    swing = {1: 0.9, 4: 1.12, 7: 1.02, 10: 0.96}
    lending: Rows = [
        [
            month,
            round(
                (81_000_000 if month.year == 2024 else 88_000_000)
                * swing[month.month]
                * rng.gauss(1, 0.01)
            ),
        ]
        for month in months(2020, 60)
        if month.month in swing
    ]
    defaults: Rows = [
        ["Overdraft", 0.073, 14_600],
        ["Credit card", 0.048, 22_300],
        ["Car loan", 0.022, 9_100],
        ["Mortgage", 0.006, 6_750],
        ["Bridge loan", 0.143, 14],
    ]
    branches = divided(
        lending,
        {
            "Lisbon": (0.41, 0.42),
            "Porto": (0.29, 0.298),
            "Braga": (0.18, 0.134),
            "Faro": (0.12, 0.148),
        },
        first=2023,
    )
    fraud: Rows = [[day, max(0, int(23 + rng.gauss(0, 2.2)))] for day in days(date(2024, 2, 5), 91)]
    fraud[38][1] = 88
    logins: Rows = [
        [hour, int(2_100 + 9_400 * math.exp(-((hour - 20) ** 2) / 9))] for hour in range(6, 24)
    ]
    merchants: Rows = [
        ["TechBarn", 412],
        ["GoTravel", 288],
        ["Bazaar24", 197],
        ["StreamBox", 121],
        ["PetPlanet", 64],
    ]
    in_lisbon = next(value for year, name, value in branches if (year, name) == (2024, "Lisbon"))
    lisbon: Rows = [
        ["Mortgage", round(0.55 * in_lisbon)],
        ["Car loan", round(0.27 * in_lisbon)],
        ["Credit card", round(0.12 * in_lisbon)],
        ["Overdraft", round(0.06 * in_lisbon)],
    ]
    return [
        result("quarter lending", lending, id="r1", units={"lending": "EUR"}),
        result("loan_product default_rate loans", defaults, id="r2"),
        result(
            "year branch lending",
            branches,
            id="r3",
            units={"lending": "EUR"},
            sql="SELECT year, branch, SUM(amount) AS lending FROM loans GROUP BY year, branch",
        ),
        result("fraud_date fraud_cases", fraud, id="r4"),
        result("hour app_logins", logins, id="r5"),
        result(
            "merchant fraud_cases",
            merchants,
            id="r6",
            sql="SELECT merchant, COUNT(*) AS fraud_cases FROM fraud GROUP BY merchant "
            "ORDER BY fraud_cases DESC LIMIT 5",
        ),
        result(
            "loan_product lending",
            lisbon,
            id="r7",
            units={"lending": "EUR"},
            sql="SELECT loan_product, SUM(amount) AS lending FROM loans "
            "WHERE branch = 'Lisbon' AND year = 2024 GROUP BY loan_product",
        ),
    ]


def winery() -> list[Result]:
    """A winery: bottles by month, exports by market, yield by grape, faults by bottling line."""
    rng = random.Random(1855)
    season = [0.7, 0.75, 0.85, 0.95, 1.0, 1.05, 0.9, 0.8, 1.0, 1.1, 1.3, 1.6]
    bottles: Rows = [
        [month, round(46_000 * (1 - 0.006 * at) * season[month.month - 1] * rng.gauss(1, 0.01))]
        for at, month in enumerate(months(2022, 36))
    ]
    markets = crossed(
        (2023, 2024),
        {
            "Germany": (1_240_000.0, 1_400_000.0),
            "Japan": (610_000.0, 905_000.0),
            "Canada": (480_000.0, 395_000.0),
            "Denmark": (270_000.0, 285_000.0),
        },
    )
    grapes: Rows = [
        ["Riesling", 7.9, 42.0],
        ["Pinot Noir", 5.2, 31.0],
        ["Silvaner", 8.8, 18.5],
        ["Chardonnay", 6.4, 12.0],
        ["Scheurebe", 9.6, 0.6],
    ]
    faults: Rows = [
        ["Hall 1", 0.0042, 118_000],
        ["Hall 2", 0.0117, 96_000],
        ["Mobile unit", 0.0246, 21_500],
    ]
    sold = sum(value for _, value in bottles)
    ways: Rows = [
        ["Wine merchants", round(0.39 * sold)],
        ["Cellar door", round(0.24 * sold)],
        ["Web shop", round(0.16 * sold)],
        ["Restaurants", round(0.13 * sold)],
        ["Wine club", round(0.08 * sold)],
    ]
    japan: Rows = [
        ["Pinot Noir", 486_000.0],
        ["Riesling", 295_000.0],
        ["Chardonnay", 124_000.0],
    ]
    return [
        result(
            "month bottles_sold",
            bottles,
            id="r1",
            units={"bottles_sold": "bottles"},
            sql="SELECT month, SUM(bottles) AS bottles_sold FROM sales GROUP BY month",
        ),
        result("year market export_revenue", markets, id="r2", units={"export_revenue": "EUR"}),
        result(
            "grape avg_yield_tonnes hectares",
            grapes,
            id="r3",
            units={"avg_yield_tonnes": "t", "hectares": "ha"},
        ),
        result("bottling_line fault_rate bottles_checked", faults, id="r4"),
        result(
            "sales_channel bottles_sold",
            ways,
            id="r5",
            units={"bottles_sold": "bottles"},
            sql="SELECT sales_channel, SUM(bottles) AS bottles_sold FROM sales "
            "GROUP BY sales_channel",
        ),
        result(
            "grape export_revenue",
            japan,
            id="r6",
            units={"export_revenue": "EUR"},
            sql="SELECT grape, SUM(revenue) AS export_revenue FROM exports "
            "WHERE market = 'Japan' AND year = 2024 GROUP BY grape",
        ),
    ]


def factory() -> list[Result]:
    """A factory: scrap by month and line, output by product, stoppages by day, downtime."""
    rng = random.Random(77)
    scrap: Rows = [
        [month, round((0.058 if at < 15 else 0.034) + rng.gauss(0, 0.0012), 4), 61_000 + 210 * at]
        for at, month in enumerate(months(2023, 24))
    ]
    lines: Rows = [
        ["Line A", 0.031, 425_000],
        ["Line B", 0.046, 411_000],
        ["Line C", 0.091, 314_000],
        ["Line D", 0.036, 371_960],
    ]
    output = crossed(
        (2023, 2024),
        {
            "Pumps": (214_000, 251_000),
            "Valves": (390_000, 398_000),
            "Filters": (126_000, 97_000),
            "Meters": (58_000, 61_000),
        },
    )
    stops: Rows = [[day, max(0, int(9 + rng.gauss(0, 1.5)))] for day in days(date(2024, 6, 3), 77)]
    stops[40][1] = 34
    causes: Rows = [
        ["Tool change", 618.0],
        ["Material shortage", 402.0],
        ["Sensor fault", 97.0],
        ["Cleaning", 58.0],
        ["Staffing", 41.0],
        ["Power cut", 12.0],
    ]
    line_c: Rows = [["Material shortage", 186.0], ["Tool change", 131.0], ["Sensor fault", 44.0]]
    pace: Rows = [
        [month, round(38.0 + 0.41 * at + rng.gauss(0, 0.5), 1)]
        for at, month in enumerate(months(2022, 30))
    ]
    return [
        result("month scrap_rate pieces", scrap, id="r1"),
        result("production_line scrap_rate pieces", lines, id="r2"),
        result(
            "year product units_made",
            output,
            id="r3",
            units={"units_made": "units"},
            sql="SELECT year, product, SUM(units) AS units_made FROM output GROUP BY year, product",
        ),
        result("stoppage_date stoppages", stops, id="r4"),
        result(
            "cause downtime_hours",
            causes,
            id="r5",
            units={"downtime_hours": "h"},
            sql="SELECT cause, SUM(hours) AS downtime_hours FROM downtime GROUP BY cause",
        ),
        result(
            "cause downtime_hours",
            line_c,
            id="r6",
            units={"downtime_hours": "h"},
            sql="SELECT cause, SUM(hours) AS downtime_hours FROM downtime "
            "WHERE production_line = 'Line C' GROUP BY cause",
        ),
        result("month avg_lead_time_days", pace, id="r7", units={"avg_lead_time_days": "days"}),
    ]


def university() -> list[Result]:
    """A university: students by year, passes by course, applications, library, home countries."""
    rng = random.Random(1386)
    students: Rows = [
        [year, int(14_200 + 430 * (year - 2015) + rng.gauss(0, 60))] for year in range(2015, 2025)
    ]
    courses: Rows = [
        ["Statistics", 0.612, 1_840],
        ["Anatomy", 0.704, 1_210],
        ["Contract law", 0.781, 960],
        ["Linguistics", 0.866, 540],
        ["Drawing", 0.953, 430],
        ["Old Norse", 0.5, 8],
    ]
    applications = crossed(
        (2023, 2024),
        {
            "Medicine": (6_900, 8_450),
            "Engineering": (5_200, 5_350),
            "Law": (3_100, 2_780),
            "Arts": (2_400, 2_290),
        },
    )
    visits: Rows = [
        [hour, int(180 + 720 * math.exp(-((hour - 14) ** 2) / 12))] for hour in range(8, 23)
    ]
    dropouts: Rows = [
        [2023, "Full time", 0.081, 12_500],
        [2023, "Part time", 0.164, 3_900],
        [2023, "Distance", 0.247, 1_295],
        [2024, "Full time", 0.076, 11_000],
        [2024, "Part time", 0.158, 3_700],
        [2024, "Distance", 0.239, 3_382],
    ]
    abroad: Rows = [["India", 890], ["China", 760], ["Nigeria", 410], ["Italy", 300]]
    return [
        result("year students", students, id="r1"),
        result("course pass_rate candidates", courses, id="r2"),
        result("year faculty applications", applications, id="r3"),
        result("hour library_visits", visits, id="r4"),
        result("year study_mode dropout_rate enrolled", dropouts, id="r5"),
        result(
            "home_country students",
            abroad,
            id="r6",
            sql="SELECT home_country, COUNT(*) AS students FROM students "
            "WHERE faculty = 'Engineering' GROUP BY home_country ORDER BY students DESC LIMIT 4",
        ),
    ]


QUESTIONS: Questions = {
    "software": (
        "How is subscription revenue developing, and where do we lose customers or time?",
        ("Subscriptions",),
        software,
    ),
    "bank": ("Where is lending going, and what do defaults and fraud look like?", ("Bank",), bank),
    "winery": ("What do we sell, export and harvest?", ("Winery",), winery),
    "factory": ("What do scrap, output and downtime look like?", ("Factory",), factory),
    "university": (
        "How do enrolment, results and demand for our faculties develop?",
        ("University",),
        university,
    ),
}

context, fact_ids = readers(QUESTIONS, NAMES)
