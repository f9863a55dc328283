"""The executive summary: key figures on cards, and three statements."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.text import UnknownReference, print_value, resolve
from orchestrator_svc.deck.values import number_of, to_python
from orchestrator_svc.render.charts.sparkline import sparkline
from orchestrator_svc.render.fit import cut_to_lines
from orchestrator_svc.render.html.slides.readings import statements
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.measure import BOLD, width, wrap
from orchestrator_svc.render.scene import Scene, require_column

CARD_ROOM: Final = 222.0
"""Width in px for what stands on one of four cards."""


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
    words = scene.plain(kpi.label) if kpi.label.spans else _sentence_case(value.label)
    label = cut_to_lines(words, CARD_ROOM, scene.theme.size("caption"), BOLD, 2)
    shown, step = _value(scene, value)
    return tag(
        "div",
        tag("div", label, class_="card-label"),
        tag("div", scene.figure(kpi.value, shown), class_=f"card-value{step}"),
        _change(scene, kpi),
        _spark(scene, slide, kpi),
        class_="card",
    )


def _value(scene: Scene, value: fact_pb2.FactValue) -> tuple[Markup, str]:
    """The figure, its unit small, and the class of the largest step at which it fits the card."""
    shown = print_value(value, scene.locale)
    number, unit = _split(value, shown)
    beside = width(f" {unit}", scene.theme.size("body")) if unit else 0.0
    step = " card-small"
    for wider, token in (("", "kpi"), (" card-medium", "headline"), (" card-small", "statement")):
        if width(number, scene.theme.size(token), BOLD) + beside <= CARD_ROOM:
            step = wider
            break
    else:
        number = cut_to_lines(number, CARD_ROOM, scene.theme.size("statement"), BOLD, 2)
    if not unit:
        return join(number), step
    space = "" if unit == "%" else " "
    return join(number, space, tag("span", unit, class_="card-unit")), step


def _split(value: fact_pb2.FactValue, shown: str) -> tuple[str, str]:
    """The number and its unit; names, dates and money stay whole."""
    if value.format.kind in (
        fact_pb2.FORMAT_KIND_NAME,
        fact_pb2.FORMAT_KIND_DATE,
        fact_pb2.FORMAT_KIND_HOUR,
    ):
        return shown, ""
    unit = value.format.unit
    if unit and shown.endswith(unit):
        return shown[: -len(unit)].rstrip(), unit
    return (shown[:-1].rstrip(), "%") if shown.endswith("%") else (shown, "")


def _change(scene: Scene, kpi: deck_pb2.Kpi) -> Markup | None:
    if not kpi.HasField("change"):
        if not kpi.comparison.spans:
            return None
        plain = scene.plain(kpi.comparison)
        size = scene.theme.size("caption")
        fits = len(wrap(plain, CARD_ROOM, size, BOLD)) <= 2
        said = scene.rich(kpi.comparison) if fits else cut_to_lines(plain, CARD_ROOM, size, BOLD, 2)
        return tag("div", said, class_="card-change")
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
