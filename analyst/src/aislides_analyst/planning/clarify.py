"""What to answer when a space cannot answer: what it covers, and what could be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aislides_analyst.planning.asked import main_table
from aislides_analyst.planning.breakdowns import extra_groups
from aislides_analyst.planning.outcomes import default_measure
from aislides_analyst.planning.reading import Reading
from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import spoken

_MOST_SUGGESTIONS = 4


def clarification(reading: Reading, space: Space) -> tuple[str, list[str]]:
    """Return the text that asks back, and questions that the space can answer."""
    return f"{_missing(reading)} {_covered(space)}", suggestions(reading, space)


def suggestions(reading: Reading | None, space: Space) -> list[str]:
    """Questions that the space can answer; the nearest to what was asked come first."""
    asked: list[str] = []
    if reading and reading.table and reading.measures:
        table = reading.table
        group = reading.groups[0] if reading.groups else _first_group(table)
        for breakdown in (("month",) if table.of_role("time") else ()) + (
            (group,) if group else ()
        ):
            asked.append(_capital(f"{reading.measures[0].phrase} by {breakdown}"))
    generated = [
        _capital(f"{default_measure(space, table).phrase} by {breakdown}")
        for table in _most_asked(space)
        for breakdown in _breakdowns(table, space)
    ]
    samples = [text for text in space.samples if not _adds_wrongly(text, space)]
    return list(dict.fromkeys([*asked, *samples, *generated]))[:_MOST_SUGGESTIONS]


def _adds_wrongly(sample: str, space: Space) -> bool:
    """True for a sum of what does not add up, such as scores, or stock over months."""
    measures = [c for t in space.tables for c in t.of_role("measure")]
    return any(
        f"total {c.label}" in sample.lower()
        and (c.measured.startswith("average") or (c.is_snapshot and "month" in sample))
        for c in measures
    )


def _missing(reading: Reading) -> str:
    names = [*reading.unknown, *(_bare(o) for o in reading.conditions.others)]
    if reading.unknown or not reading.matched:
        words = [f"“{w}”" for w in dict.fromkeys(names)][:4]
        if words:
            return f"I could not find {_listed(words, 'or')} in this data."
    return "I could not tell what to measure."


def _bare(condition: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", condition.split(" ", 1)[-1])


def _covered(space: Space) -> str:
    """One or two sentences that say what the data holds."""
    if not space.tables:
        return "No table of this space could be read."
    tables = [spoken(t.name) for t in space.tables[:6]]
    title = f"“{space.title}”" if space.title else "The data"
    text = f"{title} covers {_listed(tables)}"
    if len(space.tables) > len(tables):
        text += " and more"
    measures = [c.label for t in space.tables for c in t.of_role("measure")][:5]
    groups = extra_groups(main_table(space), space)[:5]
    if measures:
        text += f", with measures such as {_listed(list(dict.fromkeys(measures)))}"
    if groups:
        text += f", by {_listed(groups)}"
    return text + "."


def _groups(table: Table) -> list[Column]:
    return [c for c in table.of_role("group") if c.label != "name"]


def _most_asked(space: Space) -> list[Table]:
    """Tables with something to show, the main one first."""
    if not space.tables:
        return []
    main = main_table(space)
    others = [t for t in space.tables if t is not main and t.of_role("measure")]
    return [main, *others]


def _breakdowns(table: Table, space: Space) -> list[str]:
    return [*(["month"] if table.of_role("time") else []), *extra_groups(table, space)[:2]]


def _first_group(table: Table) -> str | None:
    return next((c.label for c in _groups(table)), None)


def _listed(items: Sequence[str], last: str = "and") -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
