"""Plans over spaces of several businesses; one test for each thing a plan must get right."""

from __future__ import annotations

import pytest
from aislides_analyst import plan


def test_a_broad_question_becomes_its_course_its_breakdowns_and_one_more(questions):
    asked = "How did departure delays develop in 2023, and which stations and operators drive them?"
    assert questions("trains", asked) == [
        "average departure delay and number of rides by month in 2023",
        "average departure delay and number of rides by origin station in 2023",
        "average departure delay and number of rides by operator in 2023",
        "average departure delay and number of rides by hour of day in 2023",
    ]


def test_sums_are_asked_without_a_count_of_rows(questions):
    asked = "How did revenue develop, and which regions and categories drive it?"
    assert questions("retail", asked, 3) == [
        "total revenue by month",
        "total revenue by region",
        "total revenue by category",
    ]


def test_rows_named_beside_a_measure_are_counted_too(questions):
    asked = "How did rides and departure delays develop?"
    assert questions("trains", asked, 1) == ["number of rides and average departure delay by month"]


def test_a_simple_question_is_asked_as_it_is_before_breakdowns(questions):
    planned = questions("retail", "Top 5 products by revenue?")
    assert planned[0] == "Top 5 products by revenue"
    assert "total revenue by month" in planned


@pytest.mark.parametrize(
    ("asked", "together"),
    [
        ("revenue by year and channel", "total revenue by year and channel"),
        ("Revenue per channel and category?", "total revenue by channel and category"),
    ],
)
def test_two_breakdowns_named_as_one_are_shown_together_first(questions, asked, together):
    assert questions("retail", asked)[0] == together


def test_a_single_number_becomes_breakdowns(questions):
    assert questions("retail", "What is our total revenue?", 2) == [
        "total revenue by month",
        "total revenue by region",
    ]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("How did revenue develop in 2024?", "in 2024"),
        ("Revenue in Q3 2024 by region", "in Q3 2024"),
        ("How did revenue develop between March and June 2024?", "between March and June 2024"),
        ("revenue since January 2024 by channel", "since January 2024"),
        ("How did revenue do over the last 6 months?", "the last 6 months"),
        ("How are sales in the West region developing?", "in the West region"),
        ("How did revenue from Acme Corp develop?", "from Acme Corp"),
        ("revenue of orders with quantity over 10 by region", "orders with quantity over 10"),
        ("How did online revenue develop?", "for online"),
        ('How did revenue of "Trail Runner" develop?', "Trail Runner"),
    ],
)
def test_every_sub_question_keeps_the_conditions(questions, asked, kept):
    for question in questions("retail", asked):
        assert kept in question


def test_two_conditions_are_kept_together(questions):
    planned = questions("retail", "How did sales in the West region develop in 2024?")
    assert planned[0] == "total revenue by month in the West region in 2024"


def test_a_breakdown_that_a_condition_fixes_is_not_added(questions):
    planned = questions("retail", "How are sales in the West region developing?", 8)
    assert not any(question.startswith("total revenue by region") for question in planned)


def test_one_month_is_shown_by_day(questions):
    planned = questions("retail", "Why did revenue drop in August 2024?")
    assert planned[0] == "total revenue by day in August 2024"


@pytest.mark.parametrize(
    ("asked", "grain"),
    [
        ("weekly revenue", "week"),
        ("revenue by quarter", "quarter"),
        ("yearly revenue per region", "year"),
        ("daily sales", "day"),
    ],
)
def test_the_grain_asked_for_is_used(questions, asked, grain):
    assert any(grain in question or asked in question for question in questions("retail", asked))


def test_values_that_a_description_lists_are_compared_by_their_column(questions):
    planned = questions("retail", "Compare online and in-store sales in 2024")
    assert "total revenue by channel in 2024" in planned


def test_names_set_against_each_other_are_one_condition(questions):
    planned = questions("trains", "How do Northern's delays compare with Southern?")
    assert planned[0].endswith("for Northern versus Southern")
    assert all("for Northern and Southern" in question for question in planned[1:])


def test_words_of_one_meaning_find_the_column(questions):
    assert "total quantity by category" in questions("retail", "units sold by category")
    assert "total revenue by customer" in questions("retail", "Who are our best clients?")


def test_unknown_words_before_a_measure_are_kept_as_values(questions):
    planned = questions("tickets", "How did wholesale tickets develop?")
    assert planned[0] == "number of tickets by month for wholesale"


def test_the_key_of_a_table_counts_its_rows(questions):
    planned = questions("retail", "How many orders were placed per weekday in 2024?")
    assert "number of sales by month in 2024" in planned


