"""Words of fact templates: subjects that agree with any verb in the past tense."""

from __future__ import annotations

import re

from aislides.deck.v1.fact_pb2 import Format, FormatKind

from orchestrator_svc.deck.labels import plural
from orchestrator_svc.facts.draft import capitalised
from orchestrator_svc.facts.roles import Measure
from orchestrator_svc.facts.series import Series, group_noun

PERCENT = Format(kind=FormatKind.FORMAT_KIND_PERCENT, decimals=1)
CHANGE = Format(kind=FormatKind.FORMAT_KIND_PERCENT, decimals=1, signed=True)
POINTS = Format(kind=FormatKind.FORMAT_KIND_PERCENTAGE_POINT, decimals=1)
MULTIPLE = Format(kind=FormatKind.FORMAT_KIND_MULTIPLE, decimals=1)
COUNT = Format(kind=FormatKind.FORMAT_KIND_COUNT)
NAME = Format(kind=FormatKind.FORMAT_KIND_NAME)
_PARTICIPLE = re.compile(r"(?:[^aeiou]ed|sold|spent|made|paid|lost|who|left)$")
MIN_RATIO = 1.25
"""Below it, "1.1 times as much" says less than the gap does."""
INTERVALS = frozenset({"°C", "°F", "°"})
"""Units whose zero is arbitrary: twenty degrees are not twice as warm as ten."""


def subject(measure: Measure) -> str:
    """The measure as the subject of a sentence: `average delay`, `the number of flights`."""
    counted = measure.format.kind == FormatKind.FORMAT_KIND_COUNT
    if counted and not measure.label.startswith(("number of", "total", "count")):
        return f"the number of {measure.label}"
    if measure.label.startswith("number of"):
        return f"the {measure.label}"
    return measure.label


def was(measure: Measure) -> str:
    """The verb that agrees: `total emissions were`, `the number of flights was`."""
    words = re.split(r" (?:of|for|in|on|by|from|until|per|to) ", subject(measure))[0].split()
    while len(words) > 1 and _PARTICIPLE.search(words[-1]):
        words.pop()
    last = words[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return "were" if plural else "was"


def subject_first(measure: Measure) -> str:
    """The same at the start of a sentence."""
    return capitalised(subject(measure))


def difference_format(fmt: Format) -> Format:
    """The format of a difference of two such values: fractions give percentage points."""
    if fmt.kind == FormatKind.FORMAT_KIND_PERCENT:
        return Format(
            kind=FormatKind.FORMAT_KIND_PERCENTAGE_POINT,
            decimals=fmt.decimals,
            polarity=fmt.polarity,
        )
    if fmt.unit == "%":
        changed = Format()
        changed.CopyFrom(fmt)
        changed.unit = "pp"
        return changed
    return fmt


def signed(fmt: Format) -> Format:
    """The format with a plus sign for gains."""
    changed = Format()
    changed.CopyFrom(fmt)
    changed.signed = True
    return changed


def groups_word(series: Series, count: int) -> str:
    """The noun for the groups of a series, in the number that fits `count`."""
    noun = group_noun(series.dimension)
    return noun if count == 1 else plural(noun)
