"""Heat map: two classes crossed, the amount as shade and, where it fits, as number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from orchestrator_svc.render.charts.axes import spread_labels
from orchestrator_svc.render.charts.data import ChartData, source_of
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.shades import STEPS, shade_for
from orchestrator_svc.render.charts.svg import block, empty, label, mark
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import BOLD, REGULAR, shorten, width

_LABEL_SHARE: Final = 0.3
_HIGHEST: Final = 52.0
_SLIT: Final = 2.0
_SWATCH: Final = 22.0


def heat_map(data: ChartData, look: Look) -> Drawing:
    """The chart: a row for each series, a column for each category."""
    known = list(data.numbers())
    if not known:
        return empty(look, data.locale)
    shade = shade_for(min(known), max(known))
    names = [
        (shorten(s.name, look.width * _LABEL_SHARE - 10, look.label, _weight(s.emphasised)), s)
        for s in data.series
    ]
    left = max(width(text, look.label, _weight(s.emphasised)) for text, s in names) + 10
    wide = (look.width - left) / len(data.points)
    texts = {number: data.shown(number) for number in known} if wide > look.axis * 1.5 else {}
    widest = max((width(text, look.axis) for text in texts.values()), default=look.width)
    labelled = widest <= wide - _SLIT - 4
    legend = 0.0 if labelled else look.axis * 2.2
    below = look.axis * 1.8 + legend
    lowest = look.label * 1.3
    high = max(lowest, min(_HIGHEST, (look.height - below) / len(data.series)))
    drawn: list[Markup | None] = []
    for row, (name, series) in enumerate(names):
        top = row * high
        kind = "label on" if series.emphasised else "label"
        drawn.append(label(name, 0, top + high / 2 + look.label * 0.35, kind))
        for column, point in enumerate(data.points):
            number = point.numbers[row]
            x = left + column * wide
            drawn.append(
                _cell(data, column, row, (x, top, wide, high), shade, number, labelled, look)
            )
    bottom = high * len(data.series)
    drawn.append(_columns(data, left, wide, bottom, look))
    if not labelled:
        drawn.append(_legend(data, min(known), max(known), bottom + look.axis * 1.8, look))
    return Drawing(look.width, bottom + below, join(*drawn))


def _cell(
    data: ChartData,
    column: int,
    row: int,
    box: tuple[float, float, float, float],
    shade: Callable[[float], str],
    number: float | None,
    labelled: bool,
    look: Look,
) -> Markup | None:
    x, top, wide, high = box
    point = data.points[column]
    middle, baseline = x + (wide - _SLIT) / 2, top + high / 2 + look.axis * 0.35
    if number is None:
        return label("–", middle, baseline, "tick", anchor="middle") if labelled else None
    kind, shown, source = shade(number), data.shown(number), source_of(data, point, row)
    return mark(
        f"{data.series[row].name}, {point.label}: {shown}",
        block(x, top, max(1.0, wide - _SLIT), high - _SLIT, f"cell {kind}"),
        label(shown, middle, baseline, f"tick in {kind}", anchor="middle") if labelled else None,
        **source,
    )


def _columns(data: ChartData, left: float, wide: float, bottom: float, look: Look) -> Markup:
    """Names of the columns: all, cut to their width, or as many as fit."""
    labels = [point.tick for point in data.points]
    if wide >= look.axis * 3 and not data.is_time:
        shown = list(range(len(labels)))
        labels = [shorten(text, wide - 6, look.axis) for text in labels]
    else:
        shown = spread_labels(labels, look.width - left, look.axis)
        labels = [shorten(text, (look.width - left) / 2, look.axis) for text in labels]
    written, free_from = [], 0.0
    for position in shown:
        half = width(labels[position], look.axis) / 2
        at = min(max(left + wide * (position + 0.5), half), look.width - half)
        if at - half < free_from:
            continue
        free_from = at + half + 4
        y = bottom + look.axis * 1.2
        written.append(label(labels[position], at, y, "tick", anchor="middle", data_tick=True))
    return join(*written)


def _legend(data: ChartData, low: float, high: float, top: float, look: Look) -> Markup:
    """The shades from the lowest number to the highest."""
    first, last = data.shown(low), data.shown(high)
    baseline = top + look.axis
    start = width(first, look.axis) + 8
    both = low < 0 < high
    kinds = [f"n{step}" for step in range(STEPS, 0, -1)] if both else []
    kinds += [f"q{step}" for step in range(1, STEPS + 1)]
    room = look.width - start - width(last, look.axis) - 12
    swatch = min(_SWATCH, room / len(kinds))
    swatches = [
        block(start + place * swatch, top + 2, swatch - 1, look.axis * 0.9, f"cell {kind}")
        for place, kind in enumerate(kinds)
    ]
    end = start + len(kinds) * swatch + 7
    return join(label(first, 0, baseline, "tick"), *swatches, label(last, end, baseline, "tick"))


def _weight(emphasised: bool) -> int:
    return BOLD if emphasised else REGULAR
