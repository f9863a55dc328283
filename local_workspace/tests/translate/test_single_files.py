"""One file with plain headers, as people bring it: what rows are, what they are worth, who is who."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
import sqlglot
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, translate

SALES = """
CREATE TABLE shop("Row ID" INT, "Order ID" VARCHAR, "Order Date" DATE, "Customer ID" VARCHAR,
  "Customer Name" VARCHAR, "City" VARCHAR, "Product" VARCHAR, "Sales" DECIMAL(9,2),
  "Profit" DECIMAL(9,2), "Quantity" INT);
INSERT INTO shop VALUES
  (1,'O1','2024-01-05','C1','Ann Lee','Ulm','Desk',100,20,1),
  (2,'O1','2024-01-05','C1','Ann Lee','Ulm','Lamp',50,10,2),
  (3,'O2','2024-02-07','C2','Ann Lee','Bonn','Desk',30,-5,1),
  (4,'O3','2024-02-08','C3','Bo Kim','Bonn','Lamp',20,5,1);
"""
PEOPLE = """
CREATE TABLE wreck("PassengerId" INT, "Survived" INT, "Pclass" INT, "Sex" VARCHAR, "Age" INT);
INSERT INTO wreck VALUES (1,1,1,'female',20),(2,0,3,'male',30),(3,0,3,'male',50),(4,1,2,'male',40);
"""
LINES = """
CREATE TABLE orders(order_id INT, order_date DATE, customer_name VARCHAR, product VARCHAR,
  quantity INT, unit_price DECIMAL(9,2), discount DECIMAL(4,2));
INSERT INTO orders VALUES (1,'2024-01-05','Ann','Desk',2,100,0.5),(2,'2024-02-05','Bo','Lamp',1,10,0),
  (3,'2024-02-06','Bo','Lamp',1,10,0);
"""
STAFF = """
CREATE TABLE employees(employee_id INT, first_name VARCHAR, last_name VARCHAR, gender VARCHAR,
  birth_date DATE, team VARCHAR, hire_date DATE, termination_date DATE, salary INT, sick_days INT);
INSERT INTO employees VALUES
  (1,'Ann','Lee','F','1980-01-01','Sales','2020-01-01',NULL,5000,0),
  (2,'Bo','Kim','M','1990-01-01','Sales','2021-01-01','2023-06-01',3000,3),
  (3,'Cy','Ray','M','2000-01-01','IT','2022-01-01',NULL,4000,7),
  (4,'Di','Fox','F','1970-01-01','IT','2024-01-01',NULL,6000,0);
"""
STORE = """
CREATE TABLE products(product_id INT, product_name VARCHAR, category VARCHAR, unit_price INT,
  unit_cost INT, reorder_level INT, stock_on_hand INT);
INSERT INTO products VALUES (1,'Bolt','Iron',4,2,10,5),(2,'Saw','Tools',50,30,5,9),
  (3,'Nut','Iron',3,1,10,0);
"""
DESK = """
CREATE TABLE tickets(ticket_id INT, created_at TIMESTAMP, resolved_at TIMESTAMP, status VARCHAR,
  agent VARCHAR, attachments INT);
INSERT INTO tickets VALUES (1,'2024-01-30 10:00','2024-02-01 10:00','Resolved','Ann',0),
  (2,'2024-02-01 10:00','2024-02-05 10:00','Closed','Bo',2),(3,'2024-02-02 10:00',NULL,'Open','Bo',1),
  (4,'2024-02-03 10:00',NULL,'Open','Bo',0);
"""
BANK = """
CREATE TABLE bank(transaction_id INT, transaction_date DATE, account_id VARCHAR, category VARCHAR,
  transaction_type VARCHAR, amount DECIMAL(9,2));
INSERT INTO bank VALUES (1,'2024-01-01','A1','Rent','Debit',500),(2,'2024-01-02','A1','Pay','Credit',900),
  (3,'2024-02-01','A2','Food','Debit',50),(4,'2024-02-03','A1','Food','Debit',30);
"""
DAYS = """
CREATE TABLE outbreak AS SELECT * FROM (VALUES
  ('Chad', DATE '2021-01-01', 10, 10, 100), ('Chad', DATE '2021-01-02', 15, 5, 100),
  ('Chad', DATE '2021-01-03', 16, 1, 100), ('Mali', DATE '2021-01-01', 2, 2, 300),
  ('Mali', DATE '2021-01-02', 2, 0, 300), ('Mali', DATE '2021-01-03', 9, 7, 300))
  t(country, date, total_cases, new_cases, population);
"""
ADS = """
CREATE TABLE campaigns(campaign_id INT, channel VARCHAR, start_date DATE, budget INT, spend INT,
  clicks INT, conversions INT, revenue INT);
INSERT INTO campaigns VALUES (1,'Mail','2024-01-01',100,120,60,6,360),
  (2,'Web','2024-02-01',100,80,40,2,100),(3,'Web','2024-03-01',50,40,20,1,100);
"""
FILMS = """
CREATE TABLE imdb("Rank" INT, "Title" VARCHAR, "Genre" VARCHAR, "Director" VARCHAR, "Year" INT,
  "Runtime (Minutes)" INT, "Rating" DECIMAL(3,1));
