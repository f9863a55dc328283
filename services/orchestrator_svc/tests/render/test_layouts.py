"""Every kind of slide: what it holds, and what it refuses."""

from __future__ import annotations

import re

import pytest
from aislides.deck.v1 import deck_pb2
from every_layout import every_layout
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.html import render_html
from orchestrator_svc.render.html.slides import BODIES
from orchestrator_svc.render.layout import BOXES


def sections(bundle):
    html = render_html(bundle).decode()
    found = re.findall(r'<section id="(s\d+)" class="slide ([\w -]+)".*?>(.*?)</section>', html)
    return {name: (kind.split(), body) for name, kind, body in found}


@pytest.fixture(scope="module")
def drawn():
    return sections(every_layout())


def of_kind(drawn, kind):
    return [body for kinds, body in drawn.values() if kinds[0] == kind]


def test_ly7_every_layout_has_boxes_and_a_drawing():
    layouts = {
        name.removeprefix("LAYOUT_").lower().replace("_", "-")
        for name, _ in deck_pb2.Layout.items()
        if name != "LAYOUT_UNSPECIFIED"
    }
    assert layouts | {"words"} == BOXES.keys()
    assert set(BODIES) | {"cover"} == BOXES.keys()


def test_every_layout_is_drawn(drawn):
    assert {kinds[0] for kinds, _ in drawn.values()} == BOXES.keys() - {"words"}
    for _, body in drawn.values():
        assert re.search(r"<h[12][^>]*>.+?</h[12]>", body)


def test_ly5_a_table_has_bars_in_cells_a_total_and_an_emphasised_row(drawn):
    full, split = of_kind(drawn, "full-width")[-1], of_kind(drawn, "table")[0]
    for body in (full, split):
        assert body.count("cell-bar") == 4
        assert 'data-row="total" data-column="total_revenue_usd">4,584<' in body
        assert body.count('<tr class="on">') == 1
        assert "<caption" in body
        assert 'scope="row"' in body


def test_a_comparison_has_two_exhibits_with_their_own_captions(drawn):
    for body in of_kind(drawn, "comparison"):
        captions = re.findall(r'<p class="caption">(.*?)</p>', body)
        assert captions == ["Average departure delay by month, min", "Flights by month"]


def test_ch4_small_multiples_show_each_group_by_name(drawn):
    (body,) = of_kind(drawn, "small-multiples")
    wide = body.split('class="chart narrow"')[0]
    assert all(f">{region}<" in wide for region in ("East", "West", "Central", "South"))


def test_a_bridge_compares_the_spans_of_its_fact(drawn):
    (body,) = of_kind(drawn, "bridge")
    # East: 4.3 x 402 in the later year.
    assert "1,729" in body
    assert "2023" in body
    rows = re.findall(r'data-rows="([\d ]+)"', body)
    assert "16 20 24 28" in rows


def test_a_recommendation_numbers_its_actions_without_typing_figures(drawn):
    (body,) = of_kind(drawn, "recommendation")
    assert body.count('<li class="action">') == 3
    assert not re.search(r">\d", body.split('class="box rule"')[0])


def test_limits_tell_rows_gaps_and_days_of_each_query(drawn):
    (body,) = of_kind(drawn, "limits")
    basis = body.split("What the figures rest on")[1]
    assert basis.count("<tr ") == 4
    assert re.search(r"revenue|question of r3.*?>32<", basis)
    assert "21 Nov 2026" in basis


def test_no_data_tells_the_question_and_why(drawn):
    (body,) = of_kind(drawn, "no-data")
    assert "How did revenue and delays develop" in body
    assert body.count('class="statement"') == 2


def test_the_appendix_tells_question_sql_rows_time_and_columns(drawn):
    body = of_kind(drawn, "appendix")[-1]
    for told in ("question of r3", "SELECT quarter", "32 rows", " s<", "total_revenue_usd: USD"):
        assert told in body


def test_ax2_each_chart_has_its_data_as_a_table(drawn):
    for _, body in drawn.values():
        charts, opened = body.count('class="chart wide"'), body.count('<details class="data">')
        assert charts == opened


@pytest.mark.parametrize(
    ("number", "spoil", "field", "words"),
    [
        (3, lambda s: setattr(s, "layout", 0), "layout", "LAYOUT_UNSPECIFIED"),
        (3, lambda s: setattr(s, "layout", 99), "layout", "99"),
        (3, lambda s: s.ClearField("headline"), "headline", "needs a headline"),
        (3, lambda s: s.ClearField("exhibits"), "exhibits", "needs an exhibit"),
        (3, lambda s: s.exhibits[0].ClearField("chart"), "exhibits[0]", "a chart or a table"),
        (3, lambda s: s.exhibits[0].chart.ClearField("y"), "exhibits.chart.y", "measured"),
        (3, lambda s: s.exhibits[0].chart.y.append("month"), "exhibits.chart.y", "number"),
        (6, lambda s: s.exhibits[0].table.ClearField("columns"), "exhibits.table.columns", "one"),
        (6, lambda s: setattr(s.exhibits[0].table, "sort_by", "x"), "exhibits.table.sort_by", "x"),
        (8, lambda s: s.exhibits.pop(), "exhibits", "two exhibits"),
        (10, lambda s: setattr(s.exhibits[0].chart, "facet", "x"), "exhibits.chart.facet", "x"),
        (11, lambda s: setattr(s.exhibits[0].chart, "x", "x"), "exhibits.chart.x", "x"),
        (2, lambda s: setattr(s.kpis[0].value, "name", "x"), "kpis[0].value", "x"),
        (3, lambda s: s.points[1].text.CopyFrom(parse_text("{f9.x}")), "points[1].text", "f9.x"),
        (
            2,
            lambda s: s.kpis[0].sparkline.CopyFrom(deck_pb2.Sparkline(result_id="r1", x="x")),
            "kpis.sparkline.x",
            "x",
        ),
    ],
)
def test_a_spec_that_cannot_be_drawn_names_slide_and_field(number, spoil, field, words):
    bundle = every_layout()
    slide = bundle.deck.slides[number - 1]
    spoil(slide)
    with pytest.raises(RenderError, match=words) as refused:
        render_html(bundle)
    assert refused.value.field_violations[0].field == f"slides[{slide.id}].{field}"
