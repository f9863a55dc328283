import math
from datetime import date, datetime
from decimal import Decimal
from random import Random

import pytest
from aislides.deck.v1.fact_pb2 import Format, FormatKind, Polarity, Scale, TimeGrain
from orchestrator_svc.deck.formats import (
    _digits,
    display,
    format_for_column,
    label_for_column,
    refine,
)
from orchestrator_svc.deck.locales import locale_of
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import from_python
from result_building import result

K = FormatKind
G = TimeGrain
NUMBER = Format(kind=K.FORMAT_KIND_NUMBER, decimals=1)


def shown(value, fmt, locale="en-GB"):
    return display(from_python(value), fmt, locale).replace("\u00a0", " ").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("value", "fmt", "text"),
    [
        (12.64, Format(kind=K.FORMAT_KIND_NUMBER, decimals=1, unit="min"), "12.6 min"),
        (336776, Format(kind=K.FORMAT_KIND_COUNT, unit="flights"), "336,776 flights"),
        (0.143, Format(kind=K.FORMAT_KIND_PERCENT, decimals=1), "14.3%"),
        (0.0004, Format(kind=K.FORMAT_KIND_PERCENT, decimals=1), "0.04%"),
        (0.031, Format(kind=K.FORMAT_KIND_PERCENTAGE_POINT, decimals=1, signed=True), "+3.1 pp"),
        (-0.031, Format(kind=K.FORMAT_KIND_PERCENTAGE_POINT, decimals=1), "−3.1 pp"),
        (
            44_000_000,
            Format(kind=K.FORMAT_KIND_CURRENCY, unit="USD", scale=Scale.SCALE_MILLION),
            "USD 44m",
        ),
        (
            99.5,
            Format(kind=K.FORMAT_KIND_CURRENCY, unit="USD", scale=Scale.SCALE_MILLION, decimals=2),
            "USD 99.5",
        ),
        (3.9945, Format(kind=K.FORMAT_KIND_MULTIPLE, decimals=1), "4.0×"),
        (19, Format(kind=K.FORMAT_KIND_HOUR), "19:00"),
        (14.5, Format(kind=K.FORMAT_KIND_HOUR), "14:30"),
        (datetime(2013, 1, 1, 7, 5), Format(kind=K.FORMAT_KIND_HOUR), "07:05"),
        (date(2013, 2, 8), Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_DAY), "8 Feb 2013"),
        (date(2013, 7, 9), Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_MONTH), "Jul 2013"),
        (
            date(2013, 7, 10),
            Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_WEEK),
            "8 Jul 2013",
        ),
        (date(2013, 7, 9), Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_QUARTER), "Q3 2013"),
        (date(2013, 7, 9), Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_YEAR), "2013"),
        ("2013-07", Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_MONTH), "Jul 2013"),
        ("2013-Q3", Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_QUARTER), "Q3 2013"),
        ("soon", Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_DAY), "soon"),
        (7, Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_MONTH), "July"),
        (3, Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_QUARTER), "Q3"),
        (2013, Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_YEAR), "2013"),
        (27, Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_WEEK), "week 27"),
        (datetime(2013, 2, 8, 19), Format(kind=K.FORMAT_KIND_DATE), "8 Feb 2013 19:00"),
        (True, Format(kind=K.FORMAT_KIND_NAME), "yes"),
        (b"abc", Format(kind=K.FORMAT_KIND_NAME), "3 bytes"),
        (-1234.5, Format(kind=K.FORMAT_KIND_NAME), "−1,234.50"),
        (Decimal("-1.50"), Format(kind=K.FORMAT_KIND_NAME), "−1.50"),
        ("  ", Format(kind=K.FORMAT_KIND_NAME), "(blank)"),
        (21.5, Format(kind=K.FORMAT_KIND_NUMBER, decimals=1, unit="°"), "21.5°"),
        (2.5, Format(kind=K.FORMAT_KIND_NUMBER, decimals=0), "3"),
    ],
)
def test_values_print_as_the_design_says(value, fmt, text):
    assert shown(value, fmt) == text


@pytest.mark.parametrize("kind", [kind for kind in K.values() if kind])
@pytest.mark.parametrize(
    "value",
    [None, math.nan, math.inf, -math.inf, -0.0, 1e308, Decimal("9" * 38), "text", "", True, b"x"],
)
def test_odd_values_never_crash_and_never_print_as_code(value, kind):
    text = shown(value, Format(kind=kind, decimals=1))
    assert text
    assert not {"None", "nan", "NaN", "inf", "Infinity", "null"} & set(text.split())


def test_null_is_a_dash_and_no_number_is_not_available():
    assert shown(None, NUMBER) == "–"
    assert shown(math.nan, NUMBER) == "n/a"


def test_minus_zero_prints_without_sign():
    assert shown(-0.0, NUMBER) == "0.0"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-GB", "1,234.5"),
        ("de-DE", "1.234,5"),
        ("fr-FR", "1_234,5"),
        ("de-CH", "1’234.5"),
        ("sv-SE", "1 234,5"),
        ("xx", "1,234.5"),
    ],
)
def test_locales_write_thousands_and_decimals_their_own_way(locale, text):
    assert shown(1234.5, NUMBER, locale) == text


def test_german_months_percent_and_scales():
    percent = Format(kind=K.FORMAT_KIND_PERCENT, decimals=1)
    month = Format(kind=K.FORMAT_KIND_DATE, grain=G.TIME_GRAIN_MONTH)
    money = Format(kind=K.FORMAT_KIND_CURRENCY, unit="EUR", scale=Scale.SCALE_MILLION, decimals=1)
    assert shown(0.143, percent, "de-DE") == "14,3 %"
    assert shown(3, month, "de-DE") == "März"
    assert shown(5_500_000, money, "de-DE") == "EUR 5,5 Mio."


