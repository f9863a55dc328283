import math
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from aislides.deck.v1.table_pb2 import Value
from orchestrator_svc.deck.values import from_python, number_of, same_value, to_python


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -5,
        2**63 - 1,
        0.1,
        math.inf,
        Decimal("1.50"),
        Decimal("12345678901234567890123456789012345678"),
        "text",
        "",
        date(2013, 2, 8),
        datetime(2013, 2, 8, 19, 30),
        datetime(2013, 2, 8, 19, 30, tzinfo=UTC),
        b"\x00\xff",
    ],
)
def test_every_kind_of_value_survives_the_round_trip(value):
    assert to_python(from_python(value)) == value


def test_decimal_keeps_its_scale():
    assert str(to_python(from_python(Decimal("1.50")))) == "1.50"


def test_integers_beyond_64_bits_become_exact_decimals():
    assert to_python(from_python(2**70)) == Decimal(2**70)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Value(decimal="x1"), "x1"),
        (Value(date="99999-01-01"), "99999-01-01"),
        (Value(timestamp="never"), "never"),
        (Value(json="[1]"), "[1]"),
    ],
)
def test_values_that_do_not_parse_come_back_as_their_text(value, shown):
    assert to_python(value) == shown


@pytest.mark.parametrize("value", [None, True, "5", math.nan, math.inf, Decimal("NaN")])
def test_number_of_is_none_for_what_is_no_finite_number(value):
    assert number_of(value) is None


def test_number_of_huge_integers_and_decimals_does_not_raise():
    assert number_of(10**400) is None
    assert number_of(Decimal("1e40")) == 1e40


def test_same_value_compares_numbers_across_types_and_knows_nan():
    assert same_value(Value(integer=2), Value(decimal="2.00"))
    assert same_value(Value(number=math.nan), Value(number=math.nan))
    assert not same_value(Value(number=math.nan), Value())
    assert not same_value(Value(text="a"), Value(text="b"))
