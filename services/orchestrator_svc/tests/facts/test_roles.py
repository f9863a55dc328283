import pytest
from orchestrator_svc.deck.table import Table
from orchestrator_svc.facts.roles import roles_of
from orchestrator_svc.facts.selects import Aggregate, aggregates
from result_building import result


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select sum(x) as total from t", {"total": Aggregate.SUM}),
        ("SELECT a, COUNT(*) AS `n` FROM t", {"n": Aggregate.COUNT}),
        ("select round(avg(x), 2) as m from t", {"m": Aggregate.AVERAGE}),
        ("select count(distinct x) as d from t", {"d": Aggregate.OTHER}),
        ("select sum(x) / sum(y) as r from t", {"r": Aggregate.OTHER}),
        ("select cast(sum(x) as double) as s from t", {"s": Aggregate.SUM}),
        ("select upper(x) as u, y as v from t", {}),
        ("select sum(x as broken", {}),
        ("", {}),
    ],
)
def test_the_sql_tells_how_a_column_was_made(sql, expected):
    assert aggregates(sql).items() >= expected.items()
    assert expected or not aggregates(sql)


def test_roles_of_a_usual_result():
    rows = [["EWR", 15.1, 120835, 7], ["LGA", 10.3, 104662, 8]]
    roles = roles_of(Table(result("origin avg_delay flights customer_id", rows)))
    assert roles.groups == ("origin",)
    assert roles.weight == "flights"
    assert [(one.name, one.additive, one.weight) for one in roles.measures] == [
        ("avg_delay", False, "flights"),
        ("flights", True, ""),
    ]


@pytest.mark.parametrize(
    ("name", "sql", "additive"),
    [
        ("revenue", "", True),
        ("x", "", False),
        ("x", "select sum(a) as x", True),
        ("revenue", "select avg(a) as revenue", False),
        ("unit_price", "", False),
        ("cancelled_share", "", False),
        ("sum(x)", "", True),
    ],
)
def test_only_what_can_be_summed_is_additive(name, sql, additive):
    table = Table(result(["g", name], [["a", 0.5], ["b", 0.25]], sql=sql))
    assert roles_of(table).measures[0].additive is additive


def test_places_are_not_measured():
    assert roles_of(Table(result("city lat lon", [["a", 1.0, 2.0]]))).measures == ()
