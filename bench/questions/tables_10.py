# ruff: noqa: E501 - tables read better in rows
"""Tables of wave 10: a car hire firm, a charity and a fish farm, named as their systems name them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def rental(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Car hire, January 2023 to October 2024: two stations and three dates a contract, Y/N and 0/1."""
    chance = random.Random(101)
    stations = [("LYS1", "Lyon Airport", "Lyon", "South-East", 1), ("LYS2", "Lyon Part-Dieu", "Lyon", "South-East", 0),
                ("NCE1", "Nice Airport", "Nice", "South-East", 1), ("BOD1", "Bordeaux Airport", "Bordeaux", "South-West", 1),
                ("BOD2", "Bordeaux Centre", "Bordeaux", "South-West", 0), ("TLS1", "Toulouse Airport", "Toulouse", "South-West", 1),
                ("LIL1", "Lille Europe", "Lille", "North", 0), ("CDG1", "Paris Roissy", "Paris", "North", 1)]  # fmt: skip
    fill(connection, "stations(stn_code VARCHAR, stn_name VARCHAR, city VARCHAR, region VARCHAR, is_airport INT)", stations)  # fmt: skip
    models = [("Renault", "Clio", "ECO", "Petrol", 19), ("Peugeot", "208", "ECO", "Petrol", 20),
              ("Renault", "Megane", "CMP", "Diesel", 28), ("Volkswagen", "Golf", "CMP", "Petrol", 30),
              ("Peugeot", "3008", "SUV", "Diesel", 39), ("Tesla", "Model Y", "SUV", "Electric", 47),
              ("BMW", "5 Series", "LUX", "Diesel", 61), ("Renault", "Trafic", "VAN", "Diesel", 35)]  # fmt: skip
    vehicles = []
    for n in range(1, 261):
        make, model, kind, fuel, price = chance.choices(models, [8, 7, 5, 5, 4, 2, 1, 2])[0]
        bought = date(2020, 1, 1) + timedelta(chance.randrange(1300))
        vehicles.append((n, make, model, kind, fuel, bought, price * 1000 + chance.randrange(-900, 900)))  # fmt: skip
    fill(connection, "vehicles(vehicle_id INT, make VARCHAR, model VARCHAR, class_cd VARCHAR, fuel VARCHAR, purchased_on DATE, list_price INT)", vehicles)  # fmt: skip
    customers = [(n, f"{chance.choice(['Martin', 'Bernard', 'Smith', 'Rossi', 'Keller', 'Okafor'])} {n:04d}",
                  chance.choices(["P", "B"], [7, 3])[0],
                  chance.choices(["FR", "GB", "DE", "IT", "US"], [10, 4, 3, 2, 2])[0],
                  chance.choice(["Y", "N", "N"])) for n in range(1, 1201)]  # fmt: skip
    fill(connection, "customers(cust_id INT, cust_nm VARCHAR, cust_type VARCHAR, country VARCHAR, loyalty_member VARCHAR)", customers)  # fmt: skip
    daily = {"ECO": 34, "CMP": 45, "SUV": 68, "LUX": 120, "VAN": 75}
    last, rows = date(2024, 10, 31), []
    for n in range(7000):
        out = date(2023, 1, 1) + timedelta(chance.randrange(670))
        if out.month in (7, 8) or chance.random() < 0.8:
            car = vehicles[chance.randrange(250)]  # the last ten were never hired
            days = chance.choice([1, 1, 2, 2, 3, 3, 4, 5, 7, 7, 10, 14])
            start = chance.choices(stations, [6, 3, 5, 4, 2, 3, 2, 7])[0]
            one_way = chance.random() < 0.15
            end = chance.choice([s for s in stations if s != start]) if one_way else start
            state = chance.choices(["CLSD", "CANC", "NOSH"], [86, 10, 4])[0]
            back = out + timedelta(days)
            if state == "CLSD" and back > last:
                state, back = "OPEN", None
            gone = state in ("CANC", "NOSH")
            net = round(daily[car[3]] * days * chance.uniform(0.8, 1.3) + (60 if one_way else 0), 2)
            rows.append((500_000 + n, out - timedelta(int(chance.expovariate(1 / 18))), out,
                         None if gone else back, start[0], end[0], car[0], chance.randrange(1, 1201),
                         chance.choices(["STD", "WKND", "CORP", "PROMO"], [5, 2, 3, 2])[0], days, net,
                         round(days * 14.9, 2) if chance.random() < 0.35 else None,
                         chance.choice([0, 0, 0, 5, 10, 15, 20]),
                         None if gone or state == "OPEN" else days * chance.randrange(30, 320),
                         "Y" if one_way else "N", state, chance.choice(["WEB", "WEB", "APP", "DESK", "BROKER"])))  # fmt: skip
    fill(connection, "rentals(contract_no INT, dt_booked DATE, dt_out DATE, dt_in DATE, stn_out VARCHAR, stn_in VARCHAR, "
         "vehicle_id INT, cust_id INT, rate_plan VARCHAR, days INT, amt_net DECIMAL(10,2), amt_ins DECIMAL(8,2), "
         "disc_pct INT, km_driven INT, one_way VARCHAR, sts VARCHAR, src VARCHAR)", rows)  # fmt: skip
    counts = []
    for number in range(22):
        month = date(2023 + number // 12, number % 12 + 1, 1)
        for rank, station in enumerate(stations):
            total = 22 + 4 * rank + number // 4
            repair = chance.randrange(0, 5)
            counts.append(
                (month, station[0], total, chance.randrange(total // 2, total - 5), repair)
            )
    fill(connection, "fleet_snapshot(snap_month DATE, stn_code VARCHAR, cars_total INT, cars_out INT, cars_in_repair INT)", counts)  # fmt: skip
    return ["rentals", "stations", "vehicles", "customers", "fleet_snapshot"]


def charity(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Gifts in and grants out, July 2022 to June 2024: cents, anonymous gifts, a financial year."""
    chance = random.Random(102)
    appeals = [("WTR22", "Clean Water 2022", "Water", date(2022, 9, 1), date(2022, 12, 31), 4_500_000),
               ("XMS22", "Christmas 2022", "General", date(2022, 11, 15), date(2023, 1, 10), 6_000_000),
               ("EQK23", "Earthquake Relief", "Emergency", date(2023, 2, 7), date(2023, 6, 30), 3_000_000),
               ("SCH23", "Back to School", "Education", date(2023, 8, 1), date(2023, 10, 31), 2_500_000),
               ("XMS23", "Christmas 2023", "General", date(2023, 11, 15), date(2024, 1, 10), 7_000_000),
               ("WTR24", "Clean Water 2024", "Water", date(2024, 3, 1), date(2024, 6, 30), 5_000_000),
               ("LEG24", "Legacy Week", "General", date(2024, 7, 1), date(2024, 7, 7), 800_000)]  # fmt: skip
    fill(connection, "appeals(appeal_cd VARCHAR, appeal_nm VARCHAR, programme VARCHAR, start_dt DATE, end_dt DATE, budget_ct BIGINT)", appeals)  # fmt: skip
    regions = {"Leeds": "Yorkshire", "York": "Yorkshire", "Bristol": "South West", "Exeter": "South West",
               "London": "London", "Cardiff": "Wales", "Glasgow": "Scotland"}  # fmt: skip
    donors = []
    for n in range(1, 1501):
        kind = chance.choices(["Individual", "Company", "Foundation", "Church"], [85, 8, 2, 5])[0]
        city = chance.choices(list(regions), [3, 2, 3, 1, 7, 2, 3])[0]
        donors.append((n, f"{kind} donor {n:04d}", kind, city, regions[city],
                       date(2015, 1, 1) + timedelta(chance.randrange(3400)),
                       chance.choices([1, 0], [6, 4])[0],
                       1935 + chance.randrange(70) if kind == "Individual" and chance.random() < 0.8 else None))  # fmt: skip
    fill(connection, "donors(donor_id INT, donor_nm VARCHAR, donor_type VARCHAR, city VARCHAR, region VARCHAR, joined_dt DATE, email_opt_in INT, birth_yr INT)", donors)  # fmt: skip
    gifts = []
    for n in range(9000):
        day = date(2022, 7, 1) + timedelta(chance.randrange(731))
        if day.month not in (11, 12) and chance.random() < 0.25:
            continue
        running = [a[0] for a in appeals if a[3] <= day <= a[4]]
        donor = None if chance.random() < 0.06 else donors[chance.randrange(1450)]
        kind = donor[2] if donor else "Individual"
        scale = {"Individual": 3500, "Company": 40000, "Foundation": 400000, "Church": 20000}[kind]
        regular = int(kind == "Individual" and donor is not None and chance.random() < 0.45)
        cents = (
            1000 + 500 * chance.randrange(6)
            if regular
            else max(200, round(chance.lognormvariate(0, 0.8) * scale / 100) * 100)
        )
        method = "DD" if regular else chance.choices(["CC", "CHQ", "CASH", "BACS"], [6, 2, 1, 2])[0]
        taxed = kind == "Individual" and donor is not None and chance.random() < 0.6
        thanked = None if chance.random() < 0.2 else day + timedelta(chance.randrange(1, 30))
        thanked = None if thanked and thanked > date(2024, 6, 30) else thanked
        gifts.append((70_000 + n, day, donor[0] if donor else None,
                      chance.choice(running) if running and not regular and chance.random() < 0.8 else None,
                      cents, method, "Y" if taxed else "N", regular, thanked))  # fmt: skip
    fill(connection, "gifts(gift_id INT, gift_dt DATE, donor_id INT, appeal_cd VARCHAR, amt_ct BIGINT, pay_meth VARCHAR, gift_aid VARCHAR, is_regular INT, thanked_dt DATE)", gifts)  # fmt: skip
    partners = [("Sahel Wells", "Mali", "Water"), ("Agua Viva", "Peru", "Water"), ("Learn First", "Kenya", "Education"),
                ("Nepal Schools Trust", "Nepal", "Education"), ("Quick Shelter", "Turkey", "Emergency"),
                ("Open Hands", "Kenya", "Emergency")]  # fmt: skip
    grants = []
    for n in range(260):
        partner, country, programme = chance.choice(partners)
        awarded = date(2022, 7, 5) + timedelta(chance.randrange(700))
        paid = awarded + timedelta(chance.randrange(10, 90))
        open_ = paid > date(2024, 6, 30)
        grants.append((9000 + n, awarded, None if open_ else paid, partner, country, programme,
                       chance.randrange(8, 120) * 250, "approved" if open_ else chance.choices(["paid", "paid", "reported"])[0]))  # fmt: skip
    fill(connection, "grants(grant_no INT, awarded_dt DATE, paid_dt DATE, partner_nm VARCHAR, country VARCHAR, programme VARCHAR, amt_gbp INT, grant_status VARCHAR)", grants)  # fmt: skip
    return ["gifts", "donors", "appeals", "grants"]


def fishfarm(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Two years of a salmon and trout farm that nobody has described; weekly stock estimates."""
    chance = random.Random(103)
    pens = [(1, "Pen A1", "Loch Arran", "Salmon", 4200, date(2022, 10, 3), 60000),
            (2, "Pen A2", "Loch Arran", "Salmon", 4200, date(2022, 10, 3), 58000),
            (3, "Pen A3", "Loch Arran", "Trout", 2500, date(2022, 11, 14), 35000),
            (4, "Pen B1", "Kyle Bay", "Salmon", 5000, date(2022, 9, 12), 72000),
            (5, "Pen B2", "Kyle Bay", "Salmon", 5000, date(2022, 9, 12), 70000),
            (6, "Pen C1", "Mill Burn", "Trout", 1200, date(2022, 12, 5), 18000),
            (7, "Pen C2", "Mill Burn", "Trout", 1200, date(2024, 11, 18), 20000)]  # fmt: skip
    fill(connection, "pens(pen_id INT, pen_name VARCHAR, site VARCHAR, species VARCHAR, volume_m3 INT, stocked_on DATE, fish_stocked INT)", pens)  # fmt: skip
    logs, stock, harvests = [], [], []
    buyers = ["North Sea Foods", "Harbour Fish Co", "Maison Poisson", "Local market"]
    for passed in range(731):
        day = date(2023, 1, 1) + timedelta(passed)
        season = (1, 1, 2, 3, 5, 7, 8, 8, 6, 4, 2, 1)[day.month - 1]
        for pen in pens:
            if pen[5] > day:
                continue
            fish = round(pen[6] * (1 - 0.0003 * passed))
            grams = 150 + passed * (5.5 if pen[3] == "Salmon" else 2.2)
            logs.append((day, pen[0], round(fish * grams / 1e6 * (6 + season) * chance.uniform(0.8, 1.2), 1),
                         int(chance.expovariate(1 / 12)) * (4 if chance.random() < 0.01 else 1),
                         None if chance.random() < 0.03 else round(4 + season + chance.uniform(-1, 1), 1),
                         round(11 - season * 0.4 + chance.uniform(-0.6, 0.6), 1),
                         chance.choice(["M. Reid", "J. Orr", "S. Blair", "K. Dunn"]),
                         "Y" if chance.random() < 0.04 else "N"))  # fmt: skip
            if day.weekday() == 6:
                stock.append((day, pen[0], fish, round(grams), round(fish * grams / 1000)))
            if passed > 200 and pen[0] != 7 and chance.random() < 0.08:
                number = chance.randrange(300, 2400)
                kilos = round(number * grams / 1000 * chance.uniform(0.9, 1.1), 1)
                price = round((7.2 if pen[3] == "Salmon" else 5.4) * chance.uniform(0.9, 1.15), 2)
                buyer = chance.choices(buyers, [5, 3, 2, 1])[0]
                paid = None if chance.random() < 0.12 else day + timedelta(chance.randrange(7, 60))
                paid = None if paid and paid > date(2024, 12, 31) else paid
                harvests.append((4000 + len(harvests), day, pen[0], number, kilos,
                                 chance.choices(["superior", "ordinary", "production"], [7, 2, 1])[0],
                                 buyer, price, round(kilos * price, 2),
                                 paid))  # fmt: skip
    fill(connection, "daily_log(log_date DATE, pen_id INT, feed_kg DECIMAL(8,1), dead_fish INT, water_temp_c DECIMAL(4,1), "
         "oxygen_mg_l DECIMAL(4,1), logged_by VARCHAR, treated VARCHAR)", logs)  # fmt: skip
    fill(connection, "stock_estimates(est_date DATE, pen_id INT, fish_count INT, avg_weight_g INT, biomass_kg INT)", stock)  # fmt: skip
    fill(connection, "harvests(harvest_id INT, harvest_date DATE, pen_id INT, fish_harvested INT, weight_kg DECIMAL(10,1), grade VARCHAR, "
         "buyer VARCHAR, price_per_kg DECIMAL(6,2), revenue_gbp DECIMAL(12,2), paid_on DATE)", harvests)  # fmt: skip
    return ["daily_log", "pens", "harvests", "stock_estimates"]
