"""How many groups keep to a limit: groups are counted, not rows, and by their key."""

import pytest


@pytest.mark.parametrize("space", ["shop", "shop inferred"])
@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how many products had revenue over 500", [(1,)]),
        ("how many products made more than 300 in revenue", [(2,)]),
        ("number of products with at least 2 orders", [(2,)]),
        ("how many customers ordered at least twice", [(2,)]),
        ("how many customers ordered more than twice in 2024", [(0,)]),
        ("in how many months did revenue exceed 300", [(2,)]),
        ("how many customers per segment had revenue of at least 800", [("Business", 1)]),
        ("what share of products had more than 500 revenue", [(1, 3, 0.3333)]),
        ("what share of months had more than 300 revenue", [(2, 6, 0.3333)]),
    ],
)
def test_groups_over_a_limit_are_counted(ask, space, question, rows):
    assert ask(space, question) == rows


@pytest.mark.parametrize("space", ["flights", "flights inferred"])
def test_airlines_and_months_over_a_limit(ask, space):
    assert ask(space, "how many airlines had more than 10000 flights") == [(9,)]
    assert ask(space, "in how many months were there more than 28000 flights") == [(8,)]
    share = ask(space, "what share of airlines had an average arrival delay above 10 minutes")
    assert share == [(6, 16, 0.375)]


def test_keys_that_nothing_describes_are_counted_but_no_part_of_a_share(ask):
    # One sale is of store 9, which no row of the stores describes.
    assert ask("shop", "how many stores had at least 1 order") == [(4,)]
    assert ask("shop", "what share of stores had at least 1 order") == [(3, 3, 1.0)]


def test_the_answer_says_what_was_counted(said):
    assert said("shop", "how many products had revenue over 500").startswith(
        "Number of products with total revenue over 500"
    )
    few = said("shop", "how many customers had fewer than 3 orders")
    assert "without any such orders are not counted" in few
    assert "of all products" in said("shop", "what share of products had over 500 revenue")


def test_a_period_is_patched_into_the_count(ask, asked_back):
    assert ask("shop", "how many products had revenue over 250", "only 2023") == [(1,)]
    asked_back("shop", "how many products had revenue over 250", "and by region?")


def test_a_limit_on_single_rows_is_no_limit_on_groups(ask):
    assert ask("desk inferred", "how many agents had a ticket over 50 minutes") == [(2,)]


@pytest.mark.parametrize(
    "question",
    [
        "how many stores sold more than 300",
        "how many products by channel had revenue over 500",
        "how many customers ordered twice",
    ],
)
def test_what_is_not_clear_is_asked_back(asked_back, question):
    asked_back("shop", question)
