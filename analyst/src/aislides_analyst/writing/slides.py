"""The slides of a deck, each from the facts that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from aislides_analyst.writing import wording
from aislides_analyst.writing.exhibits import caption, exhibit
from aislides_analyst.writing.material import Fact, Material, cited
from aislides_analyst.writing.story import Finding, Story, is_timely

Slide = dict[str, Any]


class Teller:
    """Words facts as slides and says nothing twice."""

    def __init__(self, material: Material, story: Story) -> None:
        self._material = material
        self._story = story
        self._said: set[str] = set()

    def cover(self) -> Slide:
        """The answer as a sentence."""
        return {"layout": "cover", "headline": self._answer()}

    def summary(self, findings: Sequence[Finding]) -> Slide:
        """Key figures and three statements."""
        facts = [f.message for f in findings]
        levels = [f for f in self._story.levels if f not in facts]
        headline = self._new_headline([*levels, *facts])
        slide: Slide = {"layout": "summary", "headline": headline}
        kpis = self._kpis([*levels[:1], *facts, *levels[1:]])
        if kpis:
            slide["kpis"] = kpis
        slide["points"] = self._points([*facts, *levels], most=3)
        return slide

    def finding(self, finding: Finding) -> Slide:
        """One message, its exhibit and two or three readings of it."""
        facts = finding.facts
        headline = self._new_headline(facts)
        others = [f for f in facts if f.id not in cited(headline)]
        return {
            "layout": "table" if exhibit(finding.result, facts)["kind"] == "table" else "finding",
            "headline": headline,
            "exhibit": exhibit(finding.result, facts),
            "caption": caption(finding.result, facts[0]),
            "points": self._points([*others, *facts], most=3),
        }

    def limits(self) -> Slide:
        """What the data does not show."""
        points = self._points(self._story.limits, most=3)
        if any(r.truncated for r in self._material.results.values()):
            points.append(
                _point("Cut at a limit", "A result was cut at its row limit and is not totalled.")
            )
        if len(self._story.findings) > 1:
            points.append(
                _point(
                    "Separate comparisons",
                    "The breakdowns were compared one at a time, so their effects may overlap.",
                )
            )
        points.append(
            _point("Cause not shown", "The data describe what happened; causes were not tested.")
        )
        return {
            "layout": "limits",
            "headline": "The figures show where and when, not why",
            "points": points[:5],
        }

    def _answer(self) -> str:
        """The strongest message over time and the strongest comparison, joined where they fit."""
        messages = sorted(self._story.messages, key=lambda f: -f.score)
        timely = next((f for f in messages if is_timely(f)), None)
        ranked = next((f for f in messages if not is_timely(f)), None)
        if timely and ranked:
            joined = "; ".join(wording.headline(f, self._material) for f in (timely, ranked))
            if wording.fits_headline(joined, self._material):
                return self._say(joined)
        return self._new_headline([*messages, *self._story.levels])

    def _new_headline(self, facts: Iterable[Fact]) -> str:
        for fact in facts:
            for text in (
                wording.headline(fact, self._material),
                wording.sentence(fact, self._material).rstrip("."),
            ):
                if text not in self._said and wording.fits_headline(text, self._material):
                    return self._say(text)
        return self._say("These are the figures behind the answer")

    def _points(self, facts: Iterable[Fact], most: int) -> list[dict[str, Any]]:
        points: list[dict[str, Any]] = []
        for fact in facts:
            text = wording.sentence(fact, self._material)
            if len(points) < most and text not in self._said:
                self._say(text)
                points.append(_point(wording.lead(fact, self._material), text, fact))
        return points

    def _kpis(self, facts: Iterable[Fact]) -> list[str]:
        kpis: list[str] = []
        shown: set[str] = set()
        for fact in facts:
            for name, value in fact.values.items():
                if value.is_number and value.display not in shown:
                    kpis.append(f"{fact.id}.{name}")
                    shown.add(value.display)
                    break
        return kpis[:4]

    def _say(self, text: str) -> str:
        self._said.add(text)
        return text


def _point(lead: str, text: str, fact: Fact | None = None) -> dict[str, Any]:
    return {"lead": lead, "text": text, "facts": [fact.id] if fact else []}
