"""The latest month is the last complete one; a date that stands for its month completes it."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Answer, translate


@pytest.fixture(scope="module")
def bills():
    """One table with a row for each month, one with a row for each day until 1 June."""
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE bills AS SELECT d::DATE AS billed_on, 100 + month(d) AS amount, 'gas' AS kind
          FROM range(DATE '2023-01-01', DATE '2024-06-02', INTERVAL 1 MONTH) t(d);
        CREATE TABLE readings AS SELECT d::DATE AS read_on, 1 AS kwh, 'gas' AS kind
          FROM range(DATE '2023-01-01', DATE '2024-06-02', INTERVAL 1 DAY) t(d);
        """
    )

    def ask(table, question):
        catalog = profile_space(infer_space(table, [table], connection), connection)
        answer = translate(question, catalog)
        assert isinstance(answer, Answer), answer
        return answer

    return ask


@pytest.mark.parametrize("said", ["latest month", "last month", "most recent month"])
def test_a_month_of_one_day_is_not_over(bills, said):
    answer = bills("readings", f"kwh in the {said}")
    assert "2024-05-01 to 2024-05-31, counted from the last date" in answer.description


@pytest.mark.parametrize("said", ["latest month", "last month"])
def test_dates_that_stand_for_months_complete_them(bills, said):
    answer = bills("bills", f"amount in the {said}")
    assert "2024-06-01 to 2024-06-30" in answer.description
    assert "2024-06-01" in answer.sql


def test_the_last_quarter_of_monthly_dates_ends_with_the_month(bills):
    assert "2024-04-01 to 2024-06-30" in bills("bills", "amount in the last quarter").description
    assert "2024-01-01 to 2024-03-31" in bills("readings", "kwh last quarter").description
