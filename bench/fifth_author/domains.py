"""Four businesses of a fifth author: a charity, a courier, restaurants and a recruiter.

None is like the sets that the verifier was built or tuned on; all data from a seed. Some queries
ask a part of the data only, one list is cut, one column has losses and one has cells missing.
"""

from __future__ import annotations

import math
import random
from datetime import date

from aislides.deck.v1.result_pb2 import Result
from fifth_author.names import NAMES
from fourth_author.building import Questions, Rows, days, divided, months, readers
from result_building import result


def charity() -> list[Result]:
    """A charity: donations by month, year and channel, donors kept, gifts by day, surpluses."""
    rng = random.Random(31)
    season = [0.8, 0.8, 0.9, 0.95, 0.95, 0.9, 0.8, 0.8, 0.95, 1.05, 1.3, 1.8]
    donations: Rows = [
        [month, round(310_000 * 1.009**at * season[month.month - 1] * rng.gauss(1, 0.01))]
        for at, month in enumerate(months(2022, 36))
    ]
    channels = divided(
        donations,
        {
            "Direct debit": (0.44, 0.43),
            "Legacies": (0.27, 0.25),
            "Online": (0.17, 0.23),
            "Street": (0.12, 0.09),
        },
        first=2023,
    )
    kept: Rows = [
        ["Monthly givers", 0.871, 11_400],
        ["Event runners", 0.342, 4_700],
        ["Emergency givers", 0.213, 8_900],
        ["Gala guests", 0.688, 620],
        ["Trustees", 1.0, 9],
    ]
    gifts: Rows = [[day, int(148 + rng.gauss(0, 9))] for day in days(date(2024, 9, 2), 70)]
    gifts[44][1] = 612
    surplus: Rows = [
        ["Wells", 412_000.0],
        ["Schools", 265_000.0],
        ["Clinics", 118_000.0],
        ["Seeds", -36_000.0],
        ["Emergency relief", -208_000.0],
    ]
    legacies = next(value for year, name, value in channels if (year, name) == (2024, "Legacies"))
    homes: Rows = [
        ["South West", round(0.46 * legacies)],
        ["London", round(0.31 * legacies)],
        ["Scotland", round(0.15 * legacies)],
        ["Wales", round(0.08 * legacies)],
    ]
    return [
        result(
            "month donations",
            donations,
            id="r1",
            units={"donations": "GBP"},
            sql="SELECT month, SUM(amount) AS donations FROM gifts GROUP BY month",
        ),
        result("year channel donations", channels, id="r2", units={"donations": "GBP"}),
        result("donor_group retention_rate donors", kept, id="r3"),
        result("gift_date online_gifts", gifts, id="r4"),
        result("programme surplus", surplus, id="r5", units={"surplus": "GBP"}),
        result(
            "region donations",
            homes,
            id="r6",
            units={"donations": "GBP"},
            sql="SELECT region, SUM(amount) AS donations FROM gifts "
            "WHERE channel = 'Legacies' AND year = 2024 GROUP BY region",
        ),
    ]