def test_growth_between_years_is_asked_as_it_is(questions):
    planned = questions("retail", "What is the year over year revenue growth?")
    assert planned[:2] == [
        "What is the year over year revenue growth",
        "total revenue by month",
    ]


def test_an_owners_measure_is_asked_in_the_owners_words(questions):
    planned = questions("trains", "How punctual were the operators in 2023?")
    assert "on-time rate and number of rides by operator in 2023" in planned


def test_a_flag_is_measured_as_its_share(questions):
    planned = questions("trains", "When do cancellations happen?")
    assert planned[0] == "share of cancelled rides and number of rides by month"


def test_a_count_of_flagged_rows_counts_those_alone(questions):
    planned = questions("tickets", "How many tickets were escalated last month, by priority?")
    assert "number of escalated tickets by team last month" in planned


def test_an_undescribed_file_is_enough(questions):
    assert questions("tickets", "How quickly do we resolve tickets, and which teams are slow?") == [
        "average resolution hours and number of tickets by month",
        "average resolution hours and number of tickets by team",
        "average resolution hours and number of tickets by priority",
        "average resolution hours and number of tickets by escalated",
    ]


def test_an_overview_starts_with_what_the_business_counts(questions):
    planned = questions("retail", "Give me a board-level overview of the business")
    assert planned[0] == "total revenue by month"


def test_what_happens_most_counts_rows(questions):
    planned = questions("tickets", "Which teams are busiest?")
    assert "number of tickets by team" in planned


def test_a_part_that_the_data_does_not_name_is_told(ask):
    answer = ask("tickets", "Are customers satisfied?")
    assert "satisfaction score" in answer["questions"][0]["question"]
    assert "“customers”" in answer["intent"]


@pytest.mark.parametrize(
    ("space", "asked"),
    [
        ("trains", "Who is the CEO of Northern?"),
        ("trains", "Show profit by planet"),
        ("retail", "profit by planet"),
        ("retail", "revenue by planet"),
        ("retail", "List employees by salary"),
        ("retail", "What is the meaning of life?"),
        ("retail", "Tell me a joke"),
        ("tickets", "Delete all tables"),
        ("tickets", "What was revenue by region?"),
        ("tickets", ""),
    ],
)
def test_what_the_space_cannot_answer_is_asked_back(ask, space, asked):
    answer = ask(space, asked)
    assert set(answer) == {"clarification", "suggestions"}
    assert answer["suggestions"]


def test_a_clarification_names_what_is_missing_and_what_is_there(ask):
    answer = ask("retail", "List employees by salary")
    assert "“employees” or “salary”" in answer["clarification"]
    assert "sales, customers, products and stores" in answer["clarification"]
    assert "revenue" in answer["clarification"]
    assert "Total revenue by month" in answer["suggestions"]


def test_a_half_known_question_suggests_the_known_half(ask):
    answer = ask("retail", "quantity by planet")
    assert answer["suggestions"][0] == "Total quantity by month"


def test_the_limit_holds_and_questions_differ(questions):
    for most in (1, 2, 5, 12):
        planned = questions("retail", "How did revenue develop?", most)
        assert len(planned) <= most
        assert len(set(planned)) == len(planned)


@pytest.mark.parametrize(
    "space",
    [
        {},
        {"tables": None},
        {"tables": [{}]},
        {"tables": [{"name": "x", "columns": [{"name": ""}, {}, 3]}]},
        {"tables": [{"name": "`a`.`b`", "columns": [{"name": "日付", "type": "DATE"}]}]},
    ],
)
def test_odd_spaces_are_asked_back_or_planned_but_never_fail(ask, space):
    answer = ask(space, "How did things develop in 2024?")
    assert "clarification" in answer or answer["questions"]


def test_a_hostile_question_is_only_words(ask):
    answer = ask("retail", "x" * 50_000 + " {f1.value} <script>")
    assert "clarification" in answer


ADMISSIONS = {
    "title": "Hospital",
    "tables": [
        {
            "name": "admissions",
            "columns": [
                {"name": name, "type": kind, "description": ""}
                for name, kind in (
                    ("admission_id", "BIGINT"),
                    ("admitted_on", "DATE"),
                    ("ward", "VARCHAR"),
                    ("diagnosis_group", "VARCHAR"),
                    ("length_of_stay_days", "INTEGER"),
                    ("readmitted", "BOOLEAN"),
                    ("cost_eur", "DECIMAL(10,2)"),
                )
            ],
        }
    ],
}


