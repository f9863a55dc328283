# ruff: noqa: E501, DTZ001 - tables read better in rows; their times have no zone
"""Wave 17: a law firm, ferries, a brewery and a museum, to hunt wrong answers; development."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def lawfirm(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Matters, hours and bills of a law firm, January 2022 to mid August 2024."""
    chance = random.Random(171)
    names = ["Anna Field", "Ben Carter", "Clara Doyle", "David Osei", "Elena Rossi", "Frank Meyer", "Grace Lin",
             "Hugo Blanc", "Isla Grant", "Jonas Berg", "Kavya Rao", "Liam Walsh", "Mona Haddad", "Nils Holm"]  # fmt: skip
    grades = ["Partner"] * 3 + ["Senior Associate"] * 4 + ["Associate"] * 5 + ["Trainee"] * 2
    rates = {"Partner": 420, "Senior Associate": 310, "Associate": 230, "Trainee": 120}
    lawyers = [(n + 1, name, grades[n], ["London", "Leeds", "Bristol"][n % 3],
                date(2010 + n, 1 + n % 12, 4), date(2024, 3, 31) if n in (5, 10) else None,
                rates[grades[n]] + 5 * (n % 4), 1500 if n != 8 else None)
               for n, name in enumerate(names)]  # fmt: skip
    fill(connection, "lawyers(lawyer_id INT, lawyer_nm VARCHAR, grade VARCHAR, office VARCHAR, joined_on DATE, left_on DATE, "
         "hourly_rate INT, target_hours INT)", lawyers)  # fmt: skip
    sectors = ["Retail", "Banking", "Construction", "Health", "Energy"]
    clients = [(n, f"{chance.choice(['North', 'Blue', 'Grand', 'Iron', 'Clear'])}{chance.choice(['gate', 'water', 'field', 'stone'])} {n}",
                chance.choice(sectors), chance.choices(["UK", "Ireland", "France"], [7, 2, 1])[0],
                chance.randrange(2005, 2024)) for n in range(1, 41)]  # fmt: skip
    fill(
        connection,
        "clients(client_id INT, client_nm VARCHAR, sector VARCHAR, country VARCHAR, since_year INT)",
        clients,
    )
    matters, entries, invoices = [], [], []
    for n in range(1, 261):
        opened = date(2022, 1, 3) + timedelta(chance.randrange(940))
        closed = opened + timedelta(chance.randrange(20, 400)) if chance.random() < 0.6 else None
        closed = closed if closed and closed < date(2024, 8, 15) else None
        kind = chance.choices(["Hourly", "Fixed", "Contingent"], [6, 3, 1])[0]
        lead = chance.randrange(1, 9)
        matters.append((f"M{n:04d}", chance.randrange(1, 37), lead, chance.choice([lead, 1, 2, 3]),
                        chance.choice(["Employment", "Property", "Tax", "Disputes", "Corporate"]), opened, closed, kind,
                        chance.randrange(2000, 30000, 500) if kind == "Fixed" else None))  # fmt: skip
        for _ in range(chance.randrange(0, 14)):
            day = opened + timedelta(chance.randrange(0, 200))
            who = chance.choice(lawyers)
            if day < date(2024, 8, 15):
                entries.append((len(entries) + 1, f"M{n:04d}", who[0], day, 6 * chance.randrange(2, 70),
                                chance.random() < 0.8, who[6]))  # fmt: skip
        for _ in range(chance.choices([0, 1, 2, 4], [2, 4, 3, 1])[0]):
            issued = opened + timedelta(chance.randrange(10, 260))
            if issued >= date(2024, 8, 15):
                continue
            status = chance.choices(["Paid", "Open", "Written off"], [7, 2, 1])[0]
            net = chance.randrange(400, 24000, 50)
            paid = issued + timedelta(chance.randrange(3, 80)) if status == "Paid" else None
            invoices.append((f"INV{len(invoices) + 1:05d}", f"M{n:04d}", issued, issued + timedelta(30), paid, net, round(net * 0.2, 2), status))  # fmt: skip
    fill(connection, "matters(matter_no VARCHAR, client_id INT, lead_lawyer_id INT, supervisor_id INT, practice_area VARCHAR, opened_on DATE, "
         "closed_on DATE, fee_type VARCHAR, agreed_fee INT)", matters)  # fmt: skip
    fill(
        connection,
        "time_entries(entry_id INT, matter_no VARCHAR, lawyer_id INT, worked_on DATE, minutes INT, billable BOOLEAN, rate INT)",
        entries,
    )
    fill(connection, "invoices(invoice_no VARCHAR, matter_no VARCHAR, issued_on DATE, due_on DATE, paid_on DATE, net_amt DECIMAL(10,2), "
         "vat_amt DECIMAL(10,2), status VARCHAR)", invoices)  # fmt: skip
    return ["lawyers", "clients", "matters", "time_entries", "invoices"]


