"""From a model's JSON slide to the spec, and back for a repair round.

The schema has been checked before; what is read here is meaning: references, layouts, exhibits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.text import parse_text, template

_LAYOUTS: Final = {
    "cover": deck_pb2.LAYOUT_COVER,
    "summary": deck_pb2.LAYOUT_SUMMARY,
    "finding": deck_pb2.LAYOUT_FINDING,
    "full_width": deck_pb2.LAYOUT_FULL_WIDTH,
    "table": deck_pb2.LAYOUT_TABLE,
    "comparison": deck_pb2.LAYOUT_COMPARISON,
    "small_multiples": deck_pb2.LAYOUT_SMALL_MULTIPLES,
    "bridge": deck_pb2.LAYOUT_BRIDGE,
    "recommendation": deck_pb2.LAYOUT_RECOMMENDATION,
    "limits": deck_pb2.LAYOUT_LIMITS,
}
_CHARTS: Final = {
    "line": deck_pb2.CHART_KIND_LINE,
    "bar": deck_pb2.CHART_KIND_BAR,
    "column": deck_pb2.CHART_KIND_COLUMN,
    "stacked": deck_pb2.CHART_KIND_STACKED_COLUMN,
    "slope": deck_pb2.CHART_KIND_SLOPE,
    "waterfall": deck_pb2.CHART_KIND_WATERFALL,
}
_SORTS: Final = {
    "desc": deck_pb2.SORT_DESCENDING,
    "asc": deck_pb2.SORT_ASCENDING,
    "none": deck_pb2.SORT_NONE,
}
_REFERENCE: Final = re.compile(r"\{?\s*([A-Za-z]\w*)\.([a-z]\w*)\s*\}?\Z")


def slide_from_json(data: Mapping[str, Any], slide_id: str) -> deck_pb2.Slide:
    """The slide that a schema-valid JSON object describes, named `slide_id`."""
    slide = deck_pb2.Slide(
        id=slide_id,
        layout=_LAYOUTS[data["layout"]],
        headline=parse_text(data["headline"].strip().rstrip(".")),
    )
    if data.get("kicker"):
        slide.kicker.CopyFrom(parse_text(data["kicker"]))
    if data.get("caption"):
        slide.caption.CopyFrom(parse_text(data["caption"]))
    if data.get("notes"):
        slide.notes.CopyFrom(parse_text(data["notes"]))
    for name in data.get("kpis", ()):
        slide.kpis.add(value=_reference(name))
    for point in data.get("points", ()):
        slide.points.add(
            lead=parse_text(point["lead"].strip().rstrip(".")),
            text=parse_text(point["text"]),
            fact_ids=list(point["facts"]),
        )
    for name in ("exhibit", "second"):
        if data.get(name):
            slide.exhibits.append(_exhibit(data[name]))
    if slide.layout == deck_pb2.LAYOUT_COMPARISON and len(slide.exhibits) < 2:
        slide.layout = deck_pb2.LAYOUT_FINDING
    return slide


def slide_to_json(slide: deck_pb2.Slide) -> dict[str, Any]:
    """The slide in the model's grammar, for a repair round."""
    layouts = {number: name for name, number in _LAYOUTS.items()}
    data: dict[str, Any] = {
        "layout": layouts.get(slide.layout, "finding"),
        "headline": template(slide.headline),
    }
    if slide.HasField("caption"):
        data["caption"] = template(slide.caption)
    if slide.kpis:
        data["kpis"] = [f"{kpi.value.fact_id}.{kpi.value.name}" for kpi in slide.kpis]
    if slide.points:
        data["points"] = [
            {
                "lead": template(point.lead),
                "text": template(point.text),
                "facts": list(point.fact_ids),
            }
            for point in slide.points
        ]
    for name, exhibit in zip(("exhibit", "second"), slide.exhibits, strict=False):
        data[name] = _exhibit_to_json(exhibit)
    if slide.HasField("notes"):
        data["notes"] = template(slide.notes)
    return data


def _reference(text: str) -> fact_pb2.ValueRef:
    match = _REFERENCE.match(text.strip())
    if match is None:
        # Kept as written: the verifier reports it as an unknown reference.
        return fact_pb2.ValueRef(fact_id=text.strip()[:60], name="")
    return fact_pb2.ValueRef(fact_id=match[1], name=match[2])


def _highlight(text: str) -> deck_pb2.Highlight:
    if text.strip().startswith("{") and _REFERENCE.match(text.strip()):
        return deck_pb2.Highlight(value=_reference(text))
    return deck_pb2.Highlight(label=text)


def _exhibit(data: Mapping[str, Any]) -> deck_pb2.Exhibit:
    exhibit = _shown(data)
    if data.get("caption"):
        exhibit.caption.CopyFrom(parse_text(data["caption"]))
    return exhibit


def _shown(data: Mapping[str, Any]) -> deck_pb2.Exhibit:
    highlights = [_highlight(text) for text in data.get("highlight", ())]
    sort = _SORTS.get(data.get("sort", ""), deck_pb2.SORT_UNSPECIFIED)
    if data["kind"] == "table":
        return deck_pb2.Exhibit(
            table=deck_pb2.TableExhibit(
                result_id=data["result"],
                columns=[deck_pb2.TableColumn(column=data["x"])]
                + [
                    deck_pb2.TableColumn(column=name, bar=position == 0)
                    for position, name in enumerate(data["y"])
                ],
                sort=sort,
                sort_by=data["y"][0] if sort != deck_pb2.SORT_NONE else "",
                highlights=highlights,
            )
        )
    # A slope has one panel: what splits it are its lines.
    split = "series" if data["kind"] == "slope" else "facet"
    return deck_pb2.Exhibit(
        chart=deck_pb2.Chart(
            kind=_CHARTS[data["kind"]],
            result_id=data["result"],
            x=data["x"],
            y=list(data["y"]),
            sort=sort,
            highlights=highlights,
            **{split: data.get("facet", "")},
        )
    )


def _exhibit_to_json(exhibit: deck_pb2.Exhibit) -> dict[str, Any]:
    data = _shown_to_json(exhibit)
    if exhibit.caption.spans:
        data["caption"] = template(exhibit.caption)
    return data


def _shown_to_json(exhibit: deck_pb2.Exhibit) -> dict[str, Any]:
    sorts = {number: name for name, number in _SORTS.items()}
    if exhibit.HasField("table"):
        table = exhibit.table
        names = [column.column for column in table.columns]
        return {
            "kind": "table",
            "result": table.result_id,
            "x": names[0],
            "y": names[1:],
            "sort": sorts.get(table.sort, "none"),
            "highlight": [_highlight_to_text(item) for item in table.highlights],
        }
    chart = exhibit.chart
    kinds = {number: name for name, number in _CHARTS.items()}
    split = chart.facet or chart.series
    facet = {"facet": split} if split else {}
    return {
        **facet,
        "kind": kinds.get(chart.kind, "bar"),
        "result": chart.result_id,
        "x": chart.x,
        "y": list(chart.y),
        "sort": sorts.get(chart.sort, "none"),
        "highlight": [_highlight_to_text(item) for item in chart.highlights],
    }


def _highlight_to_text(highlight: deck_pb2.Highlight) -> str:
    if highlight.HasField("value"):
        return f"{{{highlight.value.fact_id}.{highlight.value.name}}}"
    return highlight.label
