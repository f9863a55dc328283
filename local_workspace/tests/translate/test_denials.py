"""What was not done, has none, or is taken out; and values that a code or a people names."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.spaces.catalog import Catalog
from local_workspace.translate import Answer, Clarification, translate

TABLES = """
CREATE TABLE guests(guest_id INT, guest_name VARCHAR, country VARCHAR, newsletter_opt_in BOOLEAN);
INSERT INTO guests SELECT i, 'Guest ' || i, ['GB', 'DE', 'NL', 'FR'][1 + i % 4], i % 3 = 0
  FROM range(80) t(i);
CREATE TABLE repairs(repair_id INT, reported_on DATE, repaired_on DATE, guest_id INT,
  size VARCHAR, trade VARCHAR, cost_eur DOUBLE, score INT);
INSERT INTO repairs SELECT i, DATE '2023-01-01' + i::INT,
  CASE WHEN i % 5 > 0 THEN DATE '2023-01-05' + i::INT END, i % 80, ['S', 'M', 'L'][1 + i % 3],
  ['roof', 'paint', 'glass', 'wood'][1 + i % 4], 10.0 + i % 70,
  CASE WHEN i % 6 > 0 THEN i % 5 + 1 END FROM range(700) t(i);
"""

CASES = [
    ("unrepaired repairs by trade", "repaired_on IS NULL"),
    ("how many repairs have no score", "score IS NULL"),
    ("repairs with no score recorded by trade", "score IS NULL"),
    ("repairs where no score was given", "score IS NULL"),
    ("repairs w/o a score", "score IS NULL"),
    ("opted-out guests by country", "NOT newsletter_opt_in"),
    ("average cost by trade, paint excluded", "trade <> 'paint'"),
    ("cost of large repairs by trade", "size = 'L'"),
    ("how many British guests do we have", "country = 'GB'"),
    ("repairs of Dutch guests by trade", "country = 'NL'"),
    ("number of repairs, Brits vs Germans", "country IN ('GB', 'DE')"),
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    connection = duckdb.connect()
    connection.execute(TABLES)
    return profile_space(infer_space("inn", ["repairs", "guests"], connection), connection)


@pytest.mark.parametrize(("question", "condition"), CASES)
def test_the_condition_is_the_one_that_was_said(
    catalog: Catalog, question: str, condition: str
) -> None:
    answer = translate(question, catalog)

    assert isinstance(answer, Answer), answer
    sql = answer.sql.replace("`", "").replace("(", "").replace(")", "")
    for table in ("guests.", "repairs."):
        sql = sql.replace(table, "")
    assert condition.replace("(", "").replace(")", "") in sql


def test_what_was_not_done_is_told_by_the_date_that_rows_have(catalog: Catalog) -> None:
    answer = translate("unrepaired repairs by month", catalog)

    assert isinstance(answer, Answer), answer
    assert "date_trunc('MONTH', reported_on)" in answer.sql


@pytest.mark.parametrize(
    "question",
    [
        "unlucky repairs by trade",  # nothing says what luck is
        "huge repairs by trade",  # no size is called so
        "Spanish guests",  # no guest is from Spain
        "total cost by trade in days",  # money is not told in days
    ],
)
def test_what_nothing_names_is_asked_back(catalog: Catalog, question: str) -> None:
    assert isinstance(translate(question, catalog), Clarification)
