"""Shares whose part and whole are named apart, and what the first few make together."""

import pytest

BOTH = ["shop", "shop inferred"]


@pytest.mark.parametrize("space", BOTH)
@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Online orders as a share of all orders by year", [("2023-01-01", 0.6667, 3), ("2024-01-01", 0.6667, 3)]),
        ("ratio of online orders to all orders", [(0.6667,)]),
        ("Online as a percentage of all orders", [(0.6667,)]),
        ("online orders as a % of orders in 2024", [(0.6667,)]),
        ("share of online in revenue", [(0.5541,)]),
        ("share of Online in all orders by year", [("2023-01-01", 0.6667, 3), ("2024-01-01", 0.6667, 3)]),
        ("percentage of online and in-store orders", [("Online", 0.6667), ("In-store", 0.3333)]),
    ],
)  # fmt: skip
def test_part_and_whole_are_named_apart(ask, space, question, rows):
    assert ask(space, question) == rows


@pytest.mark.parametrize("space", BOTH)
@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("how much of our revenue came from the top 2 products?", (1280.0, 1480.0, 0.8649)),
        ("share of revenue from the top product", (880.0, 1480.0, 0.5946)),
        ("what percentage of units do the 2 biggest stores account for", None),
        ("What share of revenue comes from the top 2 products in 2023?", (560.0, 660.0, 0.8485)),
        ("top 2 products' share of revenue", (1280.0, 1480.0, 0.8649)),
    ],
)
def test_the_first_few_together(ask, space, question, share):
    found = ask(space, question)
    assert len(found) == 1
    assert share is None or found == [share]


def test_a_share_of_the_first_few_says_by_what_they_are_chosen(said):
    told = said("shop", "how much of our revenue came from the top 2 products?")
    assert "top 2 products together" in told
    assert "chosen by total revenue" in told


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("flights", "the share of United among delayed flights by month"),
        ("flights", "cancelled flights as a share of delayed flights"),
        ("shop", "share of the average price from the top 3 products"),
        ("shop", "share of revenue from the top 3 products by region"),
        ("shop", "ratio of online orders to the weather"),
    ],
)
def test_what_is_no_part_of_a_whole_is_asked_back(asked_back, space, question):
    asked_back(space, question)
