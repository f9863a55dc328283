"""What charts draw is in proportion to the data, adds up, and says what it leaves out."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from aislides.deck.v1 import deck_pb2, fact_pb2
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_svc.facts import find_facts
from orchestrator_svc.render.charts import kinds
from orchestrator_svc.render.charts.bins import bins_of
from orchestrator_svc.render.charts.steps import floor_of, steps_of, with_floor

from fakes.charts import NARROW, drawn, fact_with, faults, highlight, read, shapes, texts
from fakes.results import result, value

SEGMENTS = [
    ["Americas", 212.4, 175.5],
    ["APAC", 148.9, 111.1],
    ["EMEA", 96.3, 108.2],
    ["LATAM", 44.8, 46.7],
    ["Africa", 12.4, 12.0],
]
PLANNED = result("r1", ["segment", "revenue", "revenue_plan"], SEGMENTS)
POSITIVE = st.lists(st.floats(0.5, 1e6), min_size=2, max_size=6)


def months(count, *columns):
    return [[date(2024 + i // 12, i % 12 + 1, 1), *(c(i) for c in columns)] for i in range(count)]


def parts(count=4, series=4):
    rows = [
        [f"2025-Q{q + 1}", f"s{s}", 10.0 * (s + 1) + q] for q in range(count) for s in range(series)
    ]
    return result("r1", ["quarter", "product", "revenue"], rows)


def text_of(plain):
    return fact_pb2.Text(spans=[fact_pb2.Span(text=plain)])


@given(POSITIVE)
@settings(max_examples=25, deadline=None)
def test_ch3_lengths_of_bars_are_in_proportion_and_start_at_zero(numbers):
    item = result("r1", ["g", "revenue"], [[f"g{i}", n] for i, n in enumerate(numbers)])
    _, svg = drawn(item, "g", ["revenue"], kind=kinds.BAR)
    bars = shapes(svg, "rect", "bar")
    longest = max(bar.number("width") for bar in bars)
    assert len({bar.number("x") for bar in bars}) == 1
    for bar, number in zip(bars, sorted(numbers, reverse=True), strict=True):
        expected = max(1.0, longest * number / max(numbers))
        assert bar.number("width") == pytest.approx(expected, abs=0.15)


@given(POSITIVE)
@settings(max_examples=25, deadline=None)
def test_ch3_heights_of_columns_are_in_proportion(numbers):
    item = result("r1", ["month", "revenue"], months(len(numbers), lambda i: numbers[i]))
    _, svg = drawn(item, "month", ["revenue"], kind=kinds.COLUMN)
    columns = shapes(svg, "rect", "bar")
    tallest = max(column.number("height") for column in columns)
    for column, number in zip(columns, numbers, strict=True):
        expected = max(1.0, tallest * number / max(numbers))
        assert column.number("height") == pytest.approx(expected, abs=0.15)


def test_stacks_end_where_their_total_is():
    data, svg = drawn(parts(), "quarter", ["revenue"], kind=kinds.STACKED, series="product")
    segments = shapes(svg, "rect", "bar")
    totals = [sum(point.numbers) for point in data.points]
    tops = [min(s.number("y") for s in segments[i * 4 : i * 4 + 4]) for i in range(4)]
    low = max(s.number("y") + s.number("height") for s in segments) + 1
    heights = [low - top for top in tops]
    for height, total in zip(heights, totals, strict=True):
        assert height / heights[-1] == pytest.approx(total / totals[-1], abs=0.01)
    printed = [t.text for t in texts(svg)]
    assert all(data.shown(total) in printed for total in totals)


def test_shares_fill_the_whole_height_and_are_printed_as_percentages():
    _, svg = drawn(parts(), "quarter", ["revenue"], kind=kinds.PERCENT, series="product")
    segments = shapes(svg, "rect", "bar")
    heights = {
        round(sum(s.number("height") for s in segments[i * 4 : i * 4 + 4])) for i in range(4)
    }
    assert len(heights) == 1
    assert "40%" in [t.text for t in texts(svg)]


def test_ch2_the_rest_of_an_additive_measure_is_summed_last_and_never_ranked():
    rows = [[f"g{i:02d}", Decimal(100 - i)] for i in range(20)] + [["tail", Decimal(400)]]
    data, _ = drawn(result("r1", ["g", "revenue"], rows), "g", ["revenue"], kind=kinds.BAR)
    assert data.points[-1].label == "Other (15 items)"
    assert data.points[-1].numbers[0] == sum(range(81, 96))
    assert sum(p.numbers[0] for p in data.points) == sum(range(81, 101)) + 400
    assert len(data.points[-1].rows[0]) == 15
    assert data.note == ""


def test_ch2_means_are_never_summed_to_an_other_but_counted():
    rows = [[f"g{i:02d}", 100.0 - i] for i in range(20)]
    data = read(result("r1", ["g", "avg_delay_minutes"], rows), "g", ["avg_delay_minutes"])
    assert [p.rest for p in data.points] == [False] * 7
    assert data.note == "7 of 20 groups shown"


def test_ch2_results_that_are_not_whole_have_no_other():
    rows = [[f"g{i:02d}", 100.0 - i] for i in range(20)]
    item = result("r1", ["g", "revenue"], rows, row_count=900, truncated=True)
    assert not any(p.rest for p in read(item, "g", ["revenue"]).points)


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), min_size=2, max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_bridge_closes_on_its_second_total(pairs):
    rows = [[f"g{i}", now, before] for i, (now, before) in enumerate(pairs)]
    item = result("r1", ["segment", "revenue", "revenue_2024"], rows)
    steps = steps_of(
        read(item, "segment", ["revenue"], kind=kinds.WATERFALL, compare="revenue_2024")
    )
    assert steps[0].end == pytest.approx(math.fsum(before for _, before in pairs))
    assert steps[-1].end == pytest.approx(math.fsum(now for now, _ in pairs))
    assert [s.total for s in steps] == [True, *[False] * (len(steps) - 2), True]
    for one, other in pairwise(steps[:-1]):
        assert other.start == one.end
    assert steps[-2].end == steps[-1].end
    changes = sum(s.change for s in steps[1:-1])
    assert changes == pytest.approx(steps[-1].end - steps[0].end, rel=1e-6, abs=1e-3)


def test_a_running_bridge_finds_its_own_total():
    rows = [["Revenue", 100.0], ["Costs", -60.0], ["Tax", -10.0], ["Profit", 30.0]]
    data = read(
        result("r1", ["item", "profit"], rows), "item", ["profit"], kind=kinds.WATERFALL, sort=3
    )
    assert [(s.label, s.total) for s in steps_of(data)] == [
        ("Revenue", True),
        ("Costs", False),
        ("Tax", False),
        ("Profit", True),
    ]


@given(st.lists(st.one_of(st.floats(-1e12, 1e12), st.integers(-5, 5).map(float)), min_size=1))
def test_every_number_is_in_one_bin(numbers):
    bins = bins_of(numbers)
    assert sum(bins.counts) == len(numbers)
    assert len(bins.edges) == len(bins.counts) + 1 <= 32
    for low, high, count in zip(bins.edges, bins.edges[1:], bins.counts, strict=False):
        last = high == bins.edges[-1]
        inside = sum(low <= n < high or (last and n == high) for n in numbers)
        assert count == inside


def test_dr10_variances_are_signed_and_judged_by_the_measure():
    _, svg = drawn(PLANNED, "segment", ["revenue"], kind=kinds.BULLET, compare="revenue_plan")
    said = {t.text: t.kind for t in texts(svg)}
    assert said["+21%"] == "value good"
    assert said["−11%"] == "value bad"
    assert len(shapes(svg, "line", "pin")) == 5
    costs = result("r1", ["segment", "cost", "cost_plan"], SEGMENTS)
    _, svg = drawn(costs, "segment", ["cost"], kind=kinds.BAR, compare="cost_plan")
    assert {t.text: t.kind for t in texts(svg)}["+21%"] == "value bad"


def test_nf7_a_missing_base_gives_no_percentage():
    rows = [["a", 5.0, 0.0], ["b", 5.0, None], ["c", None, 4.0]]
    item = result("r1", ["g", "revenue", "revenue_plan"], rows)
    _, svg = drawn(item, "g", ["revenue"], kind=kinds.BULLET, compare="revenue_plan")
    assert [t.text for t in texts(svg)].count("n/a") == 3


def test_nf8_an_incomplete_last_period_is_dashed_and_told():
    item = result("r1", ["month", "revenue"], months(8, lambda i: 5.0 + i))
    data, svg = drawn(item, "month", ["revenue"], kind=kinds.LINE, last_period_partial=True)
    assert len(shapes(svg, "path", "line partial")) == 1
    assert data.note == "Aug 2024 is not complete"
    _, svg = drawn(item, "month", ["revenue"], kind=kinds.COLUMN, last_period_partial=True)
    assert len(shapes(svg, "rect", "bar partial")) == 1


def test_nf8_a_period_that_the_facts_leave_out_is_never_drawn_as_whole():
    rows = months(9, lambda i: 50.0 + i)
    rows[0][1], rows[-1][1] = 9.0, 7.0
    item = result("r1", ["month", "revenue"], rows)
    facts = find_facts([item])
    assert any("look partial" in one.headline.spans[-1].text for one in facts)
    data = read(item, "month", ["revenue"], kind=kinds.LINE, facts=facts)
    assert data.partial
    assert data.note == "Jan 2024 is not complete; Sep 2024 is not complete"
    other = result("r2", ["month", "revenue"], rows)
    assert not read(other, "month", ["revenue"], kind=kinds.LINE, facts=facts).partial


def test_ch3_a_cut_axis_says_where_it_starts_and_bars_are_never_cut():
    item = result("r1", ["month", "n"], months(8, lambda i: 90.0 + i))
    assert read(item, "month", ["n"], cut_baseline=True).note == "Axis starts at 90"
    data = read(item, "month", ["n"], kind=kinds.COLUMN, cut_baseline=True)
    assert not data.cut


def test_ch8_more_than_500_points_are_counted_in_cells_and_told():
    rows = [[f"a{i}", float(i % 83), float(i % 71)] for i in range(900)]
    item = result("r1", ["account", "spend", "score"], rows)
    data, svg = drawn(item, "spend", ["score"], kind=kinds.SCATTER)
    assert shapes(svg, "circle") == []
    cells = shapes(svg, "rect", "cell")
    counted = [int(n) for n in re.findall(r"<g><title>(\d+)</title><rect", svg)]
    assert sum(counted) == 900
    assert len(cells) == len(counted)
    assert "900 points" in data.note
    few = result("r1", ["account", "spend", "score"], rows[:300])
    assert len(shapes(drawn(few, "spend", ["score"], kind=kinds.SCATTER)[1], "circle")) == 300


def test_dr3_only_what_is_highlighted_is_in_the_accent():
    rows = [row for i in range(6) for row in [[date(2024, i + 1, 1), s, 5.0 + i] for s in "abc"]]
    item = result("r1", ["month", "product", "revenue"], rows)
    spec = {"kind": kinds.LINE, "series": "product", **highlight("b")}
    _, svg = drawn(item, "month", ["revenue"], **spec)
    assert [s.kind for s in shapes(svg, "path", "line")] == ["line quiet", "line on", "line quiet"]


def test_dr4_one_callout_on_wide_charts_with_nothing_under_it():
    item = result("r1", ["month", "revenue"], months(24, lambda i: 10.0 + i))
    facts = [fact_with("at", value(date(2025, 1, 1)))]
    at = fact_pb2.ValueRef(fact_id="f1", name="at")
    said = deck_pb2.Callout(at=at, text=text_of("New price list"))
    _, svg = drawn(item, "month", ["revenue"], kind=kinds.LINE, facts=facts, callout=said)
    assert [t.text for t in texts(svg) if t.kind == "callout"] == ["New price list"]
    assert faults(svg) == []
    spec = {"kind": kinds.LINE, "facts": facts, "callout": said}
    assert "callout" not in drawn(item, "month", ["revenue"], size=NARROW, **spec)[1]


def test_reference_lines_stand_at_their_value():
    item = result("r1", ["month", "revenue"], months(8, lambda i: 10.0 + i))
    facts = [fact_with("mean", value(15.0))]
    line = deck_pb2.ReferenceLine(
        value=fact_pb2.ValueRef(fact_id="f1", name="mean"), label=text_of("Mean")
    )
    spec = {"kind": kinds.LINE, "facts": facts, "reference_lines": [line]}
    _, svg = drawn(item, "month", ["revenue"], **spec)
    (drawn_line,) = shapes(svg, "line", "reference")
    ticks = {t.text: (t.top + t.bottom) / 2 for t in texts(svg) if t.kind == "tick"}
    middle = (ticks["10"] + ticks["20"]) / 2
    assert drawn_line.number("y1") == pytest.approx(middle, abs=1.5)
    assert any(t.text.startswith("Mean 15") for t in texts(svg))


def test_small_multiples_share_one_scale_and_mute_all_but_the_message():
    rows = [
        [date(2024, i + 1, 1), region, factor * (i + 1.0)]
        for region, factor in (("EMEA", 1), ("APAC", 10), ("LATAM", 3))
        for i in range(6)
    ]
    item = result("r1", ["month", "region", "revenue"], rows)
    data, svg = drawn(item, "month", ["revenue"], facet="region", **highlight("EMEA"))
    assert {panel.chart.domain for panel in data.panels} == {(1.0, 60.0)}
    assert [panel.name for panel in data.panels] == ["APAC", "LATAM", "EMEA"]
    kinds_drawn = [s.kind for s in shapes(svg, "path", "line")]
    assert kinds_drawn == ["line quiet", "line quiet", "line on"]
    assert len(data.listed()) == 18


def test_marks_tell_the_cells_they_show():
    _, svg = drawn(parts(), "quarter", ["revenue"], kind=kinds.STACKED, series="product")
    rows = {mark.at["data-row"] for mark in shapes(svg, "g")}
    assert rows == {str(i) for i in range(16)}
    doubled = result("r1", ["g", "revenue"], [["a", 1.0], ["a", 2.0], ["b", 5.0]])
    _, svg = drawn(doubled, "g", ["revenue"], kind=kinds.BAR)
    assert 'data-rows="0 1"' in svg


def test_nf6_a_null_in_a_series_is_a_gap_in_every_kind():
    rows = months(6, lambda i: None if i == 2 else 5.0 + i, lambda i: 3.0 + i)
    item = result("r1", ["month", "revenue", "revenue_plan"], rows)
    _, svg = drawn(item, "month", ["revenue", "revenue_plan"], kind=kinds.LINE)
    assert len(shapes(svg, "path", "line")) == 3
    _, svg = drawn(item, "month", ["revenue", "revenue_plan"], kind=kinds.GROUPED)
    assert len(shapes(svg, "rect", "bar")) == 11 + 2


def bridge_of(before, after):
    rows = [[f"g{at}", now, was] for at, (was, now) in enumerate(zip(before, after, strict=True))]
    item = result("r1", ["segment", "revenue", "revenue_2024"], rows)
    return read(item, "segment", ["revenue"], kind=kinds.WATERFALL, compare="revenue_2024")


def test_a_bridge_of_small_changes_is_cut_below_them_and_says_where():
    data = bridge_of([200_000.0, 409_000.0], [190_000.0, 391_000.0])
    steps = steps_of(data)
    floor = floor_of(steps)
    assert 0 < floor < min(edge for s in steps[1:-1] for edge in (s.start, s.end))
    assert "550k" in with_floor(data).note or "560k" in with_floor(data).note


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([200.0, 400.0], [100.0, 800.0]),
        ([200.0, -400.0], [210.0, -390.0]),
        ([200.0, 400.0], [200.0, 400.0]),
    ],
)
def test_other_bridges_start_at_zero(before, after):
    data = bridge_of(before, after)
    assert floor_of(steps_of(data)) == 0.0
    assert with_floor(data) is data
