"""A wholesaler's files that nobody described: orders with lines, prices per kilo, things unsold."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Clarification, translate

from .conftest import answered

DATA = """
CREATE TABLE customers(customer_id INT, customer_name VARCHAR, customer_type VARCHAR);
INSERT INTO customers VALUES (1,'Ada','Cafe'),(2,'Bo','Hotel'),(3,'Cy','Cafe');
CREATE TABLE teas(tea_id INT, tea_name VARCHAR, grade VARCHAR, list_price_per_kg DOUBLE);
INSERT INTO teas VALUES (1,'Assam','A',20),(2,'Keemun','B',30),(3,'Sencha','A',50);
CREATE TABLE orders(order_id INT, order_date DATE, customer_id INT, shipping_cost DOUBLE);
INSERT INTO orders VALUES (1,'2023-02-01',1,9),(2,'2024-01-05',1,8),(3,'2024-03-05',2,7);
CREATE TABLE order_lines(line_id INT, order_id INT, tea_id INT, kilos DOUBLE, line_amount DOUBLE);
INSERT INTO order_lines VALUES (1,1,1,2,40),(2,2,1,5,100),(3,2,2,1,30),(4,3,2,4,120);
"""


@pytest.fixture(scope="module")
def teas():
    connection = duckdb.connect()
    connection.execute(DATA)
    tables = ["customers", "teas", "orders", "order_lines"]
    return connection, profile_space(infer_space("teas", tables, connection), connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("customers who didnt order anything in 2024", [("Cy",)]),
        ("customers who have never placed an order", [("Cy",)]),
        ("which customers have not bought anything in 2023?", [("Bo",), ("Cy",)]),
        ("any teas we've never sold?", [("Sencha",)]),
        ("teas that were never ordered", [("Sencha",)]),
        ("kilos sold per tea", [("Assam", 7), ("Keemun", 5)]),
        ("top 2 customers by sales value", [("Ada", 170), ("Bo", 120)]),
        ("rank the customers on 2024 sales", [("Ada", 130), ("Bo", 120)]),
        ("rank the teas by kilos, lowest first", [("Assam", 7), ("Keemun", 5)]),
        ("average list price by grade", [("A", 35), ("B", 30)]),
        ("running total of sales through 2024, month by month",
         [("2024-01", 130, 130), ("2024-03", 120, 250)]),
    ],
)  # fmt: skip
def test_a_wholesaler_is_answered(teas, question, rows):
    assert answered(teas, question, len(rows[0])) == sorted(rows, key=str)


@pytest.mark.parametrize(
    "question", ["how many orders were worth more than 5?", "biggest order ever"]
)
def test_shipping_is_not_what_an_order_is_worth(teas, question):
    answer = translate(question, teas[1])
    assert isinstance(answer, Clarification), answer
