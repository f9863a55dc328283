# ruff: noqa: DTZ001, E501 - stored times carry no zone; tables read better in rows
"""Small stand-ins for the retail and bakehouse data, the same on every machine."""

from __future__ import annotations

import math
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

DATA = Path(__file__).parents[2] / "local_workspace/src/local_workspace/data"
CITIES = ["Boston", "New York", "Philadelphia", "Baltimore", "Chicago", "Denver", "Dallas",
          "Seattle", "Portland", "San Diego", "Atlanta", "Miami"]  # fmt: skip
REGIONS = ["East"] * 4 + ["Central"] * 3 + ["West"] * 3 + ["South"] * 2
PRODUCTS = {
    "Footwear": ["Trail Runner", "Summit Boot", "Camp Sandal", "Rain Shoe"],
    "Apparel": ["Storm Jacket", "Fleece Pullover", "Hiking Pants", "Merino Shirt", "Down Vest"],
    "Accessories": ["Wool Hat", "Trekking Pole", "Water Bottle", "Headlamp"],
    "Camping": ["Two-Person Tent", "Sleeping Bag", "Camp Stove", "Cooler Box"],
}


def flights(connection: duckdb.DuckDBPyConnection, folder: Path | None = None) -> list[str]:
    """Load the shipped flight tables; returns their names."""
    names = []
    for path in sorted((folder or DATA / "flights").glob("*.parquet")):
        connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM '{path}'")
        names.append(path.stem)
    return names


