"""Any data, any labels, every kind, both sizes: drawn inside the frame, no text on another."""

from __future__ import annotations

import os
import re
from datetime import date

import pytest
from aislides.deck.v1 import deck_pb2, table_pb2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from orchestrator_svc.render.charts.draw import CHARTS, draw_chart
from orchestrator_svc.render.errors import RenderError

from fakes.charts import NARROW, THEME, WIDE, faults, highlight, read
from fakes.results import result

EXAMPLES = int(os.environ.get("CHART_EXAMPLES", "70"))
LABELS = [
    "EMEA",
    "Americas – enterprise and a very long name that goes on and on",
    "日本語の長いカテゴリ名がここに入ります",
    "שלום עולם مرحبا بالعالم",
    "👩‍👩‍👧‍👦 family " * 4,
    "x" * 300,
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7}",
    "\u202eevil\u2066 NUL\x00",
    "",
    "18–24",
    "25–34",
    "2024",
]
NUMBERS = st.one_of(
    st.none(),
    st.sampled_from([0.0, 1e-9, -1e-9, 1e15, -1e15, 1.0, 2.5, 100.0, 1e308, 5e-324]),
    st.floats(-1e6, 1e6),
    st.floats(allow_nan=True, allow_infinity=True),
)
XS = st.one_of(
    st.sampled_from(LABELS),
    st.text(max_size=30),
    st.none(),
)
ROWS = st.lists(st.tuples(XS, st.sampled_from(LABELS), NUMBERS, NUMBERS), max_size=24)
KINDS = st.sampled_from([0, *CHARTS])
SIZES = st.sampled_from([WIDE, NARROW, (1152.0, 462.0), (560.0, 300.0)])


def item_of(rows, *, names=("g", "s", "revenue", "plan_revenue")):
    item = result("r1", names, [list(row) for row in rows])
    for column in item.columns[2:]:
        column.type = table_pb2.COLUMN_TYPE_NUMBER
    return item


def checked(item, size, **spec):
    """Draws the chart, or is told why it cannot be; both are fine, a fault is not."""
    try:
        data = read(item, **spec)
    except RenderError as refused:
        assert str(refused).startswith("slides[s1].exhibits")
        return
    svg = draw_chart(THEME, data, size, "title", "wide")
    assert faults(svg) == []
    marks = re.sub(r"<(title|desc|text)[^>]*>.*?</\1>", "", svg, flags=re.DOTALL)
    assert not re.search(r"\b(nan|None|inf)\b", re.sub(r'data-\w+="[^"]*"', "", marks))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS, KINDS, SIZES, st.sampled_from(["", "s"]), st.booleans(), st.booleans())
def test_any_categories_are_drawn_inside_the_frame(rows, kind, size, series, compare, facet):
    spec = {"kind": kind, "series": series, "compare": "plan_revenue" if compare else ""}
    loud = highlight(*[str(row[0]) for row in rows[:2]])
    extra = {"facet": "s"} if facet and not series else {}
    checked(item_of(rows), size, x="g", y=["revenue"], **spec, **loud, **extra)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(LABELS), NUMBERS, NUMBERS), max_size=60),
    KINDS,
    SIZES,
    st.sampled_from(["", "s"]),
    st.booleans(),
)
def test_any_course_of_time_is_drawn_inside_the_frame(rows, kind, size, series, cut):
    dated = [(date(2022 + m // 12, m % 12 + 1, 1), *rest) for m, *rest in rows]
    item = item_of(dated, names=("month", "s", "revenue", "plan_revenue"))
    y = ["revenue"] if series else ["revenue", "plan_revenue"]
    spec = {"kind": kind, "series": series, "cut_baseline": cut, "last_period_partial": cut}
    checked(item, size, x="month", y=y, **spec)


@settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(XS, st.sampled_from(LABELS), NUMBERS, NUMBERS), max_size=40),
    st.sampled_from([deck_pb2.CHART_KIND_SCATTER, deck_pb2.CHART_KIND_HISTOGRAM]),
    SIZES,
    st.integers(1, 40),
)
def test_any_two_measures_are_drawn_inside_the_frame(rows, kind, size, times):
    loud = highlight(*[str(row[0]) for row in rows[:2]])
    checked(item_of(rows * times), size, x="revenue", y=["plan_revenue"], kind=kind, **loud)


@pytest.mark.parametrize("kind", [0, *CHARTS], ids=lambda kind: deck_pb2.ChartKind.Name(kind)[11:])
@pytest.mark.parametrize("rows", ["none", "one", "zero", "constant", "null", "widest", "many"])
def test_edges_of_data_are_drawn_or_named(rows, kind):
    data = {
        "none": [],
        "one": [("a", "s", 5.0, 4.0)],
        "zero": [(f"g{i}", "s", 0.0, 0.0) for i in range(6)],
        "constant": [(f"g{i}", "s", 7.5, 7.5) for i in range(6)],
        "null": [(f"g{i}", "s", None, None) for i in range(6)],
        "widest": [("a", "s", 1e15, -1e15), ("b", "s", 1e-9, 1e15), ("c", "s", -1e-9, 0.0)],
        "many": [(f"group {i}", f"s{i % 13}", float(i), float(-i)) for i in range(250)],
    }[rows]
    item = item_of(data)
    for size, spec in (
        (WIDE, {"y": ["revenue"]}),
        (NARROW, {"y": ["revenue", "plan_revenue"]}),
        (NARROW, {"y": ["revenue"], "series": "s"}),
        (WIDE, {"y": ["revenue"], "compare": "plan_revenue"}),
    ):
        checked(item, size, x="g", kind=kind, **spec)
