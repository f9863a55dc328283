# ruff: noqa: DTZ001, E501 - stored times carry no zone; tables read better in rows
"""Wave 5: four small data sets of unlike trades, made after the translator and before reading it."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def hospital(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Eighteen months of stays on the wards of a hospital with two sites; no space file."""
    chance = random.Random(51)
    wards = [
        (n, *ward)
        for n, ward in enumerate(
            [("Nightingale", "cardiology", 24, "North"), ("Fleming", "surgery", 30, "North"),
             ("Lister", "surgery", 18, "South"), ("Seacole", "maternity", 20, "South"),
             ("Curie", "oncology", 16, "North"), ("Jenner", "paediatrics", 22, "South")], 1)
    ]  # fmt: skip
    fill(connection, "wards(ward_id INT, ward_name VARCHAR, specialty VARCHAR, beds INT, "
         "site VARCHAR)", wards)  # fmt: skip
    patients = [
        (n, f"Patient {n:04d}", chance.choice(["female", "male"]),
         date(1930, 1, 1) + timedelta(chance.randrange(33000)),
         chance.choice(["Bristol", "Bath", "Wells", "Taunton"]))
        for n in range(1, 701)
    ]  # fmt: skip
    fill(connection, "patients(patient_id INT, patient_name VARCHAR, gender VARCHAR, "
         "date_of_birth DATE, city VARCHAR)", patients)  # fmt: skip
    rows = []
    for n in range(2600):
        came = date(2023, 1, 1) + timedelta(chance.randrange(546))
        nights = chance.choices([1, 2, 3, 5, 8, 13, 21], [5, 6, 5, 4, 2, 1, 1])[0]
        left = came + timedelta(nights)
        inside = left > date(2024, 6, 30)
        rows.append((300_000 + n, chance.randrange(1, 701), chance.randrange(1, 7), came,
                     None if inside else left,
                     chance.choice(["fracture", "pneumonia", "heart failure", "appendicitis",
                                    "stroke", "asthma"]),
                     chance.choices(["emergency", "elective", "transfer"], [5, 4, 1])[0],
                     None if inside else nights,
                     None if inside else round(nights * chance.uniform(350, 900), 2),
                     chance.random() < 0.12))  # fmt: skip
    fill(connection, "admissions(admission_id INT, patient_id INT, ward_id INT, admitted_on DATE, "
         "discharged_on DATE, diagnosis VARCHAR, admission_type VARCHAR, length_of_stay INT, "
         "treatment_cost DECIMAL(12,2), readmitted BOOLEAN)", rows)  # fmt: skip
    return ["admissions", "wards", "patients"]


