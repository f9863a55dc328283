# ruff: noqa: DTZ001, E501 - stored times carry no zone; tables read better in rows
"""Wave 14: a chain of gyms, garages for car repairs, an auction house and a town's taxis."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def gym(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Six clubs, five plans, members since 2021 and their visits from October 2023 to September 2024."""
    chance = random.Random(141)
    clubs = [("MCR", "Manchester Deansgate", "Manchester", 2012, 2100, "Y"), ("SLF", "Salford Quays", "Manchester", 2019, 1450, "N"),
             ("LDS", "Leeds Dock", "Leeds", 2015, 1800, "Y"), ("HDY", "Headingley", "Leeds", 2020, 950, "N"),
             ("SHF", "Sheffield Arena", "Sheffield", 2017, 1600, "Y"), ("YRK", "York Walls", "York", 2022, 1100, "N")]  # fmt: skip
    fill(connection, "clubs(club_cd VARCHAR, club_nm VARCHAR, city VARCHAR, open_yr INT, sqm INT, pool_yn VARCHAR)", clubs)  # fmt: skip
    plans = [("FLX", "Flex", 34.0, 0), ("STD", "Standard", 29.0, 12), ("PRM", "Premium", 49.0, 12),
             ("STU", "Student", 19.0, 9), ("DAY", "Daytime", 22.0, 6)]  # fmt: skip
    fill(connection, "plans(plan_cd VARCHAR, plan_nm VARCHAR, list_fee_pm DECIMAL(6,2), commit_mths INT)", plans)  # fmt: skip
    end = date(2024, 9, 30)
    members = []
    for n in range(2300):
        joined = date(2021, 1, 4) + timedelta(chance.randrange((end - date(2021, 1, 4)).days))
        if chance.random() < 0.3:
            joined = joined.replace(month=1, day=chance.randrange(2, 29))
        club = chance.choices(clubs, [6, 3, 5, 2, 4, 3])[0]
        if club[0] == "YRK" and joined.year < 2022:
            joined = joined.replace(year=2023)
        plan = chance.choices(plans, [4, 7, 3, 3, 2])[0]
        stay = int(chance.expovariate(1 / (480 if plan[0] == "FLX" else 1050))) + 30
        left = joined + timedelta(stay)
        gone = left <= end
        fee = round(plan[2] * chance.choice([1, 1, 1, 0.9, 0.8]), 2)
        year = chance.randrange(1998, 2006) if plan[0] == "STU" else chance.randrange(1948, 2004)
        members.append((40_000 + n, club[0], plan[0], joined, left if gone else None,
                        chance.choices(["PRICE", "MOVED", "INJ", "NOUSE", "SVC"], [5, 4, 2, 6, 2])[0] if gone else None,
                        fee, chance.choices(["F", "M", "X"], [50, 48, 2])[0], year,
                        chance.choices(["WEB", "REF", "WLK", "COR"], [9, 5, 4, 2])[0]))  # fmt: skip
    fill(connection, "members(mbr_no INT, home_club VARCHAR, plan_cd VARCHAR, join_dt DATE, cxl_dt DATE, cxl_rsn VARCHAR, "
         "fee_pm DECIMAL(6,2), sex VARCHAR, birth_yr INT, acq_chn VARCHAR)", members)  # fmt: skip
    hours = list(range(6, 22))
    weights = [6, 8, 6, 5, 4, 4, 6, 5, 3, 4, 7, 12, 14, 10, 6, 3]
    months = {10: 10, 11: 9, 12: 6, 1: 15, 2: 13, 3: 11, 4: 10, 5: 9, 6: 8, 7: 7, 8: 7, 9: 11}
    rows: list[tuple[object, ...]] = []
    while len(rows) < 8000:
        member = chance.choice(members)
        day = date(2023, 10, 1) + timedelta(chance.randrange(366))
        if day < member[3] or (member[4] and day > member[4]) or chance.random() * 15 > months[day.month]:  # fmt: skip
            continue
        hour = chance.choice([10, 11, 13, 14]) if member[2] == "DAY" else chance.choices(hours, weights)[0]  # fmt: skip
        place = member[1] if chance.random() < 0.88 else chance.choice(clubs)[0]
        rows.append((900_000 + len(rows), member[0], place,
                     datetime(day.year, day.month, day.day, hour, chance.randrange(60)),
                     max(12, int(chance.gauss(68 if place in ("MCR", "LDS", "SHF") else 56, 18))),
                     chance.choices(["APP", "CARD"], [7, 3])[0]))  # fmt: skip
    fill(connection, "checkins(ci_id INT, mbr_no INT, club_cd VARCHAR, ci_ts TIMESTAMP, dwell_min INT, entry_typ VARCHAR)", rows)  # fmt: skip
    return ["checkins", "members", "plans", "clubs"]


