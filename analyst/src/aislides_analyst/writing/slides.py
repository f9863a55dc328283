"""The slides of a deck, each from the facts that it cites. Nothing is said twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from aislides_analyst.planning.movers import asks_who_moved
from aislides_analyst.planning.words import spoken
from aislides_analyst.writing import wording
from aislides_analyst.writing.advice import advice_headlines
from aislides_analyst.writing.answer import answers, joined
from aislides_analyst.writing.breadth import is_breadth
from aislides_analyst.writing.exhibits import (
    bridge,
    bridge_caption,
    caption,
    exhibit,
    has_steps,
    is_wide,
)
from aislides_analyst.writing.limits import data_used, limits_headline, limits_of
from aislides_analyst.writing.material import Fact, Material, cited
from aislides_analyst.writing.reading import Reading
from aislides_analyst.writing.readings import has_long_tail, readings, weak_against
from aislides_analyst.writing.story import Finding, Story, bridges, is_even, is_growth

Slide = dict[str, Any]
_LATEST = re.compile(r"\bon the (?:latest|last) day\b", re.I)

NEUTRAL_HEADLINE = "These are the figures that answer the question"
"""The headline of a slide about which no fact says anything new."""
_OF_EVEN = ("Against the average", "Share of the total", "Size of the gap")
"""What is worth telling of groups that hardly differ."""
_MOST_POINTS = 3
_MOST_LIMITS = 4
_SLIGHT = 0.02
_KPI_NAMES = {
    "level": ("mean", "total", "value", "change_share", "last"),
    "seasonality": ("peak", "rebound"),
    "trend": ("slope", "pace"),
    "leader": ("first_value", "gap"),
    "concentration": ("share", "top_share"),
    "outlier": ("first_value",),
}


class Teller:
    """Words a story as slides, and remembers what has been said."""

    def __init__(self, material: Material, story: Story, told: Sequence[Finding]) -> None:
        self._material = material
        self._story = story
        self._said: set[str] = set()
        asked = asks_who_moved(material.question)
        kept = [
            list(self._wordings([f.message])) for f in told if not (asked and is_breadth(f.message))
        ]
        self._kept = {texts[0] for texts in kept if len(texts) == 1}
        """Headlines of findings that have no other, which cover and summary leave to them."""
        self._answer = ""
        self._leads: Counter[str] = Counter()

    def cover(self) -> Slide:
        """The answer as a sentence."""
        candidates = answers(self._story, self._material)
        free = [text for text in candidates if text not in self._kept]
        self._answer = self._headline([*free, *candidates])
        return {"layout": "cover", "headline": self._answer}

    def summary(self, findings: Sequence[Finding]) -> Slide:
        """The level, key figures and three statements."""
        messages = [f.message for f in findings]
        levels = [f for f in self._story.levels if f not in messages]
        moved = asks_who_moved(self._material.question)
        every = [f for finding in findings for f in finding.facts]
        parts = [f for f in every if (is_breadth(f) if moved else bridges(f))]
        parts.sort(key=lambda f: -f.score)
        asked = parts if self._material.asks_for_a_change or moved else []
        answered = cited(self._answer)
        ordered = [*asked, *levels, *messages]
        ordered.sort(key=lambda f: f.id in answered)
        candidates = self._wordings(ordered)
        free = [text for text in candidates if text not in self._kept]
        rests = [r.text.rstrip(".") for level in levels[:1] for r in data_used(level)]
        headline = self._headline([*free, *rests])
        slide: Slide = {"layout": "summary", "headline": headline}
        telling = [f for f in messages if not is_even(f)]
        kpis = self._kpis([*levels[:1], *telling, *levels[1:]])
        if kpis:
            slide["kpis"] = kpis
        told = cited(headline)
        spoken_of = [*(f.driver for f in findings), *levels]
        templates = _distinct([self._statement(f) for f in spoken_of if f.id not in told])
        shown = f"{self._answer} {headline}"
        slide["points"] = self._points(templates, _MOST_POINTS, shown=shown)
        return slide

    def finding(self, finding: Finding) -> Slide:
        """One message, its exhibit and two or three readings of it."""
        if finding.beside:
            return self._comparison(finding, finding.beside)
        if bridges(finding.message) or is_breadth(finding.message):
            return self._change(finding)
        told = list(self._readings(finding))
        headline = self._headline(self._wordings(finding.facts), told)
        drawn = exhibit(finding.result, finding.facts, headline)
        slide: Slide = {
            "layout": _layout(drawn, finding),
            "headline": headline,
            "exhibit": drawn,
            "caption": caption(finding.result, finding.message, self._shown(finding)),
            "points": self._points(told, _MOST_POINTS, shown=headline),
        }
        level = self._story.level_of(finding.message)
        if not slide["points"] and level:
            slide["points"] = self._points([self._template(level)], 1, shown=headline)
        sentence = wording.sentence(finding.message, self._material)
        if sentence not in [f"{headline}.", *(point["text"] for point in slide["points"])]:
            slide["notes"] = sentence
        return slide

    def _change(self, finding: Finding) -> Slide:
        """What made a change, group by group; means have no parts and are shown side by side."""
        drawn = next((f for f in finding.facts if has_steps(f)), None)
        told = [r for f in finding.facts for r in (*readings(f), self._template(f))]
        headline = self._headline(self._wordings(finding.facts), told)
        slide: Slide = {
            "layout": "bridge",
            "headline": headline,
            "points": self._points(told, _MOST_POINTS, shown=headline),
        }
        if drawn:
            slide["exhibit"] = bridge(finding.result, drawn)
            slide["caption"] = bridge_caption(finding.result, drawn)
            return slide
        slide["exhibit"] = exhibit(finding.result, finding.facts, headline)
        slide["layout"] = _layout(slide["exhibit"], finding)
        slide["caption"] = caption(finding.result, finding.message, self._shown(finding))
        return slide

    def _comparison(self, one: Finding, other: Finding) -> Slide:
        """Two rankings of one measure side by side, under a headline that joins them."""
        facts = [one.message, other.message]
        each = [next(iter(readings(fact)), None) for fact in facts]
        shares = [r for fact in facts for r in readings(fact) if "share}" in r.text]
        told = [r for r in (*each, *shares, *map(self._template, facts)) if r]
        texts = (*joined(facts, self._material), *self._wordings(facts))
        fitting = [text for text in texts if wording.fits_headline(text, self._material)]
        headline = self._headline(fitting, told)
        sides = []
        for finding in (one, other):
            drawn = exhibit(finding.result, finding.facts)
            drawn["caption"] = caption(finding.result, finding.message, self._shown(finding))
            sides.append(drawn)
        return {
            "layout": "comparison",
            "headline": headline,
            "exhibit": sides[0],
            "second": sides[1],
            "points": self._points(_distinct(told), _MOST_POINTS, shown=headline),
        }

    def recommendation(self, advice: list[Reading]) -> Slide:
        """What to look into, and why."""
        return {
            "layout": "recommendation",
            "headline": self._headline(
                text
                for text in advice_headlines(advice)
                if wording.fits_headline(text, self._material)
            ),
            "points": self._points(advice, _MOST_POINTS),
            "notes": "The points say where to act first. What would help was not measured.",
        }

    def limits(self) -> Slide:
        """What these data do not show, and what no such data show."""
        special = list(limits_of(self._story, self._material))
        headline = self._headline(limits_headline(special, self._material))
        used = [r for level in self._story.levels[:1] for r in data_used(level)]
        points = self._points([*special, *used], _MOST_LIMITS - 1, shown=headline)
        points += [_point(r.lead, r.text) for r in special if not r.facts]
        if len(self._story.findings) > 1:
            points.append(
                _point(
                    "Separate comparisons",
                    "The breakdowns were compared one at a time, so their effects may overlap.",
                )
            )
        points = points[: _MOST_LIMITS - 1]
        points.append(
            _point(
                "Cause not shown", "The data show what happened; why it happened was not tested."
            )
        )
        return {"layout": "limits", "headline": headline, "points": points}

    def _readings(self, finding: Finding) -> Iterator[Reading]:
        """Readings of the message first, then of the other facts, then what to be careful with."""
        level = self._story.level_of(finding.message)
        own = sorted(readings(finding.message, level), key=lambda r: self._leads[r.lead])
        if is_even(finding.message):
            # Places in a ranking say nothing where all are alike.
            own = [r for r in own if r.lead in _OF_EVEN]
        elif wording.weak_end(finding.message, self._material)[0]:
            own = [*weak_against(finding.message, level), *own]
            own = [r for r in own if r.lead in ("Against the average", "Size of the gap")]
            own = own[:1] + [r for r in own[1:] if r.lead != "Against the average"]
        yield from own[:2]
        others = [f for f in finding.facts[1:] if f is not level and _adds(f, finding.message)]
        for caution in finding.cautions[:1]:
            yield self._template(caution)
        for fact in others:
            yield self._template(fact)
        yield from own[2:]
        yield self._template(finding.message)
        if level and level in finding.facts and not _LATEST.search(finding.result.question):
            yield self._template(level)

    def _statement(self, fact: Fact) -> Reading:
        """The fact's template; where that is too long, its two ends side by side."""
        if has_long_tail(fact):
            text = f"{wording.headline(fact, self._material)}."
            return Reading(wording.lead(fact, self._material), text, (fact,))
        ends = {"first", "first_value", "last", "last_value"} <= set(fact.values)
        fits = wording.fits_point(fact.sentence, self._material)
        if fact.kind != "leader" or fits or not ends:
            return self._template(fact)
        text = (
            f"{fact.ref('first')} stood at {fact.ref('first_value')}, "
            f"against {fact.ref('last_value')} for {fact.ref('last')}."
        )
        return Reading(wording.lead(fact, self._material), text, (fact,))

    def _template(self, fact: Fact) -> Reading:
        text = wording.sentence(fact, self._material)
        return Reading(wording.lead(fact, self._material), text, (fact,))

    def _shown(self, finding: Finding) -> str:
        """The part of the data and the period of the exhibit, as far as they are known."""
        level = self._story.level_of(finding.message)
        parts = [self._material.only, finding.result.only]
        if level is not None and {"from_period", "to_period"} <= set(level.values):
            parts.append(f"{level.ref('from_period')} to {level.ref('to_period')}")
        return ", ".join(filter(None, parts))

    def _headline(self, candidates: Iterable[str], else_from: Sequence[Reading] = ()) -> str:
        """The first candidate that is not said yet, else the first reading that can stand alone."""
        texts = (wording.in_scope(r).text.rstrip(".") for r in else_from)
        alone = (t for t in texts if wording.fits_headline(t, self._material))
        for text in (*candidates, *alone):
            if text not in self._said:
                return self._say(text)
        return self._say(NEUTRAL_HEADLINE)

    def _wordings(self, facts: Sequence[Fact]) -> Iterator[str]:
        """Ways to put each fact as a headline, all of the first before the second's."""
        for fact in facts:
            yield from wording.headlines(fact, self._material)

    def _points(
        self, candidates: Iterable[Reading], most: int, *, shown: str = ""
    ) -> list[dict[str, Any]]:
        """Points that each bring a figure which `shown` and the points before do not."""
        points: list[dict[str, Any]] = []
        figures = self._material.figures(shown)
        for reading in map(wording.in_scope, candidates):
            if len(points) == most:
                break
            new = self._material.figures(reading.text) - figures
            leads = {point["lead"] for point in points}
            fits = wording.fits_point(reading.text, self._material)
            if fits and new and reading.text not in self._said and reading.lead not in leads:
                figures |= new
                self._leads[reading.lead] += 1
                self._say(reading.text)
                lead = wording.short_lead(reading, self._material)
                points.append(_point(lead, reading.text, *reading.facts))
        return points

    def _kpis(self, facts: Iterable[Fact]) -> list[str]:
        """Key figures of different facts, each a number in its own right."""
        kpis: list[str] = []
        shown: set[str] = set()
        for fact in facts:
            for name in _KPI_NAMES.get(fact.kind, ()):
                value = fact.values.get(name)
                if value and value.is_number and value.exact and value.display not in shown:
                    kpis.append(f"{fact.id}.{name}")
                    shown.add(value.display)
                    break
        return kpis[:4]

    def _say(self, text: str) -> str:
        self._said |= {text, f"{text.rstrip('.')}."}
        return text


