# ruff: noqa: E501, DTZ001 - tables read better in rows; their times have no zone
"""Wave 12: airport car parks, a veterinary practice, a call centre and solar installers; closed."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def parking(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Parking at an airport with two terminals, arrivals of 2023 and 2024; the field was never used."""
    chance = random.Random(121)
    parks = [("SS1", "Short Stay 1", "T1", 900, "Y", 3), ("SS2", "Short Stay 2", "T2", 700, "Y", 4),
             ("LS1", "Long Stay North", "T1", 2400, "N", 12), ("LS2", "Long Stay South", "T2", 1900, "N", 14),
             ("MG1", "Meet & Greet", "T1", 300, "N", 1), ("PR1", "Premium", "T2", 250, "Y", 2),
             ("OV1", "Overflow Field", "T2", 800, "N", 20)]  # fmt: skip
    fill(
        connection,
        "car_parks(cp_cd VARCHAR, cp_name VARCHAR, terminal VARCHAR, spaces INT, covered VARCHAR, walk_min INT)",
        parks,
    )
    channels = [("WEB", "Own website", "direct", 0), ("APP", "Mobile app", "direct", 0), ("GATE", "Drive-up", "direct", 0),
                ("PKC", "ParkCompare", "aggregator", 18), ("HOL", "HolidayPark", "aggregator", 22),
                ("TOP", "Tour operators", "trade", 12)]  # fmt: skip
    fill(
        connection,
        "channels(chan_cd VARCHAR, chan_nm VARCHAR, chan_type VARCHAR, comm_pct INT)",
        channels,
    )
    daily = {"SS1": 24, "SS2": 22, "LS1": 9, "LS2": 8, "MG1": 19, "PR1": 27}
    bookings = []
    for n in range(3600):
        passed = chance.randrange(731)
        arrives = date(2023, 1, 1) + timedelta(passed)
        if arrives.month in (1, 2, 11) and chance.random() < 0.4:
            arrives = arrives.replace(month=8, day=min(arrives.day, 31))
        park = chance.choices(parks[:6], [4, 3, 8, 6, 2, 1])[0]
        channel = chance.choices(channels, [8, 4, 2, 5, 3, 2])[0]
        business = chance.random() < (0.55 if park[0] in ("SS1", "SS2", "PR1") else 0.15)
        stay = 1 + int(chance.expovariate(1 / (1.6 if business else 8)))
        lead = 0 if channel[0] == "GATE" else 1 + int(chance.expovariate(1 / 24))
        price = round(
            (6 + daily[park[0]] * stay**0.86)
            * (1.06 if arrives.year == 2024 else 1)
            * chance.uniform(0.9, 1.1),
            2,
        )
        cut = round(price * chance.choice([0.05, 0.1, 0.15]), 2) if chance.random() < 0.22 else None
        status = (
            "DONE"
            if channel[0] == "GATE"
            else chance.choices(["DONE", "CXL", "NOSHOW"], [86, 10, 4])[0]
        )
        bookings.append((f"P{100_000 + n}", arrives - timedelta(lead), arrives, arrives + timedelta(stay), stay, park[0],
                         channel[0], "B" if business else "L", price, cut, status,
                         "Y" if chance.random() < (0.08 if arrives.year == 2023 else 0.14) else "N",
                         chance.choices([1, 2, 3, 4, 5], [1, 1, 3, 6, 5])[0] if status == "DONE" and chance.random() < 0.4 else None))  # fmt: skip
    fill(connection, "bookings(bkg_ref VARCHAR, booked_on DATE, arr_dt DATE, dep_dt DATE, stay_days INT, cp_cd VARCHAR, chan_cd VARCHAR, "
         "cust_typ VARCHAR, price_gbp DECIMAL(8,2), disc_gbp DECIMAL(8,2), status VARCHAR, ev_chg VARCHAR, rating INT)", bookings)  # fmt: skip
    incidents, last = [], date(2024, 12, 31)
    for n in range(430):
        day = date(2023, 1, 1) + timedelta(chance.randrange(731))
        kind = chance.choices(["DMG", "BREAK", "BARR", "SLIP"], [6, 2, 4, 1])[0]
        closed = (
            day + timedelta(2 + int(chance.expovariate(1 / 25))) if chance.random() < 0.93 else None
        )
        cost = {"DMG": 420, "BREAK": 650, "BARR": 180, "SLIP": 1500}[kind]
        incidents.append((8000 + n, day, chance.choices(parks[:6], [4, 3, 7, 7, 2, 1])[0][0], kind,
                          None if chance.random() < 0.2 else round(cost * chance.uniform(0.3, 2.5), 2),
                          None if closed is None or closed > last else closed,
                          "Y" if kind != "BARR" and chance.random() < 0.4 else "N"))  # fmt: skip
    fill(connection, "incidents(inc_no INT, inc_dt DATE, cp_cd VARCHAR, inc_type VARCHAR, cost_gbp DECIMAL(8,2), settled_dt DATE, "
         "ins_claim VARCHAR)", incidents)  # fmt: skip
    return ["bookings", "car_parks", "channels", "incidents"]


