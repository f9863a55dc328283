"""Exhibits: a caption that defines, then the chart in two sizes or the table."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.formats import display, format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import from_python
from orchestrator_svc.render.charts.choose import draw_chart
from orchestrator_svc.render.charts.data import (
    ChartData,
    highlighted_rows,
    kept_rows,
    read_chart,
    show_number,
)
from orchestrator_svc.render.charts.svg import Size
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.fit import cut_to_lines
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.measure import BOLD, shorten, wrap
from orchestrator_svc.render.scene import Scene, require_column

MOST_ROWS: Final = 8


def exhibit(scene: Scene, slide: deck_pb2.Slide, wide: Size, narrow: Size) -> Markup:
    """The first exhibit of the slide with its caption. Raises RenderError without one."""
    if not slide.exhibits:
        raise RenderError.at(slide.id, "exhibits", "this layout needs an exhibit")
    first = slide.exhibits[0]
    if first.HasField("table"):
        return _table(scene, slide, first)
    data = read_chart(scene, slide, first)
    caption, lost = _caption(scene, slide, first, data, wide[0])
    wide = (wide[0], wide[1] - lost)
    title = scene.plain(slide.headline)
    kind = first.chart.kind
    return join(
        caption,
        draw_chart(scene, slide, kind, data, wide, title, "wide"),
        draw_chart(scene, slide, kind, data, narrow, title, "narrow"),
        _left_out(data),
    )


def _caption(
    scene: Scene, slide: deck_pb2.Slide, shown: deck_pb2.Exhibit, data: ChartData, room: float
) -> tuple[Markup, float]:
    """The caption, and the height that it takes beyond its usual one line."""
    text = shown.caption if shown.caption.spans else slide.caption
    if text.spans:
        caption = scene.rich(text)
    else:
        by = label_for_column(data.table, data.x)
        caption = join(f"{data.names[0][:1].upper()}{data.names[0][1:]} by {by}")
    plain = scene.plain(text).lower() if text.spans else ""
    unit = data.unit
    words = {"min": "minute", "%": "share", "h": "hour", "s": "second"}
    named = not unit or unit.lower() in plain or words.get(unit, unit).lower() in plain
    named = named or (unit == "%" and "percent" in plain)
    said = unit if not named else ""
    size = scene.theme.size("caption")
    whole = f"{plain or data.names[0]}, {said}"
    lines = len(wrap(whole, room * 0.97, size, BOLD))
    if lines > 2:
        caption = join(cut_to_lines(scene.plain(text), room - 80, size, BOLD, 2))
    more = size * 1.3 if lines > 1 else 0.0
    kind = "caption two" if lines > 1 else "caption"
    return tag("p", caption, f", {said}" if said else "", class_=kind), more


def _left_out(data: ChartData) -> Markup | None:
    if not data.left_out:
        return None
    total = data.left_out + len(data.points)
    text = f"{len(data.points)} of {total} shown"
    return tag("p", text, class_="left-out", data_count=True)


def _table(scene: Scene, slide: deck_pb2.Slide, shown: deck_pb2.Exhibit) -> Markup:
    spec = shown.table
    field = "exhibits.table"
    table = scene.table(slide, f"{field}.result_id", spec.result_id)
    names = [require_column(slide, f"{field}.columns", table, item.column) for item in spec.columns]
    if not names:
        raise RenderError.at(slide.id, f"{field}.columns", "name at least one column")
    rows = _sorted(table, spec, names, kept_rows(table, shown.filters))
    emphasised = highlighted_rows(scene, table, names[0], spec.highlights)
    limit = min(spec.max_rows or MOST_ROWS, MOST_ROWS)
    left_out = len(rows) - limit
    formats = {
        name: item.format if item.HasField("format") else format_for_column(table, name)
        for name, item in zip(names, spec.columns, strict=True)
    }
    room = 760 if slide.points else 1152
    widest = room / len(names) - 26
    head = tag(
        "tr",
        *(
            tag(
                "th",
                _heading(scene, table, item, formats[item.column]),
                scope="col",
                class_="number" if table.is_numeric(item.column) and position else None,
            )
            for position, item in enumerate(spec.columns)
        ),
    )
    body = [
        _row(scene, table, names, formats, row, widest, emphasised=row in emphasised)
        for row in rows[:limit]
    ]
    said = shown.caption if shown.caption.spans else slide.caption
    size = scene.theme.size("caption")
    fits = len(wrap(scene.plain(said), room * 0.97, size, BOLD)) <= 2
    caption = (
        scene.rich(said) if fits else join(cut_to_lines(scene.plain(said), room, size, BOLD, 2))
    )
    note = (
        tag("p", f"{limit} of {len(rows)} rows shown", class_="left-out", data_count=True)
        if left_out > 0
        else None
    )
    return join(
        tag(
            "table",
            tag("caption", caption, class_="caption"),
            tag("thead", head),
            tag("tbody", *body),
        ),
        note,
    )


def _heading(
    scene: Scene, table: Table, item: deck_pb2.TableColumn, fmt: fact_pb2.Format
) -> Markup:
    if item.heading.spans:
        return scene.rich(item.heading)
    label = label_for_column(table, item.column)
    numeric = fmt.kind in (fact_pb2.FORMAT_KIND_NUMBER, fact_pb2.FORMAT_KIND_CURRENCY)
    unit = f", {fmt.unit}" if numeric and fmt.unit else ""
    return join(shorten(label[:1].upper() + label[1:] + unit, 260, 15, BOLD))


def _row(
    scene: Scene,
    table: Table,
    names: list[str],
    formats: dict[str, fact_pb2.Format],
    row: int,
    widest: float,
    *,
    emphasised: bool,
) -> Markup:
    cells = []
    for position, name in enumerate(names):
        source = {"data_result": table.id, "data_row": row, "data_column": name}
        if table.is_numeric(name) and position:
            text = show_number(table.numbers(name)[row], formats[name], scene.locale)
            text = "–" if text == "no data" else text
            cells.append(tag("td", text, class_="number", **source))
        else:
            text = display(from_python(table.column(name)[row]), formats[name], scene.locale)
            kind = "th" if position == 0 else "td"
            scope = "row" if position == 0 else None
            cut = shorten(text, widest, scene.theme.size("body"), BOLD)
            title = text if cut != text else None
            cells.append(tag(kind, cut, scope=scope, title=title, **source))
    return tag("tr", *cells, class_="on" if emphasised else None)


def _sorted(
    table: Table, spec: deck_pb2.TableExhibit, names: list[str], rows: list[int]
) -> list[int]:
    numeric = [name for name in names[1:] if table.is_numeric(name)]
    by = spec.sort_by if spec.sort_by in table else (numeric[0] if numeric else "")
    if not by or spec.sort in (deck_pb2.SORT_NONE, deck_pb2.SORT_UNSPECIFIED):
        return rows
    numbers = table.numbers(by)
    sign = 1 if spec.sort == deck_pb2.SORT_ASCENDING else -1
    return sorted(rows, key=lambda row: (numbers[row] is None, sign * (numbers[row] or 0.0), row))