def _layout(drawn: dict[str, Any], finding: Finding) -> str:
    """The layout that an exhibit of a single finding needs."""
    if "facet" in drawn and drawn["kind"] != "slope":
        return "small_multiples"
    if drawn["kind"] == "table":
        return "table"
    return "full_width" if is_wide(drawn, finding.result) else "finding"


def _distinct(statements: Sequence[Reading]) -> Iterator[Reading]:
    """The statements, those whose lead another has already under the name of their breakdown."""
    leads: set[str] = set()
    for statement in statements:
        by = spoken(statement.facts[0].by)
        known = statement.lead in leads and by
        lead = f"By {by}" if known else statement.lead
        leads.add(lead)
        yield replace(statement, lead=lead)


def _adds(fact: Fact, message: Fact) -> bool:
    """False for facts too slight to read out, and for a climb that the message's trend tells."""
    climbs = fact.kind == "seasonality" and "start" in fact.values
    latest = fact.kind == "level" and bool(fact.by)
    return (
        fact.score >= _SLIGHT
        and not (climbs and message.kind == "trend")
        and not (latest and is_growth(message))
    )


def _point(lead: str, text: str, *facts: Fact) -> dict[str, Any]:
    return {"lead": lead, "text": text, "facts": [f.id for f in facts]}
