"""Identifiers to words and back."""

import pytest
from local_workspace.spaces.names import plural, quoted, singular, snake, spoken


@pytest.mark.parametrize(
    ("name", "words"),
    [("dep_delay", "departure delay"), ("customerID", "customer id"), ("totalPrice", "total price"),
     ("HTTPStatus", "http status"), ("😀", "😀")],
)  # fmt: skip
def test_spoken(name, words):
    assert spoken(name) == words


@pytest.mark.parametrize(
    ("many", "one"),
    [("flights", "flight"), ("categories", "category"), ("people", "person"), ("boxes", "box"),
     ("status", "status"), ("bus", "bus"), ("glass", "glass"), ("sales", "sale"), ("delays", "delay")],
)  # fmt: skip
def test_singular(many, one):
    assert singular(many) == one


@pytest.mark.parametrize(
    ("one", "many"), [("order", "orders"), ("category", "categories"), ("box", "boxes"), ("day", "days"),
                      ("person", "people"), ("sales", "sales")],
)  # fmt: skip
def test_plural(one, many):
    assert plural(one) == many


@pytest.mark.parametrize(
    ("text", "name"),
    [("Average delay (min)", "average_delay_min"), ("Größe", "groe"), ("2023 sales", "_2023_sales"),
     ("😀", "value")],
)  # fmt: skip
def test_snake(text, name):
    assert snake(text) == name


def test_only_names_that_need_it_are_quoted():
    assert quoted("revenue") == "revenue"
    assert quoted("select") == "`select`"
    assert quoted("a`b") == "`a``b`"
