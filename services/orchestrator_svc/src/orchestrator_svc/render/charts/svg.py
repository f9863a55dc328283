"""The frame of every chart: an image with a name and a description, and labels that are text."""

from __future__ import annotations

from typing import Any

from orchestrator_svc.render.charts.data import ChartData, Point
from orchestrator_svc.render.markup import Markup, join, number, tag

Size = tuple[float, float]


def chart(size: Size, title: str, description: str, *content: object, variant: str) -> Markup:
    """An SVG of this size in px, shown as `wide` or `narrow`."""
    wide, high = size
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        *content,
        class_=f"chart {variant}",
        viewBox=f"0 0 {number(wide)} {number(high)}",
        role="img",
        preserveAspectRatio="xMinYMin meet",
    )


def label(
    text: str, x: float, y: float, kind: str, *, anchor: str = "start", **attributes: object
) -> Markup:
    """Text at a place; `kind` is its class."""
    place = None if anchor == "start" else anchor
    return tag("text", text, x=x, y=y, class_=kind, text_anchor=place, **attributes)


def describe(data: ChartData) -> str:
    """The chart in words, for those who do not see it."""
    first = data.points[0] if data.points else None
    if first is None:
        return "There is no data."
    items = "; ".join(f"{point.label}: {point.shown[0]}" for point in data.points[:24])
    unit = f" ({data.unit})" if data.unit else ""
    return f"{data.names[0]}{unit} by {data.x}. {items}."


def cell(data: ChartData, point: Point, measure: int = 0) -> dict[str, Any]:
    """Attributes that tell which cell of which result a printed number is."""
    return {
        "data_result": data.table.id,
        "data_row": point.row,
        "data_column": data.measures[measure],
    }


def empty(size: Size, title: str, variant: str) -> Markup:
    """What is drawn when there is nothing to draw."""
    text = label("no data", size[0] / 2, size[1] / 2, "label", anchor="middle")
    return chart(size, title, "There is no data.", join(text), variant=variant)
