"""Five businesses of the held-out sentences: hotels, an insurer, waste, streaming and a laboratory.

Made from a seed like the others, and as unlike them as they are unlike each other.
"""

from __future__ import annotations

import math
import random
from datetime import date

from aislides.deck.v1.result_pb2 import Result
from fourth_author.building import Questions, Rows, crossed, days, divided, months, readers
from fourth_author.held_out_names import NAMES
from result_building import result


def hotels() -> list[Result]:
    """A hotel group: nights by month, income by source, occupancy, cancellations, one house."""
    rng = random.Random(303)
    season = [0.62, 0.68, 0.8, 0.95, 1.1, 1.3, 1.55, 1.6, 1.15, 0.9, 0.65, 0.75]
    nights: Rows = [
        [month, round(21_500 * (1 + 0.006 * at) * season[month.month - 1] * rng.gauss(1, 0.012))]
        for at, month in enumerate(months(2022, 36))
    ]
    sources = crossed(
        (2023, 2024),
        {
            "Booking portals": (9_400_000.0, 9_150_000.0),
            "Own website": (5_200_000.0, 7_300_000.0),
            "Tour operators": (4_100_000.0, 4_450_000.0),
            "Walk-in": (700_000.0, 640_000.0),
        },
    )
    houses: Rows = [
        ["Seaside", 0.884, 41_200],
        ["Old Mill", 0.731, 28_600],
        ["Grand Central", 0.792, 63_900],
        ["Alpine Lodge", 0.517, 19_800],
        ["Pilot House", 0.962, 310],
    ]
    lost: Rows = [[day, max(0, int(31 + rng.gauss(0, 3)))] for day in days(date(2024, 9, 2), 70)]
    lost[45][1] = 127
    ratings: Rows = [
        ["Seaside", 8.9, 3_120],
        ["Old Mill", 9.2, 1_870],
        ["Grand Central", 7.6, 5_240],
        ["Alpine Lodge", 8.1, 1_090],
        ["Pilot House", None, 3],
    ]
    complaints: Rows = [["Noise", 214], ["Breakfast", 96], ["Cleaning", 71], ["Parking", 29]]
    return [
        result(
            "month room_nights",
            nights,
            id="r1",
            units={"room_nights": "room nights"},
            sql="SELECT month, SUM(nights) AS room_nights FROM stays GROUP BY month",
        ),
        result(
            "year booking_source room_income",
            sources,
            id="r2",
            units={"room_income": "EUR"},
            sql="SELECT year, booking_source, SUM(amount) AS room_income FROM stays "
            "GROUP BY year, booking_source",
        ),
        result("hotel occupancy_rate rooms_offered", houses, id="r3"),
        result("cancel_date cancellations", lost, id="r4"),
        result("hotel avg_rating reviews", ratings, id="r5"),
        result(
            "topic complaints",
            complaints,
            id="r6",
            sql="SELECT topic, COUNT(*) AS complaints FROM complaints "
            "WHERE hotel = 'Grand Central' GROUP BY topic",
        ),
    ]


def insurer() -> list[Result]:
    """An insurer: claims cost by month and line, days to settle, fraud found, storms."""
    rng = random.Random(42)
    cost: Rows = [
        [month, round(1_900_000 * 1.012**at * rng.gauss(1, 0.015))]
        for at, month in enumerate(months(2022, 36))
    ]
    lines = divided(
        cost,
        {
            "Motor": (0.44, 0.45),
            "Home": (0.27, 0.33),
            "Travel": (0.19, 0.12),
            "Pets": (0.1, 0.1),
        },
        first=2023,
    )
    settling: Rows = [
        ["Theft", 33.5, 1_450],
        ["Water damage", 27.8, 3_900],
        ["Collision", 18.2, 7_600],
        ["Glass", 4.6, 5_200],
        ["Liability", 61.0, 19],
    ]
    rejected: Rows = [
        [2023, "Agents", 0.071, 12_400],
        [2023, "Online", 0.152, 5_100],
        [2023, "Brokers", 0.094, 3_300],
        [2024, "Agents", 0.066, 10_200],
        [2024, "Online", 0.147, 9_900],
        [2024, "Brokers", 0.092, 3_100],
    ]
    reports: Rows = [[day, int(58 + rng.gauss(0, 5))] for day in days(date(2024, 1, 1), 91)]
    reports[22][1] = 305
    reasons: Rows = [
        ["Papers missing", 2_310],
        ["Not covered", 1_960],
        ["Paid too late", 340],
        ["Suspected fraud", 190],
        ["Double claim", 120],
        ["Other", 80],
    ]
    travelled = next(value for year, name, value in lines if (year, name) == (2024, "Travel"))
    travel: Rows = [
        ["Illness", round(0.665 * travelled)],
        ["Luggage", round(0.2 * travelled)],
        ["Delay", round(0.135 * travelled)],
    ]
    return [
        result("month claims_cost", cost, id="r1", units={"claims_cost": "EUR"}),
        result("year line_of_business claims_cost", lines, id="r2", units={"claims_cost": "EUR"}),
        result(
            "claim_type avg_days_to_settle claims",
            settling,
            id="r3",
            units={"avg_days_to_settle": "days"},
        ),
        result("year sales_channel rejection_rate claims", rejected, id="r4"),
        # Claims that only weigh a rate do not grow; asked for alone they do.
        result("year sales_channel claims", [[*row[:2], row[3]] for row in rejected], id="r8"),
        result("report_date claims_reported", reports, id="r5"),
        result("rejection_reason rejections", reasons, id="r6"),
        result(
            "travel_cause claims_cost",
            travel,
            id="r7",
            units={"claims_cost": "EUR"},
            sql="SELECT travel_cause, SUM(cost) AS claims_cost FROM claims "
            "WHERE line_of_business = 'Travel' AND year = 2024 GROUP BY travel_cause",
        ),
    ]


