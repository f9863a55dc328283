# ruff: noqa: E501, DTZ001 - tables read better in rows; their times have no zone
"""Wave 13: a cinema chain, a council's housing office and an ambulance service; development."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def cinema(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Screenings and weekly foyer sales of seven cinemas, July 2023 to December 2024."""
    chance = random.Random(131)
    sites = [("C01", "Regal Court", "Bristol", "West", date(1998, 5, 1), 5, "N"),
             ("C02", "Harbourside", "Bristol", "West", date(2012, 9, 14), 8, "Y"),
             ("C03", "Palace", "Leeds", "North", date(1987, 3, 2), 4, "N"),
             ("C04", "Lumiere", "Manchester", "North", date(2016, 11, 4), 9, "Y"),
             ("C05", "Odyssey", "Norwich", "East", date(2005, 6, 10), 6, "N"),
             ("C06", "Quayside", "Newcastle", "North", date(2009, 2, 20), 7, "N"),
             ("C07", "Station Square", "Cambridge", "East", date(2021, 7, 30), 6, "Y")]  # fmt: skip
    fill(connection, "cinemas(site_cd VARCHAR, site_nm VARCHAR, city VARCHAR, region VARCHAR, opened_dt DATE, "
         "screens INT, premium VARCHAR)", sites)  # fmt: skip
    films = [(n, *film) for n, film in enumerate([
        ("Midnight Ferry", "Thriller", "Northlight", "15", 118, date(2023, 7, 7)),
        ("The Paper Fox", "Family", "Bluebird", "U", 94, date(2023, 7, 21)),
        ("Iron Meridian", "Action", "Titan", "12A", 141, date(2023, 9, 1)),
        ("A Quiet Harvest", "Drama", "Northlight", "PG", 127, date(2023, 10, 13)),
        ("Ghosts of Ludd", "Horror", "Nightjar", "18", 101, date(2023, 10, 27)),
        ("Snowbound Santa", "Family", "Bluebird", "U", 99, date(2023, 11, 24)),
        ("Two Weddings Too Many", "Comedy", "Titan", "12A", 108, date(2024, 2, 9)),
        ("Starfall", "Science fiction", "Titan", "12A", 155, date(2024, 3, 22)),
        ("The Beekeeper's Son", "Drama", "Bluebird", "PG", 122, date(2024, 5, 17)),
        ("Robot Holiday", "Family", "Titan", "U", 92, date(2024, 7, 5)),
        ("Deep Trench", "Thriller", "Northlight", "15", 133, date(2024, 8, 30)),
        ("Laughing Gas", "Comedy", "Nightjar", "15", 97, date(2024, 10, 4)),
        ("Crown of Salt", "Action", "Titan", "12A", 148, date(2024, 11, 29)),
        ("Return to Ludd", "Horror", "Nightjar", "18", 104, date(2025, 1, 24))], 1)]  # fmt: skip
    fill(connection, "films(film_id INT, title VARCHAR, genre VARCHAR, distributor VARCHAR, cert VARCHAR, "
         "runtime_min INT, release_dt DATE)", films)  # fmt: skip
    shows, foyer = [], []
    for passed in range(549):
        day = date(2023, 7, 1) + timedelta(passed)
        playing = [f for f in films if f[6] <= day and (day - f[6]).days < 170] or films[:1]
        for site in sites:
            for _ in range(1 + (day.weekday() > 3)):
                film = chance.choices(
                    playing, [max(2, 30 - (day - f[6]).days // 6) for f in playing]
                )[0]
                fmt = chance.choices(["2D", "3D", "IMAX"], [8, 2, 2 if site[6] == "Y" else 0])[0]
                seats = chance.choice([80, 120, 160, 240]) if fmt != "IMAX" else 320
                begins = datetime(
                    day.year, day.month, day.day, chance.choice([11, 14, 17, 20, 20, 21]), 15
                )
                dropped = chance.random() < 0.025
                full = (
                    chance.uniform(0.05, 0.8)
                    + (0.25 if day.weekday() > 3 else 0.0)
                    + (0.1 if day.month in (7, 12) else 0)
                )
                sold = 0 if dropped else min(seats, round(seats * full))
                price = {"2D": 8.5, "3D": 10.5, "IMAX": 14.0}[fmt] + (1.5 if site[6] == "Y" else 0)
                shows.append((30_000 + len(shows), begins, site[0], chance.randrange(1, site[5] + 1), film[0], fmt, seats,
                              sold, round(sold * price * chance.uniform(0.86, 0.99), 2), "CANC" if dropped else "OK",
                              chance.choice([None, None, 3, 4, 4, 5]) if not dropped else None))  # fmt: skip
        if day.weekday() == 6:
            for site in sites:
                for kind, price, cost in (
                    ("POP", 5.2, 0.7),
                    ("DRK", 3.6, 0.9),
                    ("SWT", 4.1, 2.0),
                    ("HOT", 6.9, 3.1),
                ):
                    units = round(chance.uniform(180, 520) * (1.3 if site[6] == "Y" else 1.0))
                    foyer.append(
                        (day, site[0], kind, units, round(units * price, 2), round(units * cost, 2))
                    )
    fill(connection, "screenings(scr_no INT, starts_at TIMESTAMP, site_cd VARCHAR, screen_no INT, film_id INT, fmt VARCHAR, "
         "seats INT, tix INT, box_gbp DECIMAL(10,2), sts VARCHAR, audience_score INT)", shows)  # fmt: skip
    fill(connection, "foyer_sales(week_end DATE, site_cd VARCHAR, cat_cd VARCHAR, units INT, sales_gbp DECIMAL(10,2), "
         "cost_gbp DECIMAL(10,2))", foyer)  # fmt: skip
    return ["screenings", "films", "cinemas", "foyer_sales"]


def housing(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Homes, repairs, applicants and month-end arrears of a council, 2023 and 2024."""
    chance = random.Random(132)
    estates = [("E1", "Ashgrove", "Kingsmead", "Priya Nair"), ("E2", "Birch Towers", "Kingsmead", "Tom Ellis"),
               ("E3", "Canal View", "Lockside", "Priya Nair"), ("E4", "Dovecote", "Lockside", "Maureen Platt"),
               ("E5", "Elmfield", "Hilltop", "Tom Ellis"), ("E6", "Foundry Row", "Hilltop", "Sunil Rao")]  # fmt: skip
    fill(
        connection,
        "estates(estate_cd VARCHAR, estate_nm VARCHAR, ward VARCHAR, officer VARCHAR)",
        estates,
    )
    homes = []
    for n in range(620):
        kind = chance.choices(["FLT", "MAI", "HSE", "BUN"], [6, 2, 4, 1])[0]
        beds = {"FLT": chance.choice([1, 1, 2]), "MAI": chance.choice([2, 3]), "HSE": chance.choice([2, 3, 3, 4]),
                "BUN": chance.choice([1, 2])}[kind]  # fmt: skip
        void = (
            date(2024, 12, 31) - timedelta(chance.randrange(5, 260))
            if chance.random() < 0.06
            else None
        )
        homes.append((f"U{1000 + n}", chance.choices(estates, [5, 6, 3, 3, 4, 2])[0][0], kind, beds,
                      round(28 + 17 * beds + chance.uniform(0, 12), 1), round(74 + 19.5 * beds + chance.uniform(-6, 14), 2),
                      chance.randrange(1935, 2016), chance.choices("ABCDE", [1, 3, 8, 6, 2])[0], void,
                      chance.choices(["Y", "N"], [1, 4])[0]))  # fmt: skip
    fill(connection, "dwellings(unit_ref VARCHAR, estate_cd VARCHAR, kind VARCHAR, beds INT, floor_sqm DECIMAL(6,1), "
         "rent_pw DECIMAL(8,2), built_yr INT, epc VARCHAR, void_since DATE, adapted VARCHAR)", homes)  # fmt: skip
    last, jobs, people, ledger = date(2024, 12, 31), [], [], []
    for n in range(3000):
        day = date(2023, 1, 1) + timedelta(chance.randrange(731))
        trade = chance.choices(
            ["PLM", "ELC", "CRP", "DMP", "HTG"],
            [5, 3, 3, 2, 4 if day.month in (1, 2, 11, 12) else 2],
        )[0]
        urgency = chance.choices(["E", "U", "R"], [2, 3, 6])[0]
        target = {"E": 1, "U": 7, "R": 28}[urgency]
        done = day + timedelta(int(chance.expovariate(1 / (target * 0.7))))
        done = None if done > last or chance.random() < 0.03 else done
        jobs.append((500_000 + n, day, done, chance.choice(homes[:590])[0], trade, urgency,
                     chance.choice(["In-house", "In-house", "Brightfix", "Morley & Sons", "Apex Heating"]),
                     None if done is None else round(chance.uniform(35, 160) * (3.5 if trade == "DMP" else 1.4 if trade == "HTG" else 1), 2),
                     None if done is None else "Y" if (done - day).days <= target else "N",
                     None if done is None or chance.random() < 0.55 else chance.choice([1, 2, 3, 4, 4, 5, 5])))  # fmt: skip
    fill(connection, "repairs(job_no INT, reported_dt DATE, done_dt DATE, unit_ref VARCHAR, trade_cd VARCHAR, prio VARCHAR, "
         "contractor VARCHAR, cost_gbp DECIMAL(10,2), on_time VARCHAR, tenant_score INT)", jobs)  # fmt: skip
    for n in range(1500):
        day = date(2023, 1, 1) + timedelta(chance.randrange(731))
        band = chance.choices("ABCD", [1, 3, 5, 4])[0]
        wait = int(chance.expovariate(1 / {"A": 70, "B": 160, "C": 330, "D": 600}[band])) + 10
        housed = (
            day + timedelta(wait)
            if day + timedelta(wait) <= last and chance.random() < 0.8
            else None
        )
        status = "HSD" if housed else chance.choices(["WTG", "CLS"], [5, 1])[0]
        people.append((80_000 + n, day, band, chance.choice([1, 1, 2, 2, 3, 4]), chance.choice([1, 1, 2, 2, 3, 4, 5, 6]),
                       status, housed, int(chance.random() < 0.14)))  # fmt: skip
    fill(connection, "applicants(app_no INT, applied_dt DATE, band VARCHAR, beds_needed INT, hh_size INT, sts VARCHAR, "
         "housed_dt DATE, homeless INT)", people)  # fmt: skip
    for month in range(24):
        day = date(2023 + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(1)
        for place, estate in enumerate(estates):
            due = round(38_000 + 6_000 * (place % 3) + 150 * month + chance.uniform(0, 900), 2)
            ledger.append((day, estate[0], due, round(due * chance.uniform(0.93, 0.995), 2),
                           round(21_000 + 2_400 * place + 310 * month + chance.uniform(-900, 900), 2),
                           30 + 4 * place + month // 3 + chance.randrange(6)))  # fmt: skip
    fill(connection, "rent_ledger(month_end DATE, estate_cd VARCHAR, due_gbp DECIMAL(10,2), paid_gbp DECIMAL(10,2), "
         "arrears_gbp DECIMAL(10,2), accts INT)", ledger)  # fmt: skip
    return ["repairs", "dwellings", "estates", "applicants", "rent_ledger"]


def ambulance(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """999 incidents and weekly crew hours of an ambulance service, 2023 and 2024."""
    chance = random.Random(133)
    stations = [("S1", "Abbey Road", "City", 8, 62.5), ("S2", "Bramley", "City", 6, 48.0), ("S3", "Castleton", "Dales", 3, 24.5),
                ("S4", "Derwent", "Dales", 4, 30.0), ("S5", "Eastgate", "Coast", 5, 41.0), ("S6", "Fairhaven", "Coast", 3, 22.0)]  # fmt: skip
    fill(
        connection,
        "stations(stn_cd VARCHAR, stn_nm VARCHAR, area VARCHAR, veh INT, fte DECIMAL(5,1))",
        stations,
    )
    hospitals = [("H1", "St Luke's", "City", 48, 1), ("H2", "Royal Infirmary", "City", 60, 1),
                 ("H3", "Coast General", "Coast", 26, 0), ("H4", "Dales Community", "Dales", 12, 0)]  # fmt: skip
    fill(
        connection,
        "hospitals(hosp_cd VARCHAR, hosp_nm VARCHAR, hosp_area VARCHAR, ae_beds INT, trauma_ctr INT)",
        hospitals,
    )
    calls, hours = [], []
    for n in range(4200):
        day = datetime(2023, 1, 1) + timedelta(minutes=chance.randrange(731 * 1440))
        base = chance.choices(stations, [8, 6, 2, 3, 5, 2])[0]
        category = chance.choices(["C1", "C2", "C3", "C4"], [1, 5, 4, 1])[0]
        response = round(
            {"C1": 7.5, "C2": 26, "C3": 70, "C4": 110}[category]
            * chance.uniform(0.5, 1.7)
            * (1.25 if base[2] == "Dales" else 1),
            1,
        )
        complaint = chance.choices(
            ["CARD", "RESP", "FALL", "TRAU", "STRK", "MENT"], [4, 4, 6, 3, 1, 2]
        )[0]
        stood_down = chance.random() < 0.07
        taken = not stood_down and chance.random() < 0.58
        where = (
            chance.choices(
                hospitals,
                {"City": [5, 6, 0, 0], "Coast": [1, 1, 7, 0], "Dales": [2, 2, 0, 3]}[base[2]],
            )[0][0]
            if taken
            else None
        )
        calls.append((2_300_000 + n, day, base[0], category, complaint, None if stood_down else response,
                      None if stood_down else round(chance.uniform(12, 75), 1), "STD" if stood_down else "CNV" if taken else "TRT",
                      where, round(chance.expovariate(1 / 28) + 6, 1) if taken else None,
                      None if chance.random() < 0.04 else min(101, int(abs(chance.gauss(58, 25)))),
                      chance.choices(["PAR", "EMT", "CAR"], [5, 3, 1])[0], chance.choices(["Y", "N"], [1, 9])[0]))  # fmt: skip
    fill(connection, "incidents(inc_no INT, call_at TIMESTAMP, stn_cd VARCHAR, cat_cd VARCHAR, compl_cd VARCHAR, resp_min DECIMAL(6,1), "
         "scene_min DECIMAL(6,1), outcome VARCHAR, hosp_cd VARCHAR, handover_min DECIMAL(6,1), pt_age INT, crew_cd VARCHAR, repeat_caller VARCHAR)", calls)  # fmt: skip
    for week in range(104):
        day = date(2023, 1, 2) + timedelta(7 * week)
        for station in stations:
            planned = round(float(station[4]) * 33)
            sick = round(planned * chance.uniform(0.02, 0.11))
            extra = round(planned * chance.uniform(0.01, 0.09))
            hours.append(
                (
                    day,
                    station[0],
                    planned,
                    planned - sick + extra,
                    extra,
                    sick,
                    round(planned * chance.uniform(21, 24), 2),
                )
            )
    fill(connection, "crew_hours(week_start DATE, stn_cd VARCHAR, plan_hrs INT, act_hrs INT, ot_hrs INT, sick_hrs INT, "
         "pay_gbp DECIMAL(10,2))", hours)  # fmt: skip
    return ["incidents", "stations", "hospitals", "crew_hours"]
