"""The parts of a ratio's change, audited: exact fractions over the rows, none of our own arithmetic.

With group i's weight w, share s = w / W and rate r, and R = sum(s r), from span 0 to span 1
(docs/facts.md): rate = sum((s0 + s1) / 2 (r1 - r0)), mix = sum((r0 + r1) / 2 (s1 - s0)), and
R1 - R0 = rate + mix. A group of one span only has the rate it has there in both, so it is all mix.
R1 W1 - R0 W0 = (R0 + R1) / 2 (W1 - W0) for volume + (W0 + W1) / 2 times rate, and times mix.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from orchestrator_svc.deck.values import to_python
from orchestrator_svc.facts import find_facts
from result_building import result

GROUPS = ("North", "East", "South", "West")
PARTS = ("volume", "rate", "mix")
MEASURES = {
    "late_rate": {},
    "avg_order_value": {"avg_order_value": "EUR"},
    "avg_wait_minutes": {"avg_wait_minutes": "min"},
}


def spans(rows, year_of):
    """Group to (sum of rate x weight, sum of weight), for each year, over rows that count."""
    found = {2023: defaultdict(lambda: [Fraction(), Fraction()]), 2024: None}
    found[2024] = defaultdict(lambda: [Fraction(), Fraction()])
    for label, group, rate, weight in rows:
        if rate is None or not weight:
            continue
        sums = found[year_of(label)][group]
        sums[0] += Fraction(rate) * weight
        sums[1] += weight
    return found[2023], found[2024]


def audit(before, after):
    """All parts by their textbook definitions; None when a span has no weight at all."""
    whole = [sum((weight for _, weight in span.values()), Fraction()) for span in (before, after)]
    if not all(whole):
        return None
    ratios = [
        sum(amount for amount, _ in span.values()) / total
        for span, total in zip((before, after), whole, strict=True)
    ]
    rate = mix = Fraction()
    for group in before.keys() | after.keys():
        first = before[group][0] / before[group][1] if group in before else None
        last = after[group][0] / after[group][1] if group in after else None
        first, last = (last if first is None else first), (first if last is None else last)
        shares = [
            span[group][1] / total if group in span else Fraction()
            for span, total in zip((before, after), whole, strict=True)
        ]
        rate += (shares[0] + shares[1]) / 2 * (last - first)
        mix += (first + last) / 2 * (shares[1] - shares[0])
    change = ratios[1] - ratios[0]
    middle = (whole[0] + whole[1]) / 2
    assert rate + mix == change
    parts = {
        "volume": (ratios[0] + ratios[1]) / 2 * (whole[1] - whole[0]),
        "rate": middle * rate,
        "mix": middle * mix,
    }
    product = ratios[1] * whole[1] - ratios[0] * whole[0]
    assert sum(parts.values()) == product
    return {
        "previous": ratios[0],
        "last": ratios[1],
        "change": change,
        "rate": rate,
        "mix": mix,
        "volume": whole[1] / whole[0] - 1,
        "product_change": product,
        **{f"product_by_{part}": parts[part] for part in PARTS},
    }


def told(table, measure):
    """The values of the fact that splits the measure; None when there is none."""
    for fact in find_facts([table]):
        values = {value.name: to_python(value.value) for value in fact.values}
        if fact.measure == measure and "mix" in values:
            return values
    return None


def near(value, exact, scale):
    return abs(value - float(exact)) <= 1e-9 * max(float(scale), 1e-12)


def same(values, exact):
    scale = max(abs(one) for one in exact.values())
    for name, wanted in exact.items():
        assert near(values[name], wanted, scale), (name, values[name], float(wanted))
    assert near(values["rate"] + values["mix"], exact["change"], scale)
    parts = sum(values[f"product_by_{part}"] for part in PARTS)
    assert near(parts, exact["product_change"], scale)


cells = st.tuples(
    st.none() | st.integers(0, 1000).map(lambda number: number / 1000),
    st.none() | st.just(0) | st.integers(1, 500),
)
spreads = st.dictionaries(
    st.tuples(st.sampled_from((2023, 2024)), st.sampled_from(GROUPS)),
    st.lists(cells, min_size=1, max_size=3),
    min_size=3,
)


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=120, deadline=None)
@given(spread=spreads)
def test_the_parts_are_the_textbooks_and_add_up(measure, spread):
    """Groups come and go; rates and weights are missing or zero."""
    rows = [
        [year, group, rate if rate is None else rate * (1 if "rate" in measure else 400), weight]
        for (year, group), found in sorted(spread.items())
        for rate, weight in found
    ]
    assume(len(rows) > len({(row[0], row[1]) for row in rows}) or len(rows) > 2)
    table = result(f"year region {measure} orders", rows, units=MEASURES[measure])
    values, exact = told(table, measure), audit(*spans(rows, lambda year: year))
    if exact is None:
        assert values is None
        return
    size = abs(exact["change"])
    enough = Fraction(2, 100) * (abs(exact["previous"]) or 1)
    for left, right in ((size, enough), (abs(exact["mix"]), size / 10)):
        assume(abs(left - right) > Fraction(1, 10**9))
    if size > enough and abs(exact["mix"]) > size / 10 and len({row[1] for row in rows}) > 1:
        assert values is not None, exact
        same(values, exact)
    else:
        assert values is None


@pytest.mark.parametrize("seed", range(4))
def test_whole_years_are_compared_where_months_are_there(seed):
    rng = random.Random(seed)
    rows = [
        [date(year, month, 1), group, rng.randint(1, 400) / 1000, rng.randint(20, 300) * factor]
        for year in (2023, 2024)
        for month in range(1, 13)
        for group, factor in zip(GROUPS, (1, 2, 3, 1 if year == 2023 else 9), strict=True)
    ]
    table = result("month region late_rate orders", rows)
    values, exact = told(table, "late_rate"), audit(*spans(rows, lambda day: day.year))
    if values is not None:
        same(values, exact)
    enough = abs(exact["change"]) > abs(exact["previous"]) / 50
    assert (values is not None) == (enough and abs(exact["mix"]) > abs(exact["change"]) / 10)


def test_a_score_has_no_product():
    rows = [[2023, "North", 3.0, 100], [2023, "East", 4.0, 300]]
    rows += [[2024, "North", 3.1, 300], [2024, "East", 4.2, 100]]
    values = told(result("year region avg_rating answers", rows), "avg_rating")
    assert values is not None
    assert not [name for name in values if name.startswith("product")]
