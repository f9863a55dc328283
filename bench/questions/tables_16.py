# ruff: noqa: E501, DTZ001 - tables read better in rows; times are the place's own
"""Wave 16: a coffee roaster's wholesale orders, a bank's card transactions, a seaport's calls and
cargo, and a letting agency's tenancies, rents and repairs."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def roaster(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Orders of 2023 and 2024 by trade customers: a header and its lines, some open or cancelled."""
    chance = random.Random(1601)
    cities = ["Manchester", "Leeds", "Liverpool", "Sheffield", "York", "Newcastle", "Chester"]
    kinds = ["Cafe", "Restaurant", "Hotel", "Office", "Grocer"]
    first = [
        "Blue",
        "Corner",
        "Market",
        "Harbour",
        "Red",
        "Little",
        "Old",
        "Green",
        "Station",
        "Garden",
    ]
    second = {"Cafe": ["Cup", "Bean", "Kettle", "Spoon"], "Restaurant": ["Table", "Kitchen", "Grill", "Fork"],
              "Hotel": ["Hotel", "Inn", "Lodge", "House"], "Office": ["Works", "Partners", "Studios", "Labs"],
              "Grocer": ["Pantry", "Foods", "Larder", "Stores"]}  # fmt: skip
    managers = ["Aisha Khan", "Tom Fielding", "Grace Osei", "Luke Brennan"]
    customers, names = [], set()
    while len(customers) < 120:
        kind = chance.choices(kinds, [5, 3, 2, 2, 2])[0]
        name = f"{chance.choice(first)} {chance.choice(second[kind])}"
        if name in names:
            continue_name = f"{name} {chance.choice(cities)}"
            if continue_name in names:
                continue
            name = continue_name
        names.add(name)
        customers.append((len(customers) + 1, name, kind, chance.choices(cities, [6, 5, 4, 3, 2, 2, 1])[0],
                          chance.choice([*managers, *managers, *managers, None]),
                          date(2018, 1, 1) + timedelta(chance.randrange(2400))))  # fmt: skip
    fill(connection, "customers(customer_id INT, customer_name VARCHAR, customer_type VARCHAR, city VARCHAR, account_manager VARCHAR, customer_since DATE)", customers)  # fmt: skip
    coffees = [(1, "House Espresso", "Brazil", "Dark", None, 13.5), (2, "Northern Blend", "Brazil", "Medium", None, 12.0),
               (3, "Sidamo", "Ethiopia", "Light", "Organic", 19.5), (4, "Yirgacheffe", "Ethiopia", "Light", "Organic", 21.0),
               (5, "Huila", "Colombia", "Medium", "Fairtrade", 17.0), (6, "Supremo", "Colombia", "Medium", None, 15.5),
               (7, "Antigua", "Guatemala", "Medium", "Fairtrade", 18.0), (8, "Nyeri AA", "Kenya", "Light", None, 23.0),
               (9, "Mandheling", "Indonesia", "Dark", "Rainforest Alliance", 16.5), (10, "Decaf Huila", "Colombia", "Medium", "Fairtrade", 18.5),
               (11, "Tarrazu", "Costa Rica", "Medium", "Rainforest Alliance", 18.0), (12, "Midnight Roast", "Indonesia", "Dark", None, 14.0),
               (13, "Geisha Reserve", "Panama", "Light", None, 64.0)]  # fmt: skip
    fill(connection, "coffees(coffee_id INT, coffee_name VARCHAR, origin VARCHAR, roast_level VARCHAR, certification VARCHAR, list_price_per_kg DOUBLE)", coffees)  # fmt: skip
    weights = [chance.expovariate(1) + 0.1 for _ in customers]
    orders, lines = [], []
    for n in range(1, 2701):
        day = date(2023, 1, 1) + timedelta(int(731 * chance.random() ** 0.85))
        buyer = chance.choices(customers[:112], weights[:112])[0]
        if day > date(2024, 12, 20):
            state = chance.choice(["Open", "Open", "Delivered"])
        else:
            state = chance.choices(["Delivered", "Cancelled"], [94, 6])[0]
        promised = day + timedelta(chance.choice([2, 3, 5]))
        arrived = promised + timedelta(chance.choices([-1, 0, 0, 1, 2, 4], [2, 5, 5, 2, 1, 1])[0])
        orders.append((n, day, buyer[0], chance.choices(["Phone", "Website", "Email", "Sales visit"], [2, 5, 3, 1])[0],
                       state, promised, arrived if state == "Delivered" else None,
                       round(chance.uniform(6, 24), 2) if chance.random() < 0.8 else None))  # fmt: skip
        for number, coffee in enumerate(chance.sample(coffees[:12], chance.choices([1, 2, 3, 4], [4, 4, 2, 1])[0]), 1):  # fmt: skip
            kilos = chance.choice([1, 2, 5, 5, 10, 10, 20, 30])
            discount = chance.choices([0, 5, 10, 15], [6, 3, 2, 1])[0]
            amount = round(kilos * coffee[5] * (1 - discount / 100), 2)
            lines.append((n, number, coffee[0], kilos, coffee[5], discount, amount))
    fill(connection, "orders(order_id INT, order_date DATE, customer_id INT, order_channel VARCHAR, status VARCHAR, promised_date DATE, delivered_date DATE, shipping_cost DOUBLE)", orders)  # fmt: skip
    fill(connection, "order_lines(order_id INT, line_number INT, coffee_id INT, kilos INT, price_per_kg DOUBLE, discount_percent INT, line_amount DOUBLE)", lines)  # fmt: skip
    return ["customers", "coffees", "orders", "order_lines"]


