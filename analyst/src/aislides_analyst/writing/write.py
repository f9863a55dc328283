"""Write a deck: a write payload in, the deck's JSON out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aislides_analyst.planning.words import spoken
from aislides_analyst.writing.columns import named
from aislides_analyst.writing.material import Material, read_material
from aislides_analyst.writing.slides import Slide, Teller
from aislides_analyst.writing.story import Story, find_story, pick

_SUMMARY_FROM = 4
_RECOMMENDATION_FROM = 6


def write(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the deck for a write payload: {"title": str, "slides": [...]}.

    At most `max_slides` slides (10 when missing). Figures and names from the data are references
    to values of the payload's facts; nothing else is claimed. Never raises on odd payloads.
    """
    material = read_material(payload)
    story = find_story(material)
    slides = _slides(material, story) if material.facts else _no_finding(material)
    return {"title": _title(material, story), "slides": slides[: material.max_slides]}


def _slides(material: Material, story: Story) -> list[Slide]:
    room = material.max_slides
    teller = Teller(material, story)
    slides = [teller.cover()]
    with_summary = room >= _SUMMARY_FROM or not story.findings
    closing = 1 if room > 2 else 0
    findings = pick(story.findings, max(0, room - 1 - with_summary - closing))
    if with_summary:
        slides.append(teller.summary(findings or story.findings))
    slides += [teller.finding(f) for f in findings]
    if closing:
        slides.append(teller.limits())
    return slides


def _no_finding(material: Material) -> list[Slide]:
    return [
        {"layout": "cover", "headline": "The data gave no clear finding for this question"},
        {
            "layout": "limits",
            "headline": "No statement is made, because no pattern could be shown",
            "points": [
                {
                    "lead": "What was asked",
                    "text": "The queries in the appendix were asked of the data.",
                    "facts": [],
                }
            ],
        },
    ]


def _title(material: Material, story: Story) -> str:
    """Measure and breakdowns of the findings, in words."""
    for finding in story.findings:
        fact = finding.message
        measure = finding.result.column(fact.measure)
        if measure:
            by = [spoken(f.message.by) for f in story.findings if f.message.by]
            splits = ", ".join(dict.fromkeys(by))
            text = named(measure) + (f" by {splits}" if splits else "")
            return text[:1].upper() + text[1:]
    return "Findings from the data"