def column(name, cells, unit=""):
    return Table(result([name], [[cell] for cell in cells], units={name: unit}))


@pytest.mark.parametrize(
    ("name", "cells", "unit", "kind", "printed", "decimals"),
    [
        ("avg_departure_delay_minutes", [0.69, 24.78], "", K.FORMAT_KIND_NUMBER, "min", 1),
        ("delay", [0.69, 24.78], "minutes", K.FORMAT_KIND_NUMBER, "min", 1),
        ("flights", [27004, 24951], "", K.FORMAT_KIND_COUNT, "flights", 0),
        ("order_count", [5, 7], "", K.FORMAT_KIND_COUNT, "orders", 0),
        ("count(1)", [5, 7], "", K.FORMAT_KIND_COUNT, "", 0),
        ("revenue_usd", [1.5e6, 2.25e6], "", K.FORMAT_KIND_CURRENCY, "USD", 2),
        ("price", [1.5, 2.25], "$", K.FORMAT_KIND_CURRENCY, "USD", 2),
        ("cancelled_share", [0.51, 0.02], "", K.FORMAT_KIND_PERCENT, "", 1),
        ("on_time_pct", [51.0, 76.3], "", K.FORMAT_KIND_NUMBER, "%", 1),
        ("rating", [4, 5], "", K.FORMAT_KIND_NUMBER, "", 0),
        ("sales", [400, 500], "", K.FORMAT_KIND_NUMBER, "", 0),
        ("name", ["a", "b"], "", K.FORMAT_KIND_NAME, "", 0),
        ("dep_hour", [5, 19], "", K.FORMAT_KIND_HOUR, "", 0),
        ("month", [1, 12], "", K.FORMAT_KIND_DATE, "", 0),
        ("weekday", ["Monday", "Friday"], "", K.FORMAT_KIND_NAME, "", 0),
    ],
)
def test_columns_get_one_format_from_name_unit_and_cells(
    name, cells, unit, kind, printed, decimals
):
    fmt = format_for_column(column(name, cells, unit), name)
    assert (fmt.kind, fmt.unit, fmt.decimals) == (kind, printed, decimals)


def test_money_takes_the_scale_of_its_largest_value():
    fmt = format_for_column(column("revenue_usd", [1.5e6, 2.0e3]), "revenue_usd")
    assert fmt.scale == Scale.SCALE_MILLION


def test_delay_is_better_low_and_revenue_better_high():
    low = format_for_column(column("avg_delay", [1.0]), "avg_delay")
    high = format_for_column(column("revenue", [1.0]), "revenue")
    assert low.polarity == Polarity.POLARITY_LESS_IS_BETTER
    assert high.polarity == Polarity.POLARITY_MORE_IS_BETTER


def test_refine_adds_decimals_until_a_small_value_shows():
    assert refine(NUMBER, 0.004).decimals == 3
    assert refine(NUMBER, None).decimals == 1


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("avg_resolution_hours", "average resolution time"),
        ("avg_wait_days", "average wait"),
        ("avg_temperature_degrees_celsius", "average temperature"),
        ("avg_humidity_pct", "average humidity"),
        ("cancelled_pct", "cancelled share"),
        ("waits_seen_within_target_share", "share of waits seen within target"),
        ("avg_departure_delay_minutes", "average departure delay"),
        ("cancelled_share", "cancelled share"),
        ("on_time_pct", "on time share"),
        ("revenue_usd", "revenue"),
        ("order_count", "number of orders"),
        ("num_flights", "number of flights"),
        ("count(1)", "number of rows"),
        ("avg(price)", "average price"),
        ("n", "number of rows"),
        ("max_delay", "maximum delay"),
        ("totalRevenue", "total revenue"),
        ("<b>{f1.x}", "b f1 x"),
        ("!!", "!!"),
    ],
)
def test_labels_read_like_words(name, label):
    assert label_for_column(column(name, [1.0, 2.0]), name) == label


def test_time_columns_keep_their_whole_name_as_label():
    assert label_for_column(column("dep_hour", [5, 6]), "dep_hour") == "dep hour"


def test_unknown_columns_raise_and_list_what_there_is():
    with pytest.raises(KeyError, match="it has: a"):
        format_for_column(column("a", [1]), "b")


def test_floats_round_as_their_shortest_decimals_do():
    """The quick way for floats against exact arithmetic, ties and near ties included."""
    random = Random(20261121)
    habits = locale_of("en-GB")
    for _ in range(20_000):
        decimals = random.randint(0, 6)
        digits = random.randint(0, 7)
        size = abs(round(random.uniform(0, 10.0 ** random.randint(-6, 12)), digits))
        size = random.choice([size, math.nextafter(size, 0), math.nextafter(size, 1e15)])
        exact = Decimal(repr(size)).quantize(Decimal(1).scaleb(-decimals), "ROUND_HALF_UP")
        expected = f"{exact:,.{decimals}f}"
        assert _digits(size, decimals, habits).replace("\u202f", ",") == expected, size


def test_one_of_a_count_is_told_in_the_singular():
    fmt = Format(kind=FormatKind.FORMAT_KIND_COUNT, unit="campaigns")
    assert display(from_python(1), fmt, "en-GB") == "1\N{NO-BREAK SPACE}campaign"
    assert display(from_python(21), fmt, "en-GB") == "21\N{NO-BREAK SPACE}campaigns"
