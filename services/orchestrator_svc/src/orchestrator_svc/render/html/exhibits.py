"""Exhibits: a caption that defines, then the chart in two sizes with its data, or the table."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.render.bridge import read_bridge
from orchestrator_svc.render.charts.data import ChartData, Point, cell
from orchestrator_svc.render.charts.draw import draw_chart
from orchestrator_svc.render.charts.read import read_chart
from orchestrator_svc.render.charts.steps import with_floor
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.fit.text import SLACK, cut_to_lines
from orchestrator_svc.render.html.tables import table_exhibit
from orchestrator_svc.render.layout import CAPTION_STEP, CHART_NARROW, DATA_BUTTON, Box, chart_size
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.measure import BOLD, shorten, wrap
from orchestrator_svc.render.scene import Scene

MOST_DATA_ROWS: Final = 48
_LONG_UNITS: Final = {"min": "minute", "%": "share", "h": "hour", "s": "second"}


def exhibit(scene: Scene, slide: deck_pb2.Slide, position: int, place: Box) -> Markup:
    """An exhibit of the slide in the room of a box. Raises RenderError where there is none."""
    if position >= len(slide.exhibits):
        raise RenderError.at(slide.id, "exhibits", "this layout needs an exhibit")
    shown = slide.exhibits[position]
    if shown.WhichOneof("kind") is None:
        field = f"exhibits[{position}]"
        raise RenderError.at(slide.id, field, "an exhibit needs a chart or a table")
    if shown.HasField("table"):
        return table_exhibit(scene, slide, shown, place)
    data = _read(scene, slide, shown)
    caption, lost = _caption(scene, slide, shown, data, place.width - DATA_BUTTON)
    wide, high = chart_size(place)
    title = scene.plain(slide.headline)
    return join(
        caption,
        draw_chart(scene.theme, data, (wide, high - lost), title, "wide"),
        draw_chart(scene.theme, data, CHART_NARROW, title, "narrow"),
        _note(scene, data, wide),
        _data(scene, data),
    )


def _read(scene: Scene, slide: deck_pb2.Slide, shown: deck_pb2.Exhibit) -> ChartData:
    bridge = None
    if shown.chart.kind == deck_pb2.CHART_KIND_WATERFALL:
        bridge = read_bridge(scene, slide, shown.chart)
    data = bridge or read_chart(scene, slide, shown)
    return with_floor(data) if data.kind == deck_pb2.CHART_KIND_WATERFALL else data


def _note(scene: Scene, data: ChartData, room: float) -> Markup | None:
    """What is not drawn, on one line."""
    if not data.note:
        return None
    said = shorten(data.note, room * SLACK, scene.theme.size("footer"))
    return tag("p", said, class_="left-out", data_count=True)


def _caption(
    scene: Scene, slide: deck_pb2.Slide, shown: deck_pb2.Exhibit, data: ChartData, room: float
) -> tuple[Markup, float]:
    """The caption, and the height that it takes beyond its usual one line."""
    text = shown.caption if shown.caption.spans else slide.caption
    said = scene.plain(text) or _described(data)
    unit = _unit_to_add(data, said)
    size = scene.theme.size("caption")
    lines = len(wrap(said + unit, room * SLACK, size, BOLD))
    caption = scene.rich(text) if text.spans else join(said)
    if lines > 2:
        caption = join(cut_to_lines(said, room - 80, size, BOLD, 2))
    kind = "caption two" if lines > 1 else "caption"
    return tag("p", caption, unit, class_=kind), CAPTION_STEP if lines > 1 else 0.0


def _described(data: ChartData) -> str:
    name = data.names[0]
    return f"{name[:1].upper()}{name[1:]} by {label_for_column(data.table, data.x)}"


def _unit_to_add(data: ChartData, said: str) -> str:
    """The unit after a comma, unless the caption names it; empty for none."""
    unit, plain = data.unit, said.lower()
    percent = unit == "%" and "percent" in plain
    named = not unit or unit.lower() in plain or _LONG_UNITS.get(unit, unit).lower() in plain
    return "" if named or percent else f", {unit}"


def _data(scene: Scene, data: ChartData) -> Markup | None:
    """What the chart draws, as a table that opens on request and without any script."""
    listed = data.listed()
    if not listed:
        return None
    unit = f", {data.unit}" if data.unit else ""
    head = tag(
        "tr",
        tag("th", label_for_column(data.table, data.x), scope="col"),
        *(tag("th", name + unit, scope="col", class_="number") for name in data.names),
    )
    rows = [_data_row(data, name, point) for name, point in listed[:MOST_DATA_ROWS]]
    left = len(listed) - MOST_DATA_ROWS
    more = (
        tag("p", scene.say("more", count=left), class_="left-out", data_count=True)
        if left > 0
        else None
    )
    table = tag("table", tag("thead", head), tag("tbody", *rows), data_result=data.table.id)
    scroll = tag(
        "div", table, more, class_="rows", tabindex=0, role="region", aria_label=scene.say("data")
    )
    return tag("details", tag("summary", scene.say("view-data")), scroll, class_="data")


def _data_row(data: ChartData, name: str, point: Point) -> Markup:
    """One category; its row stands at the `tr` where all its cells share it."""
    sources = [cell(data, point, series) for series in range(len(point.numbers))]
    rows = {(source["data_row"], source["data_rows"]) for source in sources}
    shared = {key: sources[0][key] for key in ("data_row", "data_rows")} if len(rows) == 1 else {}
    cells = []
    for source, number in zip(sources, point.numbers, strict=True):
        own = {key: value for key, value in source.items() if key not in shared}
        own.pop("data_result")
        cells.append(tag("td", data.shown(number), class_="number", **own))
    return tag("tr", tag("th", name, scope="row", data_tick=not shared), *cells, **shared)
