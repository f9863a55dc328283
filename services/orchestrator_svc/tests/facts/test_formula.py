from datetime import date
from decimal import Decimal

import pytest
from orchestrator_svc.deck.table import Table
from orchestrator_svc.facts.formula import FormulaError, column_name, evaluate, literal
from result_building import result

TABLE = Table(
    result(
        ["airline", "avg_delay", "flights", "Total sales", "amount"],
        [
            ["Delta", 10.0, 100, 1, Decimal("0.10")],
            ["United", 20.0, 300, 2, Decimal("0.20")],
            ["Frontier", 30.0, 10, None, None],
            [None, None, 50, 4, Decimal("0.30")],
        ],
    )
)
MONTHS = Table(
    result(
        "month region revenue orders",
        [
            [date(2024, month, 1), region, month * 10 + extra, 5]
            for month in range(1, 7)
            for region, extra in (("East", 0), ("West", month))
        ],
    )
)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("max(avg_delay)", 30.0),
        ("max(avg_delay, 2)", 20.0),
        ("min(avg_delay)", 10.0),
        ("max(avg_delay) / min(avg_delay)", 3.0),
        ("sum(amount)", Decimal("0.60")),
        ("mean(avg_delay)", 20.0),
        ("median(avg_delay)", 20.0),
        ("count(avg_delay)", 3),
        ("nulls(avg_delay)", 1),
        ("distinct(airline)", 3),
        ("rows()", 4),
        ("rows(where=flights >= 100)", 2),
        ("weighted_mean(avg_delay, flights)", 7300 / 410),
        ("argmax(airline, avg_delay)", "Frontier"),
        ("argmax(airline, avg_delay, where=flights >= 100)", "United"),
        ("argmin(airline, avg_delay)", "Delta"),
        ('at(avg_delay, airline, "United")', 20.0),
        ("at(flights, airline, None)", 50),
        ("cell(airline, 1)", "United"),
        ('sum(col("Total sales"))', 7),
        ("sum(flights, where=airline == None)", 50),
        ("sum(flights, where=(flights >= 50) and (airline != None))", 400),
        ("sum(flights, where=flights <= 50)", 60),
        ("groups_to_share(flights, 0.8)", 2),
        ("top_sum(flights, 2)", 400),
        ("abs(min(avg_delay) - max(avg_delay))", 20.0),
        ("sum(flights) * -1 + 60 / 0.0", None),
        ("-5 + 2", -3),
        ("max(airline)", None),
    ],
)
def test_formulas_give_their_value(formula, value):
    found = evaluate(formula, TABLE).value
    assert found == pytest.approx(value) if isinstance(value, float) else found == value


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("max(sum(revenue, by=month))", 126),
        ("argmax(month, sum(revenue, by=month))", date(2024, 6, 1)),
        ("argmax(region, sum(revenue, by=region))", "West"),
        ("slope(sum(revenue, by=month), month)", 21.0),
        ('sum(revenue, where=month == "2024-02-01")', 42),
        ('sum(revenue, where=(month >= "2024-05-01") and (region == "West"))', 121),
        ("argmax(month, mean(revenue, by=month_of(month)))", 6),
        ("argmax(month, mean(revenue, by=quarter_of(month)))", 2),
        ("argmin(month, mean(revenue, by=weekday_of(month)))", "Thursday"),
        ("distinct(week_of(month))", 6),
        ("distinct(month_start(month))", 6),
        ("distinct(hour_of(month))", 1),
        ("concentration(orders)", 1 / 12),
        ("days_between(cell(month, 0), cell(month, 11))", 152),
    ],
)
def test_groups_and_periods_in_formulas(formula, value):
    found = evaluate(formula, MONTHS).value
    assert found == pytest.approx(value) if isinstance(value, float) else found == value


def test_rate_and_mix_add_up_to_the_change_of_the_mean():
    table = Table(
        result(
            "year group rate weight",
            [
                [2023, "a", 10.0, 50],
                [2023, "b", 20.0, 50],
                [2024, "a", 12.0, 80],
                [2024, "b", 20.0, 20],
            ],
        )
    )
    masks = "by=group, before=year == 2023, after=year == 2024"
    rate = evaluate(f"rate_effect(rate, weight, {masks})", table).value
    mix = evaluate(f"mix_effect(rate, weight, {masks})", table).value
    change = evaluate(
        "weighted_mean(rate, weight, where=year == 2024)"
        " - weighted_mean(rate, weight, where=year == 2023)",
        table,
    ).value
    assert rate == pytest.approx(1.3)
    assert rate + mix == pytest.approx(change)


def test_a_calendar_is_made_of_year_and_month_columns():
    table = Table(result("year month x", [[2023, 12, 1], [2024, 1, 2], [None, 1, 5]]))
    assert evaluate("argmax(month, sum(x, by=period(year, month, 12)), 2)", table).value == date(
        2024, 1, 1
    )


def test_provenance_names_rows_and_columns_that_were_read():
    found = evaluate('at(avg_delay, airline, "United")', TABLE).provenance
    assert (list(found.rows), list(found.columns)) == ([1], ["avg_delay", "airline"])
    assert list(evaluate("max(avg_delay)", TABLE).provenance.rows) == []


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "avg_delay",
        "nothing",
        "__import__('os')",
        "open('x')",
        "avg_delay.real",
        "[1]",
        "max(avg_delay)[0]",
        "lambda: 1",
        "1 if 1 else 2",
        "10 ** 10",
        "at(avg_delay, airline, 'Nobody')",
        "cell(airline, 99)",
        "cell(airline, True)",
        "max()",
        "max(5)",
        "max(avg_delay, 0)",
        "max(avg_delay, where=5)",
        "max(avg_delay, by=5)",
        "col(5)",
        "b'x'",
        "1 < 2 < 3",
        "weekday_of(5)",
        "week_of(5)",
        "period(1, 2, 3)",
        "rate_effect(avg_delay, flights)",
        "at(avg_delay, airline, airline)",
        "sum(flights, where=flights)+" + "1+" * 3000 + "1",
        "sum(avg_delay, by=airline) + avg_delay",
    ],
)
def test_what_is_no_formula_is_refused(formula):
    with pytest.raises(FormulaError):
        evaluate(formula, TABLE)


@pytest.mark.parametrize("name", ["Total sales", "max", "class", 'a"b\\c', "x\ny", "{f1.x}", "é"])
def test_any_column_name_can_be_written(name):
    table = Table(result([name], [[5], [7]]))
    assert evaluate(f"max({column_name(name)})", table).value == 7


@pytest.mark.parametrize("value", ['a"b', "a\\", "a\nb", "a\0b", 1.5, True, None, date(2024, 1, 1)])
def test_any_label_can_be_written(value):
    table = Table(result("x name", [[1, value]]))
    assert evaluate(f"at(x, name, {literal(value)})", table).value == 1