def retail(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Two years of generated sales; returns the table names."""
    chance = random.Random(20240805)
    _fill(connection, "stores(store_id INT, store_name VARCHAR, city VARCHAR, region VARCHAR)",
          [(n + 1, f"{city} Store", city, REGIONS[n]) for n, city in enumerate(CITIES)])  # fmt: skip
    products = [(100 + n, name, category, round(chance.uniform(15, 240), 2))
                for n, (category, name) in enumerate(
                    (c, p) for c, names in PRODUCTS.items() for p in names)]  # fmt: skip
    _fill(connection, "products(product_id INT, product_name VARCHAR, category VARCHAR, "
          "list_price DECIMAL(10,2))", products)  # fmt: skip
    countries = ["USA", "Canada", "Mexico", "United Kingdom"]
    customers = [
        (n, f"Customer {n:04d}", chance.choices(["Consumer", "Business", "Education"], [6, 3, 1])[0],
         chance.choices(countries, [7, 2, 1, 1])[0],
         date(2021, 1, 1) + timedelta(chance.randrange(1400)))
        for n in range(1, 801)
    ]  # fmt: skip
    _fill(connection, "customers(customer_id INT, customer_name VARCHAR, segment VARCHAR, "
          "country VARCHAR, signup_date DATE)", customers)  # fmt: skip
    rows = []
    day, number = date(2023, 1, 1), 10_000
    while day < date(2025, 1, 1):
        passed = (day - date(2023, 1, 1)).days
        season = 1.5 if day.month in (11, 12) else 0.75 if day.month == 2 else 1.0
        outage = 0.7 if date(2024, 8, 5) <= day <= date(2024, 8, 25) else 1.0
        for _ in range(
            max(1, round(14 * (1 + passed / 5000) * season * outage + math.sin(passed)))
        ):
            product = chance.choice(products)
            units = chance.choices([1, 2, 3, 4], [6, 3, 1, 1])[0]
            discount = chance.choices([0.0, 0.1, 0.2, 0.3], [7, 2, 1, 1])[0]
            price = round(product[3] * (1 - discount), 2)
            online = chance.random() < 0.3 + passed / 3000
            rows.append((number, day, chance.randrange(1, 801), product[0], chance.randrange(1, 13),
                         "Online" if online else "In-store", units, price, discount,
                         round(units * price, 2), round(units * product[3] * 0.6, 2)))  # fmt: skip
            number += 1
        day += timedelta(1)
    _fill(connection, "sales(order_id INT, order_date DATE, customer_id INT, product_id INT, "
          "store_id INT, channel VARCHAR, quantity INT, unit_price DECIMAL(10,2), discount DOUBLE, "
          "revenue DECIMAL(12,2), cost DECIMAL(12,2))", rows)  # fmt: skip
    return ["sales", "customers", "products", "stores"]


def bakehouse(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Seventeen days of generated cookie sales; returns the table names."""
    chance = random.Random(20240501)
    cookies = ["Golden Gate Ginger", "Outback Oatmeal", "Austin Almond Biscotti",
               "Tokyo Tidbits", "Pearly Pies", "Orchard Oasis"]  # fmt: skip
    cities = [("Tokyo", "Japan"), ("Paris", "France"), ("New York", "US"), ("Sydney", "Australia"),
              ("Stockholm", "Sweden"), ("Chicago", "US"), ("Osaka", "Japan")]  # fmt: skip
    names = ["Bean Dreams", "Crumb Corner", "Sugar Rush", "Golden Crust", "Sweet Haven",
             "Oven Glow", "Cookie Cove", "Baked Bliss", "Whisk Away", "Dough Delight"]  # fmt: skip
    franchises = [
        (3000 + n, name, *cities[n % 7][:1], None, "10001", cities[n % 7][1],
         chance.choice(["S", "M", "L", "XL"]), 0.0, 0.0, 4000 + n)
        for n, name in enumerate(names)
    ]  # fmt: skip
    _fill(connection, "sales_franchises(franchiseID BIGINT, name VARCHAR, city VARCHAR, "
          "district VARCHAR, zipcode VARCHAR, country VARCHAR, size VARCHAR, longitude DOUBLE, "
          "latitude DOUBLE, supplierID BIGINT)", franchises)  # fmt: skip
    places = [("Ohio", "US", "North America"), ("Kanto", "Japan", "Asia"),
              ("Bavaria", "Germany", "Europe"), ("Ontario", "Canada", "North America")]  # fmt: skip
    customers = []
    for n in range(300):
        state, country, continent = chance.choice(places)
        customers.append((2000 + n, f"First{n % 40}", f"Last{n % 90}", f"c{n}@example.com", "0",
                          "1 Street", "Town", state, country, continent, n,
                          chance.choice(["male", "female"])))  # fmt: skip
    _fill(connection, "sales_customers(customerID BIGINT, first_name VARCHAR, last_name VARCHAR, "
          "email_address VARCHAR, phone_number VARCHAR, address VARCHAR, city VARCHAR, "
          "state VARCHAR, country VARCHAR, continent VARCHAR, postal_zip_code BIGINT, "
          "gender VARCHAR)", customers)  # fmt: skip
    rows = []
    for n in range(3300):
        when = datetime(2024, 5, 1) + timedelta(minutes=chance.randrange(17 * 24 * 60))
        units = chance.randrange(1, 30)
        rows.append((1_000_000 + n, 2000 + chance.randrange(300), 3000 + chance.randrange(10), when,
                     chance.choice(cookies), units, 3, units * 3,
                     chance.choice(["visa", "mastercard", "amex"]), 0))  # fmt: skip
    _fill(connection, "sales_transactions(transactionID BIGINT, customerID BIGINT, "
          "franchiseID BIGINT, dateTime TIMESTAMP, product VARCHAR, quantity BIGINT, "
          "unitPrice BIGINT, totalPrice BIGINT, paymentMethod VARCHAR, cardNumber BIGINT)", rows)  # fmt: skip
    return ["sales_transactions", "sales_customers", "sales_franchises"]


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]
) -> None:
    connection.execute(f"CREATE TABLE {table}")
    name, width = table.split("(", 1)[0], len(rows[0])
    for start in range(0, len(rows), 2000):
        part = rows[start : start + 2000]
        marks = ", ".join(["(" + ", ".join("?" * width) + ")"] * len(part))
        connection.execute(f"INSERT INTO {name} VALUES {marks}", [v for row in part for v in row])


