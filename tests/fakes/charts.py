"""Charts for tests: drawn from rows, and read back from their SVG by measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

from aislides.deck.v1 import deck_pb2, fact_pb2, result_pb2
from orchestrator_svc.deck.table import Table
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.draw import draw_chart
from orchestrator_svc.render.charts.read import read_chart
from orchestrator_svc.render.measure import BOLD, REGULAR, width
from orchestrator_svc.render.scene import Scene
from orchestrator_svc.render.themes import load_theme

WIDE = (760.0, 462.0)
NARROW = (350.0, 380.0)
THEME = load_theme("professional")


def scene_of(item: result_pb2.Result, facts: Any = (), locale: str = "en-GB") -> Scene:
    bundle = deck_pb2.DeckBundle(deck=deck_pb2.Deck(locale=locale), results=[item])
    return Scene(bundle, {f.id: f for f in facts}, {item.id: Table(item)}, THEME)


def read(item: result_pb2.Result, x: str, y: Any, **spec: Any) -> ChartData:
    facts, layout = spec.pop("facts", ()), spec.pop("layout", deck_pb2.LAYOUT_FINDING)
    filters, locale = spec.pop("filters", ()), spec.pop("locale", "en-GB")
    slide = deck_pb2.Slide(id="s1", layout=layout)
    slide.points.add(fact_ids=[fact.id for fact in facts])
    chart = deck_pb2.Chart(result_id=item.id, x=x, y=y, **spec)
    exhibit = deck_pb2.Exhibit(chart=chart, filters=filters)
    return read_chart(scene_of(item, facts, locale), slide, exhibit)


def drawn(
    item: result_pb2.Result, x: str, y: Any, *, size: Any = WIDE, **spec: Any
) -> tuple[ChartData, str]:
    data = read(item, x, y, **spec)
    return data, draw_chart(THEME, data, size, "title", "wide")


def highlight(*labels: str) -> dict[str, Any]:
    return {"highlights": [deck_pb2.Highlight(label=label) for label in labels]}


def fact_with(name: str, cell: Any, *, kind: Any = fact_pb2.FACT_KIND_LEVEL) -> fact_pb2.Fact:
    return fact_pb2.Fact(
        id="f1",
        kind=kind,
        values=[fact_pb2.FactValue(name=name, value=cell, label=name, format=_format_of(cell))],
    )


def _format_of(cell: Any) -> fact_pb2.Format:
    if cell.WhichOneof("kind") == "date":
        grain = fact_pb2.TIME_GRAIN_MONTH
        return fact_pb2.Format(kind=fact_pb2.FORMAT_KIND_DATE, grain=grain)
    if cell.WhichOneof("kind") == "text":
        return fact_pb2.Format(kind=fact_pb2.FORMAT_KIND_NAME)
    return fact_pb2.Format(kind=fact_pb2.FORMAT_KIND_NUMBER, decimals=1)


@dataclass(frozen=True)
class Written:
    """A text of a chart with its box, by the embedded font's measures."""

    text: str
    kind: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Shape:
    name: str
    kind: str
    at: dict[str, str]
    x: float
    y: float

    def number(self, name: str) -> float:
        return float(self.at[name])


def texts(svg: str) -> list[Written]:
    found = []
    for node, x0, y0 in _nodes(svg):
        if node.tag != "text":
            continue
        kind = node.get("class") or ""
        words = set(kind.split())
        size = THEME.size("axis" if words & {"tick", "callout"} else "label")
        bold = bool(words & {"value", "callout"}) or {"label", "on"} <= words
        wide = width(node.text or "", size, BOLD if bold else REGULAR)
        x, y = float(node.get("x", 0)) + x0, float(node.get("y", 0)) + y0
        left = x - {"end": wide, "middle": wide / 2}.get(node.get("text-anchor", ""), 0.0)
        box = (left, y - size * 0.76, left + wide, y + size * 0.22)
        found.append(Written(node.text or "", kind, *box))
    return found


def shapes(svg: str, name: str, kind: str = "") -> list[Shape]:
    wanted = set(kind.split())
    return [
        Shape(node.tag, node.get("class") or "", dict(node.attrib), x, y)
        for node, x, y in _nodes(svg)
        if node.tag == name and wanted <= set((node.get("class") or "").split())
    ]


def faults(svg: str) -> list[str]:
    """What no chart may have: text outside its frame or on other text, numbers that are none."""
    root = _root(svg)
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    found = []
    written = [item for item in texts(svg) if item.text.strip()]
    for item in written:
        outside = item.left < -0.6 or item.top < -0.6
        if outside or item.right > wide + 0.6 or item.bottom > high + 0.6:
            found.append(f"outside: {item}")
    for one, other in combinations(written, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        if across > 0.6 and down > 0.6:
            found.append(f"overlap of {across:.1f} x {down:.1f}: {one} {other}")
    for node, x0, y0 in _nodes(svg):
        for name, value in node.attrib.items():
            if name in _NUMERIC and not re.fullmatch(r"-?\d+(\.\d+)?", value):
                found.append(f"{node.tag} {name}={value}")
        if node.tag == "rect":
            x, y = float(node.attrib["x"]) + x0, float(node.attrib["y"]) + y0
            right, low = x + float(node.attrib["width"]), y + float(node.attrib["height"])
            if x < -0.6 or y < -0.6 or right > wide + 0.6 or low > high + 0.6:
                found.append(f"rect outside: {node.attrib}")
        if node.tag == "circle":
            x, y = float(node.attrib["cx"]) + x0, float(node.attrib["cy"]) + y0
            if not (-0.6 <= x <= wide + 0.6 and -0.6 <= y <= high + 0.6):
                found.append(f"circle outside: {node.attrib}")
        if node.tag == "path" and re.search(r"nan|inf|e[+-]", node.attrib["d"]):
            found.append(f"path {node.attrib['d'][:60]}")
    return found


_NUMERIC = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"}


def _nodes(svg: str) -> Any:
    """All elements with the offset that the groups around them add."""

    def walk(node: Any, x: float, y: float) -> Any:
        moved = re.match(r"translate\(([-\d.]+) ([-\d.]+)\)", node.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        yield node, x, y
        for child in node:
            yield from walk(child, x, y)

    return walk(_root(svg), 0.0, 0.0)


def _root(svg: str) -> Any:
    # HTML's attributes without a value are none of XML's.
    return ElementTree.fromstring(re.sub(r" data-tick(?=[ />])", "", svg))
