"""What a column may be used for: which means may be weighed, summed, ranked or acted on."""

from datetime import date, timedelta

import pytest
from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import print_text
from orchestrator_svc.deck.values import to_python
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.roles import roles_of
from orchestrator_svc.facts.selects import denominator, split_by
from orchestrator_svc.verify import VerifyContext, verify_text
from result_building import result

SPEND = [["Video", 0.15, 77_690, 53], ["Search", 2.0, 40_000, 53], ["Email", 2.9, 3_140, 53]]
RATIO = (
    "SELECT campaign AS campaign, sum(revenue) / nullif(sum(spend), 0) AS revenue_per_spend, "
    "sum(spend) AS total_spend, count(*) AS campaign_rows FROM c GROUP BY 1"
)


def campaigns(sql=RATIO):
    return result("campaign revenue_per_spend total_spend campaign_rows", SPEND, sql=sql)


def of(facts, kind, measure):
    return next(f for f in facts if f.kind == kind and f.measure == measure)


def value(fact, name):
    return to_python(next(one.value for one in fact.values if one.name == name))


def names(fact):
    return [one.name for one in fact.values]


def test_a_ratio_of_sums_is_weighted_by_what_it_divides_by():
    fact = of(find_facts([campaigns()]), FactKind.FACT_KIND_LEVEL, "revenue_per_spend")
    true = sum(ratio * spend for _, ratio, spend, _ in SPEND) / sum(row[2] for row in SPEND)
    assert value(fact, "mean") == pytest.approx(true)
    assert "count" not in names(fact), "spend is no number of observations"


def test_a_ratio_without_its_denominator_has_no_overall_value():
    rows = [[row[0], row[1], row[3]] for row in SPEND]
    bare = result("campaign revenue_per_spend campaign_rows", rows, sql=RATIO)
    levels = [f for f in find_facts([bare]) if f.kind == FactKind.FACT_KIND_LEVEL]
    assert "revenue_per_spend" not in [f.measure for f in levels]


@pytest.mark.parametrize(
    ("expression", "divides_by"),
    [
        ("sum(a) / nullif(sum(b), 0)", "sum(b)"),
        ("SUM(a - b) / NULLIF(SUM( a ), 0)", "sum(a)"),
        ("count_if(x) / nullif(count(x), 0)", "count(x)"),
        ("try_divide(sum(a), sum(b))", "sum(b)"),
        ("sum(a) / sum(b)", "sum(b)"),
        ("avg(a)", ""),
    ],
)
def test_what_a_ratio_divides_by_is_read_off_the_sql(expression, divides_by):
    assert denominator(expression) == divides_by


def stock(count=20):
    days = [date(2024, 1, 1) + timedelta(days=7 * week) for week in range(count)]
    return result(
        "snapshot_date total_stock_on_hand",
        [[day, 1000 - 10 * place] for place, day in enumerate(days)],
        sql="SELECT snapshot_date AS snapshot_date, sum(stock_on_hand) AS total_stock_on_hand "
        "FROM s GROUP BY 1",
    )


def test_what_is_held_at_a_moment_is_never_added_up_over_time():
    facts = find_facts([stock()])
    fact = of(facts, FactKind.FACT_KIND_LEVEL, "total_stock_on_hand")
    assert value(fact, "last") == 810
    assert not any("total" in names(one) for one in facts)
    text = print_text(fact.sentence, {fact.id: fact}, "en-GB")
    assert text.startswith("Total stock on hand stood at 810")


def test_people_who_stay_are_not_added_up_over_time():
    rows = [[2015 + at, 14_000 + 400 * at] for at in range(10)]
    sums = result("year students", rows, sql="SELECT y AS year, sum(students) AS students FROM c")
    fact = of(find_facts([sums]), FactKind.FACT_KIND_LEVEL, "students")
    assert "total" not in names(fact)
    sql = "SELECT year(enrolled) AS year, count(*) AS students FROM c GROUP BY 1"
    counted = of(find_facts([result("year students", rows, sql=sql)]), fact.kind, "students")
    assert value(counted, "total") == sum(students for _, students in rows)


def test_groups_of_one_moment_add_up_to_what_is_held():
    rows = [["Hamburg", 600], ["Lyon", 300], ["Turin", 100]]
    sql = "SELECT w AS warehouse, sum(stock) AS total_stock FROM s WHERE day = 1 GROUP BY 1"
    fact = of(
        find_facts([result("warehouse total_stock", rows, sql=sql)]),
        FactKind.FACT_KIND_LEADER,
        "total_stock",
    )
    assert value(fact, "share") == pytest.approx(0.6)


def test_what_comes_and_goes_in_a_period_adds_up():
    sold = result(
        "month total_stock_sold",
        [[date(2024, month, 1), 100 + month] for month in range(1, 13)],
        sql="SELECT m AS month, sum(stock_sold) AS total_stock_sold FROM s GROUP BY 1",
    )
    assert roles_of(Table(sold)).measures[0].additive


def test_numbers_that_a_query_groups_by_are_no_measures():
    sql = "SELECT\n  school_year AS school_year,\n  avg(grade) AS avg_grade FROM g GROUP BY 1"
    years = result("school_year avg_grade", [[7, 60.0], [8, 70.0], [9, 65.0]], sql=sql)
    roles = roles_of(Table(years))
    assert roles.groups == ("school_year",)
    assert [one.name for one in roles.measures] == ["avg_grade"]
    fact = of(find_facts([years]), FactKind.FACT_KIND_LEADER, "avg_grade")
    text = print_text(fact.headline, {fact.id: fact}, "en-GB")
    assert text == "Average grade was highest for school year 8, at 70"