def test_a_unit_in_a_column_name_is_no_word_a_question_must_say(questions):
    assert "total cost eur by ward" in questions(ADMISSIONS, "cost by ward")


def test_a_rate_is_read_off_a_flag_of_another_form(questions):
    planned = questions(ADMISSIONS, "readmission rate by diagnosis group")
    assert "share of readmitted admissions and number of admissions by diagnosis group" in planned


def test_unknown_words_that_limit_rows_stay_in_every_question(questions):
    for question in questions(ADMISSIONS, "average length of stay for smokers by ward"):
        assert "smokers" in question


def test_an_unknown_abbreviation_at_the_start_is_what_is_measured(ask):
    assert "“MRR”" in ask(ADMISSIONS, "MRR by ward")["clarification"]


def test_an_unknown_thing_to_count_is_asked_back(ask):
    assert "“nurses”" in ask(ADMISSIONS, "How many nurses work per ward?")["clarification"]


def test_what_drives_a_sum_is_split_by_quarter_and_group(questions):
    planned = questions(ADMISSIONS, "How did cost develop and which wards drive it?")
    assert planned[:3] == [
        "total cost eur by month",
        "total cost eur by ward",
        "total cost eur by quarter and ward",
    ]


def test_a_word_that_only_resembles_a_column_is_not_taken_for_it(ask):
    assert "clarification" in ask(ADMISSIONS, "wars by region")


def test_exclusions_and_times_of_day_are_conditions(questions):
    for question in questions("tickets", "tickets without escalation after 8 pm by team"):
        assert "without escalation" in question
        assert "after 8 pm" in question


def test_forecasts_and_orders_are_declined(ask):
    assert "no forecast" in ask("retail", "What will revenue be next year?")["clarification"]
    assert "only read" in ask("retail", "delete all orders")["clarification"]


def test_names_shared_by_linked_tables_tell_whose_they_are(questions):
    space = {
        "tables": [
            {
                "name": "shop_sales",
                "columns": [
                    {"name": "sale_id", "type": "INT"},
                    {"name": "sale_date", "type": "DATE"},
                    {"name": "client_id", "type": "INT"},
                    {"name": "branch_id", "type": "INT"},
                    {"name": "revenue", "type": "DOUBLE"},
                ],
            },
            {
                "name": "shop_clients",
                "columns": [
                    {"name": "client_id", "type": "INT"},
                    {"name": "country", "type": "VARCHAR"},
                    {"name": "segment", "type": "VARCHAR"},
                ],
            },
            {
                "name": "shop_branches",
                "columns": [
                    {"name": "branch_id", "type": "INT"},
                    {"name": "country", "type": "VARCHAR"},
                    {"name": "size", "type": "VARCHAR"},
                ],
            },
        ]
    }
    planned = questions(space, "How did revenue develop?", 8)
    assert "total revenue by client country" in planned
    assert "total revenue by branch country" in planned


def test_who_moved_is_asked_by_group_and_period(questions):
    planned = questions("tickets", "Which teams resolve fewer tickets than last year?")
    assert any(asked.endswith("by team this year versus last year") for asked in planned)
    planned = questions("tickets", "Which teams grew?")
    assert planned[0].endswith("by quarter and team")


def test_a_name_of_known_owner_splits_nothing_by_its_owner():
    described = {
        "title": "Air",
        "tables": [
            {
                "name": "t.air.flights",
                "columns": [
                    {"name": "month", "type": "DATE"},
                    {"name": "airline", "type": "STRING", "description": "Such as Blue, Crane."},
                    {"name": "shift", "type": "STRING", "description": "Such as day, night."},
                    {"name": "avg_delay_minutes", "type": "DOUBLE"},
                ],
            }
        ],
    }

    def asked(question):
        planned = plan({"question": question, "space": described, "max_questions": 4})
        return [one["question"] for one in planned["questions"]]

    assert not any("by airline" in one for one in asked("How did the delay of Crane develop?"))
    assert any("airline" in one for one in asked("Compare Crane and Blue on delay"))
    assert not any("for day" in one for one in asked("How did delay develop day by day?"))


def test_when_asks_for_the_hour_where_times_hold_one():
    columns = [
        {"name": "opened_at", "type": "TIMESTAMP"},
        {"name": "team", "type": "STRING"},
        {"name": "hours_to_resolve", "type": "DOUBLE"},
    ]
    space = {"title": "Desk", "tables": [{"name": "t.d.tickets", "columns": columns}]}
    planned = plan({"question": "When do most tickets come in?", "space": space})
    assert "number of tickets by hour of day" in [one["question"] for one in planned["questions"]]