def courier() -> list[Result]:
    """A courier: parcels by month and client, late ones by month and depot, failed deliveries."""
    rng = random.Random(404)
    season = [0.92, 0.9, 0.95, 0.95, 0.97, 0.98, 0.95, 0.93, 1.0, 1.05, 1.2, 1.3]
    parcels: Rows = [
        [month, round(184_000 * 1.013**at * season[month.month - 1] * rng.gauss(1, 0.008))]
        for at, month in enumerate(months(2022, 36))
    ]
    late: Rows = [
        [month, round((0.112 if at < 14 else 0.071) + rng.gauss(0, 0.002), 4), 240_000 + 900 * at]
        for at, month in enumerate(months(2023, 24))
    ]
    depots: Rows = [
        ["Leeds", 0.049, 612_000],
        ["Bristol", 0.063, 548_000],
        ["Croydon", 0.134, 701_000],
        ["Dundee", 0.058, 204_000],
        ["Truro", 0.091, 96_000],
    ]
    reasons: Rows = [
        ["Nobody home", 18_400],
        ["Wrong address", 9_700],
        ["No access", 2_150],
        ["Refused", 1_240],
        ["Damaged", 880],
        ["Lost", 330],
    ]
    weekdays: Rows = [
        ["Nobody home", 4_610],
        ["Wrong address", 3_280],
        ["No access", 905],
    ]
    clients: Rows = [
        ["Bookbarn", 238_000],
        ["Shoebox", 201_500],
        ["Vitamix Direct", 96_300],
        ["Yarnly", 58_700],
        ["Lampshop", 41_200],
    ]
    cost: Rows = [
        [year, round(3.12 + 0.17 * at + rng.gauss(0, 0.03), 2)]
        for at, year in enumerate(range(2015, 2025))
    ]
    return [
        result(
            "month parcels",
            parcels,
            id="r1",
            sql="SELECT month, COUNT(*) AS parcels FROM parcels GROUP BY month",
        ),
        result("month late_rate deliveries", late, id="r2"),
        result("depot late_rate deliveries", depots, id="r3"),
        result(
            "reason failed_deliveries",
            reasons,
            id="r4",
            sql="SELECT reason, COUNT(*) AS failed_deliveries FROM failures GROUP BY reason",
        ),
        result(
            "reason failed_deliveries",
            weekdays,
            id="r5",
            sql="SELECT reason, COUNT(*) AS failed_deliveries FROM failures "
            "WHERE depot = 'Croydon' GROUP BY reason",
        ),
        result(
            "client parcels",
            clients,
            id="r6",
            sql="SELECT client, COUNT(*) AS parcels FROM parcels GROUP BY client "
            "ORDER BY parcels DESC LIMIT 5",
        ),
        result("year avg_cost_per_parcel", cost, id="r7", units={"avg_cost_per_parcel": "GBP"}),
    ]


def restaurants() -> list[Result]:
    """A restaurant chain: sales by quarter and part of the menu, guests by hour, ratings, waste."""
    rng = random.Random(8)
    swing = {1: 0.88, 4: 1.0, 7: 1.05, 10: 1.12}
    sales: Rows = [
        [
            month,
            round(2_450_000 * (1 - 0.012 * at / 3) * swing[month.month] * rng.gauss(1, 0.008)),
        ]
        for at, month in enumerate(months(2020, 60))
        if month.month in swing
    ]
    menu = divided(
        sales,
        {
            "Pizza": (0.425, 0.443),
            "Pasta": (0.257, 0.279),
            "Drinks": (0.24, 0.2),
            "Desserts": (0.078, 0.078),
        },
        first=2023,
    )
    guests: Rows = [
        [
            hour,
            int(
                60
                + 310 * math.exp(-((hour - 13) ** 2) / 2)
                + 540 * math.exp(-((hour - 19) ** 2) / 4)
            ),
        ]
        for hour in range(10, 24)
    ]
    ratings: Rows = [
        ["Harbour", 4.6, 1_870],
        ["Old Town", 4.3, 2_240],
        ["Station", 3.4, 1_950],
        ["Park", 4.1, 1_310],
        ["Airport", None, 0],
        ["Castle", 4.9, 11],
    ]
    profit: Rows = [
        ["Harbour", 486_000.0],
        ["Old Town", 402_000.0],
        ["Park", 97_000.0],
        ["Station", -54_000.0],
        ["Airport", -131_000.0],
    ]
    wasted: Rows = [[day, round(41 + rng.gauss(0, 3), 1)] for day in days(date(2024, 5, 6), 84)]
    wasted[29][1] = 143.5
    complaints: Rows = [
        ["Waiting time", 318],
        ["Cold food", 141],
        ["Wrong order", 77],
        ["Noise", 52],
        ["Billing", 24],
    ]
    return [
        result(
            "quarter sales",
            sales,
            id="r1",
            units={"sales": "EUR"},
            sql="SELECT quarter, SUM(amount) AS sales FROM bills GROUP BY quarter",
        ),
        result("year menu_group sales", menu, id="r2", units={"sales": "EUR"}),
        result("hour guests", guests, id="r3"),
        result("restaurant avg_rating reviews", ratings, id="r4"),
        result("restaurant operating_profit", profit, id="r5", units={"operating_profit": "EUR"}),
        result("waste_date food_waste_kg", wasted, id="r6", units={"food_waste_kg": "kg"}),
        result(
            "topic complaints",
            complaints,
            id="r7",
            sql="SELECT topic, COUNT(*) AS complaints FROM complaints "
            "WHERE restaurant = 'Station' GROUP BY topic",
        ),
    ]


