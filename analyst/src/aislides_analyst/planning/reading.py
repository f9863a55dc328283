# ruff: noqa: SIM905
"""What a question asks of a space: measures, breakdowns, conditions, and what it cannot find."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace

from aislides_analyst.planning import periods
from aislides_analyst.planning.asked import Asked, ask
from aislides_analyst.planning.conditions import NO_CONDITIONS, Conditions
from aislides_analyst.planning.fillers import is_filler, is_mistyped_filler
from aislides_analyst.planning.groups import SLOT_WORDS, find_groups, find_table
from aislides_analyst.planning.lexicon import Match
from aislides_analyst.planning.measures import (
    Measure,
    counts_in_vain,
    find_measures,
    lasting,
    rows_of,
)
from aislides_analyst.planning.outcomes import is_worth, judged_by
from aislides_analyst.planning.space import Column, Space, Table

_OFTEN = re.compile(r"\b(?:busiest|popular|common|often|frequent|frequently)\b", re.I)
_MOST = re.compile(r"\b(?:most|least)\b", re.I)
_ABOUT_ALL = re.compile(
    r"\b(?:overview|summary|insights?|story|review|picture|state) (?:of|about|on|into)\b"
    r"|\bsummari[sz]e\b|\btell me about\b",
    re.I,
)
_OWNED = ("the", "our", "my", "this", "whole", "entire", "your")
_WHOLES = frozenset(
    (
        "agency association brand brewery business cafe charity club clinic company department "
        "enterprise estate farm firm fleet franchise group hotel institution lab laboratory "
        "network office operation operations organisation organization plant portfolio practice "
        "programme program restaurant school shop studio team venture venue winery workshop"
    ).split()
)
"""Words for a business as a whole; whoever owns the data calls all of it so."""
_LIMITING = ("of", "for", "with", "among", "from", "at", "in")
_NO_ADJECTIVE_AFTER = ("is", "are", "was", "were", "most", "least", "we", "they", "and", "or")


@dataclass(frozen=True)
class Reading:
    """A question, understood as far as the space goes."""

    question: str
    table: Table | None = None
    measures: tuple[Measure, ...] = ()
    groups: tuple[str, ...] = ()
    conditions: Conditions = NO_CONDITIONS
    grain: str | None = None
    hour: bool = False
    weekday: bool = False
    unknown: tuple[str, ...] = ()
    matched: bool = False
    fixed: tuple[str, ...] = ()
    """Breakdowns of which the question names a single value, so that they split nothing."""
    aliased: bool = False
    """True when the question uses words that the space itself does not."""


def read_question(question: str, space: Space) -> Reading:
    """Return what `question` asks of `space`, which has at least one table."""
    asked = ask(question, space)
    measured = find_measures(asked)
    measures = measured.found
    if all(m.counts for m in measures) and _ABOUT_ALL.search(question):
        # An overview of the orders is no count of them.
        measures = ()
    table = measures[0].table if measures else find_table(asked)
    groups = find_groups(asked, table, measured.taken)
    most = _OFTEN.search(question) or (_MOST.search(question) and not table.money)
    judged = judged_by(question, table)
    if judged:
        measures = judged
    elif not measures and most:
        measures = (rows_of(table),)
    elif not measures:
        measures = lasting(question, table)
    unknown = _unknown(asked, measured.taken)
    unknown = [i for i in unknown if not (judged and is_worth(asked.words[i].text))]
    conditions, unknown = _with_values(asked, unknown)
    if judged:
        kept = tuple(o for o in conditions.others if not is_worth(o.split()[-1]))
        conditions = replace(conditions, others=kept)
    return Reading(
        question=question,
        table=table,
        measures=measures,
        groups=tuple(g for g in groups if not any(g in m.phrase for m in measures)),
        conditions=conditions,
        grain=periods.grain(question),
        hour=periods.asks_hour(question),
        weekday=periods.asks_weekday(question),
        unknown=tuple(asked.words[i].text for i in unknown),
        matched=bool(asked.matches),
        fixed=_fixed(asked),
        aliased=any(m.alias or _is_derived(asked, m) for m in asked.matches),
    )


def _fixed(asked: Asked) -> tuple[str, ...]:
    """Columns that a name in the question belongs to, where it is the only one of that column."""
    owners = [m.targets for m in asked.lexicon.matches(asked.words) if m.value]
    single = [targets[0] for targets in owners if len(targets) == 1]
    return tuple(c.label for c in single if isinstance(c, Column) and single.count(c) == 1)


def _unknown(asked: Asked, taken: Set[int]) -> list[int]:
    """Words that neither the space nor the language explains."""
    vain = {i for m in asked.matches if counts_in_vain(asked, m) for i in m.span}
    explained = asked.used | taken | {i for m in asked.matches for i in m.span}
    return [
        i
        for i, word in enumerate(asked.words)
        if i in vain
        or (
            i not in explained
            and not is_filler(word.lower)
            and not is_mistyped_filler(word.lower)
            and not word.text.isdigit()
            and not asked.lexicon.in_samples(word)
            and not _is_verb(asked, i)
            and not _is_whole(asked, i)
        )
    ]


def _with_values(asked: Asked, unknown: list[int]) -> tuple[Conditions, list[int]]:
    """Reads unknown words before a noun of the space as values: "online and in-store sales".

    The words become a condition, for whoever answers to find or to refuse; the rest stays unknown.
    """
    nouns = {m.first for m in asked.matches if m.exact and not m.value}
    for last in unknown:
        first = last
        while first - 2 in unknown and asked.words[first - 1].lower in ("and", "or", "vs"):
            first -= 2
        before = asked.words[first - 1].lower if first else ""
        free = first > 0 and before not in (*SLOT_WORDS, *_NO_ADJECTIVE_AFTER)
        adjective = last + 1 in nouns and not asked.words[last].lower.endswith("s")
        if (free and adjective) or before in _LIMITING:
            text = asked.question[asked.words[first].start : asked.words[last].end]
            others = (*asked.conditions.others, f"for {text}")
            rest = [i for i in unknown if not first <= i <= last]
            return replace(asked.conditions, others=others), rest
    return asked.conditions, unknown


def _is_derived(asked: Asked, match: Match) -> bool:
    """True for "cancellation rate" over a column `cancelled`: same stem, another word."""
    said = asked.text(match)
    target = match.targets[0]
    return isinstance(target, Column) and target.role == "flag" and said not in target.phrases


def _is_whole(asked: Asked, at: int) -> bool:
    """True for "the practice", "our solar fleet": what all of the data are about."""
    if asked.lexicon.in_title(asked.words[at]):
        return True
    before = at - 1
    while before >= 0 and asked.lexicon.in_title(asked.words[before]):
        before -= 1
    owned = before >= 0 and asked.words[before].lower in _OWNED
    return owned and asked.words[at].lower in _WHOLES


def _is_verb(asked: Asked, at: int) -> bool:
    """True for "fly" in "which planes fly the most": the group does it, rows count it."""
    before = next((m for m in asked.matches if m.last == at), None)
    return (
        before is not None
        and asked.word_before(before) in ("which", "what")
        and not asked.words[at].lower.endswith("s")
    )
