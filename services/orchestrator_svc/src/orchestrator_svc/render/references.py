"""Every reference of a slide with the path of its field: one that leads nowhere is named."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.text import UnknownReference, references, resolve
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.scene import Scene


def require_references(scene: Scene, slide: deck_pb2.Slide) -> None:
    """Raises RenderError naming slide and field for a reference to no value."""
    for field, ref in _references(slide):
        try:
            resolve(ref, scene.facts)
        except UnknownReference as unknown:
            raise RenderError.at(slide.id, field, unknown.message) from unknown


def _references(slide: deck_pb2.Slide) -> Iterator[tuple[str, fact_pb2.ValueRef]]:
    for number, kpi in enumerate(slide.kpis):
        yield f"kpis[{number}].value", kpi.value
    for field, text in _texts(slide):
        for ref in references(text):
            yield field, ref


def _texts(slide: deck_pb2.Slide) -> Iterator[tuple[str, fact_pb2.Text]]:
    for name in ("kicker", "headline", "caption", "notes"):
        yield name, getattr(slide, name)
    for name in ("headline_alternates", "footnotes"):
        for number, text in enumerate(getattr(slide, name)):
            yield f"{name}[{number}]", text
    for number, point in enumerate(slide.points):
        yield f"points[{number}].lead", point.lead
        yield f"points[{number}].text", point.text
        for at, alternate in enumerate(point.text_alternates):
            yield f"points[{number}].text_alternates[{at}]", alternate
    for number, kpi in enumerate(slide.kpis):
        yield f"kpis[{number}].label", kpi.label
        yield f"kpis[{number}].comparison", kpi.comparison
    for number, exhibit in enumerate(slide.exhibits):
        yield f"exhibits[{number}].caption", exhibit.caption
        for at, column in enumerate(exhibit.table.columns):
            yield f"exhibits[{number}].table.columns[{at}].heading", column.heading
