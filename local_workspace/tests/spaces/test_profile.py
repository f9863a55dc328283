"""What the data adds to a space, and where the two disagree."""

from datetime import date

import duckdb
import pytest
from local_workspace.spaces import SpaceDataError, parse_space, profile_space

SPACE = """\
title: Shop
tables:
  - name: sales
    columns: [{name: amount, unit: EUR}]
  - name: stores
    label: name
joins:
  - {name: store, many: sales.store, one: stores.code}
measures:
  - {name: revenue, table: sales, sql: sum(amount)}
"""


@pytest.fixture
def data():
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE sales(id INT, day DATE, store VARCHAR, amount DECIMAL(8,2), paid BOOLEAN,
          "select" VARCHAR, "😀" INT, tags VARCHAR[]);
        INSERT INTO sales VALUES (1,'2024-01-05','a',10,true,'x',1,['t']),
          (2,'2024-03-01','b',20,false,'y',2,[]),(3,NULL,'zz',30,NULL,'x',3,NULL);
        CREATE TABLE stores(code VARCHAR, name VARCHAR);
        INSERT INTO stores VALUES ('a','Alpha'),('b','Beta');
        """
    )
    return connection


def test_types_values_ranges_and_counts(data):
    catalog = profile_space(parse_space(SPACE), data)
    sales = catalog.tables["sales"]
    assert sales.rows == 3
    assert sales.time == "day"
    day = sales.columns["day"]
    assert (day.first, day.last, day.nulls) == (date(2024, 1, 5), date(2024, 3, 1), 1)
    amount = sales.columns["amount"]
    assert (amount.role, amount.low, amount.high, amount.unit) == ("measure", 10.0, 30.0, "EUR")
    assert sales.columns["store"].values == ("a", "b", "zz")
    assert sales.columns["paid"].family == "bool"
    assert sales.columns["tags"].role == "hidden"
    assert set(sales.columns) >= {"select", "😀"}


def test_join_coverage_is_measured(data):
    catalog = profile_space(parse_space(SPACE), data)
    assert catalog.join("store").matched == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("change", "to", "location", "words"),
    [
        (
            "name: amount",
            "name: amont",
            ("tables", 0, "columns", 0, "name"),
            "has no column 'amont'",
        ),
        ("name: stores", "name: shops", ("tables", 1, "name"), "is not in the data"),
        ("label: name", "label: title", ("tables", 1, "label"), "has no column 'title'"),
        ("many: sales.store", "many: sales.shop", ("joins", 0, "many"), "has no column 'shop'"),
        ("sql: sum(amount)", "sql: sum(amnt)", ("measures", 0, "sql"), "has no column 'amnt'"),
        ("sql: sum(amount)", "sql: sum(stores.code)", ("measures", 0, "sql"), "another table"),
    ],
)
def test_a_space_that_does_not_fit_the_data_is_refused(data, change, to, location, words):
    text = SPACE.replace(change, to).replace("one: shops", "one: stores")
    if change == "name: stores":
        text = text.replace("one: stores.code", "one: shops.code")
    with pytest.raises(SpaceDataError, match=words) as caught:
        profile_space(parse_space(text), data)
    assert caught.value.location == location


def test_a_join_that_would_multiply_rows_is_refused(data):
    data.execute("INSERT INTO stores VALUES ('a','Again')")
    with pytest.raises(SpaceDataError, match="would multiply rows"):
        profile_space(parse_space(SPACE), data)


def test_roles_of_a_shared_table_know_the_values_they_reach():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE trips(a VARCHAR, b VARCHAR); INSERT INTO trips VALUES ('x','y');"
        "CREATE TABLE places(code VARCHAR, name VARCHAR);"
        "INSERT INTO places VALUES ('x','Xanten'),('y','York'),('z','Zürich')"
    )
    space = parse_space(
        "title: t\ntables: [{name: trips}, {name: places, label: name}]\njoins:\n"
        "  - {name: start, many: trips.a, one: places.code}\n"
        "  - {name: goal, many: trips.b, one: places.code}\n"
    )
    catalog = profile_space(space, connection)
    assert catalog.join("start").values["name"] == frozenset({"Xanten"})
    assert catalog.join("goal").values["name"] == frozenset({"York"})
    assert catalog.tables["places"].names["z"] == "Zürich"


def test_two_thousand_columns_are_profiled():
    connection = duckdb.connect()
    columns = ", ".join(f"{n} AS c{n}" for n in range(2000))
    connection.execute(f"CREATE TABLE wide AS SELECT {columns}")
    catalog = profile_space(parse_space("title: w\ntables: [{name: wide}]"), connection)
    assert len(catalog.tables["wide"].columns) == 2000
