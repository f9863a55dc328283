"""What a column's values tell that its name does not, and which date is the rows' own."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE appointments AS SELECT DATE '2024-01-01' + n::INT AS booked_on,
          TIMESTAMP '2024-01-09 10:00:00' + n::INT * INTERVAL 1 DAY AS appointment,
          DATE '2024-02-01' + n::INT AS appointment_closed,
          n % 9 AS chairs, (n % 50) / 60.0 AS finished, (n % 50) / 60.0 AS dose_g,
          (n % 3) / 2.0 AS halves FROM range(0, 90) t(n)
        """
    )
    return profile_space(infer_space("clinic", ["appointments"], connection), connection)


def test_many_values_between_0_and_1_are_a_rate(catalog: Catalog):
    columns = catalog.tables["appointments"].columns
    assert columns["finished"].aggregate == "avg"
    assert columns["chairs"].aggregate == "sum"
    assert columns["halves"].aggregate == "sum"


def test_the_date_called_like_the_rows_is_theirs(catalog: Catalog):
    table = catalog.tables["appointments"]
    assert table.time == "appointment"
    assert table.row == "appointment"
