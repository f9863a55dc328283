"""One place of a ranking, in many voices; never the first of several places."""

import pytest


@pytest.mark.parametrize("space", ["shop", "shop inferred"])
@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Which product had the second-highest revenue?", "Boot"),
        ("2nd largest product by revenue", "Boot"),
        ("which product is the runner-up in revenue", "Boot"),
        ("which product came third in revenue", "Stove"),
        ("which product has the second lowest revenue", "Boot"),
    ],
)
def test_one_place_of_a_ranking(ask, space, question, name):
    rows = ask(space, question)
    assert [row[0] for row in rows] == [name]


@pytest.mark.parametrize("space", ["flights", "flights inferred"])
def test_the_third_of_sixteen_airlines(ask, said, space):
    assert ask(space, "which airline has the third most flights") == [
        ("ExpressJet Airlines Inc.", 54173)
    ]
    assert "the 3rd highest" in said(space, "which airline has the third most flights")


def test_a_place_within_each_group(ask):
    rows = ask("flights", "second busiest destination for each origin")
    assert len(rows) == 3
    assert len({row[0] for row in rows}) == 3


def test_a_place_keeps_its_period_and_declines_another_breakdown(ask, asked_back):
    assert ask("shop", "second best product by revenue", "only 2023")[0][0] == "Stove"
    asked_back("shop", "second best product by revenue", "and by region?")


@pytest.mark.parametrize(
    "question",
    [
        "second highest revenue",
        "the second 3 largest products by revenue",
        "2nd highest single revenue by store",
        "second revenue by product",
    ],
)
def test_what_has_no_places_is_asked_back(asked_back, question):
    asked_back("shop", question)