INSERT INTO imdb VALUES (1,'Dune','Sci-Fi','Lynch',1984,137,6.3),(2,'Up','Comedy','Docter',2009,96,8.3),
  (3,'Soul','Comedy','Docter',2020,100,8.0);
"""
HOMES = """
CREATE TABLE listings(listing_id INT, city VARCHAR, property_type VARCHAR, price INT, bedrooms INT,
  sqft INT, year_built INT, listed_date DATE, follow_up_needed VARCHAR, outcome VARCHAR);
INSERT INTO listings VALUES (1,'Ulm','Condo',100,1,50,1990,'2024-01-01','Yes','No-show'),
  (2,'Ulm','Villa',300,3,200,2010,'2024-02-01','No','Seen'),
  (3,'Bonn','Villa',500,3,250,2005,'2024-03-01','No','Seen');
"""
COSTS = """
CREATE TABLE expenses(expense_id INT, expense_date DATE, category VARCHAR, vendor VARCHAR, amount INT);
INSERT INTO expenses VALUES (1,'2024-01-01','Rent','Ann',500),(2,'2024-02-01','Food','Bo',50),
  (3,'2024-02-02','Food','Bo',70);
"""
WORLD = """
CREATE TABLE world_population(country VARCHAR, continent VARCHAR, "Population 2020" INT,
  "Population 2022" INT, median_age INT);
INSERT INTO world_population VALUES ('Chad','Africa',10,12,17),('Mali','Africa',20,22,16),
  ('Peru','America',30,33,30);
"""
JOBS = """
CREATE TABLE projects(project_id INT, project_name VARCHAR, risk VARCHAR, start_date DATE,
  end_date DATE, budget INT, assignee VARCHAR);
INSERT INTO projects VALUES (1,'Alpha','High','2024-01-01','2024-10-01',10,'Ann'),
  (2,'Beta','High','2024-10-01','2024-12-01',20,'Ann'),(3,'Gamma','Low','2024-02-01','2024-11-01',30,'Bo');
