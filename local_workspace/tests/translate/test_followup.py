"""A follow-up patches the plan of the question before it."""

import pytest
from local_workspace.translate import Answer, Clarification, translate


@pytest.fixture
def talk(shop):
    def talk(*questions):
        plan = None
        for question in questions:
            answer = translate(question, shop, plan)
            assert isinstance(answer, Answer), (question, answer)
            plan = answer.plan
        return answer

    return talk


def test_a_new_breakdown_keeps_measure_and_period(talk):
    answer = talk("revenue by month in 2024", "and by region?")
    assert "stores.region" in answer.sql
    assert "2024-01-01" in answer.sql
    assert "month" not in answer.sql
    assert "continues the previous question" in answer.description


def test_a_condition_on_the_same_column_replaces_the_old_one(talk):
    answer = talk("revenue by channel for Camping", "now for Footwear")
    assert "Footwear" in answer.sql
    assert "Camping" not in answer.sql


def test_another_period_replaces_the_old_one(talk):
    answer = talk("revenue by channel in 2024", "and in 2023?")
    assert "2023-01-01" in answer.sql
    assert "2025-01-01" not in answer.sql


def test_another_measure_keeps_groups_and_conditions(talk):
    answer = talk("revenue by channel in 2024", "what about profit?")
    assert "profit_usd" in answer.sql
    assert "GROUP BY 1" in answer.sql
    assert "2024-01-01" in answer.sql


def test_top_n_ranks_what_was_shown(talk):
    answer = talk("revenue by product", "top 3")
    assert answer.sql.endswith("LIMIT 3")


def test_share_of_total_turns_amounts_into_shares(talk):
    assert "OVER ()" in talk("revenue by channel", "as a percentage of total").sql


def test_exclusion_adds_a_condition(talk):
    assert "channel <> 'Online'" in talk("revenue by region", "excluding Online").sql


def test_a_whole_question_starts_anew(talk):
    answer = talk("revenue by month in 2024", "number of customers by segment")
    assert "customers" in answer.sql
    assert "2024" not in answer.sql


def test_what_the_data_does_not_know_is_asked_back(shop):
    first = translate("revenue by month", shop)
    assert isinstance(first, Answer)
    assert isinstance(translate("and by employee?", shop, first.plan), Clarification)
    assert isinstance(translate("and why?", shop, first.plan), Clarification)


def test_conditions_of_a_replaced_breakdown_do_not_multiply(talk):
    answer = talk("revenue by channel in 2024", "by region", "by category", "only Online")
    assert answer.sql.count("channel = 'Online'") == 1
    assert "products.category" in answer.sql


@pytest.mark.parametrize(
    ("questions", "like"),
    [
        (["revenue by channel in 2024", "same thing by region"], "revenue by region in 2024"),
        (["revenue by channel in 2024", "same for 2023"], "revenue by channel in 2023"),
        (["revenue by channel", "now per quarter instead"], "revenue by quarter"),
        (["revenue by month", "by quarter rather"], "revenue by quarter"),
        (["revenue by region", "only the ones sold online"], "online revenue by region"),
        (["revenue by region", "show it by channel too"], "revenue by region and channel"),
        (["revenue by region", "leave out the online ones"], "revenue by region excluding online"),
        (["revenue by region", "Online only"], "online revenue by region"),
        (["revenue by region", "instead of region, by channel"], "revenue by channel"),
        (["revenue by region", "what about profit instead of revenue"], "profit by region"),
        (["revenue by region", "lowest first"], "revenue by region, lowest first"),
        (["revenue by region", "thanks! same by channel please"], "revenue by channel"),
    ],
)  # fmt: skip
def test_a_follow_up_says_what_the_whole_question_would(talk, questions, like):
    assert talk(*questions).sql == talk(like).sql


def test_sorted_by_name_and_kept_so(talk):
    assert talk("revenue by region", "sort by name").sql.endswith("ORDER BY 1")
    assert talk("revenue by region", "alphabetically", "only Online").sql.endswith("ORDER BY 1")


def test_sorted_by_another_number_shows_both(talk):
    answer = talk("revenue by region", "sort by number of orders", "top 2 only")
    assert answer.sql.endswith("ORDER BY 3 DESC NULLS LAST, 1\nLIMIT 2")


@pytest.mark.parametrize(
    "question",
    [
        "instead of segment, by channel",  # there was no segment
        "only the ones from Atlantis",
        "same thing by employee",
        "drop the broken ones",
    ],
)
def test_what_cannot_be_told_of_the_earlier_answer_is_asked_back(shop, question):
    first = translate("revenue by region", shop)
    assert isinstance(first, Answer)
    assert isinstance(translate(question, shop, first.plan), Clarification)


@pytest.mark.parametrize("question", ["No. of orders by region", "total revenue by region please"])
def test_whole_questions_keep_no_condition(talk, question):
    assert "2024" not in talk("profit by channel in 2024", question).sql
