"""Verbs that only link, degrees of verbs, money that nobody names, and how long things take."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Asked

SHOP = ("shop", "shop inferred")


@pytest.mark.parametrize("space", SHOP)
def test_money_is_what_was_sold_or_made(ask: Asked, space: str) -> None:
    total = ask(space, "total revenue")
    for question in (
        "How much did we sell in total?",
        "how much money did we make",
        "How much money did customers spend?",
        "how much did we earn",
    ):
        assert ask(space, question) == total, question
    by_store = ask(space, "revenue by store")
    assert ask(space, "how much did each store make") == by_store
    assert ask(space, "which store brings in the most money")[0][0] == by_store[0][0]
    assert ask(space, "which store sells best")[0][0] == by_store[0][0]
    assert ask(space, "which store sells worst")[0][0] == by_store[-1][0]


def test_how_much_more_shows_both_sides(ask: Asked) -> None:
    sides = ask("shop", "revenue in Boston vs Chicago")
    assert ask("shop", "How much more did we make in Boston than in Chicago?") == sides


@pytest.mark.parametrize("space", SHOP)
def test_most_of_a_trade_is_asked_back(asked_back: Callable[..., str], space: str) -> None:
    """More rows, more units or more money: nobody said which."""
    assert asked_back(space, "which store sells the most")
    assert asked_back(space, "which customer buys the most")


@pytest.mark.parametrize("space", ["flights", "flights inferred"])
def test_rows_are_known_by_their_verb(ask: Asked, space: str) -> None:
    furthest = ask(space, "which airline has the highest average distance")
    assert ask(space, "Which airline flies the furthest on average?") == furthest
    assert ask(space, "Which airline flies the furthest?") == furthest
    most = ask(space, "which weekday has the most flights")
    assert ask(space, "On which weekday do we fly the most?") == most
    count = ask(space, "how many different airlines are there in flights from JFK")
    assert ask(space, "How many airlines fly out of JFK?") == count


def test_how_long_something_takes_is_no_number_of_dates(
    ask: Asked, asked_back: Callable[..., str]
) -> None:
    desk = "desk inferred"
    assert ask(desk, "average days between opened and closed") == [(7.4,)]
    for question in (
        "How many days does it take to close a ticket?",
        "How many days does it take us on average to close tickets?",
        "how quickly do we close tickets",
    ):
        assert ask(desk, question) == [(7.4,)], question
    assert ask(desk, "how long does it take to close a ticket by priority")[0][:2] == ("low", 15.5)
    assert ask(desk, "which priority takes the longest to close")[0][:2] == ("low", 15.5)
    assert "how long it took" in asked_back(desk, "How many days are tickets open?")
    assert "how long it took" in asked_back(desk, "number of days tickets stay with each team")
    assert ask(desk, "on how many days were tickets opened") == [(8,)]


@pytest.mark.parametrize("space", SHOP)
def test_often_counts_rows_and_new_ones_have_a_beginning(ask: Asked, space: str) -> None:
    most = ask(space, "which category has the most orders")
    assert ask(space, "Which category is bought most often?") == most
    assert ask(space, "How many new customers signed up each year?") == [
        ("2022-01-01", 1),
        ("2023-01-01", 1),
    ]


def test_more_of_two_and_none_of_three(ask: Asked, asked_back: Callable[..., str]) -> None:
    """One of two has more; among three it is not said than which."""
    assert ask("shop", "Which channel had more revenue?")[0][0] == "Online"
    assert asked_back("shop", "Which region had more revenue?")


def test_busiest_by_what_is_named(ask: Asked) -> None:
    second = ask("flights", "what was the second busiest airport by departures?")
    assert second[0][0] == "John F Kennedy Intl"
    boeings = ask("flights", "how many planes are Boeings")
    assert ask("flights", "How many planes in the fleet are Boeings?") == boeings


def test_forms_of_what_the_space_knows(ask: Asked, asked_back: Callable[..., str]) -> None:
    spent = ask("desk inferred", "which team has the highest minutes spent")
    assert ask("desk inferred", "Which team spends the most?") == spent
    assert asked_back("flights", "in which hours do we cancel most")
    assert asked_back("desk inferred", "how many returning tickets are there")
