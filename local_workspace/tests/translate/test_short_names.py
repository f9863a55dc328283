"""Names in short forms that nobody explained: the question's own word says what they stand for."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from .conftest import plain, run


@pytest.fixture(scope="module")
def hire():
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE dim_dep(dep_cd VARCHAR, dep_nm VARCHAR, st VARCHAR);
        INSERT INTO dim_dep VALUES ('L', 'Leeds', 'YK'), ('B', 'Bath', 'SM');
        CREATE TABLE stg_hire_hdr_v2(hire_no INT, dep_cd VARCHAR, hire_dt DATE, srv_typ VARCHAR,
          lab_hrs DECIMAL(6,1), dmg_wvr_amt DECIMAL(8,2), cr_lim INT, part_cnt INT, del_yn VARCHAR);
        INSERT INTO stg_hire_hdr_v2 VALUES
          (1, 'L', '2024-01-05', 'DRIV', 2.5, 10, 100, 1, 'Y'),
          (2, 'L', '2024-02-05', 'SELF', 1.5, 0, 300, 2, 'N'),
          (3, 'B', '2024-02-09', 'SELF', 4.0, 5, 200, 4, 'Y');
        """
    )
    space = infer_space("hire", ["stg_hire_hdr_v2", "dim_dep"], connection)
    return connection, profile_space(space, connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("hires per depot", [("Leeds", 2), ("Bath", 1)]),
        ("labor hours by depot", [("Bath", 4.0), ("Leeds", 4.0)]),
        ("damage waiver by month", [("2024-01-01", 10.0), ("2024-02-01", 5.0)]),
        ("average credit limit", [(200.0,)]),
        ("hires by state", [("YK", 2), ("SM", 1)]),
        ("number of hires by service type", [("SELF", 2), ("DRIV", 1)]),
        ("how many hires were delivered?", [(2,)]),
    ],
)
def test_a_word_finds_the_name_that_is_short_for_it(hire, question, rows):
    connection, catalog = hire
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    found = run(connection, answer.sql)[1]
    assert [tuple(plain(v) for v in row[: len(rows[0])]) for row in found] == rows


def test_the_answer_says_what_a_word_was_read_as(hire):
    answer = translate("labour hours by depot", hire[1])
    assert isinstance(answer, Answer)
    assert "“labour” was read as “lab hrs”" in answer.description


@pytest.mark.parametrize(
    "question",
    [
        "how many partners do we have?",  # part_cnt counts parts
        "dealers by month",
        "delays by month",
        "laundry and laboratory hours by depot",
        "creatures per month",
    ],
)
def test_whole_words_and_far_ones_are_no_short_names(hire, question):
    assert isinstance(translate(question, hire[1]), Clarification)


def test_two_short_names_for_one_word_are_asked_back():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE jobs(job_no INT, lab DECIMAL(6,1), lbr_amt DECIMAL(6,1))")
    connection.execute("INSERT INTO jobs VALUES (1, 2, 30), (2, 5, 50)")
    catalog = profile_space(infer_space("j", ["jobs"], connection), connection)
    assert isinstance(translate("labour by job", catalog), Clarification)


def test_a_usual_word_is_no_slip_for_another():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE visits(visit_no INT, ward VARCHAR, dur_mins INT)")
    connection.execute("INSERT INTO visits VALUES (1, 'A', 5), (2, 'B', 7)")
    catalog = profile_space(infer_space("v", ["visits"], connection), connection)
    assert isinstance(translate("donations by ward", catalog), Clarification)