def cards(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Card transactions from January 2024 to June 2025, with reasons of those declined."""
    chance = random.Random(1602)
    people = ["Retail", "Premier", "Student", "Business"]
    holders = [(n, f"Customer {n:04d}", chance.choices(people, [6, 2, 2, 2])[0],
                chance.choices(["London", "Birmingham", "Glasgow", "Cardiff", "Belfast"], [5, 3, 2, 1, 1])[0],
                date(1945, 1, 1) + timedelta(chance.randrange(22000)))
               for n in range(1, 401)]  # fmt: skip
    fill(connection, "customers(cust_id INT, cust_name VARCHAR, segment VARCHAR, home_branch VARCHAR, birth_dt DATE)", holders)  # fmt: skip
    plastic = []
    for n in range(1, 601):
        kind = chance.choices(["Debit", "Credit", "Prepaid"], [5, 3, 1])[0]
        issued = date(2020, 1, 1) + timedelta(chance.randrange(1460))
        plastic.append((5000 + n, chance.randrange(1, 401), kind, chance.choices(["Visa", "Mastercard"], [3, 2])[0], issued,
                        date(issued.year + 5, issued.month, 28), chance.choice([1000, 2000, 3000, 5000, 8000]) if kind == "Credit" else None,
                        chance.choices(["Active", "Blocked", "Closed"], [88, 4, 8])[0]))  # fmt: skip
    fill(connection, "cards(card_id INT, cust_id INT, card_type VARCHAR, network VARCHAR, issue_dt DATE, expiry_dt DATE, credit_limit INT, card_status VARCHAR)", plastic)  # fmt: skip
    categories = {"Groceries": 35, "Restaurants": 28, "Fuel": 48, "Travel": 210, "Electronics": 160,
                  "Clothing": 62, "Utilities": 90, "Entertainment": 24, "Cash withdrawal": 80}  # fmt: skip
    countries = ["United Kingdom", "France", "Spain", "United States", "Ireland", "Germany"]
    left = [
        "Harlow",
        "Finch",
        "Bramley",
        "Castell",
        "Dunmore",
        "Ferris",
        "Quill",
        "Sable",
        "Tamar",
        "Verity",
    ]
    right = [
        "& Co",
        "& Sons",
        "Direct",
        "Ltd",
        "Group",
        "Express",
        "Point",
        "Place",
        "Hub",
        "Corner",
        "Plus",
        "One",
        "World",
        "Local",
        "Prime",
    ]
    titles = chance.sample([f"{a} {b}" for a in left for b in right], 150)
    shops = [(n, titles[n - 1], category, chance.choices(countries, [14, 2, 2, 2, 1, 1])[0])
             for n, category in enumerate(chance.choices(list(categories), [6, 6, 3, 2, 2, 3, 1, 3, 2], k=150), 1)]  # fmt: skip
    fill(connection, "merchants(merchant_id INT, merchant_name VARCHAR, category VARCHAR, country VARCHAR)", shops)  # fmt: skip
    weights = [chance.expovariate(1) + 0.1 for _ in shops]
    rows = []
    for n in range(1, 8001):
        card, shop = chance.choice(plastic[:570]), chance.choices(shops, weights)[0]
        moment = datetime(2024, 1, 1) + timedelta(chance.randrange(547), hours=chance.choices(range(24), [1] * 6 + [2, 4, 6, 6, 6, 7, 9, 9, 7, 6, 6, 8, 9, 8, 6, 4, 3, 2])[0], minutes=chance.randrange(60))  # fmt: skip
        channel = "ATM" if shop[2] == "Cash withdrawal" else chance.choices(["Contactless", "Chip and PIN", "Online", "Mobile wallet"], [5, 3, 4, 3])[0]  # fmt: skip
        amount = round(categories[shop[2]] * chance.lognormvariate(-0.2, 0.7), 2)
        declined = chance.random() < (0.09 if channel == "Online" else 0.04)
        why = chance.choices(["Insufficient funds", "Wrong PIN", "Suspected fraud", "Expired card", None], [6, 2, 2, 1, 1])[0]  # fmt: skip
        fraud = not declined and chance.random() < (0.012 if channel == "Online" else 0.003)
        fee = round(amount * 0.0275, 2) if shop[3] != "United Kingdom" else 0.0
        rows.append((n, moment, card[0], shop[0], amount, fee, channel, "Declined" if declined else "Approved",
                     why if declined else None, fraud))  # fmt: skip
    fill(connection, "transactions(txn_id INT, txn_ts TIMESTAMP, card_id INT, merchant_id INT, txn_amt DOUBLE, fx_fee DOUBLE, channel VARCHAR, txn_status VARCHAR, decline_reason VARCHAR, is_fraud BOOLEAN)", rows)  # fmt: skip
    return ["customers", "cards", "merchants", "transactions"]


def port(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Vessel calls of 2022 to 2024 at eight berths, and what they loaded and discharged."""
    chance = random.Random(1603)
    berths = [("CT1", "Container North", "Container Terminal", 15.5, 380), ("CT2", "Container South", "Container Terminal", 14.0, 340),
              ("BK1", "Grain Quay", "Bulk Terminal", 12.5, 260), ("BK2", "Ore Quay", "Bulk Terminal", 14.5, 290),
              ("TK1", "Oil Jetty", "Liquid Terminal", 13.0, 240), ("RR1", "Ferry Ramp 1", "Ro-Ro Terminal", 9.0, 210),
              ("RR2", "Ferry Ramp 2", "Ro-Ro Terminal", 8.5, 190), ("MP1", "Old Dock", "Multipurpose", 8.0, 170)]  # fmt: skip
    fill(connection, "berths(berth_cd VARCHAR, berth_name VARCHAR, terminal VARCHAR, max_draught_m DOUBLE, quay_len_m INT)", berths)  # fmt: skip
    sorts = {"Container ship": (["CT1", "CT2"], 42000), "Bulk carrier": (["BK1", "BK2", "MP1"], 31000),
             "Tanker": (["TK1"], 28000), "Ro-Ro ferry": (["RR1", "RR2"], 24000), "General cargo": (["MP1", "BK1"], 6000)}  # fmt: skip
    lines = [
        "Nordlink",
        "Meridian Lines",
        "Baltic Star",
        "Coralia",
        "Atlas Bulk",
        "Seaway Tankers",
        None,
    ]
    vessels = []
    for n in range(180):
        sort = chance.choices(list(sorts), [5, 4, 3, 2, 4])[0]
        vessels.append((9100000 + n * 37, f"MV {chance.choice(['Aurora', 'Bella', 'Castor', 'Delta', 'Elbe', 'Freya', 'Gala', 'Hera', 'Iris', 'Juno'])} {n + 1}",
                        sort, chance.choices(["PA", "LR", "MT", "MH", "NO", "CY"], [5, 4, 3, 3, 2, 1])[0],
                        int(sorts[sort][1] * chance.uniform(0.4, 1.9)), chance.randrange(1995, 2023), chance.choice(lines)))  # fmt: skip
    fill(connection, "vessels(imo_no INT, vessel_name VARCHAR, vsl_type VARCHAR, flag_cd VARCHAR, gt INT, built_yr INT, operator VARCHAR)", vessels)  # fmt: skip
    weights = [chance.expovariate(1) + 0.2 for _ in vessels]
    calls, cargo = [], []
    for n in range(1, 3001):
        vessel = chance.choices(vessels[:174], weights[:174])[0]
        eta = datetime(2022, 1, 1) + timedelta(chance.randrange(1096), hours=chance.randrange(24))
        state = chance.choices(["D", "X"], [96, 4])[0]
        late = chance.choices([-2, 0, 1, 3, 8, 20, 44], [2, 5, 5, 3, 2, 1, 1])[0]
        ata = eta + timedelta(hours=late, minutes=chance.randrange(60))
        stay = chance.lognormvariate(2.2 if vessel[2] == "Ro-Ro ferry" else 3.1, 0.5)
        if eta > datetime(2024, 12, 30):
            state = chance.choice(["D", "A"])
        came = state != "X"
        cause = chance.choice(["WX", "PLT", "BRT", "MEC", None]) if late >= 3 and came else None
        calls.append((n, vessel[0], chance.choice(sorts[vessel[2]][0]), eta, ata if came else None,
                      ata + timedelta(hours=round(stay, 1)) if state == "D" else None, state,
                      chance.choices([0, 1, 2, 3], [3, 3, 4, 1])[0] if came else None, cause,
                      round(vessel[4] * chance.uniform(0.11, 0.16), 2) if came else None))  # fmt: skip
        if state != "D":
            continue
        for way in ("I", "E") if chance.random() < 0.55 else (chance.choice("IE"),):
            if vessel[2] == "Container ship":
                teu = chance.randrange(60, 1900)
                cargo.append((len(cargo) + 1, n, "Containers", way, round(teu * chance.uniform(8, 13), 1), teu, round(teu * chance.uniform(40, 60), 2)))  # fmt: skip
                continue
            goods = {"Bulk carrier": ["Grain", "Ore", "Coal", "Fertiliser"], "Tanker": ["Crude oil", "Diesel"],
                     "Ro-Ro ferry": ["Vehicles", "Trailers"], "General cargo": ["Timber", "Steel", "Paper"]}[vessel[2]]  # fmt: skip
            tonnes = round(vessel[4] * chance.uniform(0.1, 0.8), 1)
            cargo.append((len(cargo) + 1, n, chance.choice(goods), way, tonnes, None, round(tonnes * chance.uniform(2.5, 4.5), 2)))  # fmt: skip
    fill(connection, "port_calls(call_no INT, imo_no INT, berth_cd VARCHAR, eta TIMESTAMP, ata TIMESTAMP, atd TIMESTAMP, call_status VARCHAR, tugs INT, delay_cd VARCHAR, port_dues DOUBLE)", calls)  # fmt: skip
    fill(connection, "cargo_moves(move_id INT, call_no INT, commodity VARCHAR, direction VARCHAR, tonnes DOUBLE, teu INT, handling_chg DOUBLE)", cargo)  # fmt: skip
    return ["berths", "vessels", "port_calls", "cargo_moves"]


def lettings(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Tenancies begun from July 2022 to June 2025, the rent due for them, and repairs reported."""
    chance = random.Random(1604)
    areas = ["City Centre", "Riverside", "Northfield", "Hillcrest", "Station Quarter", "Westgate"]
    level = dict(zip(areas, [1.35, 1.25, 0.8, 1.0, 1.1, 0.9], strict=True))
    owners = [f"{first} {last}" for first in ("Anna", "Brian", "Carol", "Derek", "Ewan", "Fiona", "Gita", "Harold", "Ines", "Joan")
              for last in ("Ashworth", "Bell", "Cartwright", "Dunn", "Ellis", "Farrow")]  # fmt: skip
    streets = [
        "Mill Lane",
        "Church Street",
        "Park Road",
        "High Street",
        "Albert Road",
        "Canal Street",
        "Oak Avenue",
    ]
    homes = []
    for n in range(1, 261):
        kind = chance.choices(
            ["Flat", "Terraced house", "Semi-detached house", "Detached house", "Studio"],
            [5, 4, 2, 1, 2],
        )[0]
        beds = (
            0
            if kind == "Studio"
            else chance.choice([1, 2, 2, 3] if kind == "Flat" else [2, 3, 3, 4])
        )
        homes.append((n, f"{n % 97 + 1} {streets[n % 7]}", chance.choice(areas), kind, beds, chance.random() < 0.4,
                      chance.choices(["B", "C", "D", "E", None], [2, 5, 5, 2, 1])[0], chance.choice(owners),
                      chance.choices(["Full management", "Rent collection", "Let only"], [5, 3, 2])[0]))  # fmt: skip
    fill(connection, "properties(property_id INT, address VARCHAR, area VARCHAR, property_type VARCHAR, bedrooms INT, furnished BOOLEAN, energy_rating VARCHAR, landlord_name VARCHAR, service_level VARCHAR)", homes)  # fmt: skip
    last = date(2025, 6, 30)
    tenancies, payments, repairs = [], [], []
    for home in homes[:252]:
        day = date(2022, 7, 1) + timedelta(chance.randrange(240))
        rent = round((480 + 210 * home[4]) * level[home[2]] * chance.uniform(0.9, 1.12) / 5) * 5
        while day < last:
            months = chance.choice([6, 12, 12, 12, 18, 24])
            end = day + timedelta(round(months * 30.4))
            number = len(tenancies) + 1
            listed = day - timedelta(int(chance.gammavariate(3, 11)) + 4)
            tenancies.append((number, home[0], f"Tenant {number:04d}", listed, day, end if end <= last else None, months, rent,
                              round(rent * 12 / 52 * 5), "Ended" if end <= last else "Active",
                              chance.choices(["Rightmove", "Zoopla", "Walk-in", "Referral", None], [6, 4, 1, 2, 1])[0],
                              round(rent * chance.choice([0.5, 0.6, 0.75]))))  # fmt: skip
            due = day
            while due < min(end, last):
                fate = chance.choices(["on time", "late", "part", "none"], [84, 11, 3, 2])[0]
                paid = (
                    rent
                    if fate in ("on time", "late")
                    else round(rent * chance.uniform(0.3, 0.8))
                    if fate == "part"
                    else 0
                )
                when = (
                    due - timedelta(chance.randrange(3))
                    if fate == "on time"
                    else due + timedelta(chance.randrange(2, 35))
                )
                paid = 0 if when > last else paid
                payments.append((len(payments) + 1, number, due, when if paid else None, rent, paid,
                                 chance.choices(["Standing order", "Direct debit", "Card"], [6, 3, 1])[0] if paid else None))  # fmt: skip
                due += timedelta(chance.choice([30, 31]))
            day = end + timedelta(chance.randrange(5, 70))
            rent = round(rent * chance.uniform(1.0, 1.08) / 5) * 5
    fill(connection, "tenancies(tenancy_id INT, property_id INT, tenant_name VARCHAR, listed_date DATE, start_date DATE, end_date DATE, term_months INT, monthly_rent INT, deposit INT, status VARCHAR, lead_source VARCHAR, letting_fee INT)", tenancies)  # fmt: skip
    fill(connection, "rent_payments(payment_id INT, tenancy_id INT, due_date DATE, paid_date DATE, amount_due INT, amount_paid INT, payment_method VARCHAR)", payments)  # fmt: skip
    prices = {
        "Plumbing": 140,
        "Electrical": 120,
        "Heating": 230,
        "Appliances": 170,
        "Locks": 85,
        "Roofing": 420,
        "Damp": 310,
    }
    teams = {"Plumbing": ["Pipewise", "Dales Plumbing"], "Electrical": ["Bright Spark"], "Heating": ["WarmCo", "Dales Plumbing"],
             "Appliances": ["FixIt Home"], "Locks": ["KeyMaster"], "Roofing": ["TopTile"], "Damp": ["FixIt Home", "DryWall"]}  # fmt: skip
    for n in range(1, 1501):
        trade = chance.choices(list(prices), [6, 3, 5, 4, 2, 1, 2])[0]
        urgency = chance.choices(["Emergency", "Urgent", "Routine"], [1, 3, 6])[0]
        told = date(2022, 7, 1) + timedelta(chance.randrange(1096))
        done = told + timedelta(
            int(chance.gammavariate(2, {"Emergency": 0.7, "Urgent": 3, "Routine": 8}[urgency]))
        )
        open_ = done > last or chance.random() < 0.02
        repairs.append((n, chance.choice(homes)[0], told, None if open_ else done, trade, urgency, chance.choice(teams[trade]),
                        None if open_ else round(prices[trade] * chance.lognormvariate(0, 0.5), 2)))  # fmt: skip
    fill(connection, "repairs(repair_id INT, property_id INT, reported_date DATE, completed_date DATE, trade VARCHAR, priority VARCHAR, contractor VARCHAR, cost DOUBLE)", repairs)  # fmt: skip
    return ["properties", "tenancies", "rent_payments", "repairs"]
