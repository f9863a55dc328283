"""The executive summary: key figures on cards, and three statements."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.text import UnknownReference, print_value, resolve
from orchestrator_svc.deck.values import number_of, to_python
from orchestrator_svc.render.charts.sparkline import sparkline
from orchestrator_svc.render.html.slides.readings import statements
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene, require_column


def summary(scene: Scene, slide: deck_pb2.Slide, lines: int) -> Markup:
    """Cards above, statements below."""
    del lines
    cards = join(*(_card(scene, slide, kpi) for kpi in slide.kpis))
    body = tag("div", statements(scene, slide.points), class_="box statements")
    if not slide.kpis:
        return body
    return join(tag("div", cards, class_=f"box cards of-{len(slide.kpis)}"), body)


def _card(scene: Scene, slide: deck_pb2.Slide, kpi: deck_pb2.Kpi) -> Markup:
    value = resolve(kpi.value, scene.facts)
    label = scene.rich(kpi.label) if kpi.label.spans else join(_sentence_case(value.label))
    return tag(
        "div",
        tag("div", label, class_="card-label"),
        tag("div", scene.figure(kpi.value, _split(scene, value)), class_="card-value"),
        _change(scene, kpi),
        _spark(scene, slide, kpi),
        class_="card",
    )


def _split(scene: Scene, value: fact_pb2.FactValue) -> Markup:
    """The number large and its unit small; names and dates stay whole."""
    shown = print_value(value, scene.locale)
    kind = value.format.kind
    if kind in (fact_pb2.FORMAT_KIND_NAME, fact_pb2.FORMAT_KIND_DATE, fact_pb2.FORMAT_KIND_HOUR):
        return tag("span", shown, class_="card-name" if len(shown) > 9 else None)
    unit = value.format.unit
    if unit and shown.endswith(unit):
        number = shown[: -len(unit)].rstrip()
        return join(number, " ", tag("span", unit, class_="card-unit"))
    if shown.endswith("%"):
        return join(shown[:-1].rstrip(), tag("span", "%", class_="card-unit"))
    return join(shown)


def _change(scene: Scene, kpi: deck_pb2.Kpi) -> Markup | None:
    if not kpi.HasField("change"):
        beside = scene.rich(kpi.comparison)
        return tag("div", beside, class_="card-change") if beside else None
    try:
        value = resolve(kpi.change, scene.facts)
    except UnknownReference:
        return None
    number = number_of(to_python(value.value))
    if number is None:
        return tag("div", "n/a", class_="card-change")
    arrow = "▲" if number > 0 else "▼" if number < 0 else "■"
    shown = scene.figure(kpi.change, join(print_value(value, scene.locale)))
    compared = scene.rich(kpi.comparison)
    return tag(
        "div", f"{arrow} ", shown, " ", compared, class_=f"card-change {_mood(value, number)}"
    )


def _mood(value: fact_pb2.FactValue, number: float) -> str:
    if not number or value.format.polarity == fact_pb2.POLARITY_UNSPECIFIED:
        return ""
    more_is_better = value.format.polarity == fact_pb2.POLARITY_MORE_IS_BETTER
    return "good" if (number > 0) == more_is_better else "bad"


def _spark(scene: Scene, slide: deck_pb2.Slide, kpi: deck_pb2.Kpi) -> Markup | None:
    if not kpi.HasField("sparkline"):
        return None
    line = kpi.sparkline
    table = scene.table(slide, "kpis.sparkline.result_id", line.result_id)
    x = require_column(slide, "kpis.sparkline.x", table, line.x)
    y = require_column(slide, "kpis.sparkline.y", table, line.y)
    axis = table.axis(x)
    order = list(range(len(table)))
    if axis is not None:
        keys = axis.keys
        order.sort(key=lambda row: (keys[row] is None, keys[row] or 0.0))
    numbers = table.numbers(y)
    return sparkline([numbers[row] for row in order])


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
