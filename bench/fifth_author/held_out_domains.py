"""Four more businesses of the fifth author: gyms, a publisher, shared bikes and a builder.

As in `domains.py`: data from a seed, parts of the data, a list that was cut, losses, missing cells.
"""

from __future__ import annotations

import math
import random
from datetime import date

from aislides.deck.v1.result_pb2 import Result
from fifth_author.held_out_names import NAMES
from fourth_author.building import Questions, Rows, crossed, days, divided, months, readers
from result_building import result


def gyms() -> list[Result]:
    """A gym chain: new members by month, cancellations by club, income by membership, faults."""
    rng = random.Random(71)
    season = [1.9, 1.3, 1.05, 0.9, 0.85, 0.8, 0.7, 0.75, 1.15, 1.0, 0.85, 0.75]
    joined: Rows = [
        [month, round(2_300 * 1.006**at * season[month.month - 1] * rng.gauss(1, 0.012))]
        for at, month in enumerate(months(2022, 36))
    ]
    clubs: Rows = [
        ["Riverside", 0.021, 4_350],
        ["Northgate", 0.038, 3_720],
        ["Mill Lane", 0.067, 2_940],
        ["Eastfield", 0.029, 2_610],
        ["Pier", 0.105, 18],
    ]
    income = crossed(
        (2023, 2024),
        {
            "Annual": (4_150_000.0, 4_890_000.0),
            "Monthly": (3_020_000.0, 2_710_000.0),
            "Student": (880_000.0, 1_010_000.0),
            "Day pass": (340_000.0, 325_000.0),
        },
    )
    visits: Rows = [
        [
            hour,
            int(
                90
                + 260 * math.exp(-((hour - 7) ** 2) / 2)
                + 610 * math.exp(-((hour - 18) ** 2) / 5)
            ),
        ]
        for hour in range(6, 23)
    ]
    classes: Rows = [
        ["Spinning", 7_420],
        ["Yoga", 6_880],
        ["Pilates", 2_310],
        ["Boxing", 1_150],
        ["Zumba", 640],
    ]
    faults: Rows = [
        [day, max(0, int(12 + rng.gauss(0, 1.6)))] for day in days(date(2024, 2, 5), 84)
    ]
    faults[60][1] = 47
    mill: Rows = [["Price", 402], ["Crowding", 331], ["Moving away", 118], ["Injury", 49]]
    return [
        result(
            "month new_members",
            joined,
            id="r1",
            sql="SELECT month, COUNT(*) AS new_members FROM contracts GROUP BY month",
        ),
        result("club cancellation_rate members", clubs, id="r2"),
        result("year membership_type income", income, id="r3", units={"income": "GBP"}),
        result("hour visits", visits, id="r4"),
        result(
            "class bookings",
            classes,
            id="r5",
            sql="SELECT class, COUNT(*) AS bookings FROM bookings GROUP BY class",
        ),
        result("fault_date equipment_faults", faults, id="r6"),
        result(
            "reason cancellations",
            mill,
            id="r7",
            sql="SELECT reason, COUNT(*) AS cancellations FROM cancellations "
            "WHERE club = 'Mill Lane' GROUP BY reason",
        ),
    ]


