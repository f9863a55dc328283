"""Sentences of single facts: the facts' own templates, kept to the lengths that a slide allows."""

from __future__ import annotations

import re
from dataclasses import replace

from aislides_analyst.planning.words import spoken, was
from aislides_analyst.writing.breadth import breadth_headlines, is_breadth
from aislides_analyst.writing.material import Fact, Material
from aislides_analyst.writing.reading import Reading
from aislides_analyst.writing.readings import preposition
from aislides_analyst.writing.story import is_even, is_growth

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
_DAY = re.compile(r"\d{4}-\d\d")
_YEAR = 12
_DATED = re.compile(r"\s+(?:in|during|for|of)\s+(?:19|20)\d\d\b")


def count_words(text: str) -> int:
    """Words of a printed text; a number and its unit count as two."""
    return len(text.split())


def headline(fact: Fact, material: Material) -> str:
    """The fact as a headline: at most 15 words, no full stop."""
    if is_even(fact):
        return _range(fact)
    if is_breadth(fact):
        told = breadth_headlines(fact, material)
        return next((t for t in told if fits_headline(t, material)), fact.headline)
    asked = _from_below(fact, material) or _way(fact, material)
    if asked and material.holds(asked):
        return asked
    if fact.headline and material.holds(fact.headline):
        return fact.headline
    return f"The data show {_says(fact)}"


def _range(fact: Fact) -> str:
    """A ranking whose first and last hardly differ, told as the range it is."""
    low, high = ("last_value", "first_value") if fact.kind == "leader" else ("low", "peak")
    if fact.values[low].display == fact.values[high].display and fact.headline:
        return fact.headline
    span = f"from {fact.ref(low)} to {fact.ref(high)}"
    return f"By {spoken(fact.by)}, {fact.measured} ranged {span}"


def weak_end(fact: Fact, material: Material) -> tuple[str, str]:
    """The group at the wrong end of a ranking and the word for its place, where it was asked for.

    The wrong end is the group behind the average where that is known, else the lowest; empty where
    the ranking tells it already or does not hold it.
    """
    values = fact.values
    ends = {"first", "last", "last_value", "gap"} <= set(values)
    if not material.asks_for_the_weak or fact.kind != "leader" or not ends:
        return "", ""
    if not fact.lead.startswith("Highest and lowest") or not values["last"].names_alone:
        return "", ""
    lag = values.get("lag")
    if lag and lag.display == values["first"].display:
        return "", ""
    sums = "share" in values or "largest" in fact.headline or "came first" in fact.headline
    if sums and not lag and not material.asks_for_the_least:
        return "", ""
    return fact.ref("last"), "smallest" if sums else "lowest"


def _from_below(fact: Fact, material: Material) -> str:
    place, word = weak_end(fact, material)
    if not place:
        return ""
    gap = f"{fact.ref('gap')} below {fact.ref('first')}"
    return f"{place} had the {word} {fact.measured.removeprefix('the ')}, {gap}"


def spanned(fact: Fact, material: Material) -> str:
    """The way a measure went, with its two ends and the span between them; empty where unknown."""
    ends = _ends(fact, material) if material.asks_for_a_change else ()
    if not ends:
        return headline(fact, material)
    verb, start, end = ends
    span = f"between {fact.ref(f'{start}_period')} and {fact.ref(f'{end}_period')}"
    return f"{fact.subject} {verb} from {fact.ref(start)} to {fact.ref(end)} {span}"


def _way(fact: Fact, material: Material) -> str:
    """Which way a measure went between its extremes, where the question asks for that."""
    ends = _ends(fact, material) if material.asks_for_a_change else ()
    if not ends:
        return ""
    verb, *names = ends
    told = [
        f"{fact.ref(n)} {preposition(fact, f'{n}_period')} {fact.ref(f'{n}_period')}" for n in names
    ]
    return f"{fact.subject} {verb} from {told[0]} to {told[1]}"


def _ends(fact: Fact, material: Material) -> tuple[str, ...]:
    """The verb and the values from and to which a calendar series went; empty for others.

    Of more than a year the way from peak to low may be the season's, and is no answer.
    """
    names = {"peak", "peak_period", "low", "low_period"}
    if fact.kind != "seasonality" or not names <= set(fact.values) or "usually" in fact.headline:
        return ()
    peak, low = (str(fact.values[name].exact) for name in ("peak_period", "low_period"))
    if not fact.lead.startswith("Peak"):
        return ()
    if not (_DAY.match(peak) and _DAY.match(low)) or _over_a_year(fact, material):
        return ()
    return ("fell", "peak", "low") if peak < low else ("rose", "low", "peak")


def _over_a_year(fact: Fact, material: Material) -> bool:
    """Whether the series behind a fact runs over more than twelve months."""
    result = material.results.get(fact.result)
    cells = sorted(str(c) for c in result.cells(fact.by) if c is not None) if result else []
    if not cells or not _DAY.match(cells[0]) or not _DAY.match(cells[-1]):
        return False
    first, last = (int(c[:4]) * _YEAR + int(c[5:7]) for c in (cells[0], cells[-1]))
    return last - first >= _YEAR


def _moved(fact: Fact) -> list[str]:
    """A course or change in other words: by its size alone, or by its two ends."""
    values = fact.values
    yearly = is_growth(fact) and "last_period" in values
    if yearly and "change" in values and not fact.measured.startswith("average"):
        verb = "rose" if " rose " in fact.headline else "fell"
        return [f"{fact.subject} {verb} by {fact.ref('change')} in {fact.ref('last_period')}"]
    if fact.kind == "seasonality" and fact.lead == "Highest and lowest":
        # Up and down without a course.
        ends = [f"{preposition(fact, n)} {fact.ref(n)}" for n in ("low_period", "peak_period")]
        return [f"{fact.subject} {was(fact.measured)} lowest {ends[0]} and highest {ends[1]}"]
    if fact.kind == "contribution" and {"first", "first_change"} <= set(values):
        return [f"{fact.ref('first')} moved {fact.measured} by {fact.ref('first_change')}"]
    return []


def _gap_alone(fact: Fact) -> list[str]:
    """For a ranking that hardly differs, how little that is."""
    if not is_even(fact) or fact.kind != "leader" or "gap" not in fact.values:
        return []
    by = spoken(fact.by)
    return [f"From {by} to {by}, {fact.measured} differed by {fact.ref('gap')}"]


def shorter(text: str) -> str:
    """A headline without the figure at its end; the same where there is none."""
    return _FIGURE_AT_END.sub("", text)


def headlines(fact: Fact, material: Material) -> list[str]:
    """Ways to put the fact as a headline that print on two lines, the fullest first."""
    full = headline(fact, material)
    texts = [
        full,
        *(breadth_headlines(fact, material) if is_breadth(fact) else ()),
        *_gap_alone(fact),
        *_moved(fact),
        sentence(fact, material).rstrip("."),
        shorter(full),
    ]
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
    """The reading's lead, or where names make it too long a plain one.

    A lead has no room to say which part of the data a name stands for there.
    """
    scoped = any(fact.scope for fact in reading.facts) and "{" in reading.lead
    if not scoped and count_words(material.printed(reading.lead)) <= MOST_LEAD_WORDS:
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
