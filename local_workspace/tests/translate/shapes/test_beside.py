"""Numbers of two tables side by side: each is told on its own, so no row counts twice."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from ..conftest import plain_by_month, run

FIRM = """
CREATE TABLE teams(team_id INT, team_name VARCHAR, site VARCHAR, desks INT, budget DECIMAL(9,2));
INSERT INTO teams VALUES (1,'Red','Ulm',4,100),(2,'Blue','Ulm',6,200),(3,'Grey','Bonn',5,300);
CREATE TABLE invoices(invoice_id INT, team_id INT, invoiced_on DATE, fee DECIMAL(9,2));
INSERT INTO invoices VALUES (1,1,'2024-01-05',30),(2,1,'2024-02-05',50),(3,2,'2024-01-09',60),
  (4,2,'2024-02-11',40),(5,1,'2023-03-01',20),(6,NULL,'2024-02-02',7);
CREATE TABLE purchases(purchase_id INT, team_id INT, bought_on DATE, cost DECIMAL(9,2));
INSERT INTO purchases VALUES (1,1,'2024-01-06',5),(2,1,'2024-02-06',15),(3,3,'2024-02-09',25);
"""


@pytest.fixture(scope="module")
def firm():
    connection = duckdb.connect()
    connection.execute(FIRM)
    tables = ["invoices", "purchases", "teams"]
    return connection, profile_space(infer_space("firm", tables, connection), connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("fee per desk by site", [("Ulm", 200, 10, 20.0), ("Bonn", None, 5, None)]),
        ("fee vs budget for each team",
         [("Red", 100, 100), ("Blue", 100, 200), ("Grey", None, 300)]),
        ("fee and cost by month in 2024",
         [("2024-01", 90, 5), ("2024-02", 97, 40)]),
        ("ratio of cost to fee in 2024", [(45, 187, 0.2406)]),
        ("fee per desk in 2024", [(187, 15, 12.4667)]),
        ("cost as a percentage of budget", [(45, 600, 0.075)]),
    ],
)  # fmt: skip
def test_two_tables_side_by_side(firm, question, rows):
    connection, catalog = firm
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    _, found = run(connection, answer.sql)
    told = [tuple(plain_by_month(value) for value in row) for row in found]
    assert sorted(told, key=str) == sorted(rows, key=str)


@pytest.mark.parametrize(
    "question",
    ["fee per desk by month", "average fee per desk by site", "fee and cost by invoice",
     "fee per invoice and cost by colour"],
)  # fmt: skip
def test_without_a_shared_breakdown_it_is_asked_back(firm, question):
    answer = translate(question, firm[1])
    assert isinstance(answer, Clarification), answer
