"""What is measured when a question judges, asks for an overview, or names only a group."""

from __future__ import annotations

from typing import Any

import pytest


def space(name: str, *columns: tuple[str, str], samples: tuple[str, ...] = ()) -> dict[str, Any]:
    named = [{"name": n, "type": t, "description": ""} for n, t in columns]
    return {
        "title": name.title(),
        "tables": [{"name": f"local.x.{name}", "columns": named}],
        "sample_questions": list(samples),
    }


TICKETS = space(
    "tickets",
    ("ticket_id", "STRING"),
    ("created_at", "TIMESTAMP"),
    ("agent", "STRING"),
    ("resolution_hours", "DECIMAL(18,1)"),
    ("csat", "DECIMAL(18,1)"),
    ("reopened", "BOOLEAN"),
    samples=(
        "Total resolution hours by agent",
        "Total csat by agent",
        "How many tickets are there?",
    ),
)
CAMPAIGNS = space(
    "campaigns",
    ("week", "DATE"),
    ("campaign", "STRING"),
    ("channel", "STRING"),
    ("spend", "DOUBLE"),
    ("clicks", "BIGINT"),
    ("revenue", "DOUBLE"),
    samples=("How many campaign rows are there?",),
)
WAITS = space(
    "waits",
    ("referral_date", "DATE"),
    ("specialty", "STRING"),
    ("wait_days", "BIGINT"),
    ("seen_within_target", "BOOLEAN"),
)
STOCK = space(
    "stock_levels",
    ("snapshot_date", "DATE"),
    ("warehouse", "STRING"),
    ("stock_on_hand", "BIGINT"),
)
STAFF = space(
    "employees",
    ("employee_id", "BIGINT"),
    ("hire_date", "DATE"),
    ("leave_date", "DATE"),
    ("department", "STRING"),
    ("exit_reason", "STRING"),
    ("salary_eur", "DOUBLE"),
)
BUDGETS = space("teams", ("team", "STRING"), ("budget", "BIGINT"), ("spent", "BIGINT"))


def test_scores_and_times_of_cases_are_averaged_even_where_samples_add_them_up(questions):
    for question in questions(TICKETS, "Which agents need help?"):
        assert question.startswith(("average resolution hours", "average csat"))
    for question in questions(TICKETS, "Give me an overview"):
        assert "total" not in question


def test_suggestions_add_up_nothing_that_does_not_add_up(ask):
    suggested = ask(TICKETS, "What did it cost?")["suggestions"]
    assert suggested
    assert not any("Total" in question for question in suggested)


def test_an_overview_shows_two_sides_of_the_business(questions):
    planned = " / ".join(questions(TICKETS, "Give me an overview"))
    assert "resolution hours" in planned
    assert "csat" in planned


def test_who_or_which_is_answered_before_the_course(questions):
    assert questions(TICKETS, "Which agents need help?")[0].endswith("by agent")
    assert questions(TICKETS, "How do agents develop?")[0].endswith("by month")


def test_what_a_short_name_stands_for_is_understood(questions):
    planned = questions(TICKETS, "Is customer satisfaction getting worse?")
    assert planned[0].startswith("average csat")


@pytest.mark.parametrize(
    "asked",
    [
        "Which campaigns should we stop?",
        "What is the ROI of each campaign?",
        "How efficient is our spend by campaign?",
    ],
)
def test_spend_is_judged_by_what_it_brought(questions, asked):
    assert "revenue per spend and total spend by campaign" in questions(CAMPAIGNS, asked)


def test_a_budget_is_judged_by_what_was_used_of_it(questions):
    planned = questions(BUDGETS, "Who is over budget?")
    assert planned == ["spent per budget and total spent by team"]


def test_rows_are_counted_in_their_owners_words(questions):
    # "number of campaigns" would count the different campaigns.
    assert "number of campaign rows by month" in questions(CAMPAIGNS, "How many campaign rows?")


@pytest.mark.parametrize("asked", ["How long are waiting times?", "Why did waits get longer?"])
def test_how_long_rows_took_is_no_count_of_rows(questions, asked):
    assert questions(WAITS, asked)[0].startswith("average wait days")


def test_a_target_that_a_flag_holds_is_measured_as_a_share(questions):
    planned = questions(WAITS, "Which specialties miss the target?")
    assert planned[0].startswith("share of seen within target waits")