def test_columns_of_nested_queries_are_not_taken_for_groups():
    assert (
        split_by("WITH x AS (SELECT a AS a, sum(b) AS b FROM t GROUP BY 1) SELECT b AS c") == set()
    )
    assert split_by("SELECT revenue AS revenue FROM t") == set()


def test_a_count_by_the_day_rows_began_says_so():
    sql = "SELECT date_trunc('MONTH', hire_date) AS month, count(*) AS employees FROM e GROUP BY 1"
    rows = [[date(2022 + at // 12, at % 12 + 1, 1), 10 + at] for at in range(24)]
    facts = find_facts([result("month employees", rows, sql=sql)])
    level = of(facts, FactKind.FACT_KIND_LEVEL, "employees")
    assert "number of employees hired" in print_text(level.sentence, {level.id: level}, "en-GB")


WAITS = [["Heart", 60.0, 100], ["Skin", 70.0, 100], ["Bones", 130.0, 200]]


def test_the_group_behind_is_told_with_the_mean_it_would_leave():
    facts = find_facts([result("specialty avg_wait_days waits", WAITS)])
    fact = of(facts, FactKind.FACT_KIND_LEADER, "avg_wait_days")
    mean = (60 * 100 + 70 * 100 + 130 * 200) / 400
    assert value(fact, "lag") == "Bones"
    assert value(fact, "lag_gap") == pytest.approx(130 - mean)
    assert value(fact, "lag_base") == 200
    assert value(fact, "would") == pytest.approx(mean - (130 - mean) * 200 / 400)


def test_more_is_better_where_the_name_says_so_and_nothing_is_behind_where_it_does_not():
    scores = result(
        "team avg_satisfaction answers", [["A", 4.5, 100], ["B", 4.4, 90], ["C", 2.0, 80]]
    )
    assert (
        value(of(find_facts([scores]), FactKind.FACT_KIND_LEADER, "avg_satisfaction"), "lag") == "C"
    )
    ages = result("team avg_age people", [["A", 45.0, 100], ["B", 44.0, 90], ["C", 20.0, 80]])
    assert "lag" not in names(of(find_facts([ages]), FactKind.FACT_KIND_LEADER, "avg_age"))


def test_degrees_have_no_multiples():
    rooms = result(
        "room avg_temperature rows",
        [["hall", 15.0, 90], ["roof", 11.0, 90], ["cellar", 5.0, 90]],
        units={"avg_temperature": "celsius"},
    )
    fact = of(find_facts([rooms]), FactKind.FACT_KIND_LEADER, "avg_temperature")
    assert "ratio" not in names(fact)
    assert ClaimKind.CLAIM_KIND_MULTIPLE not in [claim.kind for claim in fact.claims]


def test_a_loss_is_no_incomplete_month_and_has_no_relative_change():
    rows = [
        [date(2023 + at // 12, at % 12 + 1, 1), unit, (50 if at < 12 else -60) * size]
        for at in range(24)
        for unit, size in (("Retail", 1), ("Online", 3))
    ]
    facts = find_facts([result("month unit total_profit", rows)])
    parts = [f for f in facts if f.kind == FactKind.FACT_KIND_CONTRIBUTION]
    assert parts
    assert value(parts[0], "first") == "Online"
    assert "change_share" not in names(parts[0])


def test_parts_of_a_change_by_a_few_things_are_not_told():
    rows = [
        [date(2023 + at // 12, at % 12 + 1, 1), team, 1 + (at == 20 and team == "A")]
        for at in range(24)
        for team in ("A", "B")
    ]
    facts = find_facts([result("month team leavers", rows)])
    assert not [f for f in facts if f.kind == FactKind.FACT_KIND_CONTRIBUTION]


def test_groups_below_zero_are_told_by_name():
    rows = [["Pumps", 30.5], ["Valves", 12.0], ["Turbines", -20.5], ["Digital", -3.0]]
    table = result("unit total_profit", rows, sql="SELECT unit, sum(p) AS total_profit FROM t")
    facts = find_facts([table])
    fact = next(one for one in facts if "negative" in names(one))
    assert print_text(fact.headline, {fact.id: fact}, "en-GB") == (
        "Total profit was negative for Turbines and Digital"
    )
    assert (value(fact, "negative"), value(fact, "groups")) == (2, 4)
    for text in (fact.headline, fact.sentence):
        assert verify_text(text, [fact.id], VerifyContext(facts, [table], "")) == []
    warm = result("room avg_temperature", [["a", 3.0], ["b", -2.0]], units={"avg_temperature": "C"})
    warm.columns[1].unit = "celsius"
    assert not [one for one in find_facts([warm]) if "negative" in names(one)]


def test_a_third_month_that_is_partial_is_left_out_and_said_so():
    rows = [[date(2024, at, 1), 100.0 if at < 3 else 20.0] for at in (1, 2, 3)]
    table = result("month total_revenue", rows, sql="SELECT m, sum(x) AS total_revenue FROM t")
    facts = find_facts([table])
    told = [print_text(one.headline, {one.id: one}, "en-GB") for one in facts]
    assert "The data for Mar 2024 look partial and are left out over time" in told
    assert not any("fell" in text for text in told)