"""
FILES = {
    "projects": JOBS,
    "expenses": COSTS,
    "world_population": WORLD,
    "imdb": FILMS,
    "listings": HOMES,
    "bank": BANK,
    "outbreak": DAYS,
    "campaigns": ADS,
    "employees": STAFF,
    "products": STORE,
    "tickets": DESK,
    "shop": SALES,
    "wreck": PEOPLE,
    "orders": LINES,
}


def duck(sql: str) -> str:
    return sqlglot.transpile(sql, "databricks", "duckdb")[0]


@pytest.fixture(scope="module")
def asked() -> dict[str, tuple[duckdb.DuckDBPyConnection, Catalog]]:
    found = {}
    for table, script in FILES.items():
        connection = duckdb.connect()
        connection.execute(script)
        catalog = profile_space(infer_space("own", [table], connection), connection)
        found[table] = (connection, catalog)
    return found


@pytest.mark.parametrize(
    ("table", "question", "rows"),
    [
        ("shop", "how many orders are there", [(3,)]),
        ("shop", "how many customers do we have", [(3,)]),
        ("shop", "average order value", [(200 / 3,)]),
        ("shop", "profit margin by city", [("Bonn", 0.0, 2), ("Ulm", 0.2, 2)]),
        ("shop", "sales by customer", [("Ann Lee", 180.0), ("Bo Kim", 20.0)]),
        ("wreck", "how many passengers survived?", [(2,)]),
        ("wreck", "how many passengers died?", [(2,)]),
        ("wreck", "survival rate by sex", [("female", 1.0, 1), ("male", 1 / 3, 3)]),
        ("wreck", "number of passengers by class", [(1, 1), (2, 1), (3, 2)]),
        ("wreck", "average age of survivors", [(30.0,)]),
        ("employees", "average age in IT", [(39.0,)]),
        ("employees", "how old are women on average", [(49.0,)]),
        ("employees", "gender split", [("F", 2), ("M", 2)]),
        ("employees", "how many employees left in 2023", [(1,)]),
        ("employees", "attrition rate by team", [("IT", 0.0, 2), ("Sales", 0.5, 2)]),
        ("employees", "employees with sick days", [(2,)]),
        ("employees", "employees without sick days by team", [("IT", 1), ("Sales", 1)]),
        ("products", "total stock value", [(280,)]),
        ("products", "current stock by category", [("Iron", 5), ("Tools", 9)]),
        ("products", "how many products are below their reorder level?", [(2,)]),
        ("products", "how many products are out of stock", [(1,)]),
        ("tickets", "average resolution time", [(3.0,)]),
        ("tickets", "average days to resolve by agent", [("Ann", 2.0, 1), ("Bo", 4.0, 1)]),
        ("tickets", "how many tickets were resolved in February 2024", [(2,)]),
        ("tickets", "tickets not yet resolved", [(2,)]),
        ("tickets", "tickets with attachments", [(2,)]),
        ("bank", "how much did I spend in total?", [(580,)]),
        ("bank", "spending by category", [("Food", 80), ("Pay", 0), ("Rent", 500)]),
        ("bank", "income in January 2024", [(900,)]),
        ("bank", "net amount per account", [("A1", 370), ("A2", -50)]),
        ("bank", "number of debit transactions", [(3,)]),
        ("bank", "number of accounts", [(2,)]),
        ("outbreak", "total cases by country", [("Chad", 16), ("Mali", 9)]),
        ("outbreak", "total population", [(400,)]),
        ("outbreak", "population of Mali", [(300,)]),
        ("campaigns", "ROI by channel", [("Mail", 2.0, 1), ("Web", 2 / 3, 2)]),
        ("campaigns", "cost per click", [(2.0,)]),
        ("campaigns", "conversion rate by channel", [("Mail", 0.1, 1), ("Web", 0.05, 2)]),
        ("campaigns", "how many campaigns went over budget", [(1,)]),
        ("campaigns", "remaining budget by channel", [("Mail", -20), ("Web", 30)]),
        ("imdb", "how many films were released after 2005", [(2,)]),
        ("imdb", "number of movies by director", [("Docter", 2), ("Lynch", 1)]),
        ("imdb", "rating range by genre", [("Comedy", 8.0, 8.3), ("Sci-Fi", 6.3, 6.3)]),
        ("listings", "average price by number of bedrooms", [(1, 100, 1), (3, 400, 2)]),
        ("listings", "homes built after 2000", [(2,)]),
        ("listings", "villas in Bonn", [(1,)]),
        ("listings", "no-show rate", [(1 / 3,)]),
        ("listings", "how many homes need a follow-up", [(1,)]),
        ("expenses", "total expenses by category", [("Food", 120), ("Rent", 500)]),
        ("expenses", "share of expenses by category", [("Food", 120 / 620), ("Rent", 500 / 620)]),
        ("expenses", "number of expenses by vendor", [("Ann", 1), ("Bo", 2)]),
        ("world_population", "how many countries are there", [(3,)]),
        ("world_population", "population by continent", [("Africa", 34), ("America", 33)]),
        ("world_population", "population in 2020 by continent", [("Africa", 30), ("America", 30)]),
        ("projects", "how many projects are ending in October", [(1,)]),
        ("projects", "how many projects starting in October", [(1,)]),
        ("projects", "list high projects with their budget", [("Alpha", 10), ("Beta", 20)]),
        ("projects", "who has the most projects", [("Ann", 2)]),
        ("orders", "total revenue", [(120.0,)]),
        ("orders", "top customer by revenue", [("Ann", 100.0)]),
        ("orders", "how much did we sell in January 2024", [(100.0,)]),
    ],
)
def test_plain_questions_over_one_file(
    asked: dict[str, Any], table: str, question: str, rows: list[Any]
) -> None:
    connection, catalog = asked[table]
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    found = [
        tuple(v if isinstance(v, str) else float(v) for v in row)
        for row in connection.execute(duck(answer.sql)).fetchall()
    ]
    for row, wanted in zip(sorted(found), rows, strict=True):
        assert row == tuple(v if isinstance(v, str) else pytest.approx(v, rel=1e-3) for v in wanted)


@pytest.mark.parametrize(
    ("table", "question"),
    [
        ("shop", "best product"),  # by money, by profit or by units
        ("shop", "how many shops are there"),
        ("wreck", "how many cabins were there"),
        ("orders", "profit by product"),
        ("world_population", "country with the oldest population"),
        ("world_population", "share of world population by continent"),
    ],
)
def test_what_the_file_does_not_tell_is_asked_back(
    asked: dict[str, Any], table: str, question: str
) -> None:
    assert not isinstance(translate(question, asked[table][1]), Answer)


@pytest.mark.parametrize(
    ("table", "question", "told"),
    [
        ("imdb", "highest rated film", {"Up"}),
        ("imdb", "longest movie", {"Dune"}),
        ("listings", "newest listing", {3}),
        ("listings", "top 2 most expensive homes", {3, 2}),
    ],
)
def test_the_named_one_is_told_and_not_its_number_alone(
    asked: dict[str, Any], table: str, question: str, told: set[Any]
) -> None:
    connection, catalog = asked[table]
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    rows = connection.execute(duck(answer.sql)).fetchall()
    assert len(rows) == len(told)
    assert all(set(row) & told for row in rows)


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("who earns the most?", 4),
        ("who is the oldest?", 4),
        ("lowest paid employee in IT", 3),
        ("highest earner in sales", 1),
        ("who has the most sick days", 3),
        ("youngest employee", 3),
    ],
)
def test_one_person_is_told_as_a_row(asked: dict[str, Any], question: str, person: int) -> None:
    connection, catalog = asked["employees"]
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    rows = connection.execute(duck(answer.sql)).fetchall()
    assert [row[0] for row in rows] == [person]


def test_rows_are_called_by_their_key_where_the_file_has_another_name(
    asked: dict[str, Any],
) -> None:
    assert asked["wreck"][1].tables["wreck"].row == "passenger"
    assert asked["shop"][1].tables["shop"].row == "shop row"
    assert asked["orders"][1].tables["orders"].row == "order"