def test_what_is_held_at_a_moment_is_not_added_up_over_time(questions):
    planned = questions(STOCK, "How much stock on hand do we have by warehouse?")
    assert planned == [
        "total stock on hand by day",
        "total stock on hand by warehouse on the latest day",
    ]


def test_leavers_are_those_who_left_and_their_reasons_come_first(questions):
    planned = questions(STAFF, "Why are people leaving?")
    assert all("number of employees who left" in question for question in planned)
    assert any(question.endswith("by exit reason") for question in planned)


def test_a_change_within_a_year_is_read_against_the_year_before(questions):
    assert questions(WAITS, "Why did waits rise in 2024?")[0].endswith("by month from 2023 to 2024")
    assert questions(WAITS, "How many waits in 2024?")[0].endswith("by month in 2024")


def test_a_column_of_years_is_a_course(questions):
    energy = space("energy", ("year", "BIGINT"), ("country", "STRING"), ("share_pct", "DOUBLE"))
    assert questions(energy, "How did the share develop?")[0].endswith("by year")


def test_data_without_dates_shows_no_development(ask):
    answer = ask(BUDGETS, "How did spending develop over time?")
    assert "no dates" in answer["clarification"]
    assert answer["suggestions"]


def test_whether_a_row_has_something_is_asked_in_the_columns_words(questions):
    homes = space("houses", ("district", "STRING"), ("has_garden", "BOOLEAN"), ("price", "DOUBLE"))
    planned = questions(homes, "Where are houses most expensive?")
    assert planned[0] == "average price and number of houses by district"
    assert "average price and number of houses by has garden" in planned


def test_german_names_are_found_by_their_meaning(questions):
    orders = space(
        "bestellungen", ("Bestelldatum", "DATE"), ("Filiale", "STRING"), ("Umsatz_EUR", "DOUBLE")
    )
    assert questions(orders, "How did sales develop?")[0] == "total umsatz eur by month"
    assert "total umsatz eur by filiale" in questions(orders, "Which store sells most?")


LOANS = space(
    "loans",
    ("loan_id", "BIGINT"),
    ("loan_date", "DATE"),
    ("branch", "STRING"),
    ("days_kept", "BIGINT"),
    ("member_age", "BIGINT"),
    ("returned_late", "BOOLEAN"),
    samples=("How did days kept develop by month?", "How did member age develop by month?"),
)


def test_things_that_only_a_columns_name_holds_are_not_counted(ask):
    # Members are not counted here, though their age is known.
    assert "“members”" in ask(LOANS, "How many members have we lost?")["clarification"]


def test_a_part_of_a_flags_name_is_no_breakdown(questions):
    planned = questions(LOANS, "How are we doing on late returns?")
    assert planned[0].startswith("share of returned late loans")
    assert not any("by returned late return" in question for question in planned)


def test_what_takes_too_long_is_told_by_what_lasts(questions):
    recipes = space("recipes", ("recipe", "STRING"), ("prep_minutes", "BIGINT"))
    assert questions(recipes, "What takes too long?") == [
        "average prep minutes and number of recipes by recipe"
    ]


def test_single_rows_are_the_last_breakdown(questions):
    batches = space(
        "batches",
        ("batch", "STRING"),
        ("line", "STRING"),
        ("produced_on", "DATE"),
        ("defects", "BIGINT"),
    )
    planned = questions(batches, "How did defects develop?")
    assert planned.index("total defects by line") < planned.index("total defects by batch")


def test_the_worst_is_no_change_over_time(questions):
    assert questions(WAITS, "Which specialty was worst in 2024?")[0].endswith("in 2024")


def test_why_is_asked_of_the_parts_of_two_breakdowns(questions):
    orders = space(
        "orders",
        ("order_date", "DATE"),
        ("product_line", "STRING"),
        ("segment", "STRING"),
        ("revenue", "DOUBLE"),
    )
    planned = questions(orders, "Why did revenue fall in 2024?")
    assert [q for q in planned if "by quarter and" in q] == [
        "total revenue by quarter and segment from 2023 to 2024",
        "total revenue by quarter and product line from 2023 to 2024",
    ]


