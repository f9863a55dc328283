"""The frame of every chart: an image with a name and a description, and labels that are text."""

from __future__ import annotations

from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.markup import Markup, attributes, escape, join, number, tag
from orchestrator_svc.render.phrases import phrases

_DESCRIBED = 24


def framed(drawing: Drawing, data: ChartData, title: str, variant: str) -> Markup:
    """An SVG of the drawing, shown as `wide` or `narrow`; tells which result its marks show."""
    return tag(
        "svg",
        tag("title", title),
        tag("desc", describe(data)),
        drawing.content,
        class_=f"chart {variant}",
        viewBox=f"0 0 {number(drawing.width)} {number(drawing.height)}",
        role="img",
        preserveAspectRatio="xMinYMin meet",
        data_result=data.table.id,
        data_column=data.series[0].column,
    )


# Labels, lines and rectangles are most of a chart: they are written without the general `tag`.
def label(
    text: str, x: float, y: float, kind: str, *, anchor: str = "start", **more: object
) -> Markup:
    """Text at a place; `kind` is its class."""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    at = f'x="{number(x)}" y="{number(y)}" class="{kind}"{place}{attributes(more)}'
    return Markup(f"<text {at}>{escape(text)}</text>")


def rule(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight line; `kind` is its class."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return Markup(f'<line {ends} class="{kind}"/>')


def mark(told: str, *content: object, **source: object) -> Markup:
    """Parts of one mark, with what its tooltip tells, and the cell that all of them show."""
    return Markup(f"<g{attributes(source)}><title>{escape(told)}</title>{join(*content)}</g>")


def block(x: float, y: float, width: float, height: float, kind: str, **more: object) -> Markup:
    """A rectangle; `kind` is its class."""
    box = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return Markup(f'<rect {box} class="{kind}"{attributes(more)}/>')


def describe(data: ChartData) -> str:
    """The chart in words, for those who do not see it."""
    if data.panels:
        groups = "; ".join(panel.name for panel in data.panels)
        return f"{data.names[0]} by {data.x}, one chart for each of: {groups}."
    if not data.points:
        return "There is no data."
    several = len(data.series) > 1
    items = []
    for point in data.points[: _DESCRIBED // len(data.series) + 1]:
        numbers = [data.shown(number) for number in point.numbers]
        if several:
            pairs = zip(data.names, numbers, strict=True)
            numbers = [", ".join(f"{name} {number}" for name, number in pairs)]
        items.append(f"{point.label}: {numbers[0]}")
    unit = f" ({data.unit})" if data.unit else ""
    more = len(data.points) - len(items)
    rest = f" And {more} more." if more > 0 else ""
    return f"{', '.join(data.names[:8])}{unit} by {data.x}. {'; '.join(items)}.{rest}"


def empty(look: Look, locale: str) -> Drawing:
    """What is drawn when there is nothing to draw."""
    text = label(
        phrases(locale)["no-data-mark"],
        look.width / 2,
        look.height / 2,
        "label quiet",
        anchor="middle",
    )
    return Drawing(look.width, look.height, join(text))