def recruiter() -> list[Result]:
    """A recruiter: placements by year, fees by month and office, days to fill, offers accepted."""
    rng = random.Random(99)
    placements: Rows = [
        [year, int(2_980 - 118 * at + rng.gauss(0, 25))]
        for at, year in enumerate(range(2014, 2025))
    ]
    fees: Rows = [
        [month, round((1_240_000 if at < 19 else 1_015_000) * rng.gauss(1, 0.012))]
        for at, month in enumerate(months(2022, 36))
    ]
    offices = divided(
        fees,
        {
            "Dublin": (0.394, 0.366),
            "Warsaw": (0.25, 0.297),
            "Madrid": (0.206, 0.181),
            "Oslo": (0.15, 0.156),
        },
        first=2023,
    )
    sectors: Rows = [
        ["Nursing", 71.0, 340],
        ["Engineering", 58.0, 415],
        ["Finance", 44.0, 390],
        ["Retail", 23.0, 510],
        ["Aviation", 96.0, 7],
    ]
    offers: Rows = [
        ["Referral", 0.884, 610],
        ["Job board", 0.652, 1_420],
        ["Direct search", 0.771, 890],
        ["Careers fair", 0.548, 270],
    ]
    applied: Rows = [[day, int(86 + rng.gauss(0, 5))] for day in days(date(2024, 1, 8), 77)]
    applied[50][1] = 17
    lost: Rows = [
        ["Salary", 402],
        ["Counter-offer", 371],
        ["Commute", 96],
        ["Slow process", 83],
        ["Other", 48],
    ]
    return [
        result("year placements", placements, id="r1"),
        result(
            "month fee_income",
            fees,
            id="r2",
            units={"fee_income": "EUR"},
            sql="SELECT month, SUM(fee) AS fee_income FROM invoices GROUP BY month",
        ),
        result("year office fee_income", offices, id="r3", units={"fee_income": "EUR"}),
        result("sector avg_days_to_fill vacancies", sectors, id="r4"),
        result("source acceptance_rate offers", offers, id="r5"),
        result("application_date applications", applied, id="r6"),
        result(
            "decline_reason declined_offers",
            lost,
            id="r7",
            sql="SELECT decline_reason, COUNT(*) AS declined_offers FROM offers "
            "GROUP BY decline_reason",
        ),
    ]


QUESTIONS: Questions = {
    "charity": (
        "How do donations develop, who stays with us and which programmes pay their way?",
        ("Charity",),
        charity,
    ),
    "courier": (
        "How many parcels do we carry, how late are we and what does it cost?",
        ("Parcels",),
        courier,
    ),
    "restaurants": (
        "Where do our restaurants sell, earn and disappoint?",
        ("Restaurants",),
        restaurants,
    ),
    "recruiter": (
        "What happens to placements and fees, and where do we lose candidates?",
        ("Recruiting",),
        recruiter,
    ),
}

context, fact_ids = readers(QUESTIONS, NAMES)
