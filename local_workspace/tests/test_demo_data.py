"""Generated demo data: the same everywhere, and what was planted can be found again."""

import statistics
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from local_workspace.data import DEMO_TABLES, bakehouse, retail
from local_workspace.data.write import built, write
from local_workspace.spaces import demo_space_files, load_space, profile_space

FACTS = retail.facts()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def rows(folder: Path) -> Iterator[Any]:
    with duckdb.connect() as connection:
        for table, path in DEMO_TABLES["retail"](folder).items():
            connection.execute(f"CREATE VIEW {table} AS FROM '{path}'")
        yield lambda sql: connection.execute(sql).fetchall()


def test_two_builds_are_equal_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    for name, module in (("retail", retail), ("bakehouse", bakehouse)):
        write(tmp_path / name, module.tables())  # type: ignore[attr-defined]
        for table, path in DEMO_TABLES[name](folder).items():
            assert (tmp_path / name / f"{table}.parquet").read_bytes() == path.read_bytes()


def test_build_happens_once_and_again_when_its_source_changes(tmp_path: Path) -> None:
    source, calls = tmp_path / "source", []

    def make() -> Any:
        calls.append(1)
        return {"t": ({"n": "INT"}, [(1,), (2,)])}

    source.write_text("1")
    first = built(tmp_path / "cache", "x", [source], make)
    assert built(tmp_path / "cache", "x", [source], make) == first
    source.write_text("2")
    assert built(tmp_path / "cache", "x", [source], make) != first
    assert len(calls) == 2
    assert duckdb.execute(f"SELECT sum(n) FROM '{first['t']}'").fetchall() == [(3,)]


def test_every_demo_space_fits_its_data(folder: Path) -> None:
    files = demo_space_files()
    assert files.keys() == DEMO_TABLES.keys()
    for name, file in files.items():
        space = load_space(file)
        with duckdb.connect() as connection:
            for table, path in DEMO_TABLES[name](folder).items():
                connection.execute(f"CREATE TABLE {table} AS FROM '{path}'")
            catalog = profile_space(space, connection)
        assert catalog.tables.keys() == {table.name for table in space.tables}


def test_retail_covers_its_two_years_and_stays_small(rows: Any, folder: Path) -> None:
    assert rows("SELECT min(order_date), max(order_date) FROM sales") == [
        (date(2023, 1, 1), date(2024, 12, 31))
    ]
    assert 45_000 < rows("SELECT count(*) FROM sales")[0][0] < 55_000
    assert sum(p.stat().st_size for p in DEMO_TABLES["retail"](folder).values()) < 600_000


def monthly(rows: Any) -> dict[tuple[int, int], float]:
    found = rows(
        "SELECT year(order_date), month(order_date), sum(revenue)::DOUBLE FROM sales GROUP BY ALL"
    )
    return {(year, month): revenue for year, month, revenue in found}


def test_growth_season_and_dip(rows: Any) -> None:
    months = monthly(rows)
    by_year = {y: sum(v for (year, _), v in months.items() if year == y) for y in (2023, 2024)}
    assert 0.07 < by_year[2024] / by_year[2023] - 1 < 0.16
    for year in (2023, 2024):
        ranked = sorted(range(1, 13), key=lambda month: months[year, month])
        assert ranked[0] == 2
        assert ranked[-2:] == [11, 12]


def test_outage_lies_a_third_below_its_neighbours(rows: Any) -> None:
    weeks = rows(
        "SELECT date_trunc('week', order_date)::DATE, count(*) FROM sales "
        "WHERE order_date BETWEEN '2024-07-08' AND '2024-09-22' GROUP BY 1 ORDER BY 1"
    )
    outage = [
        count for week, count in weeks if FACTS["outage"]["from"] <= str(week) <= "2024-08-19"
    ]
    others = [count for week, count in weeks if not date(2024, 8, 5) <= week <= date(2024, 8, 19)]
    assert len(outage) == 3
    assert max(outage) < 0.8 * min(others)
    change = statistics.mean(outage) / statistics.mean(others)
    assert abs(change - FACTS["outage"]["factor"]) < 0.05


def test_online_share_rises_as_planted(rows: Any) -> None:
    shares = [
        share
        for (share,) in rows(
            "SELECT avg((channel = 'Online')::INT) FROM sales "
            "GROUP BY date_trunc('quarter', order_date) ORDER BY date_trunc('quarter', order_date)"
        )
    ]
    assert abs(shares[0] - FACTS["online_share"]["from"]) < 0.03
    assert abs(shares[-1] - FACTS["online_share"]["to"]) < 0.03
    assert all(later > earlier for earlier, later in zip(shares, shares[2:], strict=False))


def test_region_with_four_of_twelve_stores_leads(rows: Any) -> None:
    regions = rows(
        "SELECT region, count(DISTINCT store_id), sum(revenue) FROM sales JOIN stores "
        "USING (store_id) GROUP BY 1 ORDER BY 3 DESC"
    )
    assert regions[0][:2] == (FACTS["largest_region"]["name"], FACTS["largest_region"]["stores"])
    assert float(regions[0][2]) > 1.2 * float(regions[1][2])


def test_one_product_declines_against_the_trend(rows: Any) -> None:
    changes = rows(
        "SELECT product_name, sum(revenue) FILTER (year(order_date) = 2024) "
        "/ sum(revenue) FILTER (year(order_date) = 2023) AS change "
        "FROM sales JOIN products USING (product_id) GROUP BY 1 ORDER BY 2"
    )
    assert changes[0][0] == FACTS["declining_product"]["name"]
    assert float(changes[0][1]) < 0.7
    assert float(changes[1][1]) > 0.9


def test_one_day_stands_out(rows: Any) -> None:
    days = rows("SELECT order_date, count(*) FROM sales GROUP BY 1 ORDER BY 2 DESC LIMIT 2")
    assert str(days[0][0]) == FACTS["outlier"]["day"]
    assert days[0][1] > 1.5 * days[1][1]


def test_rows_hang_together(rows: Any) -> None:
    assert rows(
        "SELECT count(*) FROM sales s LEFT JOIN customers c USING (customer_id) "
        "WHERE c.customer_id IS NULL OR c.signup_date > s.order_date"
    ) == [(0,)]
    assert rows("SELECT count(*) FROM sales WHERE revenue <> quantity * unit_price") == [(0,)]
    assert rows("SELECT count(*) - count(DISTINCT order_id) FROM sales") == [(0,)]


def test_bakehouse_has_the_samples_shape(folder: Path) -> None:
    table = DEMO_TABLES["bakehouse"](folder)["sales_transactions"]
    columns = [row[0] for row in duckdb.execute(f"DESCRIBE FROM '{table}'").fetchall()]
    assert columns == [
        "transactionID",
        "customerID",
        "franchiseID",
        "dateTime",
        "product",
        "quantity",
        "unitPrice",
        "totalPrice",
        "paymentMethod",
        "cardNumber",
    ]
    assert duckdb.execute(f"SELECT count(*) FROM '{table}'").fetchall() == [(3_333,)]
