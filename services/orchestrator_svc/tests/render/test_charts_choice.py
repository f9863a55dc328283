"""Which chart is drawn: what suits the data, what is asked for where it is true, else why not."""

from __future__ import annotations

from datetime import date

import pytest
from aislides.deck.v1 import deck_pb2, fact_pb2
from orchestrator_svc.render.charts import kinds
from orchestrator_svc.render.errors import RenderError

from fakes.charts import drawn, fact_with, read, shapes
from fakes.results import result, value


def months(count, *columns):
    return [[date(2024 + i // 12, i % 12 + 1, 1), *(c(i) for c in columns)] for i in range(count)]


def over(names, series, per=3.0):
    rows = [[n, s, per + i + j] for i, n in enumerate(names) for j, s in enumerate(series)]
    return result("r1", ["g", "s", "revenue"], rows)


BARS = result("r1", ["g", "revenue"], [["b", 5.0], ["a", 10.0], ["c", 2.5]])
COURSE = result("r1", ["month", "revenue"], months(12, lambda i: 5.0 + i))
BANDS = result("r1", ["age", "customers"], [["65+", 3], ["18–24", 9], ["25–34", 7], ["<18", 2]])
PLANNED = result("r1", ["g", "revenue", "revenue_plan"], [["a", 5.0, 4.0], ["b", 3.0, 4.0]])
RELATED = result("r1", ["name", "spend", "score"], [[f"n{i}", i * 1.5, 9.0 - i] for i in range(12)])
MEANS = result(
    "r1", ["quarter", "s", "avg_delay"], [[f"2025-Q{q}", s, 5.5] for q in (1, 2) for s in "ab"]
)


@pytest.mark.parametrize(
    ("item", "spec", "kind"),
    [
        (BARS, {"x": "g", "y": ["revenue"]}, kinds.BAR),
        (COURSE, {"x": "month", "y": ["revenue"]}, kinds.LINE),
        (BANDS, {"x": "age", "y": ["customers"]}, kinds.COLUMN),
        (PLANNED, {"x": "g", "y": ["revenue"], "compare": "revenue_plan"}, kinds.BULLET),
        (PLANNED, {"x": "g", "y": ["revenue", "revenue_plan"]}, kinds.DOT),
        (RELATED, {"x": "spend", "y": ["score"]}, kinds.SCATTER),
        (over("ab", "xyz"), {"x": "g", "y": ["revenue"], "series": "s"}, kinds.GROUPED),
        (over("abcdef", "uvwxyz"), {"x": "g", "y": ["revenue"], "series": "s"}, kinds.HEAT_MAP),
        (
            over(["2025-Q1", "2025-Q2", "2025-Q3"], "xyz"),
            {"x": "g", "y": ["revenue"], "series": "s"},
            kinds.STACKED,
        ),
        (
            over([f"{y}" for y in range(2018, 2026)], "xyz"),
            {"x": "g", "y": ["revenue"], "series": "s"},
            kinds.LINE,
        ),
        (MEANS, {"x": "quarter", "y": ["avg_delay"], "series": "s"}, kinds.SLOPE),
    ],
)
def test_the_kind_left_open_follows_from_the_data(item, spec, kind):
    assert read(item, **spec).kind == kind


def test_a_contribution_is_a_waterfall_and_so_is_a_bridge():
    fact = fact_with("part", value(1.0), kind=fact_pb2.FACT_KIND_CONTRIBUTION)
    spec = {"x": "g", "y": ["revenue"], "compare": "revenue_plan"}
    assert read(PLANNED, facts=[fact], **spec).kind == kinds.WATERFALL
    assert read(PLANNED, layout=deck_pb2.LAYOUT_BRIDGE, **spec).kind == kinds.WATERFALL


@pytest.mark.parametrize(
    ("asked", "item", "spec", "kind"),
    [
        (kinds.LINE, BARS, {"x": "g", "y": ["revenue"]}, kinds.BAR),
        (kinds.BAR, COURSE, {"x": "month", "y": ["revenue"]}, kinds.COLUMN),
        (kinds.AREA, BARS, {"x": "g", "y": ["revenue"]}, kinds.BAR),
        (kinds.STACKED, MEANS, {"x": "quarter", "y": ["avg_delay"], "series": "s"}, kinds.GROUPED),
        (kinds.SCATTER, BARS, {"x": "g", "y": ["revenue"]}, kinds.DOT),
        (kinds.HEAT_MAP, COURSE, {"x": "month", "y": ["revenue"]}, kinds.COLUMN),
        (kinds.BULLET, BARS, {"x": "g", "y": ["revenue"]}, kinds.BAR),
        (kinds.SLOPE, COURSE, {"x": "month", "y": ["revenue"]}, kinds.LINE),
        (kinds.WATERFALL, MEANS, {"x": "quarter", "y": ["avg_delay"], "series": "s"}, kinds.SLOPE),
    ],
)
def test_a_kind_that_would_mislead_gives_way_to_one_that_is_true(asked, item, spec, kind):
    data, svg = drawn(item, kind=asked, **spec)
    assert data.kind == kind
    assert "<title>title</title>" in svg


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([["a", 5.0], ["b", 3.0], ["c", 2.0]], kinds.PIE),
        ([["a", 5.0], ["b", -3.0]], kinds.BAR),
        ([["a", 5.0], ["b", None]], kinds.BAR),
        ([["a", 98.0], ["b", 2.0]], kinds.BAR),
        ([[f"g{i}", 5.0] for i in range(6)], kinds.BAR),
        ([["a", 5.0]], kinds.BAR),
        ([["a", 0.0], ["b", 0.0]], kinds.BAR),
    ],
)
def test_ch5_a_pie_only_within_its_rules(rows, kind):
    data = read(result("r1", ["g", "revenue"], rows), "g", ["revenue"], kind=kinds.PIE)
    assert data.kind == kind


def test_ch5_parts_of_means_and_of_cut_results_are_no_pie():
    rows = [["a", 5.0], ["b", 3.0]]
    means = result("r1", ["g", "avg_delay"], rows)
    assert read(means, "g", ["avg_delay"], kind=kinds.PIE).kind == kinds.BAR
    cut = result("r1", ["g", "revenue"], rows, row_count=50, truncated=True)
    assert read(cut, "g", ["revenue"], kind=kinds.PIE).kind == kinds.BAR


def test_ch3_classes_with_an_order_of_their_own_keep_it():
    assert [p.label for p in read(BANDS, "age", ["customers"]).points] == [
        "<18",
        "18–24",
        "25–34",
        "65+",
    ]
    sizes = result("r1", ["size", "n"], [["High", 1.0], ["Low", 5.0], ["Medium", 3.0]])
    assert [p.label for p in read(sizes, "size", ["n"]).points] == ["Low", "Medium", "High"]
    named = result("r1", ["product", "n"], [["3M tape", 1.0], ["7-Up", 5.0], ["Zinc", 3.0]])
    assert [p.label for p in read(named, "product", ["n"]).points] == ["7-Up", "Zinc", "3M tape"]


def test_ch6_measures_of_another_unit_are_not_put_on_the_same_axis():
    rows = months(6, lambda i: 5.5 + i, lambda i: 100 + i)
    item = result("r1", ["month", "avg_delay_minutes", "flights"], rows)
    data = read(item, "month", ["avg_delay_minutes", "flights"])
    assert data.names == ("average delay",)
    assert data.note == "Not drawn, as its unit differs: flights"


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        ({"x": "nope", "y": ["revenue"]}, "x"),
        ({"x": "g", "y": ["nope"]}, "y"),
        ({"x": "g", "y": []}, "y"),
        ({"x": "g", "y": ["g"]}, "y"),
        ({"x": "g", "y": ["revenue"], "series": "nope"}, "series"),
        ({"x": "g", "y": ["revenue"], "facet": "nope"}, "facet"),
        ({"x": "g", "y": ["revenue"], "compare": "g"}, "compare"),
    ],
)
def test_a_wrong_request_names_the_slide_and_the_field(spec, field):
    with pytest.raises(RenderError, match=rf"slides\[s1\]\.exhibits\.chart\.{field}: "):
        read(BARS, **spec)


def test_sums_of_means_are_refused_by_name():
    rows = [["a", "x", 5.5], ["a", "x", 6.5], ["b", "x", 1.5]]
    item = result("r1", ["g", "s", "avg_delay"], rows)
    with pytest.raises(RenderError, match=r"exhibits\.chart\.series: .*sums of 'avg_delay'"):
        read(item, "g", ["avg_delay"], series="s")


def test_rows_of_a_period_that_a_column_tells_apart_become_series():
    rows = [[date(2024, m, 1), s, 5.5 + m] for m in range(1, 7) for s in ("EWR", "JFK")]
    item = result("r1", ["month", "origin", "avg_delay"], rows)
    data, svg = drawn(item, "month", ["avg_delay"])
    assert data.names == ("EWR", "JFK")
    assert len(shapes(svg, "path", "line")) == 2
