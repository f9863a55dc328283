from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from aislides.deck.v1 import deck_pb2, fact_pb2, table_pb2
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_svc.render.charts.axes import spread_labels, value_ticks
from orchestrator_svc.render.charts.boxes import spread
from orchestrator_svc.render.measure import shorten, width, wrap

from fakes.charts import drawn, faults, read
from fakes.results import result


def rects(svg):
    found = re.findall(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
    return [tuple(map(float, item)) for item in found]


GROUPS = [["b", 5.0], ["a", 10.0], ["c", None], ["d", 2.5]]


def test_ch3_bars_are_sorted_and_start_at_zero():
    data, svg = drawn(result("r1", ["g", "n"], GROUPS), "g", ["n"])
    assert [p.label for p in data.points] == ["a", "b", "d", "c"]
    widths = [rect[2] for rect in rects(svg)]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.02)
    assert len({rect[0] for rect in rects(svg)}) == 1


def test_nf6_null_is_no_data_and_never_zero():
    _, svg = drawn(result("r1", ["g", "n"], GROUPS), "g", ["n"])
    assert "no data" in svg
    assert len(rects(svg)) == 3


def test_ch2_more_than_seven_categories_keep_the_emphasised_one():
    rows = [[f"g{i:02d}", float(100 - i)] for i in range(20)]
    item = result("r1", ["g", "n"], rows)
    data, _ = drawn(item, "g", ["n"], highlights=[deck_pb2.Highlight(label="g15")])
    assert len(data.points) == 7
    assert data.left_out == 13
    assert [p.label for p in data.points if p.emphasised] == ["g15"]


def test_filters_keep_rows_out_of_the_chart():
    item = result("r1", ["g", "n"], [["a", 1.0], ["b", 9.0], ["c", 3.0]])
    least = fact_pb2.RowFilter(
        column="n", operator=fact_pb2.FILTER_OPERATOR_AT_LEAST, value=table_pb2.Value(number=3)
    )
    data = read(item, "g", ["n"], filters=[least])
    assert [p.label for p in data.points] == ["b", "c"]


def months(values):
    return [[date(2024, i + 1, 1), value] for i, value in enumerate(values)]


def test_ch1_a_gap_in_time_stays_a_gap():
    rows = months([1.0, 2.0, None, 4.0, 5.0, 6.0])
    _, svg = drawn(result("r1", ["month", "n"], rows), "month", ["n"])
    assert svg.count('class="line on"') == 2


def test_time_with_five_points_is_a_line_and_with_fewer_columns():
    many = result("r1", ["month", "n"], months([1.0] * 6))
    few = result("r1", ["month", "n"], months([1.0, 2.0, 3.0]))
    assert "<path" in drawn(many, "month", ["n"])[1]
    assert len(rects(drawn(few, "month", ["n"])[1])) == 3


def test_dr1_series_are_named_at_their_ends_apart_from_each_other():
    rows = [[date(2024, i + 1, 1), 10.0 + i, 10.2 + i, 9.9 + i] for i in range(6)]
    item = result("r1", ["month", "north", "south", "west"], rows)
    _, svg = drawn(item, "month", ["north", "south", "west"])
    heights = [
        float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)" class="value s\d"', svg)
    ]
    assert len(heights) == 3
    ordered = sorted(heights)
    assert min(b - a for a, b in pairwise(ordered)) >= 15 * 1.35 - 0.2


@given(
    low=st.floats(-1e12, 1e12),
    span=st.floats(1e-6, 1e12),
)
def test_dr5_ticks_are_round_cover_the_range_and_hold_zero(low, span):
    ticks = value_ticks(low, low + span)
    slack = 1e-6 * (ticks[-1] - ticks[0])
    assert ticks[0] <= min(low, 0) + slack
    assert ticks[-1] >= max(low + span, 0) - slack
    assert 2 <= len(ticks) <= 10
    assert any(abs(tick) < 1e-9 * max(1.0, abs(ticks[-1]), abs(ticks[0])) for tick in ticks)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_dr1_labels_are_moved_apart_within_bounds_and_the_rest_left_out(places):
    moved = spread(places, [1.0] * len(places), 10, 0, 100)
    ordered = sorted(place for place in moved if place is not None)
    assert len(ordered) == min(len(places), 11)
    assert all(b - a >= 10 - 1e-6 for a, b in pairwise(ordered))
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 100 + 1e-6


@given(st.text(max_size=80), st.floats(30, 400), st.sampled_from([12.5, 15.0, 30.0]))
def test_wrapped_lines_fit_and_lose_no_word(text, room, size):
    lines = wrap(text, room, size, 600)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line, size, 600) <= room or len(line) == 1
    assert width(shorten(text, room, size), size) <= room or len(shorten(text, room, size)) <= 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=60),
            st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True)),
        ),
        min_size=0,
        max_size=30,
    ),
    st.sampled_from(
        [deck_pb2.CHART_KIND_BAR, deck_pb2.CHART_KIND_COLUMN, deck_pb2.CHART_KIND_LINE]
    ),
    st.sampled_from([(760.0, 462.0), (350.0, 380.0)]),
)
def test_any_data_draws_without_leftovers_inside_its_frame(rows, kind, size):
    item = result("r1", ["g", "n"], [list(row) for row in rows])
    item.columns[1].type = table_pb2.COLUMN_TYPE_NUMBER
    _, svg = drawn(item, "g", ["n"], kind=kind, size=size)
    assert faults(svg) == []


def test_spread_labels_show_the_first_and_never_touch():
    labels = [f"Label {i}" for i in range(40)]
    shown = spread_labels(labels, 400, 14)
    assert shown[0] == 0
    assert len(shown) * (width("Label 39", 14) + 10) <= 400 + width("Label 39", 14)
