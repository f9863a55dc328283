"""Lists of single rows: which, in what order, and how many are in the answer's own words."""

import pytest


@pytest.mark.parametrize("space", ["shop", "shop inferred"])
@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("show the 3 largest orders", [2, 6, 4]),
        ("the two biggest orders by quantity", [3, 4]),
        ("the 2 orders with the lowest revenue", [1, 3]),
        ("which order had the highest revenue in 2024", [6]),
        ("the second largest order by revenue", [6]),
        ("list the 2 most recent orders", [6, 5]),
        ("show the first 2 orders of 2024", [4, 5]),
        ("which orders had a discount over 15%", [6]),
        ("list all online orders in 2024", [6, 5]),
    ],
)
def test_single_rows_in_the_order_asked(ask, space, question, ids):
    assert [row[0] for row in ask(space, question)] == ids


@pytest.mark.parametrize("space", ["flights", "flights inferred"])
def test_rows_without_a_key(ask, said, space):
    rows = ask(space, "the 10 longest flights by air time")
    assert len(rows) == 10
    assert [row[1] for row in rows[:2]] == [695, 691]
    assert "up to 10, highest air time first" in said(space, "the 10 longest flights by air time")


def test_most_of_what_a_filter_marks(ask):
    rows = ask("flights", "list the 5 most delayed flights")
    assert [row[1] for row in rows] == [1301, 1137, 1126, 1014, 1005]


def test_an_undescribed_desk(ask, said):
    rows = ask("desk inferred", "which tickets are still open")
    assert [row[0] for row in rows] == [8, 5, 2]
    assert "up to 50, latest opened on first" in said("desk inferred", "which tickets are open")


def test_rows_are_narrowed_by_a_follow_up_and_not_broken_down(ask, asked_back):
    assert [row[0] for row in ask("shop", "show the 3 largest orders", "only 2023")] == [2, 3, 1]
    asked_back("shop", "show the 3 largest orders", "and by store?")


@pytest.mark.parametrize(
    "question",
    [
        "show the ten largest orders by region",
        "the 5 best orders",
        "top 10 orders",
        "which orders are late",
        "show orders",
    ],
)
def test_rows_without_an_order_or_a_condition_are_asked_back(asked_back, question):
    asked_back("shop", question)
