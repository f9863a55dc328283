"""Write a deck: a write payload in, the deck's JSON out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aislides_analyst.writing.advice import advise
from aislides_analyst.writing.columns import named
from aislides_analyst.writing.exhibits import breakdown
from aislides_analyst.writing.material import Material, read_material
from aislides_analyst.writing.slides import Slide, Teller
from aislides_analyst.writing.story import Story, find_story, pick

_SUMMARY_FROM = 4
_MOST_SPLITS = 4
_MOST_MEASURES = 2
_ADVICE_FROM = 6
_LEAST = 2


def write(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the deck for a write payload: {"title": str, "slides": [...]}.

    At most `max_slides` slides (10 when missing). Figures and names from the data are references
    to values of the payload's facts; nothing else is claimed. Never raises on odd payloads.
    """
    material = read_material(payload)
    story = find_story(material)
    slides = _slides(material, story) if material.facts else _no_finding(material)
    deck: dict[str, Any] = {"title": _title(material, story)}
    subtitle = ", ".join(filter(None, (material.only, _subtitle(story))))
    return {**deck, **({"subtitle": subtitle} if subtitle else {}), "slides": slides}


def _slides(material: Material, story: Story) -> list[Slide]:
    """Cover, summary, findings, what to look into, limits: as many as there is room for."""
    room = material.max_slides
    advice = advise(story, material) if room >= _ADVICE_FROM else []
    closing = int(room > _LEAST)
    summary = int(room >= _SUMMARY_FROM and len(story.findings) > 1)
    # One figure is told by the cover; several have a slide.
    summary = summary or int(not story.findings and len(story.levels) > 1)
    left = max(0, room - 1 - summary - closing - bool(advice))
    findings = pick(story.findings, left)
    teller = Teller(material, story, findings)
    slides = [teller.cover()]
    if summary:
        slides.append(teller.summary(findings or list(story.findings)))
    slides += [teller.finding(f) for f in findings]
    if advice:
        slides.append(teller.recommendation(advice))
    if closing:
        slides.append(teller.limits())
    return slides[:room]


def _no_finding(material: Material) -> list[Slide]:
    slides: list[Slide] = [
        {"layout": "cover", "headline": "The data gave no clear finding for this question"},
        {
            "layout": "limits",
            "headline": "No statement is made: no pattern could be shown",
            "points": [
                {
                    "lead": "What came back",
                    "text": "The queries and their rows are in the appendix.",
                    "facts": [],
                },
                {
                    "lead": "What could help",
                    "text": "A longer period or another breakdown may show more.",
                    "facts": [],
                },
            ],
        },
    ]
    return slides[: material.max_slides]


def _title(material: Material, story: Story) -> str:
    """Measure and breakdowns of the findings, in words."""
    columns = [f.result.column(f.message.measure) for f in story.findings]
    columns += [
        material.results[f.result].column(f.measure)
        for f in story.levels[:1]
        if f.result in material.results and not columns
    ]
    measures = list(dict.fromkeys(named(c) for c in columns if c))[:_MOST_MEASURES]
    if not measures:
        return "Findings from the data"
    found = [f for f in story.findings if f.result.column(f.message.by)]
    by = [breakdown(f.result, f.message.by) for f in found]
    splits = _listed(list(dict.fromkeys(by))[:_MOST_SPLITS])
    text = _listed(measures) + (f" by {splits}" if splits else "")
    return text[:1].upper() + text[1:]


def _subtitle(story: Story) -> str:
    """What the deck rests on: how many of what, from when to when; empty when no fact says."""
    for level in story.levels:
        parts = [level.ref("count")] if "count" in level.values else []
        if {"from_period", "to_period"} <= set(level.values):
            parts.append(f"{level.ref('from_period')} to {level.ref('to_period')}")
        if parts:
            return ", ".join(parts)
    return ""


def _listed(items: Sequence[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
