"""Things that have none of something: told from their own table, by what never points to them."""

import pytest


@pytest.mark.parametrize("space", ["shop", "shop inferred"])
@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("which products were never sold", []),
        ("products without a sale in 2024", [("Stove",)]),
        ("which products have not been sold in 2024", [("Stove",)]),
        ("how many products have no sales in 2024", [(1,)]),
        ("customers with no in-store orders in 2024", [("Ann",)]),
        ("number of products without a sale in 2024 by category", [("Camping", 1)]),
        ("how many customers ordered in 2023 but not in 2024", [(0,)]),
        ("products sold in 2023 but not in 2024", [("Stove",)]),
    ],
)
def test_things_without_rows_that_fit(ask, space, question, rows):
    assert ask(space, question) == rows


@pytest.mark.parametrize("space", ["flights", "flights inferred"])
@pytest.mark.parametrize(
    "question",
    [
        "airlines with no flights to SEA",
        "which airlines do not fly to SEA",
        "which airlines have no flights to Seattle Tacoma Intl",
    ],
)
def test_an_airline_that_flies_elsewhere_too_is_not_one_without_flights_to_seattle(
    ask, space, question
):
    found = {row[0] for row in ask(space, question)}
    assert len(found) == 11
    assert "Delta Air Lines Inc." not in found


def test_an_undescribed_desk(ask):
    assert ask("desk inferred", "agents without a ticket") == [("Di",)]
    assert ask("desk inferred", "which agents have no high priority tickets") == [("Di",)]
    assert ask("desk inferred", "how many agents have no tickets by team") == [("Phone", 1)]


def test_the_answer_says_what_is_missing(said):
    assert "no orders with order date 2024" in said("shop", "products without an order in 2024")


def test_periods_of_a_follow_up_are_not_guessed(asked_back):
    asked_back("shop", "how many customers have no order in 2024", "only 2023")


@pytest.mark.parametrize(
    "question",
    [
        "airports with no flights",
        "what share of products was never sold",
        "products without a licence",
    ],
)
def test_what_is_not_clear_is_asked_back(asked_back, question):
    asked_back("flights" if "airports" in question else "shop", question)


@pytest.mark.parametrize(
    ("space", "question", "names"),
    [
        ("flights", "which origins have no flights to SEA", ["La Guardia"]),
        ("flights inferred", "which origins have no flights to SEA", ["La Guardia"]),
        ("shop", "which categories had no orders in 2024", []),
        ("shop", "which segments had no in-store orders in 2024", ["Consumer"]),
        ("shop inferred", "which countries have no in-store sales in 2024", ["USA"]),
        ("desk inferred", "which teams had no tickets in April 2024", ["Phone"]),
    ],
)
def test_kinds_of_rows_without_such_a_row(ask, space, question, names):
    assert [row[0] for row in ask(space, question)] == names


def test_rows_of_others_are_not_taken_for_none(asked_back, ask):
    asked_back("flights", "list airlines with flights not to SEA")
    assert ask("shop", "which stores are not in the East") == [("Bay",), ("Lakeside",)]
