"""Coarse periods that the data cover in part only, as a finer result of the same deck tells."""

from datetime import date

from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import print_text
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.reach import reaches
from result_building import result

SQL = "SELECT {0}, sum(x) AS total_sessions FROM t.web.visits{1} GROUP BY 1"
CHANNELS = ("Ads", "Mail", "Social", "Search")


def months(where=""):
    rows = [[date(2024, at, 1), 400.0 + at] for at in range(3, 8)]
    return result("month total_sessions", rows, sql=SQL.format("month", where))


def quarters(where=""):
    rows = [
        [date(2024, at, 1), channel, size]
        for at, size in ((1, 130.0), (4, 400.0), (7, 140.0))
        for channel in CHANNELS
    ]
    sql = SQL.format("quarter, channel", where)
    return result("quarter channel total_sessions", rows, id="r2", sql=sql)


def told(results):
    facts = find_facts(results)
    return [print_text(one.headline, {one.id: one}, "en-GB") for one in facts]


def test_a_quarter_that_begins_before_the_data_is_not_compared():
    said = told([months(), quarters()])
    assert not any("rose for all" in text or " rise of " in text for text in said)
    assert "The data for Q1 2024 and Q3 2024 look partial and are left out over time" in said


def test_other_rows_of_the_table_tell_nothing():
    one, other = reaches([Table(months(" WHERE channel = 'Ads'")), Table(quarters())])
    assert one is not None
    assert other is None


def test_a_year_that_the_months_fill_is_whole():
    rows = [[date(2023, 1 + at % 12, 1), 5.0] for at in range(12)]
    (reach,) = reaches([Table(result("month total_sessions", rows, sql=SQL.format("month", "")))])
    assert not reach.cuts(2023, Table(quarters()).grain("quarter"))
