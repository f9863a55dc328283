"""What the results say and how to tell it, as a deep deck asks before its slides are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aislides_analyst.writing import wording
from aislides_analyst.writing.answer import answers
from aislides_analyst.writing.material import Fact, Material, cited, read_material
from aislides_analyst.writing.story import Finding, find_story
from aislides_analyst.writing.write import write

_MOST_FINDINGS: Final = 12


def interpret(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return {"answer": str, "findings": [...], "gaps": [str]} for an interpretation payload.

    Findings come in order of weight, each with the facts that prove its claim. Gaps are what the
    facts say is missing or to be read with care. Never raises on odd payloads.
    """
    material = read_material(payload)
    story = find_story(material)
    weighty = sorted(story.findings, key=lambda finding: -finding.message.score)
    answer = next(iter(answers(story, material)), "") if story.findings else ""
    return {
        "answer": f"{answer}." if answer else "The facts show no clear finding.",
        "findings": [_finding(one, material) for one in weighty[:_MOST_FINDINGS]],
        "gaps": [wording.sentence(fact, material) for fact in story.limits],
    }


def narrate(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return {"title": str, "storyline": [...]} for a narrative payload: a message a slide."""
    deck = write(payload)
    return {
        "title": deck["title"],
        "storyline": [_told(slide) for slide in deck["slides"] if slide["layout"] != "limits"],
    }


def _finding(finding: Finding, material: Material) -> dict[str, Any]:
    claim = wording.sentence(finding.message, material)
    caveats = [wording.sentence(fact, material) for fact in finding.cautions[:1]]
    return {
        "claim": claim,
        "facts": _ids(finding.message, claim),
        "result": finding.result.id,
        **({"caveat": caveats[0]} if caveats else {}),
    }


def _told(slide: Mapping[str, Any]) -> dict[str, Any]:
    drawn = slide.get("exhibit") or {}
    result = {"result": drawn["result"]} if drawn.get("result") else {}
    facts = cited(slide["headline"])
    return {"layout": slide["layout"], "message": slide["headline"], "facts": facts, **result}


def _ids(fact: Fact, claim: str) -> list[str]:
    return list(dict.fromkeys([*cited(claim), fact.id]))
