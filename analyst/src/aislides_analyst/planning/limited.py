"""Questions about groups over a limit: which stores made over 1 million, how many came twice."""

from __future__ import annotations

import re

from aislides_analyst.planning.reading import Reading
from aislides_analyst.planning.space import Table
from aislides_analyst.planning.words import stem, stems

_LIMIT = (
    r"(?:more|less|fewer|greater|longer|shorter|higher|lower) than|at least|at most|exceed\w*|over|"
    r"under|above|below"
)
_NUMBER = r"[$€£]?\d[\d.,]*|once|twice"
_OF_GROUPS = re.compile(
    r"^\W*(?:and )?(?:which|what (?:share|percentage|proportion) of|how many)\s+"
    rf"(?:(?:of )?(?:the|our) )?([\w-]+)\b.*?\b(?:{_LIMIT})\s+(?:{_NUMBER})\b",
    re.I,
)
_LIMITED = re.compile(rf"\b(?:{_LIMIT})\s+(?:{_NUMBER})", re.I)
_OFTEN = re.compile(r"\b(?:once|twice|times)\b", re.I)
"""How often something was done, which no row tells of itself."""


def limits_groups(reading: Reading, table: Table) -> bool:
    """True when a limit is on what groups come to: it keeps no single rows.

    "Which stores made over 1 million" asks of stores; "how many orders over 100" of orders, which
    are the rows.
    """
    asked = _OF_GROUPS.match(reading.question)
    often = bool(_OFTEN.search(reading.question))
    # "Over 2023" and "over the last 3 months" are periods, which conditions tell from limits.
    limited = any(_LIMITED.search(one) for one in reading.conditions.others)
    if not asked or not (limited or often):
        return False
    noun = stem(asked[1].lower())
    named = {part for group in reading.groups for part in stems(group)}
    counted = {part for m in reading.measures if m.counts for part in stems(m.phrase)}
    own = noun in stems(table.row) and not often
    return noun in named | counted and not own
