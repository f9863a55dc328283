"""Two periods set against each other are asked for side by side, as a whole and by group."""

import pytest
from aislides_analyst.planning.compared import compared_periods

PAIRS = [
    ("How did Q4 2024 revenue compare with Q4 2023?", "in Q4 2024 versus Q4 2023", ""),
    ("Why did revenue change in December 2024 compared to November 2024?",
     "in December 2024 versus November 2024", ""),
    ("Revenue this month vs last month", "this month versus last month", ""),
    ("Compare this quarter with the previous quarter", "this quarter versus last quarter", ""),
    ("Which stores sell less than last year?", "this year versus last year", ""),
    ("Orders compared to last week", "this week versus last week", ""),
    ("Revenue last month versus the month before by region", "in the last 2 months", "month"),
    ("Was last quarter better than the previous one?", "in the last 2 quarters", "quarter"),
]  # fmt: skip
NO_PAIRS = [
    "How did 2024 compare with 2023?",
    "Revenue by month in Q4 2024",
    "Revenue last month",
    "Revenue in March 2024 and in April 2024",
    "How did delays develop from January 2013 to June 2013?",
    "Compare East and West",
]


@pytest.mark.parametrize(("question", "text", "grain"), PAIRS)
def test_pairs_of_periods_are_read(question, text, grain):
    found = compared_periods(question)
    assert found is not None
    assert (found.text, found.grain) == (text, grain)


@pytest.mark.parametrize("question", NO_PAIRS)
def test_other_periods_are_no_pair(question):
    assert compared_periods(question) is None


def test_a_pair_is_asked_for_as_a_whole_and_by_group(questions):
    asked = questions("retail", "How did Q4 2024 revenue compare with Q4 2023?")
    assert asked[0] == "total revenue in Q4 2024 versus Q4 2023"
    assert len(asked) > 1
    assert all(" by " in one and one.endswith("in Q4 2024 versus Q4 2023") for one in asked[1:])
    asked = questions("retail", "Revenue last month versus the month before by channel")
    assert asked[:2] == [
        "total revenue by month in the last 2 months",
        "total revenue by month and channel in the last 2 months",
    ]


def test_profit_margin_is_one_measure(questions):
    assert all("profit" not in one for one in questions("retail", "profit margin by category"))


@pytest.mark.parametrize(
    "question", ["How are we doing?", "How was last month?", "How did 2024 compare with 2023?"]
)
def test_a_question_about_all_gets_an_overview(questions, question):
    assert any("revenue" in one for one in questions("retail", question))
