"""Part of a name that is the only one of its kind: "hammer", "by treatment", "invoiced"."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from .conftest import plain, run


@pytest.fixture(scope="module")
def jobs():
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE fact_usg_mth(usg_mth DATE, cntry_res VARCHAR, trtmt_typ VARCHAR,
          spd_sph INT, seat_prc DECIMAL(6,2), inv_nok DECIMAL(8,2), chrg_amt INT, lab_fee INT,
          mat_cst INT, lbr_cst INT, ctrct_mths INT);
        INSERT INTO fact_usg_mth VALUES
          ('2024-01-01', 'NO', 'FILL', 10, 5.0, 100, 1, 10, 7, 1, 12),
          ('2024-02-01', 'SE', 'EXAM', 30, 7.0, 300, 2, 20, 8, 2, 24),
          ('2024-02-02', 'NO', 'FILL', 20, 6.0, 200, 3, 30, 9, 3, 12);
        """
    )
    return connection, profile_space(infer_space("j", ["fact_usg_mth"], connection), connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("average speed by treatment", [("EXAM", 30.0), ("FILL", 15.0)]),
        ("total invoiced by month", [("2024-01-01", 100.0), ("2024-02-01", 500.0)]),
        ("invoiced amount by treatment type", [("EXAM", 300.0), ("FILL", 300.0)]),
        ("total charges", [(6.0,)]),
        ("material and labour cost", [(24.0, 6.0)]),
        ("average contract length by treatment", [("EXAM", 24.0), ("FILL", 12.0)]),
        ("total charges by country of residence", [("NO", 4.0), ("SE", 2.0)]),
    ],
)
def test_the_only_name_that_begins_so(jobs, question, rows):
    connection, catalog = jobs
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    found = [tuple(map(plain, row[: len(rows[0])])) for row in run(connection, answer.sql)[1]]
    assert found == rows


@pytest.mark.parametrize(
    "question", ["how many seats are there?", "seats by month", "labs by month"]
)
def test_things_are_not_what_they_cost(jobs, question):
    assert isinstance(translate(question, jobs[1]), Clarification)