BATCHES = {
    **space(
        "batches",
        ("Brew Date", "DATE"),
        ("Style", "STRING"),
        ("Tank", "STRING"),
        ("Brewer", "STRING"),
        ("Volume (l)", "BIGINT"),
        ("Loss (l)", "BIGINT"),
        ("Ingredient cost (EUR)", "DECIMAL(18,2)"),
        ("Remarks", "STRING"),
    ),
    "title": "Brewery",
}
BATCHES["tables"][0]["columns"][4]["description"] = "Unit: l. (also called: volume)"
BATCHES["tables"][0]["columns"][5]["description"] = "Unit: l. (also called: loss)"
BATCHES["tables"][0]["columns"][6]["description"] = "Unit: EUR. (also called: ingredient cost)"
VISITS = space(
    "appointments",
    ("Appointment", "TIMESTAMP"),
    ("Dentist", "STRING"),
    ("No Show", "BOOLEAN"),
    ("Chair Minutes", "BIGINT"),
    ("Fee", "DECIMAL(18,2)"),
    ("Share done", "DOUBLE"),
)
VISITS["tables"][0]["columns"][4]["description"] = "Unit: GBP."
VISITS["tables"][0]["columns"][5]["description"] = "Averaged, not added up."


@pytest.mark.parametrize(
    ("about", "question"),
    [
        (BATCHES, "How is the brewery doing?"),
        (VISITS, "Give me an overview of the practice"),
        (VISITS, "How is our clinic performing?"),
    ],
)
def test_a_business_may_be_called_what_it_is(questions, about, question):
    assert questions(about, question)


@pytest.mark.parametrize(
    "question", ["Give me an overview of the turbines", "How are pilots doing?"]
)
def test_what_the_data_do_not_hold_is_still_asked_back(ask, question):
    assert "clarification" in ask(VISITS, question)


def test_an_overview_leads_with_what_spending_made_and_tells_both(questions):
    asked = questions(BATCHES, "How is the brewery doing?")
    assert asked[0] == "total volume by month"
    assert "total ingredient cost by month" in asked


def test_losing_is_measured_by_losses(questions):
    asked = questions(BATCHES, "Which tanks lose the most?")
    assert all(one.startswith("total loss ") for one in asked), asked


def test_a_flag_of_something_not_done_answers_to_not_doing_it(questions):
    asked = questions(VISITS, "Why do patients not show up?")
    assert all("share of no show" in one for one in asked), asked


def test_money_is_known_by_its_unit_and_rates_by_what_the_space_tells(questions):
    assert questions(VISITS, "Give me an overview of the practice")[0].startswith("total fee")
    assert questions(VISITS, "share done by dentist")[0].startswith("average share done")


def test_a_column_called_like_the_rows_splits_where_the_space_tells_its_few_values(questions):
    lines = space(
        "budget_lines", ("GL code", "STRING"), ("Budget line", "STRING"), ("spent", "INT")
    )
    lines["tables"][0]["columns"][0]["description"] = "Such as GL4000, GL4010, GL4020"
    assert "total spent by gl code" in questions(lines, "total spent")[0]
    lines["tables"][0]["columns"][1]["description"] = "Such as Staff, Premises, Events"
    assert "total spent by budget line" in questions(lines, "total spent")[0]


def test_remarks_split_nothing_unless_they_are_asked_for(questions):
    assert not any("remark" in one for one in questions(BATCHES, "total loss", 8))
    assert any("remark" in one for one in questions(BATCHES, "total loss by remark"))


@pytest.mark.parametrize(
    ("about", "question"),
    [
        (VISITS, "Which dentists had more than 20 appointments?"),
        ("retail", "How many customers ordered at least twice?"),
        ("retail", "Which stores made over 20,000 in revenue?"),
    ],
)
def test_a_limit_on_groups_is_asked_as_it_stands(questions, about, question):
    assert questions(about, question) == [question.rstrip("?")]


@pytest.mark.parametrize(
    "question",
    ["Which stores grew over 2023?", "Which stores sold less over the last 3 months?"],
)
def test_a_period_is_no_limit_on_groups(questions, question):
    assert len(questions("retail", question)) > 1


def test_a_limit_on_rows_stays_with_every_question(questions):
    asked = questions("retail", "How many sales over 100 dollars by region")
    assert all("over 100 dollars" in one for one in asked)


def test_a_place_in_a_ranking_is_no_condition(questions):
    asked = questions(VISITS, "What is the second-highest dentist by fee?")
    assert "total fee by dentist" in asked
