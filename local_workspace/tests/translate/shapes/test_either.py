"""Which of two has more of something, and what there are the most of."""

import pytest

BOTH = ["shop", "shop inferred"]


@pytest.mark.parametrize("space", BOTH)
@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Do we make more revenue online or in-store?", [("Online", 820.0), ("In-store", 660.0)]),
        ("Are there more orders from Camping or Footwear?", [("Camping", 4), ("Footwear", 2)]),
        ("Which has the lower quantity, Boot or Stove?", [("Stove", 4), ("Boot", 4)]),
        ("Is revenue better in Boston or Seattle?", [("Boston", 600.0), ("Seattle", 200.0)]),
        ("Which country had more revenue in 2024?", [("Canada", 620.0)]),
        ("was revenue higher in January 2024 or February 2024",
         [("2024-01-01", 300.0), ("2024-02-01", 200.0)]),
    ],
)  # fmt: skip
def test_both_are_shown(ask, space, question, rows):
    found = ask(space, question)
    assert sorted(found) == sorted(rows)
    if rows[0][1] != rows[1 % len(rows)][1]:
        assert found == rows


@pytest.mark.parametrize("space", ["flights", "flights inferred"])
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which manufacturer has the most planes?", ("BOEING", 1630)),
        ("average seats per plane by manufacturer with at least 300 planes", None),
        ("seats per plane by manufacturer", ("AIRBUS", 221.2024, 336)),
    ],
)
def test_entities_are_what_is_counted(ask, space, question, first):
    assert first in (None, ask(space, question)[0])


@pytest.mark.parametrize("space", BOTH)
def test_entities_are_counted_in_their_own_table(ask, space):
    assert ask(space, "which region has the most stores")[0][1] == 1


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("shop", "Did we sell more online or in-store?"),
        ("shop", "Which region had more revenue?"),
        ("shop", "is online better or in-store"),
        ("flights", "is Delta better than American?"),
    ],
)
def test_more_of_what_is_asked_back(asked_back, space, question):
    asked_back(space, question)


@pytest.mark.parametrize("space", ["desk inferred"])
@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("high priority vs open tickets by team",
         lambda rows: sorted(rows) == [("Phone", 1, 1), ("Web", 3, 2)]),
        ("ratio of open to closed tickets", lambda rows: rows == [(3, 5, 0.6)]),
        ("ratio of open to closed", lambda rows: rows == [(3, 5, 0.6)]),
        ("breakdown of priorities in March 2024", lambda rows: sorted(rows) == [("high", 1), ("low", 1)]),
        ("open and closed tickets as percentages",
         lambda rows: sorted(rows) == [("closed", 0.625), ("open", 0.375)]),
    ],
)  # fmt: skip
def test_sorts_of_rows_side_by_side(ask, space, question, rows):
    assert rows(ask(space, question))


def test_only_those_of_the_question_before(ask):
    assert ask("desk inferred", "tickets by team", "only open ones") == [("Web", 2), ("Phone", 1)]


def test_a_comparison_that_no_column_holds_is_asked_back(asked_back):
    asked_back("flights", "delayed vs cancelled flights by origin")