def garage(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Jobs of five garages from January 2023 to June 2024, the mechanics and the parts fitted."""
    chance = random.Random(142)
    branches = [("BHM", "Birmingham", "West Midlands", 12), ("COV", "Coventry", "West Midlands", 8),
                ("WLV", "Wolverhampton", "West Midlands", 6), ("DRB", "Derby", "East Midlands", 7),
                ("LEI", "Leicester", "East Midlands", 9)]  # fmt: skip
    fill(connection, "branches(brn_cd VARCHAR, brn_nm VARCHAR, region VARCHAR, bays INT)", branches)  # fmt: skip
    names = ["Akhtar", "Baines", "Carter", "Dhillon", "Evans", "Farrow", "Gill", "Hobbs", "Iqbal", "Jennings", "Kaur",
             "Lowe", "Mistry", "Norris", "O'Dea", "Patel", "Quinn", "Reeve", "Singh", "Tranter", "Usman", "Vickers",
             "Webb", "Yates"]  # fmt: skip
    mechs = [(200 + n, f"{chance.choice('ABDGJKLMRST')}. {name}", branches[n % 5][0],
              chance.choices(["Apprentice", "Technician", "Master"], [2, 5, 2])[0],
              date(2010, 1, 1) + timedelta(chance.randrange(4700)))
             for n, name in enumerate(names)]  # fmt: skip
    fill(connection, "mechanics(mech_id INT, mech_nm VARCHAR, brn_cd VARCHAR, grade VARCHAR, hire_dt DATE)", mechs)  # fmt: skip
    kinds = {"Service": (2.0, 70), "MOT": (0.8, 5), "Brakes": (2.4, 140), "Tyres": (0.9, 190), "Diagnostics": (1.3, 25),
             "Exhaust": (1.8, 160), "Clutch": (5.5, 320)}  # fmt: skip
    parts = {"Service": ["Oil filter", "Air filter", "Engine oil 5L"], "MOT": ["Bulb", "Wiper blade"],
             "Brakes": ["Brake pads", "Brake discs"], "Tyres": ["Tyre", "Valve"], "Diagnostics": ["Sensor", "Fuse"],
             "Exhaust": ["Exhaust box", "Gasket"], "Clutch": ["Clutch kit", "Flywheel"]}  # fmt: skip
    price = {"Oil filter": 7, "Air filter": 11, "Engine oil 5L": 24, "Bulb": 3, "Wiper blade": 8, "Brake pads": 26,
             "Brake discs": 48, "Tyre": 62, "Valve": 2, "Sensor": 38, "Fuse": 1, "Exhaust box": 95, "Gasket": 6,
             "Clutch kit": 165, "Flywheel": 210}  # fmt: skip
    makes = ["Ford", "Vauxhall", "Volkswagen", "BMW", "Toyota", "Nissan", "Kia", "Tesla"]
    rows, lines = [], []
    for n in range(4200):
        came = date(2023, 1, 2) + timedelta(int(545 * chance.random() ** 0.9))
        while came.weekday() == 6:
            came += timedelta(1)
        mech = chance.choice(mechs)
        make = chance.choices(makes, [7, 6, 5, 3, 4, 3, 2, 1])[0]
        fuel = "Electric" if make == "Tesla" else chance.choices(["Petrol", "Diesel", "Hybrid", "Electric"], [10, 6, 3, 1])[0]  # fmt: skip
        kind = chance.choices(list(kinds), [9, 8, 5, 6, 4, 2, 1])[0]
        open_job = came >= date(2024, 6, 20) and chance.random() < 0.5
        state = "OPEN" if open_job else chance.choices(["INVOICED", "CANCELLED"], [95, 5])[0]
        out = came + timedelta(int(chance.expovariate(1 / (1.2 + kinds[kind][0] / 2)))) if state == "INVOICED" else None  # fmt: skip
        hours = labour = sold = discount = total = None
        kind_of_customer = chance.choices(["Retail", "Fleet", "Trade"], [6, 3, 1])[0]
        warranty = chance.random() < 0.07
        if state == "INVOICED":
            hours = round(kinds[kind][0] * chance.uniform(0.7, 1.6), 1)
            labour = round(hours * (78 if mech[2] in ("BHM", "LEI") else 69), 2)
            sold = 0.0
            for number, part in enumerate(chance.sample(parts[kind], chance.randrange(1, len(parts[kind]) + 1)), 1):  # fmt: skip
                count = chance.choice([2, 4]) if part in ("Tyre", "Valve") else chance.choice([1, 1, 2])  # fmt: skip
                cost = round(price[part] * chance.uniform(0.85, 1.2) * count, 2)
                charged = round(cost * chance.uniform(1.2, 1.7), 2)
                sold += charged
                lines.append((70_000 + n, number, part,
                              chance.choices(["Euro Parts", "AutoBits", "Midland Motor Factors", "Main dealer"], [5, 4, 3, 2])[0],
                              count, cost, charged))  # fmt: skip
            sold = round(sold, 2)
            discount = round((labour + sold) * {"Retail": 0, "Fleet": 0.1, "Trade": 0.15}[kind_of_customer], 2)  # fmt: skip
            total = 0.0 if warranty else round(labour + sold - discount, 2)
        rows.append((70_000 + n, mech[2], mech[0], kind_of_customer, make, fuel, chance.randrange(2006, 2024),
                     chance.randrange(4_000, 160_000), kind, came, out, state, hours, labour, sold, discount, total,
                     "Y" if warranty else "N",
                     chance.choice([None, None, 2, 3, 4, 4, 5, 5, 5]) if state == "INVOICED" else None))  # fmt: skip
    fill(connection, "jobs(job_no INT, brn_cd VARCHAR, mech_id INT, cust_typ VARCHAR, veh_make VARCHAR, veh_fuel VARCHAR, "
         "veh_yr INT, mileage INT, job_typ VARCHAR, dt_in DATE, dt_out DATE, job_stat VARCHAR, lab_hrs DECIMAL(5,1), "
         "lab_amt DECIMAL(9,2), parts_amt DECIMAL(9,2), disc_amt DECIMAL(9,2), inv_amt DECIMAL(9,2), warr_yn VARCHAR, "
         "cust_score INT)", rows)  # fmt: skip
    fill(connection, "job_parts(job_no INT, line_no INT, part_desc VARCHAR, suppl_nm VARCHAR, qty INT, cost_amt DECIMAL(9,2), "
         "sell_amt DECIMAL(9,2))", lines)  # fmt: skip
    return ["jobs", "job_parts", "mechanics", "branches"]


def auction(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Lots that an auction house offered from 2021 to 2024; a third of them found no buyer."""
    chance = random.Random(143)
    departments = {"Old Masters": ["Painting", "Drawing", "Print"], "Jewellery": ["Ring", "Brooch", "Necklace", "Watch"],
                   "Furniture": ["Chair", "Table", "Cabinet", "Mirror"], "Books": ["Atlas", "Manuscript", "First edition"],
                   "Modern Art": ["Painting", "Sculpture", "Print"]}  # fmt: skip
    base = {"Old Masters": 5200, "Jewellery": 1900, "Furniture": 800, "Books": 600, "Modern Art": 4100}  # fmt: skip
    odds = {"Old Masters": 0.62, "Jewellery": 0.8, "Furniture": 0.55, "Books": 0.72, "Modern Art": 0.7}  # fmt: skip
    sales = []
    for n in range(88):
        day = date(2021, 1, 20) + timedelta(int(n * 16.2) + chance.randrange(8))
        department = chance.choices(list(base), [3, 4, 3, 2, 4])[0]
        form = chance.choices(["Live", "Online"], [5, 2 + day.year - 2021])[0]
        season = ["Winter", "Spring", "Summer", "Autumn"][day.month % 12 // 3]
        sales.append((501 + n, f"{season} {department} {day.year} no. {n + 1}", day, department,
                      "Online" if form == "Online" else chance.choices(["London", "Edinburgh", "Geneva"], [5, 2, 2])[0], form))  # fmt: skip
    fill(connection, "auctions(auction_id INT, auction_name VARCHAR, auction_date DATE, department VARCHAR, location VARCHAR, "
         "format VARCHAR)", sales)  # fmt: skip
    sellers = [(n, f"Seller {n:03d}", chance.choices(["Private", "Dealer", "Estate", "Museum"], [6, 3, 3, 1])[0],
                chance.choices(["United Kingdom", "France", "Switzerland", "United States", "Italy", "Netherlands"], [8, 3, 2, 3, 2, 1])[0])
               for n in range(1, 301)]  # fmt: skip
    fill(connection, "sellers(seller_id INT, seller_name VARCHAR, seller_type VARCHAR, country VARCHAR)", sellers)  # fmt: skip
    rows = []
    for sale in sales:
        for number in range(1, chance.randrange(28, 64)):
            low = round(base[sale[3]] * chance.lognormvariate(0, 0.9) / 50) * 50 + 50
            high = round(low * chance.uniform(1.3, 1.6) / 50) * 50
            seller = chance.choice(sellers)
            sold = chance.random() < odds[sale[3]] + (0.06 if sale[5] == "Online" else 0)
            hammer = round(low * max(0.8, chance.lognormvariate(0.2, 0.4)) / 10) * 10 if sold else None  # fmt: skip
            rows.append((10_000 + len(rows), sale[0], seller[0], number, chance.choice(departments[sale[3]]),
                         "20th century" if sale[3] == "Modern Art"
                         else chance.choices(["Before 1700", "18th century", "19th century", "20th century"], [1, 3, 5, 3])[0],
                         low, high, round(low * 0.8), chance.randrange(2, 14) if sold else chance.randrange(0, 4), sold,
                         hammer, round(hammer * 0.25, 2) if hammer else None,
                         chance.choices(["United Kingdom", "United States", "France", "Germany", "China", "Switzerland"], [8, 5, 2, 2, 3, 1])[0] if sold else None,
                         chance.choices(["Room", "Phone", "Internet"], [3, 3, 4])[0] if sold and sale[5] == "Live"
                         else "Internet" if sold else None))  # fmt: skip
    fill(connection, "lots(lot_id INT, auction_id INT, seller_id INT, lot_number INT, object_type VARCHAR, period VARCHAR, "
         "low_estimate INT, high_estimate INT, reserve_price INT, bidders INT, sold BOOLEAN, hammer_price INT, "
         "buyers_premium DECIMAL(10,2), buyer_country VARCHAR, bid_channel VARCHAR)", rows)  # fmt: skip
    return ["lots", "auctions", "sellers"]


def taxi(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Taxi trips of 2024 in one town: two times, two zones a trip, how they were booked and paid."""
    chance = random.Random(144)
    zones = [(1, "Airport", "Outskirts"), (2, "Central Station", "Centre"), (3, "Old Town", "Centre"), (4, "Harbour", "North"),
             (5, "University", "North"), (6, "Stadium", "East"), (7, "Business Park", "East"), (8, "Hospital", "South"),
             (9, "Shopping Mall", "South"), (10, "Hillside", "West"), (11, "Riverside", "West"), (12, "Exhibition Centre", "Outskirts")]  # fmt: skip
    fill(connection, "zones(zone_id INT, zone_name VARCHAR, district VARCHAR)", zones)
    firsts = ["Adem", "Bela", "Carla", "Dario", "Elif", "Faris", "Greta", "Hugo", "Ines", "Jonas", "Katya", "Luca", "Mina",
              "Noor", "Omar", "Petra", "Rui", "Sana", "Tomas", "Vera"]  # fmt: skip
    drivers = [(n, f"{firsts[n % 20]} {'KMR'[(n - 1) // 20]}.", chance.choices(["Saloon", "Estate", "Minivan", "Electric"], [5, 2, 2, 3])[0],
                chance.randrange(1998, 2024), chance.choice(["Full time", "Full time", "Part time"]))
               for n in range(1, 61)]  # fmt: skip
    fill(connection, "drivers(driver_id INT, driver_name VARCHAR, vehicle_type VARCHAR, license_year INT, contract VARCHAR)", drivers)  # fmt: skip
    rows = []
    for n in range(7500):
        day = date(2024, 1, 1) + timedelta(int(366 * chance.random() ** 0.92))
        hour = chance.choices(range(24), [4, 3, 2, 1, 2, 4, 7, 10, 11, 9, 7, 7, 8, 8, 8, 9, 10, 12, 12, 10, 9, 8, 8, 6])[0]  # fmt: skip
        start = datetime(day.year, day.month, day.day, hour, chance.randrange(60), chance.randrange(60))  # fmt: skip
        origin = chance.choices(zones, [7, 9, 8, 4, 4, 2, 5, 4, 4, 3, 3, 2])[0]
        goal = chance.choices(zones, [8, 8, 8, 4, 3, 2, 4, 4, 4, 4, 4, 2])[0]
        while goal == origin:
            goal = chance.choice(zones)
        far = "Outskirts" in (origin[2], goal[2])
        distance = round(max(0.6, chance.gauss(15 if far else 5, 4 if far else 2)), 1)
        minutes = distance * chance.uniform(1.7, 3.2) + 2
        fare = round(3.5 + distance * (2.3 if 6 <= hour < 22 else 2.8), 2)
        state = chance.choices(["Completed", "Cancelled", "No show"], [92, 5, 3])[0]
        done = state == "Completed"
        pay = chance.choices(["Card", "Cash", "App", "Voucher"], [9, 5, 7, 1])[0]
        tip = round(fare * chance.choice([0, 0, 0.05, 0.1, 0.15]), 2) if pay != "Voucher" else 0.0
        toll = 4.5 if far and chance.random() < 0.6 else 0.0
        rows.append((n + 1, start, start + timedelta(seconds=int(minutes * 60)) if done else None, chance.randrange(1, 61),
                     origin[0], goal[0], chance.choices(["App", "Phone", "Street"], [6, 3, 3])[0], state,
                     chance.choices([1, 2, 3, 4, 5], [12, 6, 2, 1, 1])[0], distance if done else None,
                     fare if done else None, tip if done else None, toll if done else None,
                     round(fare + tip + toll, 2) if done else None, pay if done else None,
                     chance.choices([None, 1, 2, 3, 4, 5], [60, 2, 2, 5, 12, 19])[0] if done else None))  # fmt: skip
    fill(connection, "trips(trip_id INT, pickup_datetime TIMESTAMP, dropoff_datetime TIMESTAMP, driver_id INT, pickup_zone_id INT, "
         "dropoff_zone_id INT, booking_channel VARCHAR, trip_status VARCHAR, passenger_count INT, trip_distance_km DOUBLE, "
         "fare_amount DECIMAL(8,2), tip_amount DECIMAL(8,2), toll_amount DECIMAL(8,2), total_amount DECIMAL(8,2), "
         "payment_type VARCHAR, rating INT)", rows)  # fmt: skip
    return ["trips", "drivers", "zones"]
