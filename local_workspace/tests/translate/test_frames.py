"""Other frames of a question, and words joined by signs, say what the plain question says."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate


@pytest.fixture(scope="module")
def clinic() -> Catalog:
    data = duckdb.connect()
    data.execute(
        """
        CREATE TABLE therapists(therapist_id INT, therapist_name VARCHAR);
        INSERT INTO therapists VALUES (1,'Mo Farrow'),(2,'Jo Banks'),(3,'Al Pitt');
        CREATE TABLE clients(client_id INT, client_name VARCHAR, city VARCHAR, insured BOOLEAN);
        INSERT INTO clients SELECT i, 'Client ' || i,
          CASE WHEN i % 3 = 0 THEN 'Leeds' ELSE 'York' END, i % 4 = 0 FROM range(1, 31) t(i);
        CREATE TABLE sessions(session_id INT, session_date DATE, therapist_id INT, client_id INT,
          booking_channel VARCHAR, start_room VARCHAR, fee_gbp DECIMAL(8,2), star_rating INT,
          callback BOOLEAN);
        INSERT INTO sessions SELECT i, DATE '2023-01-01' + (i * 3)::INT, 1 + i % 3, 1 + i % 30,
          ['App','Phone','Walk-in'][1 + i % 3], ['Blue','Green'][1 + i % 2], 30 + i % 50,
          1 + i % 5, i % 7 = 0 FROM range(1, 201) t(i);
        """
    )
    names = ["therapists", "clients", "sessions"]
    return profile_space(infer_space("clinic", names, data), data)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("break sessions down by channel", "sessions by channel"),
        ("Can you break fees down per therapist?", "fees by therapist"),
        ("split sessions up by channel and room", "sessions by channel and room"),
        ("what's the split of fees between our three therapists?", "fees by therapist"),
        ("fees therapist wise", "fees by therapist"),
        ("channel-wise sessions for 2024", "sessions by channel for 2024"),
        ("month wise session count", "number of sessions by month"),
        ("call-backs by channel", "callbacks by channel"),
        ("number of Leeds-based clients", "number of clients in Leeds"),
        ("five-star sessions by therapist", "5 star sessions by therapist"),
        ("year-to-date fees", "YTD fees"),
        ("sessions booked by app by month", "app sessions by month"),
        ("Is the average fee higher for Mo Farrow or Jo Banks?",
         "average fee Mo Farrow vs Jo Banks"),
        ("which of Mo Farrow and Jo Banks had more sessions", "sessions Mo Farrow vs Jo Banks"),
        ("are there more app than phone sessions?", "sessions app vs phone"),
        ("where do most of our clients live?", "which city has the most clients"),
        ("which channel do most of our sessions come from?", "which channel has the most sessions"),
        ("insured vs not insured clients", "clients by insured"),
        ("clients who live in Leeds", "clients in Leeds"),
    ],
)  # fmt: skip
def test_says_what_the_plain_question_says(question, plain, clinic):
    answer, told = translate(question, clinic), translate(plain, clinic)
    assert isinstance(told, Answer), told
    assert isinstance(answer, Answer), answer
    assert answer.sql == told.sql


@pytest.mark.parametrize(
    "question",
    [
        "pre-paid sessions by channel",
        "phone-free sessions by month",
        "self-referred clients",
        "sessions reviewed by app",
        "is the fee higher in Atlantis or in York",
        "half-day sessions by therapist",
        "where do most of our sessions go to",
        "break the news by channel",
    ],
)
def test_what_is_not_known_is_asked_back(question, clinic):
    assert isinstance(translate(question, clinic), Clarification)
