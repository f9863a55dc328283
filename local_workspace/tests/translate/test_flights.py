"""The development questions over the real flights, with the true facts as expected values."""

from datetime import date, datetime

import pytest
from local_workspace.translate import Answer, Clarification, translate


def test_average_delay_by_month_shows_summer_and_december_peaks(ask_flights):
    columns, rows = ask_flights("How does the average departure delay change by month?")
    assert columns == ["month", "avg_departure_delay_minutes", "flights_with_departure_delay"]
    assert [row[0] for row in rows] == [datetime(2013, month, 1) for month in range(1, 13)]
    assert [round(row[1], 1) for row in rows] == [
        10.0, 10.8, 13.2, 13.9, 13.0, 20.8, 21.7, 12.6, 6.7, 6.2, 5.4, 16.6
    ]  # fmt: skip


def test_worst_days_are_the_february_storm(ask_flights):
    columns, rows = ask_flights("cancelled share by day, highest 10 days")
    assert columns == ["flight_date", "cancelled_share", "flights"]
    assert len(rows) == 10
    assert [(row[0], round(row[1], 2)) for row in rows[:2]] == [
        (date(2013, 2, 9), 0.57),
        (date(2013, 2, 8), 0.51),
    ]


def test_share_of_cancelled_flights_is_the_cancellation_rate(ask_flights):
    columns, rows = ask_flights("share of cancelled flights by month")
    assert columns == ["month", "cancelled_share", "flights"]
    assert rows[1][1] == pytest.approx(1261 / 24951)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many flights were there in 2013?", 336_776),
        ("how many flights got cancelled?", 8_255),
        ("number of planes", 3_322),
        ("how many different destinations are served from LaGuardia?", 68),
        ("flights on 2013-02-08", 930),
        ("How many flights not from JFK?", 336_776 - 111_279),
    ],
)
def test_counts(ask_flights, question, expected):
    assert ask_flights(question)[1] == [(expected,)]


def test_origins_read_as_names_and_carry_their_denominators(ask_flights):
    _, rows = ask_flights("average departure delay and number of flights by origin airport")
    assert [(row[0], round(row[1], 1), row[2]) for row in rows] == [
        ("Newark Liberty Intl", 15.1, 120_835),
        ("John F Kennedy Intl", 12.1, 111_279),
        ("La Guardia", 10.3, 104_662),
    ]


def test_delay_builds_up_over_the_day(ask_flights):
    _, rows = ask_flights("average departure delay by hour of day")
    delays = {row[0]: row[1] for row in rows}
    assert round(delays[5], 1) == 0.7
    assert round(delays[19], 1) == 24.8


def test_to_means_destination_and_from_means_origin(flights):
    answer = translate("flights from Newark to Los Angeles", flights)
    assert isinstance(answer, Answer)
    assert "origin_airport.name = 'Newark Liberty Intl'" in answer.sql
    assert "destination_airport.name = 'Los Angeles Intl'" in answer.sql


def test_ranking_by_a_trailing_role_counts_that_role(ask_flights):
    assert ask_flights("how many airports do we fly to") == (["destinations"], [(105,)])


def test_a_model_written_question_is_taken_whole(ask_flights):
    columns, rows = ask_flights(
        "For each month of 2013 and each origin airport (faa code and airport name), considering "
        "only flights that were not cancelled and have a dep_delay, show the number of departed "
        "flights, the average dep_delay in minutes, the percentage of flights with dep_delay of "
        "15 minutes or more, and the total delay minutes counting only positive dep_delay. Order "
        "by month and origin."
    )
    assert columns == [
        "month", "origin", "departed_flights", "avg_departure_delay_minutes",
        "departure_delay_from_15_share", "delay_minutes", "flights",
    ]  # fmt: skip
    assert len(rows) == 36
    assert sum(row[2] for row in rows) == 336_776 - 8_255


def test_conditions_of_one_number_are_not_conditions_of_the_groups(ask_flights):
    columns, rows = ask_flights(
        "For each month of 2013, across all flights, show the month, the number of scheduled "
        "flights, the number of cancelled flights, the number of flights that departed (not "
        "cancelled and dep_delay not null), and for the departed flights the average dep_delay in "
        "minutes, the median dep_delay in minutes, the percentage with dep_delay of 15 minutes or "
        "more, and the total delay minutes counting only positive dep_delay. Order by month."
    )
    assert len(rows) == 12
    place = columns.index("departure_delay_from_15_share")
    assert round(rows[0][place], 3) == 0.192


def test_the_answer_names_every_choice(flights):
    answer = translate("avarage delay by manufacturer in June", flights)
    assert isinstance(answer, Answer)
    assert answer.title == "Average departure delay by manufacturer"
    assert "“avarage” was read as" in answer.description
    assert "flight date june" in answer.description
    assert "have no entry in planes" in answer.description


@pytest.mark.parametrize(
    "question",
    [
        "Who is the CEO of Delta?",
        "year over year growth in flights",
        "How many flights were there in 2012?",
        "Average ticket price by airline",
        "predict next year's delays",
        "Which pilots have the most delays?",
        "how many passengers flew to Miami",
        "number of rainy days",
        "average wind speed when it rains",
        "how long are flights to Seattle",
        "share of cancellations by airline",
        "arriving more than 30 minutes late by airline",
        "daily flights in the first week of each month",
    ],
)
def test_what_the_data_cannot_answer_is_asked_back(flights, question):
    answer = translate(question, flights)
    assert isinstance(answer, Clarification)
    assert answer.suggestions


def test_out_of_range_states_the_range(flights):
    answer = translate("flights in 2015 by month", flights)
    assert isinstance(answer, Clarification)
    assert "2013-01-01 to 2013-12-31" in answer.text


def test_why_offers_where(flights):
    answer = translate("Why was the average departure delay so high in July?", flights)
    assert isinstance(answer, Clarification)
    assert "where" in answer.text
    assert "Average departure delay by month" in answer.suggestions


def test_every_sample_question_is_answered(flights):
    for question in flights.space.sample_questions:
        assert isinstance(translate(question, flights), Answer), question


def test_the_restatement_of_a_share_says_whole_and_part(flights):
    answer = translate("what share of cancelled flights were from Newark", flights)
    assert answer.description.startswith("Share of cancelled flights. Here")
    assert "is the part with origin airport = Newark Liberty Intl" in answer.description