def publisher() -> list[Result]:
    """A publisher: revenue by quarter and format, copies by title, returns, ratings, prices."""
    rng = random.Random(1454)
    swing = {1: 0.86, 4: 0.92, 7: 0.98, 10: 1.24}
    revenue: Rows = [
        [month, round(5_600_000 * (1 + 0.004 * at) * swing[month.month] * rng.gauss(1, 0.009))]
        for at, month in enumerate(months(2020, 60))
        if month.month in swing
    ]
    formats = divided(
        revenue,
        {
            "Hardback": (0.33, 0.29),
            "Paperback": (0.38, 0.36),
            "E-book": (0.17, 0.165),
            "Audiobook": (0.12, 0.185),
        },
        first=2023,
    )
    returns: Rows = [
        ["Crime", 0.112, 418_000],
        ["Cookery", 0.237, 164_000],
        ["Travel", 0.294, 97_500],
        ["Children", 0.081, 386_000],
        ["Poetry", 0.143, 12_800],
    ]
    price: Rows = [
        [year, round(11.4 + 0.38 * at + rng.gauss(0, 0.06), 2)]
        for at, year in enumerate(range(2014, 2025))
    ]
    titles: Rows = [
        ["The Salt Road", 141_000],
        ["Nine Tides", 126_500],
        ["Ash and Ember", 71_200],
        ["Small Hours", 48_900],
        ["Glass Orchard", 33_400],
    ]
    reviews: Rows = [
        ["Crime", 4.2, 9_140],
        ["Cookery", 4.5, 3_260],
        ["Travel", 3.9, 1_480],
        ["Children", 4.7, 7_020],
        ["Poetry", None, 0],
    ]
    results: Rows = [
        ["Fiction", 3_120_000.0],
        ["Children", 1_840_000.0],
        ["Non-fiction", 410_000.0],
        ["Academic", -265_000.0],
        ["Maps", -90_000.0],
    ]
    return [
        result(
            "quarter revenue",
            revenue,
            id="r1",
            units={"revenue": "EUR"},
            sql="SELECT quarter, SUM(amount) AS revenue FROM sales GROUP BY quarter",
        ),
        result("year format revenue", formats, id="r2", units={"revenue": "EUR"}),
        result("genre return_rate copies_shipped", returns, id="r3"),
        result("year avg_cover_price", price, id="r4", units={"avg_cover_price": "EUR"}),
        result(
            "title copies_sold",
            titles,
            id="r5",
            sql="SELECT title, SUM(copies) AS copies_sold FROM sales GROUP BY title "
            "ORDER BY copies_sold DESC LIMIT 5",
        ),
        result("genre avg_rating reviews", reviews, id="r6"),
        result("imprint profit", results, id="r7", units={"profit": "EUR"}),
    ]


def bikes() -> list[Result]:
    """Shared bikes: rides by month, hour, zone and rider, repairs, vandalism by day."""
    rng = random.Random(1885)
    season = [0.5, 0.55, 0.8, 1.0, 1.2, 1.35, 1.45, 1.4, 1.25, 1.0, 0.7, 0.45]
    rides: Rows = [
        [month, round(96_000 * 1.012**at * season[month.month - 1] * rng.gauss(1, 0.015))]
        for at, month in enumerate(months(2022, 36))
    ]
    zones = divided(
        rides,
        {
            "Centre": (0.47, 0.43),
            "University": (0.24, 0.27),
            "Docks": (0.11, 0.165),
            "Hills": (0.18, 0.135),
        },
        first=2023,
    )
    models: Rows = [
        ["City 2", 0.034, 2_850],
        ["City 3", 0.019, 3_460],
        ["Cargo", 0.083, 640],
        ["E-bike", 0.057, 1_910],
        ["Tandem", 0.2, 10],
    ]
    hours: Rows = [
        [
            hour,
            int(
                70
                + 880 * math.exp(-((hour - 8) ** 2) / 1.5)
                + 760 * math.exp(-((hour - 17) ** 2) / 4)
            ),
        ]
        for hour in range(5, 24)
    ]
    riders: Rows = [
        ["Commuters", 822_000],
        ["Students", 442_461],
        ["Tourists", 160_000],
        ["Occasional", 122_500],
        ["Couriers", 47_500],
    ]
    broken: Rows = [
        [day, max(0, int(16 + rng.gauss(0, 1.8)))] for day in days(date(2024, 6, 3), 77)
    ]
    broken[47][1] = 71
    waiting: Rows = [
        [month, round(5.8 - 0.082 * at + rng.gauss(0, 0.12), 2)]
        for at, month in enumerate(months(2022, 36))
    ]
    cargo: Rows = [["Brakes", 96.0], ["Battery", 71.0], ["Wheels", 38.0], ["Lock", 11.0]]
    return [
        result(
            "month rides",
            rides,
            id="r1",
            sql="SELECT month, COUNT(*) AS rides FROM rides GROUP BY month",
        ),
        result("year zone rides", zones, id="r2"),
        result("bike_model defect_rate bikes_checked", models, id="r3"),
        result("hour unlocks", hours, id="r4"),
        result(
            "rider_type rides",
            riders,
            id="r5",
            sql="SELECT rider_type, COUNT(*) AS rides FROM rides WHERE year = 2024 "
            "GROUP BY rider_type",
        ),
        result("report_date vandalised_bikes", broken, id="r6"),
        result("month avg_repair_days", waiting, id="r7", units={"avg_repair_days": "days"}),
        result(
            "part repair_hours",
            cargo,
            id="r8",
            units={"repair_hours": "h"},
            sql="SELECT part, SUM(hours) AS repair_hours FROM repairs "
            "WHERE bike_model = 'Cargo' GROUP BY part",
        ),
    ]