def waste() -> list[Result]:
    """A city's waste: tonnes by quarter, recycling by district, missed pick-ups, materials."""
    rng = random.Random(8)
    rest: Rows = [
        [month, round((6_200 if at < 27 else 4_900) + rng.gauss(0, 90))]
        for at, month in enumerate(months(2021, 48))
    ]
    districts: Rows = [
        ["Riverbank", 0.612, 14_800],
        ["University Hill", 0.548, 9_300],
        ["Market", 0.407, 12_100],
        ["Rail Yard", 0.286, 17_500],
        ["Island", 0.195, 60],
    ]
    materials = crossed(
        (2023, 2024),
        {
            "Paper": (18_400.0, 16_900.0),
            "Organic": (12_700.0, 17_300.0),
            "Glass": (7_900.0, 8_050.0),
            "Plastic": (5_300.0, 5_900.0),
        },
    )
    missed: Rows = [
        [day, 44 + (26 if day.weekday() == 0 else 0) + int(rng.gauss(0, 3))]
        for day in days(date(2024, 3, 4), 84)
    ]
    hours: Rows = [
        [hour, int(60 - hour + 310 * math.exp(-((hour - 9) ** 2) / 10))] for hour in range(7, 21)
    ]
    streets: Rows = [
        ["Canal Street", 88],
        ["Mill Lane", 61],
        ["Station Road", 54],
        ["Dock Way", 33],
        ["High Street", 27],
    ]
    bins: Rows = [
        ["Paper", 5_900.0],
        ["Organic", 3_200.0],
        ["Glass", 2_450.0],
        ["Plastic", 1_150.0],
    ]
    return [
        result("month residual_waste", rest, id="r1", units={"residual_waste": "t"}),
        result("district recycling_rate households", districts, id="r2"),
        result(
            "year material collected_tonnes",
            materials,
            id="r3",
            units={"collected_tonnes": "t"},
            sql="SELECT year, material, SUM(tonnes) AS collected_tonnes FROM loads "
            "GROUP BY year, material",
        ),
        result("pickup_date missed_pickups", missed, id="r4"),
        result("hour drop_offs", hours, id="r5"),
        result(
            "street illegal_dumps",
            streets,
            id="r6",
            sql="SELECT street, COUNT(*) AS illegal_dumps FROM dumps GROUP BY street "
            "ORDER BY illegal_dumps DESC LIMIT 5",
        ),
        result(
            "material collected_tonnes",
            bins,
            id="r7",
            units={"collected_tonnes": "t"},
            sql="SELECT material, SUM(tonnes) AS collected_tonnes FROM loads "
            "WHERE district = 'Riverbank' GROUP BY material",
        ),
    ]


