"""Tables: rows sorted, bars in cells, sums at the bottom, what stands out tinted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.formats import display, format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import from_python
from orchestrator_svc.facts.roles import roles_of
from orchestrator_svc.render.charts.numbers import show_number
from orchestrator_svc.render.charts.rows import highlighted_rows, kept_rows
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.fit.text import SLACK, cut_to_lines
from orchestrator_svc.render.layout import Box
from orchestrator_svc.render.markup import Markup, join, shape, tag
from orchestrator_svc.render.measure import BOLD, shorten, width, wrap
from orchestrator_svc.render.scene import Scene, require_column

MOST_ROWS: Final = 8
MOST_COLUMNS: Final = 6
ROW_HEIGHTS: Final = (63.0, 47.1)
"""Wide lines where all of them have room, else close ones."""
AROUND_ROWS: Final = 150.0
"""Height of caption, headings and the line about rows that are left out, at their tallest."""
CELL_PADDING: Final = 26.0
BAR_SHARE: Final = 0.4
_FIELD: Final = "exhibits.table"


def table_exhibit(
    scene: Scene, slide: deck_pb2.Slide, shown: deck_pb2.Exhibit, place: Box
) -> Markup:
    """The table with its caption. Raises RenderError naming the field at fault."""
    drawn = _Drawing(scene, slide, shown, place.width)
    rows = drawn.rows()
    total = drawn.total(rows) if shown.table.total_row else None
    wide, close = (
        int((place.height - AROUND_ROWS) / each) - (total is not None) for each in ROW_HEIGHTS
    )
    limit = min(shown.table.max_rows or MOST_ROWS, MOST_ROWS, close)
    body = [drawn.row(row) for row in rows[:limit]]
    roomy = len(body) <= wide
    left = len(rows) - limit
    note = (
        tag(
            "p",
            scene.say("rows-shown", count=limit, total=len(rows)),
            class_="left-out",
            data_count=True,
        )
        if left > 0
        else None
    )
    return join(
        tag(
            "table",
            tag("caption", drawn.caption(), class_="caption"),
            tag("thead", drawn.head()),
            tag("tbody", *body),
            tag("tfoot", total) if total else None,
            class_="roomy" if roomy else None,
        ),
        note,
    )


class _Drawing:
    """One table while it is drawn: its columns, their formats and widths, decided once."""

    def __init__(
        self, scene: Scene, slide: deck_pb2.Slide, shown: deck_pb2.Exhibit, room: float
    ) -> None:
        self.scene, self.slide, self.shown, self.room = scene, slide, shown, room
        self.spec = shown.table
        self.table = scene.table(slide, f"{_FIELD}.result_id", self.spec.result_id)
        self.columns = list(self.spec.columns)[:MOST_COLUMNS]
        self.names = [
            require_column(slide, f"{_FIELD}.columns", self.table, item.column)
            for item in self.columns
        ]
        if not self.names:
            raise RenderError.at(slide.id, f"{_FIELD}.columns", "name at least one column")
        for item in shown.filters:
            require_column(slide, "exhibits.filters", self.table, item.column)
        if self.spec.sort_by:
            require_column(slide, f"{_FIELD}.sort_by", self.table, self.spec.sort_by)
        self.formats = {
            name: item.format if item.HasField("format") else format_for_column(self.table, name)
            for name, item in zip(self.names, self.columns, strict=True)
        }
        self.bars = [
            item.bar and position > 0 and self.table.is_numeric(item.column)
            for position, item in enumerate(self.columns)
        ]
        share = BAR_SHARE if any(self.bars) else 0.0
        self.widest = room * (1 - share) / len(self.names) - CELL_PADDING
        self.emphasised = highlighted_rows(scene, self.table, self.names[0], self.spec.highlights)

    def caption(self) -> Markup:
        """What the table shows, on two lines at most."""
        said = self.shown.caption if self.shown.caption.spans else self.slide.caption
        size = self.scene.theme.size("caption")
        plain = self.scene.plain(said)
        if len(wrap(plain, self.room * SLACK, size, BOLD)) <= 2:
            return self.scene.rich(said)
        return join(cut_to_lines(plain, self.room, size, BOLD, 2))

    def rows(self) -> list[int]:
        """The rows that are kept, in their order."""
        kept = kept_rows(self.table, self.shown.filters)
        return _sorted(self.table, self.spec, self.names, kept)

    def head(self) -> Markup:
        """The headings; a bar stands before its number, without one."""
        cells: list[Markup] = []
        for position, item in enumerate(self.columns):
            number = self.table.is_numeric(item.column) and position > 0
            if self.bars[position]:
                cells.append(tag("td", "", class_="bar-cell"))
            kind = "number" if number else None
            cells.append(tag("th", self._heading(item), scope="col", class_=kind))
        return tag("tr", *cells)

    def row(self, row: int) -> Markup:
        """One row; the first cell is its name."""
        on = row in self.emphasised
        cells: list[Markup] = []
        for position, name in enumerate(self.names):
            if self.bars[position]:
                cells.append(self._bar(name, row, on=on))
            cells.append(self._cell(name, row, first=position == 0))
        return tag("tr", *cells, class_="on" if on else None)

    def total(self, rows: Sequence[int]) -> Markup | None:
        """Sums of the columns that can be summed; None when there is none."""
        if not self.table.complete:
            fault = "rows are missing, so nothing is totalled"
            raise RenderError.at(self.slide.id, f"{_FIELD}.total_row", fault)
        additive = {item.name for item in roles_of(self.table).measures if item.additive}
        if not additive & set(self.names[1:]):
            return None
        cells = [tag("th", self.scene.say("total"), scope="row")]
        for position, name in enumerate(self.names[1:], start=1):
            if self.bars[position]:
                cells.append(tag("td", "", class_="bar-cell"))
            if name not in additive:
                cells.append(tag("td", ""))
                continue
            numbers = self.table.numbers(name)
            summed = sum(numbers[row] or 0.0 for row in rows)
            text = show_number(summed, self.formats[name], self.scene.locale)
            source = {"data_result": self.table.id, "data_row": "total", "data_column": name}
            cells.append(tag("td", text, class_="number", **source))
        return tag("tr", *cells)

    def _heading(self, item: deck_pb2.TableColumn) -> Markup:
        size = self.scene.theme.size("caption")
        if item.heading.spans:
            plain = self.scene.plain(item.heading)
            if width(plain, size, BOLD) <= self.widest:
                return self.scene.rich(item.heading)
            return join(cut_to_lines(plain, self.widest, size, BOLD, 2))
        fmt = self.formats[item.column]
        label = label_for_column(self.table, item.column)
        measured = fmt.kind in (fact_pb2.FORMAT_KIND_NUMBER, fact_pb2.FORMAT_KIND_CURRENCY)
        unit = f", {fmt.unit}" if measured and fmt.unit else ""
        words = f"{label[:1].upper()}{label[1:]}{unit}"
        return join(cut_to_lines(words, self.widest, size, BOLD, 2))

    def _cell(self, name: str, row: int, *, first: bool) -> Markup:
        source = {"data_result": self.table.id, "data_row": row, "data_column": name}
        fmt = self.formats[name]
        if self.table.is_numeric(name) and not first:
            number = self.table.numbers(name)[row]
            text = "–" if number is None else show_number(number, fmt, self.scene.locale)
            kind = " ".join(["number", *_mood(fmt, number)])
            return tag("td", text, class_=kind, **source)
        text = display(from_python(self.table.column(name)[row]), fmt, self.scene.locale)
        cut = shorten(text, self.widest, self.scene.theme.size("body"), BOLD)
        title = text[:400] if cut != text else None
        scope = "row" if first else None
        return tag("th" if first else "td", cut, scope=scope, title=title, **source)

    def _bar(self, name: str, row: int, *, on: bool) -> Markup:
        """The number as a bar from a common zero; decoration, as the number stands beside it."""
        numbers = [value for value in self.table.numbers(name) if value is not None]
        low, high = min([0.0, *numbers]), max([0.0, *numbers])
        value = self.table.numbers(name)[row]
        if value is None or high == low:
            return tag("td", "", class_="bar-cell")
        unit = 100 / (high - low)
        left = (min(value, 0.0) - low) * unit
        bar = shape(
            "rect",
            x=left,
            y=0,
            width=max(0.5, abs(value) * unit),
            height=20,
            class_="bar on" if on else "bar",
        )
        drawn = tag(
            "svg",
            bar,
            class_="cell-bar",
            viewBox="0 0 100 20",
            preserveAspectRatio="none",
            aria_hidden="true",
        )
        return tag("td", drawn, class_="bar-cell")


def _mood(fmt: fact_pb2.Format, number: float | None) -> list[str]:
    """Good or bad for changes whose direction has a meaning; the sign says the same."""
    if not fmt.signed or not number or fmt.polarity == fact_pb2.POLARITY_UNSPECIFIED:
        return []
    better = fmt.polarity == fact_pb2.POLARITY_MORE_IS_BETTER
    return ["good" if (number > 0) == better else "bad"]


def _sorted(
    table: Table, spec: deck_pb2.TableExhibit, names: Sequence[str], rows: list[int]
) -> list[int]:
    numeric = [name for name in names[1:] if table.is_numeric(name)]
    by = spec.sort_by if spec.sort_by in table else (numeric[0] if numeric else "")
    if not by or spec.sort in (deck_pb2.SORT_NONE, deck_pb2.SORT_UNSPECIFIED):
        return rows
    numbers = table.numbers(by)
    sign = 1 if spec.sort == deck_pb2.SORT_ASCENDING else -1
    return sorted(rows, key=lambda row: (numbers[row] is None, sign * (numbers[row] or 0.0), row))
