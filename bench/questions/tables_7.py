# ruff: noqa: E501 - tables read better in rows
"""Wave 7: a library and its loans, written to measure the end of a round; never opened."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tables import _fill as fill

if TYPE_CHECKING:
    import duckdb


def library(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Two years of loans in four branches; no space file."""
    chance = random.Random(71)
    branches = [(1, "Central", "Oslo", 12), (2, "Harbour", "Oslo", 5), (3, "Fjord", "Bergen", 7),
                (4, "Hill", "Trondheim", 4)]  # fmt: skip
    fill(
        connection,
        "branches(branch_id INT, branch_name VARCHAR, city VARCHAR, desks INT)",
        branches,
    )
    books = [(n, f"Book {n:03d}", chance.choice(["fiction", "history", "science", "children"]),
              chance.choice(["English", "Norwegian", "German"]), chance.randrange(80, 900),
              round(chance.uniform(5, 60), 2)) for n in range(1, 161)]  # fmt: skip
    fill(connection, "books(book_id INT, book_title VARCHAR, genre VARCHAR, language VARCHAR, "
         "pages INT, purchase_price DECIMAL(8,2))", books)  # fmt: skip
    rows = []
    for n in range(5000):
        day = date(2023, 1, 1) + timedelta(chance.randrange(731))
        back = day + timedelta(chance.randrange(2, 45))
        out = back > date(2024, 12, 31)
        late = max(0, (back - day).days - 28)
        rows.append((900_000 + n, day, None if out else back, chance.randrange(1, 5),
                     chance.randrange(1, 161), chance.randrange(1, 401),
                     chance.choice(["adult", "student", "child"]), None if out else late,
                     round(late * 0.25, 2), chance.random() < 0.2))  # fmt: skip
    fill(connection, "loans(loan_id INT, loaned_on DATE, returned_on DATE, branch_id INT, book_id INT, "
         "member_id INT, member_type VARCHAR, days_late INT, late_fee DECIMAL(8,2), renewed BOOLEAN)", rows)  # fmt: skip
    return ["loans", "books", "branches"]