def streaming() -> list[Result]:
    """A streaming service: viewing by month and hour, shows finished, buffering, devices."""
    rng = random.Random(24)
    viewing: Rows = [
        [month, round(3_400_000 * 0.985**at * rng.gauss(1, 0.01))]
        for at, month in enumerate(months(2023, 24))
    ]
    shows: Rows = [
        ["Harbour Lights", 0.784, 412_000],
        ["The Auditor", 0.691, 288_000],
        ["Kitchen Duel", 0.552, 356_000],
        ["Deep Field", 0.318, 174_000],
        ["Test Reel", 0.91, 240],
    ]
    devices = divided(
        viewing,
        {
            "Television": (0.52, 0.55),
            "Phone": (0.27, 0.29),
            "Browser": (0.15, 0.1),
            "Console": (0.06, 0.06),
        },
        first=2023,
    )
    hours: Rows = [
        [hour, int(52_000 + 390_000 * math.exp(-((hour - 21) ** 2) / 8))] for hour in range(7, 24)
    ]
    stalls: Rows = [
        [month, round(1.9 - 0.055 * at + rng.gauss(0, 0.03), 2)]
        for at, month in enumerate(months(2023, 24))
    ]
    in_2024 = sum(value for month, value in viewing if month.year == 2024)
    genres: Rows = [
        ["Drama", round(0.49 * in_2024)],
        ["Reality", round(0.28 * in_2024)],
        ["Documentary", round(0.1 * in_2024)],
        ["Sport", round(0.07 * in_2024)],
        ["Children", round(0.04 * in_2024)],
        ["Music", round(0.02 * in_2024)],
    ]
    phone: Rows = [["Reality", 4_120_000], ["Drama", 2_870_000], ["Sport", 905_000]]
    return [
        result(
            "month hours_watched",
            viewing,
            id="r1",
            units={"hours_watched": "hours"},
            sql="SELECT month, SUM(hours) AS hours_watched FROM views GROUP BY month",
        ),
        result("show completion_rate viewers", shows, id="r2"),
        result(
            "year device hours_watched",
            devices,
            id="r3",
            units={"hours_watched": "hours"},
            sql="SELECT year, device, SUM(hours) AS hours_watched FROM views GROUP BY year, device",
        ),
        result("hour streams_started", hours, id="r4"),
        result("month stalls_per_hour", stalls, id="r5"),
        result(
            "genre hours_watched",
            genres,
            id="r6",
            units={"hours_watched": "hours"},
            sql="SELECT genre, SUM(hours) AS hours_watched FROM views "
            "WHERE year = 2024 GROUP BY genre",
        ),
        result(
            "genre hours_watched",
            phone,
            id="r7",
            units={"hours_watched": "hours"},
            sql="SELECT genre, SUM(hours) AS hours_watched FROM views "
            "WHERE device = 'Phone' AND year = 2024 GROUP BY genre ORDER BY 2 DESC LIMIT 3",
        ),
    ]


def laboratory() -> list[Result]:
    """A medical laboratory: turnaround by month and test, samples by day, repeats by site."""
    rng = random.Random(66)
    turnaround: Rows = [
        [month, round((31.0 if at < 14 else 22.4) + rng.gauss(0, 0.7), 1)]
        for at, month in enumerate(months(2023, 24))
    ]
    tests: Rows = [
        ["Blood culture", 58.3, 8_100],
        ["Histology", 44.9, 5_600],
        ["Virology", 26.2, 12_900],
        ["Coagulation", 5.8, 21_400],
        ["Glucose", 3.1, 33_700],
    ]
    sites: Rows = [
        ["Northgate", 0.012, 61_000],
        ["Southgate", 0.034, 48_500],
        ["Airport", 0.009, 22_700],
        ["Mobile van", 0.061, 1_900],
    ]
    clients = crossed(
        (2023, 2024),
        {
            "Hospitals": (291_000, 272_000),
            "Practices": (183_000, 211_000),
            "Care homes": (44_000, 53_500),
            "Research": (20_500, 20_000),
        },
    )
    samples: Rows = [[day, int(1_480 + rng.gauss(0, 40))] for day in days(date(2024, 5, 6), 70)]
    samples[31][1] = 402
    errors: Rows = [
        ["Label missing", 512],
        ["Wrong tube", 388],
        ["Too little blood", 140],
        ["Broken in transit", 66],
        ["Too old", 41],
        ["Other", 13],
    ]
    southgate: Rows = [["Wrong tube", 214], ["Label missing", 120], ["Too old", 19]]
    return [
        result(
            "month avg_turnaround_hours",
            turnaround,
            id="r1",
            units={"avg_turnaround_hours": "h"},
        ),
        result(
            "test avg_turnaround_hours tests_done",
            tests,
            id="r2",
            units={"avg_turnaround_hours": "h"},
        ),
        result(
            "site repeat_rate samples",
            sites,
            id="r3",
            sql="SELECT site, AVG(repeated) AS repeat_rate, COUNT(*) AS samples FROM samples "
            "WHERE arrival_date >= '2024-10-01' AND arrival_date < '2025-01-01' GROUP BY site",
        ),
        result("year client_type samples", clients, id="r4"),
        result("arrival_date samples", samples, id="r5"),
        result("error_type errors", errors, id="r6"),
        result(
            "error_type errors",
            southgate,
            id="r7",
            sql="SELECT error_type, COUNT(*) AS errors FROM errors "
            "WHERE site = 'Southgate' GROUP BY error_type",
        ),
    ]


QUESTIONS: Questions = {
    "hotels": (
        "How do nights, income and guest satisfaction of our hotels develop?",
        ("Hotels",),
        hotels,
    ),
    "insurer": (
        "What do claims cost us, how fast do we settle and what do we reject?",
        ("Insurance",),
        insurer,
    ),
    "waste": ("How much waste do we collect, and where does it go wrong?", ("City waste",), waste),
    "streaming": ("What is watched, on which devices, and to the end?", ("Streaming",), streaming),
    "laboratory": (
        "How fast and how well does the laboratory work?",
        ("Laboratory",),
        laboratory,
    ),
}

context, fact_ids = readers(QUESTIONS, NAMES)