def vetclinic(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Visits to three branches of a veterinary practice in 2023 and 2024, pets and medication."""
    chance = random.Random(122)
    vets = [(n, *rest) for n, rest in enumerate([
        ("Dr. Alvarez", "Downtown", date(2014, 5, 1), 0), ("Dr. Brooks", "Downtown", date(2019, 9, 3), 0),
        ("Dr. Chen", "Downtown", date(2022, 1, 10), 1), ("Dr. Davis", "Lakeside", date(2017, 2, 20), 0),
        ("Dr. Evans", "Lakeside", date(2021, 6, 7), 0), ("Dr. Fischer", "Westgate", date(2020, 11, 2), 0),
        ("Dr. Gupta", "Westgate", date(2023, 8, 14), 1)], 1)]  # fmt: skip
    fill(
        connection,
        "vets(vet_id INT, vet_nm VARCHAR, branch VARCHAR, hired_on DATE, part_time INT)",
        vets,
    )
    breeds = {"Dog": ["Labrador", "Beagle", "Poodle", "German Shepherd", "Mixed"], "Cat": ["Domestic Shorthair", "Siamese", "Maine Coon"],
              "Rabbit": ["Holland Lop", "Rex"], "Bird": ["Parakeet", "Cockatiel"]}  # fmt: skip
    names = [
        "Bella",
        "Max",
        "Luna",
        "Charlie",
        "Coco",
        "Rocky",
        "Daisy",
        "Milo",
        "Molly",
        "Oscar",
        "Pepper",
    ]
    pets = []
    for n in range(1, 761):
        kind = chance.choices(list(breeds), [11, 8, 2, 1])[0]
        joined = date(2019, 1, 1) + timedelta(int(2190 * chance.random() ** 0.7))
        pets.append((n, chance.choice(names), kind, chance.choice(breeds[kind]),
                     None if chance.random() < 0.06 else joined - timedelta(chance.randrange(60, 3500)), chance.choice(["M", "F"]),
                     chance.choices(["Y", "N"], [7, 3])[0], int(chance.random() < {"Dog": 0.42, "Cat": 0.25}.get(kind, 0.08)), joined))  # fmt: skip
    fill(connection, "pets(pet_id INT, pet_nm VARCHAR, species VARCHAR, breed VARCHAR, born_on DATE, sex VARCHAR, neutered VARCHAR, "
         "insured INT, reg_dt DATE)", pets)  # fmt: skip
    minutes = {"CHK": 20, "VAC": 15, "SURG": 95, "DENT": 60, "EMER": 40}
    fees = {"CHK": 68, "VAC": 45, "SURG": 780, "DENT": 310, "EMER": 240}
    drugs = [("Carprofen", "Pain relief", 28), ("Gabapentin", "Pain relief", 22), ("Amoxicillin", "Antibiotic", 31),
             ("Doxycycline", "Antibiotic", 36), ("Apoquel", "Allergy", 74), ("Bravecto", "Parasite control", 58),
             ("Heartgard", "Parasite control", 44), ("Metacam", "Pain relief", 39)]  # fmt: skip
    visits, meds = [], []
    last = date(2024, 12, 31)
    while len(visits) < 3100:
        day = date(2023, 1, 2) + timedelta(chance.randrange(729))
        pet = pets[int(760 * chance.random() ** 1.25)]
        if pet[8] > day or day.weekday() == 6 or (day.weekday() == 5 and chance.random() < 0.5):
            continue
        vet = chance.choices(vets, [6, 5, 2, 5, 4, 5, 2])[0]
        if vet[3] > day:
            continue
        kind = chance.choices(list(minutes), [10, 7, 2, 2, 2])[0]
        hour = (
            chance.randrange(8, 18)
            if kind != "EMER" or chance.random() < 0.6
            else chance.randrange(18, 23)
        )
        state = (
            "SEEN" if kind == "EMER" else chance.choices(["SEEN", "NOSHOW", "CANC"], [88, 7, 5])[0]
        )
        fee = (
            round(fees[kind] * chance.uniform(0.75, 1.35) * (1.07 if day.year == 2024 else 1), 2)
            if state == "SEEN"
            else None
        )
        paid = day + timedelta(0 if chance.random() < 0.6 else int(chance.expovariate(1 / 18)))
        number = 40_000 + len(visits)
        visits.append((number, datetime(day.year, day.month, day.day, hour, chance.choice([0, 15, 30, 45])), pet[0], vet[0], kind,
                       max(5, round(minutes[kind] * chance.uniform(0.7, 1.5))) if fee else None, state, fee,
                       paid if fee and paid <= last and chance.random() < 0.95 else None))  # fmt: skip
        for _ in range(chance.choices([0, 1, 2], [6, 3, 1])[0] if fee else 0):
            drug = chance.choices(drugs, [6, 4, 5, 3, 3, 4, 5, 2])[0]
            count = chance.choice([1, 1, 2, 3])
            meds.append((90_000 + len(meds), number, drug[0], drug[1], count, round(count * drug[2] * chance.uniform(0.9, 1.1), 2),
                         int(chance.random() < 0.3)))  # fmt: skip
    fill(connection, "visits(visit_no INT, visit_ts TIMESTAMP, pet_id INT, vet_id INT, visit_cd VARCHAR, dur_min INT, sts VARCHAR, "
         "fee_usd DECIMAL(8,2), paid_dt DATE)", visits)  # fmt: skip
    fill(
        connection,
        "meds(rx_no INT, visit_no INT, med_nm VARCHAR, med_grp VARCHAR, qty INT, amt_usd DECIMAL(8,2), refill INT)",
        meds,
    )
    return ["visits", "pets", "vets", "meds"]


def callcentre(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Calls and shifts of a utility's call centre in 2024; no space file."""
    chance = random.Random(123)
    people = ["Abbie Cole", "Ben Osei", "Carla Reyes", "Dan Whitlock", "Eve Lindqvist", "Femi Adeyemi", "Gita Rao", "Harry Bloom",
              "Isla Grant", "Jack Moran", "Kira Novak", "Liam Doyle", "Maya Singh", "Nils Berg", "Orla Kane", "Pete Hughes",
              "Quinn Archer", "Rosa Lima", "Sam Okafor", "Tess Young", "Umar Aziz", "Vera Stone"]  # fmt: skip
    agents = [(300 + n, name, ["Red", "Blue", "Green", "Gold"][n % 4], "Cardiff" if n % 4 < 2 else "Dundee",
               date(2017, 3, 1) + timedelta(chance.randrange(2600)), chance.random() < 0.65)
              for n, name in enumerate(people)]  # fmt: skip
    fill(connection, "agents(agent_id INT, agent_name VARCHAR, team VARCHAR, site VARCHAR, hired_on DATE, full_time BOOLEAN)",
         agents)  # fmt: skip
    calls = []
    for n in range(3950):
        day = datetime(2024, 1, 1) + timedelta(chance.randrange(366))
        if day.weekday() > 4 and chance.random() < 0.7:
            day -= timedelta(day.weekday() if day.day > 8 else 0)
        start = day + timedelta(hours=chance.choices(range(8, 20), [5, 9, 10, 8, 7, 6, 6, 6, 5, 4, 3, 2])[0],
                                seconds=chance.randrange(3600))  # fmt: skip
        queue = chance.choices(["Billing", "Faults", "Moving home", "Complaints"], [8, 5, 4, 2])[0]
        wait = int(chance.expovariate(1 / {"Billing": 95, "Faults": 60, "Moving home": 120, "Complaints": 160}[queue]))  # fmt: skip
        lost = chance.random() < min(0.6, wait / 900)
        outcome = (
            "abandoned"
            if lost
            else chance.choices(["resolved", "transferred", "callback"], [14, 4, 3])[0]
        )
        agent = None if lost else chance.choices(agents, [3 + n % 5 for n in range(22)])[0][0]
        calls.append((700_000 + n, start, queue, agent, wait, None if lost else 40 + int(chance.expovariate(1 / 290)), outcome,
                      None if lost or chance.random() < 0.55 else chance.choices([1, 2, 3, 4, 5], [2, 2, 3, 6, 6])[0],
                      chance.random() < 0.18, chance.choices(["English", "Welsh", "Polish"], [16, 2, 1])[0]))  # fmt: skip
    fill(connection, "calls(call_id INT, started_at TIMESTAMP, queue VARCHAR, agent_id INT, wait_sec INT, talk_sec INT, outcome VARCHAR, "
         "csat INT, is_repeat BOOLEAN, language VARCHAR)", calls)  # fmt: skip
    shifts = []
    for passed in range(366):
        day = date(2024, 1, 1) + timedelta(passed)
        for agent in agents:
            if day.weekday() > 4 or chance.random() < (0.35 if agent[5] else 0.6):
                continue
            planned = chance.choice([7.5, 7.5, 8.0]) if agent[5] else chance.choice([4.0, 5.0])
            away = (
                chance.choices(["sick", "holiday", "training"], [4, 5, 1])[0]
                if chance.random() < 0.1
                else None
            )
            away = None if agent[1] in ("Orla Kane", "Nils Berg") and away == "sick" else away
            shifts.append((day, agent[0], planned, 0 if away else round(planned + chance.choice([-0.5, 0, 0, 0, 0.5, 1]), 1),
                           away))  # fmt: skip
    fill(connection, "shifts(shift_date DATE, agent_id INT, sched_hrs DECIMAL(4,1), worked_hrs DECIMAL(4,1), absence VARCHAR)",
         shifts)  # fmt: skip
    return ["calls", "agents", "shifts"]


def solar(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Leads, installations and service visits of a solar installer, 2023 and 2024; no space file."""
    chance = random.Random(124)
    reps = [(n, *rest) for n, rest in enumerate([
        ("Anke Vogel", "Bremen", date(2018, 4, 1)), ("Bram de Wit", "Utrecht", date(2020, 9, 1)), ("Clara Roth", "Bremen", date(2021, 2, 1)),
        ("Daan Smit", "Utrecht", date(2019, 6, 1)), ("Elif Kaya", "Aachen", date(2022, 1, 1)), ("Femke Bos", "Utrecht", date(2023, 5, 1)),
        ("Georg Lang", "Aachen", date(2016, 10, 1)), ("Hanna Witt", "Bremen", date(2024, 11, 1))], 1)]  # fmt: skip
    fill(
        connection,
        "reps(rep_id INT, rep_name VARCHAR, office VARCHAR, started_on DATE)",
        reps,
    )
    leads, installs, visits = [], [], []
    last = date(2024, 12, 31)
    for n in range(1, 1701):
        day = date(2023, 1, 1) + timedelta(chance.randrange(731))
        source = chance.choices(["website", "referral", "trade fair", "google ads"], [6, 4, 2, 5])[
            0
        ]
        rep = chance.choices(reps, [5, 4, 4, 5, 3, 3, 2, 1 if day >= date(2024, 11, 1) else 0])[0]
        size = round(chance.uniform(3.6, 14.8), 1)
        store = chance.random() < (0.4 if day.year == 2023 else 0.58)
        quote = round(size * chance.uniform(1250, 1650) + (5800 if store else 0), -1)
        closed = day + timedelta(6 + int(chance.expovariate(1 / 32)))
        won = chance.random() < {"website": 0.34, "referral": 0.52, "trade fair": 0.3, "google ads": 0.24}[source]  # fmt: skip
        state = "open" if closed > last or chance.random() < 0.05 else "won" if won else "lost"
        region = {"Bremen": "North", "Utrecht": "West", "Aachen": "South"}[rep[2]]
        region = region if chance.random() < 0.85 else chance.choice(["North", "West", "South", "East"])  # fmt: skip
        leads.append((n, day, source, region, chance.choices(["pitched", "flat", "ground"], [7, 3, 1])[0], rep[0],
                      quote if state == "won" or chance.random() < 0.75 else None, state, None if state == "open" else closed,
                      chance.choice(["too expensive", "chose competitor", "no longer interested", None]) if state == "lost" else None))  # fmt: skip
        built = closed + timedelta(20 + int(chance.expovariate(1 / 30)))
        if state != "won" or built > last:
            continue
        grid = built + timedelta(5 + int(chance.expovariate(1 / 14)))
        number = 5000 + len(installs)
        installs.append((number, n, built, chance.choices(["A", "B", "C"], [5, 4, 3])[0], size, round(size / 0.43), store,
                         quote, None if grid > last else grid))  # fmt: skip
        for _ in range(chance.choices([0, 1, 2, 3, 4], [30, 14, 8, 3, 1])[0]):
            seen = built + timedelta(1 + int(chance.expovariate(1 / 120)))
            if seen <= last:
                free = chance.random() < 0.6
                visits.append((len(visits) + 1, number, seen, chance.choices(["inverter fault", "cleaning", "monitoring", "leak"], [5, 3, 3, 1])[0],
                               chance.choice([1.0, 1.5, 2.0, 3.5]), round(chance.uniform(60, 480), 2), free))  # fmt: skip
    fill(connection, "leads(lead_id INT, created_on DATE, source VARCHAR, region VARCHAR, roof_type VARCHAR, rep_id INT, quote_eur INT, "
         "status VARCHAR, closed_on DATE, lost_reason VARCHAR)", leads)  # fmt: skip
    fill(connection, "installations(install_id INT, lead_id INT, installed_on DATE, crew VARCHAR, kwp DECIMAL(4,1), panels INT, "
         "battery BOOLEAN, contract_eur INT, grid_connected_on DATE)", installs)  # fmt: skip
    fill(connection, "service_visits(visit_id INT, install_id INT, visit_date DATE, reason VARCHAR, hours DECIMAL(3,1), cost_eur DECIMAL(8,2), "
         "under_warranty BOOLEAN)", visits)  # fmt: skip
    return ["leads", "installations", "service_visits", "reps"]
