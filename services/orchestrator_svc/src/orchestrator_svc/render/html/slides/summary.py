"""The executive summary: key figures on cards, and three statements."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.locales import NBSP
from orchestrator_svc.deck.text import UnknownReference, print_value, resolve
from orchestrator_svc.deck.values import number_of, to_python
from orchestrator_svc.render.charts.edges import partial_edges
from orchestrator_svc.render.charts.sparkline import sparkline
from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.fit.text import SLACK, cut_to_lines
from orchestrator_svc.render.html.slides.readings import statements
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.measure import BOLD, width, wrap
from orchestrator_svc.render.scene import Scene, require_column

CARD_ROOM: Final = 222.0
"""Width in px for what stands on one of four cards."""
SIGNS: Final = ("+", "−")
STEPS: Final = (("", "kpi"), (" card-medium", "headline"), (" card-small", "statement"))
"""Classes and sizes of a card's figure, the usual one first; all cards take the same."""


def summary(scene: Scene, fitted: Fitted) -> Markup:
    """Cards above, statements below."""
    slide = fitted.slide
    figures = [_figure(scene, kpi) for kpi in slide.kpis]
    step = max((_step(scene, *figure) for figure in figures), default=0)
    labels = [_label(scene, kpi) for kpi in slide.kpis]
    size = scene.theme.size("caption")
    tall = any(len(wrap(label, CARD_ROOM * SLACK, size, BOLD)) > 1 for label in labels)
    cards = join(
        *(
            tag(
                "div",
                tag("div", label, class_="card-label"),
                _value(scene, kpi, figure, step),
                _change(scene, kpi),
                _spark(scene, slide, kpi),
                class_="card",
            )
            for kpi, label, figure in zip(slide.kpis, labels, figures, strict=True)
        )
    )
    kind = f"box cards of-{len(slide.kpis)}{' tall-labels' if tall else ''}"
    body = tag("div", statements(scene, slide.points), class_="box statements")
    return join(tag("div", cards, class_=kind), body)


def _label(scene: Scene, kpi: deck_pb2.Kpi) -> str:
    value = resolve(kpi.value, scene.facts)
    words = scene.plain(kpi.label) if kpi.label.spans else _sentence_case(value.label)
    return cut_to_lines(words, CARD_ROOM, scene.theme.size("caption"), BOLD, 2)


def _figure(scene: Scene, kpi: deck_pb2.Kpi) -> tuple[str, str, str]:
    """What stands before the number, the number, and what stands after it."""
    value = resolve(kpi.value, scene.facts)
    return _parts(value, print_value(value, scene.locale))


def _step(scene: Scene, before: str, number: str, after: str) -> int:
    """Position of the largest step at which a figure fits its card."""
    beside = width(f"{before} {after} ", scene.theme.size("body"))
    for position, (_, token) in enumerate(STEPS):
        if width(number, scene.theme.size(token), BOLD) + beside <= CARD_ROOM:
            return position
    return len(STEPS) - 1


def _value(scene: Scene, kpi: deck_pb2.Kpi, figure: tuple[str, str, str], step: int) -> Markup:
    """The figure at the step that all cards share, its unit small."""
    before, number, after = figure
    kind, token = STEPS[step]
    number = cut_to_lines(number, CARD_ROOM, scene.theme.size(token), BOLD, 2)
    small = "card-unit"
    shown = join(
        join(tag("span", before, class_=small), NBSP) if before else None,
        number,
        join("" if after == "%" else " ", tag("span", after, class_=small)) if after else None,
    )
    return tag("div", scene.figure(kpi.value, shown), class_=f"card-value{kind}")


def _parts(value: fact_pb2.FactValue, shown: str) -> tuple[str, str, str]:
    """The printed figure in three: unit before, number, unit after. Names and dates stay whole."""
    if value.format.kind in (
        fact_pb2.FORMAT_KIND_NAME,
        fact_pb2.FORMAT_KIND_DATE,
        fact_pb2.FORMAT_KIND_HOUR,
    ):
        return "", shown, ""
    unit = value.format.unit
    if unit and shown.endswith(unit):
        return "", shown[: -len(unit)].rstrip(), unit
    sign = shown[:1] if shown[:1] in SIGNS else ""
    if unit and shown.startswith(sign + unit):
        return sign + unit, shown[len(sign + unit) :].lstrip(), ""
    return ("", shown[:-1].rstrip(), "%") if shown.endswith("%") else ("", shown, "")


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
    numbers, edges = table.numbers(y), partial_edges(scene.facts.values(), table, x)
    cut = {one for one in (edges.first, edges.last) if one is not None}
    cells = table.column(x)
    return sparkline([numbers[row] for row in order if cells[row] not in cut])


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