def office(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A small company nobody has described: employees, teams and support tickets."""
    chance = random.Random(7)
    teams = [(n, name, site) for n, (name, site) in enumerate(
        [("Sales", "Leeds"), ("Support", "Leeds"), ("Engineering", "Berlin"),
         ("Finance", "Paris"), ("Marketing", "Berlin")], 1)]  # fmt: skip
    _fill(
        connection, "departments(department_id INT, department_name VARCHAR, site VARCHAR)", teams
    )
    people = [
        (n, f"Person {n:03d}", chance.randrange(1, 6), chance.choice(["Junior", "Senior", "Lead"]),
         chance.choice(["full-time", "part-time"]), 28_000 + 500 * chance.randrange(90),
         chance.randrange(21, 65), date(2015, 1, 1) + timedelta(chance.randrange(3300)),
         chance.random() < 0.3)
        for n in range(1, 241)
    ]  # fmt: skip
    _fill(connection, "employees(employee_id INT, employee_name VARCHAR, department_id INT, "
          "seniority VARCHAR, contract VARCHAR, salary INT, age INT, hire_date DATE, "
          "is_remote BOOLEAN)", people)  # fmt: skip
    tickets = [
        (90_000 + n, datetime(2024, 1, 1) + timedelta(minutes=chance.randrange(366 * 1440)),
         chance.randrange(1, 241), chance.choice(["low", "normal", "urgent"]),
         chance.choice(["email", "phone", "chat"]), chance.choice(["billing", "bug", "how-to"]),
         chance.randrange(1, 2000), chance.choice([None, 1, 2, 3, 4, 5]), chance.random() < 0.1)
        for n in range(4000)
    ]  # fmt: skip
    _fill(connection, "tickets(ticket_id INT, opened_at TIMESTAMP, employee_id INT, "
          "priority VARCHAR, source VARCHAR, topic VARCHAR, minutes_to_resolve INT, "
          "satisfaction INT, escalated BOOLEAN)", tickets)  # fmt: skip
    return ["tickets", "employees", "departments"]


def clinic(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Two years of visits to clinics nobody has described."""
    chance = random.Random(31)
    clinics = [(n, name, city) for n, (name, city) in enumerate(
        [("Harbour", "Leeds"), ("Northgate", "Leeds"), ("Minster", "York"), ("Riverside", "York"),
         ("Castle", "Durham")], 1)]  # fmt: skip
    _fill(connection, "clinics(clinic_id INT, clinic_name VARCHAR, city VARCHAR)", clinics)
    patients = [
        (5000 + n, 1930 + chance.randrange(90), chance.choice(["F", "M"]), chance.random() < 0.7)
        for n in range(600)
    ]
    _fill(
        connection,
        "patients(patient_id INT, birth_year INT, sex VARCHAR, insured BOOLEAN)",
        patients,
    )
    visits = []
    for n in range(3000):
        missed = chance.random() < 0.08
        visits.append(
            (70_000 + n,
             datetime(2023, 1, 1, 8) + timedelta(days=chance.randrange(731),
                                                 minutes=chance.randrange(660)),
             chance.choice(clinics)[0], 5000 + chance.randrange(600),
             chance.choice(["check-up", "urgent", "vaccination", "follow-up"]),
             None if missed else chance.randrange(1, 95), round(chance.uniform(20, 180), 2),
             None if missed else chance.choice([None, 1, 2, 3, 4, 5]), missed))  # fmt: skip
    _fill(connection, "visits(visit_id INT, visited_at TIMESTAMP, clinic_id INT, patient_id INT, "
          "reason VARCHAR, wait_minutes INT, fee DECIMAL(10,2), satisfaction INT, "
          "no_show BOOLEAN)", visits)  # fmt: skip
    return ["visits", "patients", "clinics"]


def energy(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Daily meter readings of a campus, one flat table."""
    chance = random.Random(32)
    rows = []
    for passed in range(600):
        day = date(2023, 1, 1) + timedelta(passed)
        temperature = round(10 - 12 * math.cos(passed / 58.1) + chance.gauss(0, 3), 1)
        for number, building in enumerate(["Library", "Sports Hall", "Main Office", "Workshop"], 1):
            for fuel, price in (("electricity", 0.31), ("gas", 0.09)):
                used = max(20, (620 - 25 * temperature * (fuel == "gas")) * number / 3)
                used = round(used * chance.uniform(0.8, 1.2) * (0.6 if day.weekday() > 4 else 1), 1)
                rows.append((day, building, fuel, used, round(used / chance.uniform(5, 9), 1),
                             round(used * price, 2), temperature))  # fmt: skip
    _fill(connection, "readings(reading_date DATE, building VARCHAR, fuel VARCHAR, kwh DOUBLE, "
          "peak_kw DOUBLE, cost_eur DECIMAL(10,2), outside_temp_c DOUBLE)", rows)  # fmt: skip
    return ["readings"]
