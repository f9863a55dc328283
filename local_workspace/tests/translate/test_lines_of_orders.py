"""A file called orders whose rows are lines: an order number that comes back is counted once."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Clarification, translate

from .conftest import answered

DATA = """
CREATE TABLE orders(order_id INT, order_date DATE, customer_name VARCHAR, region VARCHAR,
  product_name VARCHAR, sales DOUBLE, quantity INT);
INSERT INTO orders VALUES (1,'2024-01-02','Ada','West','Chair',100,1),
  (1,'2024-01-02','Ada','West','Desk',300,2),(2,'2024-01-09','Bo','East','Chair',100,1),
  (2,'2024-01-09','Bo','East','Lamp',50,5),(3,'2024-02-01','Ada','West','Lamp',20,2);
"""


@pytest.fixture(scope="module")
def orders():
    connection = duckdb.connect()
    connection.execute(DATA)
    return connection, profile_space(infer_space("orders", ["orders"], connection), connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how many orders in 2024?", [(3,)]),
        ("orders by month", [("2024-01", 2), ("2024-02", 1)]),
        ("number of orders by region", [("West", 2), ("East", 1)]),
        ("which customer has the most orders?", [("Ada", 2)]),
        ("customers with more than 1 order", [("Ada", 2)]),
        ("average quantity per order", [(3.6667,)]),
        ("average sales per order by region", [("West", 210), ("East", 150)]),
        ("how many order lines are there", [(5,)]),
        ("sales by region", [("West", 420), ("East", 150)]),
    ],
)
def test_orders_are_counted_by_their_number(orders, question, rows):
    assert answered(orders, question, len(rows[0])) == sorted(rows, key=str)


@pytest.mark.parametrize("question", ["list orders over 150", "biggest order"])
def test_a_number_of_a_line_is_none_of_its_order(orders, question):
    answer = translate(question, orders[1])
    assert isinstance(answer, Clarification), answer