def ferry(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Sailings between six ports and their bookings, April 2023 to October 2024."""
    chance = random.Random(172)
    ports = [("OBN", "Oban", "Scotland"), ("CRG", "Craignure", "Scotland"), ("LRN", "Larne", "Northern Ireland"),
             ("CAI", "Cairnryan", "Scotland"), ("BEL", "Belfast", "Northern Ireland"), ("DUB", "Dublin", "Ireland")]  # fmt: skip
    fill(connection, "ports(port_code VARCHAR, port_name VARCHAR, country VARCHAR)", ports)
    vessels = [(1, "Sea Heron", 1998, 420, 80, "Diesel"), (2, "Loch Star", 2011, 600, 140, "LNG"), (3, "Wave Dancer", 2019, 510, 110, "Hybrid"),
               (4, "Old Mull", 1987, 250, 40, "Diesel"), (5, "Northern Light", 2022, 700, 160, "Hybrid")]  # fmt: skip
    fill(
        connection,
        "vessels(vessel_id INT, vessel_name VARCHAR, built_year INT, capacity_pax INT, capacity_cars INT, fuel VARCHAR)",
        vessels,
    )
    pairs = [
        ("OBN", "CRG"),
        ("CRG", "OBN"),
        ("LRN", "CAI"),
        ("CAI", "LRN"),
        ("BEL", "CAI"),
        ("CAI", "BEL"),
        ("DUB", "CAI"),
    ]
    sailings, bookings = [], []
    for passed in range(0, 565, 2):
        day = date(2023, 4, 1) + timedelta(passed)
        for pair in chance.sample(pairs, 3):
            planned = datetime(
                day.year,
                day.month,
                day.day,
                chance.choice([6, 8, 11, 15, 19, 22]),
                chance.choice([0, 30]),
            )
            dropped = chance.random() < 0.06
            left = (
                None if dropped else planned + timedelta(minutes=max(0, int(chance.gauss(6, 14))))
            )
            sailings.append((len(sailings) + 1, chance.randrange(1, 5), *pair, planned, left, "Y" if dropped else "N",
                             chance.choice(["Weather", "Technical", "Crew"]) if dropped else None))  # fmt: skip
            for _ in range(chance.randrange(0, 6)):
                car = chance.choices([None, "Car", "Van", "Motorbike"], [5, 4, 1, 1])[0]
                adults, children = chance.randrange(1, 5), chance.choice([0, 0, 1, 2])
                fare = round(adults * 21.5 + children * 10.75 + (45 if car else 0), 2)
                bookings.append((f"B{len(bookings) + 1:05d}", len(sailings), planned - timedelta(days=chance.randrange(0, 120), hours=3),
                                 chance.choices(["Web", "Phone", "Agent", "Port"], [6, 2, 1, 1])[0], chance.choice(["Saver", "Flexible", "Day return"]),
                                 adults, children, car, fare, chance.choice([0, 0, 0, 7.5, 15, None]),
                                 chance.choices(["Confirmed", "Cancelled", "No-show"], [17, 2, 1])[0]))  # fmt: skip
    fill(connection, "sailings(sailing_id INT, vessel_id INT, from_port VARCHAR, to_port VARCHAR, sched_dep TIMESTAMP, actual_dep TIMESTAMP, "
         "cancelled VARCHAR, cancel_reason VARCHAR)", sailings)  # fmt: skip
    fill(connection, "bookings(booking_ref VARCHAR, sailing_id INT, booked_at TIMESTAMP, channel VARCHAR, ticket_type VARCHAR, adults INT, children INT, "
         "vehicle_type VARCHAR, fare DECIMAL(8,2), extras DECIMAL(8,2), status VARCHAR)", bookings)  # fmt: skip
    return ["ports", "vessels", "sailings", "bookings"]


def brewery(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Orders of a brewery's trade customers, with lines and returns, 2022 to September 2024."""
    chance = random.Random(173)
    beers = [("Harvest Gold", "Pale Ale", 4.2), ("Black Otter", "Stout", 5.6), ("Mill Race", "Bitter", 3.8), ("Night Train", "Stout", 6.1),
             ("Little Wren", "Pale Ale", 3.4), ("Saint Elder", "Cider", 4.8), ("Zero Hour", "Alcohol free", 0.5)]  # fmt: skip
    products = [(f"{name[:3].upper()}{size[0]}{n}", f"{name}", style, abv, size, date(2016 + n, 3, 1), round(abv * 3 + (60 if size == "Keg" else 14), 2))
                for n, (name, style, abv) in enumerate(beers) for size in ("Keg", "Case")]  # fmt: skip
    fill(
        connection,
        "prod(sku VARCHAR, prod_nm VARCHAR, style VARCHAR, abv DECIMAL(3,1), pack VARCHAR, launch_dt DATE, list_price DECIMAL(8,2))",
        products,
    )
    kinds = ["Pub", "Restaurant", "Shop", "Export"]
    towns = [
        ("Hexham", "North"),
        ("Durham", "North"),
        ("York", "Yorkshire"),
        ("Whitby", "Yorkshire"),
        ("Derby", "Midlands"),
    ]
    customers = [(1000 + n, f"{chance.choice(['Red', 'White', 'Golden', 'Royal'])} {chance.choice(['Lion', 'Hart', 'Oak', 'Fleece'])} {n}",
                  chance.choices(kinds, [6, 2, 2, 1])[0], *chance.choice(towns), date(2018, 1, 1) + timedelta(chance.randrange(2300)),
                  chance.choice([500, 1000, 2500, None]), chance.choice(["Priya", "Tom", "Sven"])) for n in range(90)]  # fmt: skip
    fill(connection, "cust(cust_no INT, cust_nm VARCHAR, cust_typ VARCHAR, town VARCHAR, region VARCHAR, acct_opened DATE, credit_limit INT, "
         "acct_mgr VARCHAR)", customers)  # fmt: skip
    orders, lines, returns = [], [], []
    for n in range(1, 1201):
        placed = date(2022, 1, 4) + timedelta(chance.randrange(990))
        gone = placed + timedelta(chance.randrange(1, 9)) if chance.random() < 0.95 else None
        orders.append(
            (
                n,
                chance.choice(customers[:82])[0],
                placed,
                gone,
                chance.choice(["Phone", "Web", "Rep"]),
            )
        )
        for line, product in enumerate(chance.sample(products, chance.randrange(1, 5)), 1):
            amount = chance.randrange(1, 20)
            off = chance.choice([0, 0, 5, 10])
            lines.append(
                (
                    n,
                    line,
                    product[0],
                    amount,
                    product[6],
                    off,
                    round(float(product[6]) * amount * (100 - off) / 100, 2),
                )
            )
            if gone and chance.random() < 0.03:
                returns.append((len(returns) + 1, n, product[0], gone + timedelta(chance.randrange(1, 30)), min(amount, 2),
                                chance.choice(["Damaged", "Out of date", "Wrong item", None])))  # fmt: skip
    fill(connection, "ord(ord_no INT, cust_no INT, ord_dt DATE, dlv_dt DATE, chnl VARCHAR)", orders)
    fill(
        connection,
        "ord_ln(ord_no INT, line_no INT, sku VARCHAR, qty INT, unit_price DECIMAL(8,2), disc_pct INT, net_amt DECIMAL(10,2))",
        lines,
    )
    fill(
        connection,
        "returns(ret_no INT, ord_no INT, sku VARCHAR, ret_dt DATE, qty INT, reason VARCHAR)",
        returns,
    )
    return ["prod", "cust", "ord", "ord_ln", "returns"]


def museum(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Tickets, members, exhibitions and donations of a museum, 2022 to June 2024."""
    chance = random.Random(174)
    shows = [(1, "Bronze Age Gold", "M. Abara", date(2022, 2, 1), date(2022, 8, 28), "Main Hall", 180000),
             (2, "Glass and Light", "T. Novak", date(2022, 9, 15), date(2023, 3, 12), "East Wing", 95000),
             (3, "Dinosaurs", "M. Abara", date(2023, 4, 1), date(2023, 12, 31), "Main Hall", 260000),
             (4, "Women of the Mills", "S. Quist", date(2023, 10, 5), None, "East Wing", 40000),
             (5, "Deep Sea", "T. Novak", date(2024, 3, 1), None, "Main Hall", None)]  # fmt: skip
    fill(
        connection,
        "exhibitions(exhibition_id INT, title VARCHAR, curator VARCHAR, opened DATE, closed DATE, room VARCHAR, budget INT)",
        shows,
    )
    members = [(5000 + n, f"{chance.choice(['Ada', 'Bill', 'Cleo', 'Dirk', 'Eve'])} {chance.choice(['Moss', 'Nash', 'Orr', 'Pike'])} {n}",
                chance.choices(["Standard", "Family", "Patron"], [6, 3, 1])[0], date(2019, 1, 1) + timedelta(chance.randrange(1950)),
                chance.choice(["Halifax", "Leeds", "Bradford", "Wakefield"]), chance.randrange(1940, 2004),
                chance.random() < 0.4) for n in range(160)]  # fmt: skip
    members = [
        (*m[:4], date(m[3].year + 1 + chance.randrange(5), m[3].month, min(28, m[3].day)), *m[4:])
        for m in members
    ]
    fill(connection, "members(member_no INT, member_name VARCHAR, tier VARCHAR, joined DATE, expires DATE, town VARCHAR, birth_year INT, "
         "gift_aid BOOLEAN)", members)  # fmt: skip
    tickets, gifts = [], []
    for n in range(1, 1801):
        show = chance.choice(shows)
        last = show[4] or date(2024, 6, 20)
        visit = show[3] + timedelta(chance.randrange((last - show[3]).days))
        kind = chance.choices(["Adult", "Child", "Concession", "Member"], [5, 3, 2, 2])[0]
        number = chance.randrange(1, 6)
        tickets.append((n, visit - timedelta(chance.choice([0, 0, 0, 1, 5, 20, 40])), visit, show[0], kind,
                        {"Adult": 14, "Child": 6, "Concession": 9, "Member": 0}[kind] * number, number,
                        chance.choice(["Desk", "Online", "Online", "School"]),
                        chance.choice(members[:140])[0] if kind == "Member" else None))  # fmt: skip
    fill(connection, "tickets(ticket_no INT, sold_on DATE, visit_date DATE, exhibition_id INT, ticket_type VARCHAR, amount INT, qty INT, "
         "channel VARCHAR, member_no INT)", tickets)  # fmt: skip
    for n in range(1, 301):
        gifts.append((n, chance.choice(members)[0] if chance.random() < 0.8 else None, date(2022, 1, 5) + timedelta(chance.randrange(900)),
                      chance.choice([10, 20, 25, 50, 100, 500]), chance.choice(["Roof", "Acquisitions", "Learning", "General"])))  # fmt: skip
    fill(
        connection,
        "donations(donation_id INT, member_no INT, given_on DATE, amount INT, fund VARCHAR)",
        gifts,
    )
    return ["exhibitions", "members", "tickets", "donations"]