def builder() -> list[Result]:
    """A builder: orders by quarter, revenue by region, delays, overruns, accidents, profits."""
    rng = random.Random(2600)
    orders: Rows = [
        [month, round((41_500_000 if at < 33 else 33_200_000) * rng.gauss(1, 0.012))]
        for at, month in enumerate(months(2020, 60))
        if month.month in {1, 4, 7, 10}
    ]
    regions = crossed(
        (2023, 2024),
        {
            "Bavaria": (61_400_000.0, 52_900_000.0),
            "Saxony": (38_700_000.0, 36_100_000.0),
            "Hesse": (29_300_000.0, 33_800_000.0),
            "Bremen": (11_200_000.0, 10_900_000.0),
        },
    )
    causes: Rows = [
        ["Permits", 812.0],
        ["Weather", 334.0],
        ["Steel supply", 291.0],
        ["Design changes", 148.0],
        ["Ground works", 67.0],
        ["Strikes", 21.0],
    ]
    overruns: Rows = [
        ["Bridges", 0.184, 62],
        ["Schools", 0.073, 118],
        ["Housing", 0.041, 240],
        ["Offices", 0.096, 85],
        ["Stadiums", 0.412, 3],
    ]
    accidents: Rows = [
        [year, int(196 - 11.5 * at + rng.gauss(0, 3))] for at, year in enumerate(range(2014, 2025))
    ]
    sites: Rows = [
        ["Lake Quarter", 5_240_000.0],
        ["Harbour Bridge", 3_910_000.0],
        ["Hill School", 860_000.0],
        ["Ring Road", -1_120_000.0],
        ["Old Brewery", -2_480_000.0],
    ]
    concrete: Rows = [[day, round(118 + rng.gauss(0, 7), 1)] for day in days(date(2024, 4, 8), 70)]
    concrete[33][1] = 402.5
    bridges: Rows = [["Steel supply", 176.0], ["Permits", 121.0], ["Weather", 58.0]]
    return [
        result(
            "quarter order_intake",
            orders,
            id="r1",
            units={"order_intake": "EUR"},
            sql="SELECT quarter, SUM(value) AS order_intake FROM orders GROUP BY quarter",
        ),
        result("year region revenue", regions, id="r2", units={"revenue": "EUR"}),
        result(
            "cause delay_days",
            causes,
            id="r3",
            units={"delay_days": "days"},
            sql="SELECT cause, SUM(days) AS delay_days FROM delays GROUP BY cause",
        ),
        result("project_type overrun_rate projects", overruns, id="r4"),
        result("year accidents", accidents, id="r5"),
        result("site profit", sites, id="r6", units={"profit": "EUR"}),
        result("pour_date concrete_m3", concrete, id="r7", units={"concrete_m3": "m³"}),
        result(
            "cause delay_days",
            bridges,
            id="r8",
            units={"delay_days": "days"},
            sql="SELECT cause, SUM(days) AS delay_days FROM delays "
            "WHERE project_type = 'Bridges' GROUP BY cause",
        ),
    ]


QUESTIONS: Questions = {
    "gyms": ("Who joins and leaves our gyms, and what do members use?", ("Gyms",), gyms),
    "publisher": (
        "What do our books earn, and which come back?",
        ("Publishing",),
        publisher,
    ),
    "bikes": ("How are our bikes used, and how often do they break?", ("Bike share",), bikes),
    "builder": (
        "How are orders, delays, safety and profit developing?",
        ("Construction",),
        builder,
    ),
}

context, fact_ids = readers(QUESTIONS, NAMES)
