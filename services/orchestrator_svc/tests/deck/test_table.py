import math
from datetime import date, datetime
from decimal import Decimal

import pytest
from aislides.deck.v1.fact_pb2 import TimeGrain
from orchestrator_svc.deck.table import Table
from result_building import result

G = TimeGrain


def test_numbers_leave_out_what_is_no_number():
    table = Table(result("a", [[1.5], [None], [math.nan], [math.inf]]))
    assert table.numbers("a") == [1.5, None, None, None]
    assert table.column("a")[0] == 1.5
    assert table.numbers("a") is table.numbers("a")


def test_a_repeated_name_means_its_first_column():
    table = Table(result("a a b", [[1, 2, Decimal("3.0")]]))
    assert table.names == ["a", "b"]
    assert table.rows == [(1, Decimal("3.0"))]
    assert "a" in table
    assert "c" not in table


def test_row_count_tells_more_than_is_here_when_truncated():
    made = result("a", [[1], [2]], truncated=True)
    made.row_count = 50
    table = Table(made)
    assert (table.row_count, len(table), table.truncated) == (50, 2, True)
    assert not table.complete


def test_the_first_n_of_a_limit_are_not_complete():
    rows = [[1], [2], [3]]
    assert not Table(result("a", rows, sql="select a from t order by a limit 3;")).complete
    assert Table(result("a", rows, sql="select a from t limit 10")).complete


@pytest.mark.parametrize(
    ("name", "cells", "grain", "cyclic"),
    [
        ("month", [date(2013, 1, 1), date(2013, 2, 1)], G.TIME_GRAIN_MONTH, False),
        ("month", [datetime(2013, 1, 1)], G.TIME_GRAIN_MONTH, False),
        ("day", [date(2013, 1, 1), date(2013, 1, 2)], G.TIME_GRAIN_DAY, False),
        ("y", [date(2011, 1, 1), date(2012, 1, 1), date(2013, 1, 1)], G.TIME_GRAIN_YEAR, False),
        (
            "q",
            [date(2013, month, 1) for month in (1, 4, 7, 10)],
            G.TIME_GRAIN_QUARTER,
            False,
        ),
        ("w", [date(2013, 1, day) for day in (7, 14, 21, 28)], G.TIME_GRAIN_WEEK, False),
        ("at", [datetime(2013, 1, 1, 5), datetime(2013, 1, 1, 6)], G.TIME_GRAIN_HOUR, False),
        ("month", [1, 12], G.TIME_GRAIN_MONTH, True),
        ("dep_hour", [5, 23], G.TIME_GRAIN_HOUR, True),
        ("year", [2012, 2013], G.TIME_GRAIN_YEAR, False),
        ("period", ["2013-07", "2013-08"], G.TIME_GRAIN_MONTH, False),
        ("period", ["2013-Q3", "Q4 2013"], G.TIME_GRAIN_QUARTER, False),
        ("period", ["2013", "2014"], G.TIME_GRAIN_YEAR, False),
        ("when", ["2013-07-01", "2013-07-02"], G.TIME_GRAIN_DAY, False),
        ("m", ["January", "Feb"], G.TIME_GRAIN_MONTH, True),
        ("d", ["Monday", "Tue"], G.TIME_GRAIN_DAY, True),
    ],
)
def test_time_is_found_in_every_shape(name, cells, grain, cyclic):
    table = Table(result([name], [[cell] for cell in cells]))
    axis = table.axis(name)
    assert table.is_time(name)
    assert (table.grain(name), axis.cyclic) == (grain, cyclic)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("rank", [1, 2]),
        ("month", [0, 13]),
        ("avg_month", [1, 2]),
        ("name", ["2013-13", "x"]),
        ("name", [None, None]),
        ("flag", [True, False]),
    ],
)
def test_what_is_no_time_is_not_taken_for_it(name, cells):
    assert not Table(result([name], [[cell] for cell in cells])).is_time(name)
