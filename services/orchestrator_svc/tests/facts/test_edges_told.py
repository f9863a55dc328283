"""What a source says of the edges of its data, and years that are not whole."""

from datetime import date

import pytest
from aislides.deck.v1.fact_pb2 import FactKind
from orchestrator_svc.deck.text import print_text
from orchestrator_svc.facts import find_facts
from result_building import result

SQL = "SELECT {0}, sum(x) AS total_fees FROM t.web.visits GROUP BY 1"
SEASON = (40.0, 60.0, 80.0, 100.0, 120.0, 140.0, 150.0, 130.0, 110.0, 90.0, 70.0, 50.0)


def months(count, *, first=(2023, 4), factor=0.9, told=""):
    rows = []
    for at in range(count):
        year, month = divmod(first[0] * 12 + first[1] - 1 + at, 12)
        size = SEASON[month] * (factor if year > first[0] else 1.0)
        rows.append([date(year, month + 1, 1), size])
    made = result("month total_fees", rows, sql=SQL.format("month"))
    made.source.description = told
    return made


def headlines(*results):
    facts = find_facts(results)
    return [print_text(one.headline, {one.id: one}, "en-GB") for one in facts]


def test_a_month_that_the_source_says_is_cut_is_no_change():
    cut = "Total fees by month. The data end on 2025-03-17, inside the last month."
    assert any("to 72 in Mar 2025" in text for text in headlines(months(24)))
    said = headlines(months(24, told=cut))
    assert not any("in Mar 2025" in text and "rose" in text for text in said)
    assert "The data for Mar 2025 look partial and are left out over time" in said


def test_a_quarter_of_another_result_is_cut_by_the_same_words():
    cut = "The data begin on 2023-04-20, inside the first quarter and end on 2025-02-20, inside it."
    rows = [
        [date(year, month, 1), room, size]
        for year, month in [(2023, 4), (2023, 7), (2023, 10), (2024, 1), (2024, 4), (2024, 7)]
        for room, size in (("A", 100.0 + month), ("B", 200.0 + month), ("C", 300.0 + month))
    ]
    last = [[date(2024, 10, 1), room, 120.0] for room in "ABC"]
    last += [[date(2025, 1, 1), room, 90.0] for room in "ABC"]
    sql = "SELECT quarter, room, sum(x) AS total_fees FROM t.web.visits GROUP BY 1, 2"
    made = result("quarter room total_fees", [*rows, *last], sql=sql)
    made.source.description = cut
    assert not any("Q1 2025" in text and "look" not in text for text in headlines(made))


def test_a_description_that_says_nothing_of_edges_cuts_nothing():
    said = headlines(months(24, told="Fees of which the data end on 2025-03-17, by month."))
    assert not any("look partial" in text for text in said)


def test_months_of_a_year_are_told_against_the_same_months_before():
    facts = find_facts([months(21)])
    (told,) = [one for one in facts if "months so far" in one.says]
    values = {value.name: value for value in told.values}
    assert told.kind == FactKind.FACT_KIND_LEVEL
    assert values["change_share"].value.number == pytest.approx(-0.1)
    printed = print_text(told.sentence, {told.id: told}, "en-GB")
    assert "from Apr 2024 to Dec 2024, against" in printed


@pytest.mark.parametrize("count", [11, 14, 33])
def test_fewer_than_three_shared_months_or_a_whole_year_tell_no_such_thing(count):
    # 11: no year before; 14: two shared months; 33: the last year is whole.
    assert not any("months so far" in one.says for one in find_facts([months(count)]))
