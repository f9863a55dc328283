"""Columns of yes and no that are no booleans: 0 and 1, Y and N."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space


@pytest.fixture(scope="module")
def hires():
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE hires(hire_id INT, station VARCHAR, is_airport INT, one_way VARCHAR,
          insured_flag VARCHAR, kids INT, grade VARCHAR);
        INSERT INTO hires VALUES (1,'Nice',1,'Y','yes',0,'Y'), (2,'Nice',1,'N','no',1,'X'),
          (3,'Lille',0,'N','no',2,'N'), (4,'Lille',0,'N','no',1,'N');
        """
    )
    return connection, profile_space(infer_space("hires", ["hires"], connection), connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("number of one way hires", [(1,)]),
        ("insured share of hires", [(0.25,)]),
        ("hires by station that are not one way", [("Lille", 2), ("Nice", 1)]),
        ("share of airport hires", [(0.5,)]),
        ("total kids by station", [("Lille", 3), ("Nice", 1)]),
    ],
)
def test_they_are_conditions_and_shares(rows_of, hires, question, rows):
    connection, catalog = hires
    found = rows_of(question, catalog, connection)
    assert [row[: len(rows[0])] for row in found] == rows


def test_a_flag_is_not_added_up_and_a_grade_is_no_flag(hires):
    _, catalog = hires
    assert catalog.column("hires", "is_airport").role == "dimension"
    assert catalog.column("hires", "kids").role == "measure"
    assert not any("grade" in item.name for item in catalog.filters)
