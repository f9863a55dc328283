"""Sentences of single facts: the facts' own templates, kept to the lengths that a slide allows."""

from __future__ import annotations

import re
from dataclasses import replace

from aislides_analyst.planning.words import spoken
from aislides_analyst.writing.material import Fact, Material
from aislides_analyst.writing.readings import Reading
from aislides_analyst.writing.story import is_even

MOST_HEADLINE_WORDS = 15
MOST_HEADLINE_LETTERS = 110
MOST_POINT_WORDS = 20
MOST_LEAD_WORDS = 5

_LEADS = {
    "level": "Overall level",
    "trend": "Course over time",
    "seasonality": "Recurring pattern",
    "outlier": "Unusual values",
    "level_shift": "Change of level",
    "leader": "First and second",
    "concentration": "Concentration",
    "contribution": "Parts of the change",
    "coverage": "Coverage",
    "caution": "Read with care",
}
_FIGURE_AT_END = re.compile(
    r",? (?:at|with) \{[^{}]+\}$|, far (?:above|below) the usual(?: \{[^{}]+\})?$|"
    r", \{[^{}]+\} (?:above \{[^{}]+\}|of the total)$|, against \{[^{}]+\}$"
)
_DATED = re.compile(r"\s+(?:in|during|for|of)\s+(?:19|20)\d\d\b")


def count_words(text: str) -> int:
    """Words of a printed text; a number and its unit count as two."""
    return len(text.split())


def headline(fact: Fact, material: Material) -> str:
    """The fact as a headline: at most 15 words, no full stop."""
    if is_even(fact):
        return _range(fact)
    if fact.headline and material.holds(fact.headline):
        return fact.headline
    return f"The data show {_says(fact)}"


def _range(fact: Fact) -> str:
    """A ranking whose first and last hardly differ, told as the range it is."""
    low, high = ("last_value", "first_value") if fact.kind == "leader" else ("low", "peak")
    span = f"from {fact.ref(low)} to {fact.ref(high)}"
    return f"By {spoken(fact.by)}, {fact.measured} ranged {span}"


def shorter(text: str) -> str:
    """A headline without the figure at its end; the same where there is none."""
    return _FIGURE_AT_END.sub("", text)


def headlines(fact: Fact, material: Material) -> list[str]:
    """Ways to put the fact as a headline that print on two lines, the fullest first."""
    full = headline(fact, material)
    texts = [full, sentence(fact, material).rstrip("."), shorter(full)]
    if fact.kind == "trend" and {"start", "end"} <= set(fact.values):
        texts.append(f"{fact.subject} moved from {fact.ref('start')} to {fact.ref('end')}")
    return list(dict.fromkeys(t for t in texts if fits_headline(t, material)))


def sentence(fact: Fact, material: Material) -> str:
    """The fact as one sentence of at most 20 words where its templates allow that."""
    if fact.sentence and material.holds(fact.sentence):
        if count_words(material.printed(fact.sentence)) <= MOST_POINT_WORDS or not fact.headline:
            return fact.sentence
        return f"{headline(fact, material)}."
    return _plain_sentence(fact)


def lead(fact: Fact, material: Material) -> str:
    """A few words that open the fact's sentence."""
    if fact.lead and count_words(material.printed(fact.lead)) <= MOST_LEAD_WORDS:
        return fact.lead
    return _LEADS.get(fact.kind, "Finding")


def short_lead(reading: Reading, material: Material) -> str:
    """The reading's lead, or where names make it too long a plain one."""
    if count_words(material.printed(reading.lead)) <= MOST_LEAD_WORDS:
        return reading.lead
    return reading.short_lead or _LEADS.get(reading.facts[0].kind, "Finding")


def fits_headline(template: str, material: Material) -> bool:
    """True when a headline prints on two lines."""
    printed = material.printed(template)
    return count_words(printed) <= MOST_HEADLINE_WORDS and len(printed) <= MOST_HEADLINE_LETTERS


def fits_point(template: str, material: Material) -> bool:
    """True when a sentence is short enough for a point."""
    return count_words(material.printed(template)) <= MOST_POINT_WORDS


def _says(fact: Fact) -> str:
    """What the fact is about, without typed years."""
    says = _DATED.sub("", fact.says).strip().rstrip(".") or "one finding"
    return says if re.search(r"\d", says) is None else "one finding"


def _plain_sentence(fact: Fact) -> str:
    """A sentence from names of values alone, for facts that bring no template."""
    listed = [
        f"{name.replace('_', ' ')} {fact.ref(name)}"
        for name in fact.values
        if not re.search(r"\d", name)
    ][:3] or [fact.ref(name) for name in list(fact.values)[:3]]
    says = _says(fact)
    return f"{says[:1].upper()}{says[1:]}: {', '.join(listed)}."


def in_scope(reading: Reading) -> Reading:
    """The reading with the part of the data that its facts are about, where it does not say so."""
    parts = dict.fromkeys(part for fact in reading.facts for part in fact.scope)
    unsaid = [part for part in parts if part not in reading.text]
    if not unsaid:
        return reading
    text = reading.text if reading.text.startswith("{") else _lowered(reading.text)
    return replace(reading, text=f"For {' in '.join(unsaid)}, {text}")


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