def saas(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Three years of subscriptions and invoices of a software firm; with a short space file."""
    chance = random.Random(52)
    accounts = [
        (n, f"Account {n:03d}", chance.choice(["Retail", "Healthcare", "Finance", "Education"]),
         chance.choice(["Germany", "France", "United Kingdom", "United States", "Spain"]),
         chance.choice([12, 45, 80, 150, 400, 1200]))
        for n in range(1, 321)
    ]  # fmt: skip
    fill(connection, "accounts(account_id INT, account_name VARCHAR, industry VARCHAR, "
         "country VARCHAR, employees INT)", accounts)  # fmt: skip
    plans = {"Free": 0, "Starter": 29, "Team": 99, "Enterprise": 499}
    subscriptions = []
    for n in range(900):
        plan = chance.choice(list(plans))
        start = date(2022, 1, 1) + timedelta(chance.randrange(1090))
        end = start + timedelta(chance.randrange(20, 900))
        seats = chance.randrange(1, 40)
        subscriptions.append((10_000 + n, chance.randrange(1, 321), plan, start,
                              end if end < date(2025, 1, 1) else None, seats,
                              plans[plan] * seats // 4, chance.random() < 0.4))  # fmt: skip
    fill(connection, "subscriptions(subscription_id INT, account_id INT, plan VARCHAR, "
         "started_on DATE, cancelled_on DATE, seats INT, mrr INT, annual_billing BOOLEAN)",
         subscriptions)  # fmt: skip
    invoices = []
    for n in range(3000):
        issued = date(2022, 1, 1) + timedelta(chance.randrange(1096))
        invoices.append((f"INV-{n:05d}", chance.randrange(1, 321), issued,
                         issued + timedelta(30), round(chance.uniform(20, 4000), 2),
                         chance.choices(["paid", "overdue", "refunded"], [8, 2, 1])[0]))  # fmt: skip
    fill(connection, "invoices(invoice_no VARCHAR, account_id INT, issued_on DATE, due_on DATE, "
         "amount DECIMAL(10,2), status VARCHAR)", invoices)  # fmt: skip
    return ["subscriptions", "accounts", "invoices"]


def logistics(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Two years of shipments of a haulier; with a short space file, and inferred."""
    chance = random.Random(53)
    carriers = [("BLU", "Bluewing Air", "air"), ("NOR", "Nordfracht", "road"),
                ("MAR", "Maristar", "sea"), ("RHI", "Rhine Rail", "rail"),
                ("SPD", "Speedline", "road")]  # fmt: skip
    fill(connection, "carriers(carrier_code VARCHAR, carrier_name VARCHAR, transport_mode VARCHAR)",
         carriers)  # fmt: skip
    rows = []
    for n in range(4000):
        sent = date(2023, 1, 1) + timedelta(chance.randrange(731))
        carrier = chance.choice(carriers)
        days = {"air": 2, "road": 4, "rail": 6, "sea": 21}[carrier[2]] + chance.randrange(6)
        weight = round(chance.uniform(5, 2400), 1)
        rows.append((f"SH{100_000 + n}", sent, sent + timedelta(days), carrier[0],
                     chance.choice(["Hamburg", "Rotterdam", "Antwerp"]),
                     chance.choice(["Poland", "Italy", "Sweden", "Austria", "Greece", "Norway"]),
                     chance.choices(["standard", "express", "economy"], [5, 2, 3])[0],
                     weight, chance.randrange(150, 3900), round(weight * chance.uniform(0.2, 1.9), 2),
                     days, chance.random() < 0.06))  # fmt: skip
    fill(connection, "shipments(shipment_no VARCHAR, shipped_on DATE, delivered_on DATE, "
         "carrier_code VARCHAR, origin_hub VARCHAR, destination_country VARCHAR, "
         "service_level VARCHAR, weight_kg DOUBLE, distance_km INT, freight_cost_eur DECIMAL(10,2), "
         "transit_days INT, damaged BOOLEAN)", rows)  # fmt: skip
    return ["shipments", "carriers"]


def bikes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """One flat export of a bike-hire scheme, 14 months; no space file."""
    chance = random.Random(54)
    stations = ["Old Market", "Castle Hill", "Riverside Park", "Central Station", "University",
                "Harbour Gate", "Town Hall"]  # fmt: skip
    rows = []
    for n in range(5000):
        day = chance.randrange(425)
        minutes = round(chance.uniform(3, 75), 1)
        electric = chance.random() < 0.35
        rows.append((n + 1, datetime(2023, 3, 1, 6) + timedelta(days=day, minutes=chance.randrange(1000)),
                     chance.choice(stations), chance.choice(stations),
                     chance.choices(["member", "casual", "day pass"], [6, 3, 1])[0],
                     "electric" if electric else "classic", minutes,
                     round(minutes * chance.uniform(0.1, 0.3), 2),
                     round(1 + minutes * (0.15 if electric else 0.08), 2),
                     chance.choice([None, None, 1, 2, 3, 4, 5])))  # fmt: skip
    fill(connection, "trips(trip_id INT, start_time TIMESTAMP, start_station VARCHAR, "
         "end_station VARCHAR, user_type VARCHAR, bike_type VARCHAR, duration_min DOUBLE, "
         "distance_km DOUBLE, fare_gbp DECIMAL(8,2), rating INT)", rows)  # fmt: skip
    return ["trips"]
