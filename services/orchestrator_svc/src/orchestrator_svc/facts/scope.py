"""Which part of the data each result is about, and how its facts say so.

Conditions that all results of a deck share are the deck's own part: overall levels name it, and
footnotes. Conditions of one result alone stand in everything that is said of it: a total of the
East beside totals of the company would else read as one of the company.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestrator_svc.deck.conditions import Conditions, common, conditions
from orchestrator_svc.deck.parts import Names
from orchestrator_svc.deck.table import Table
from orchestrator_svc.facts.roles import Roles

MAX_SQL_IN_PROSE: Final = 60
"""Letters of a condition that a footnote can quote."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the data that one result is about; empty words for all of it."""

    parts: tuple[str, ...] = ()
    """What this result looks at and others of the deck do not: `East`, `Dec 2024`."""
    own: str = ""
    """The same behind a measure: `for East in Dec 2024`."""
    whole: str = ""
    """All that it is limited to, the deck's own part included, behind a measure."""
    caveats: tuple[str, ...] = ()
    """All that it is limited to, as sentences for footnotes."""

    def told_of(self, roles: Roles) -> Roles:
        """The roles with measures that name what is special about this result."""
        return _suffixed(roles, self.own)

    def told_of_all(self, roles: Roles) -> Roles:
        """The roles with measures that name the whole of the part, for overall figures."""
        return _suffixed(roles, self.whole)


def scopes_of(tables: Sequence[Table]) -> tuple[str, list[Scope]]:
    """What all results of a deck are limited to, in words, and the scope of each."""
    found = [conditions(table.result.source.sql) for table in tables]
    shared = common(found)
    scopes = [_scope(table, one, shared) for table, one in zip(tables, found, strict=True)]
    return shared.part, scopes


def _scope(table: Table, all_of: Conditions, shared: Conditions) -> Scope:
    special = all_of.without(shared)
    dated = any((axis := table.axis(name)) and not axis.cyclic for name in table.names)
    shown = frozenset(one for one in special.names if _is_shown(table, one))
    special = Conditions(special.names - shown, None if dated else special.period)
    # Dates that every result shares are told by the first and last period of those over time.
    whole = _behind_measure(Conditions(all_of.names, special.period))
    caveats = [f"Only {whole.removeprefix('for ')}."] if whole else []
    short = sorted(rest for rest in all_of.rest if len(rest) <= MAX_SQL_IN_PROSE)
    caveats += [f"Only where {rest}." for rest in short]
    if len(short) < len(all_of.rest):
        caveats.append("Only rows that meet the conditions of the query in the appendix.")
    period = str(special.period) if special.period else ""
    parts = tuple(filter(None, (special.part, period)))
    return Scope(parts, _behind_measure(special), whole, tuple(caveats))


def _behind_measure(found: Conditions) -> str:
    """Names and period as they follow a measure: `for East in Dec 2024`."""
    period = str(found.period) if found.period else ""
    if period and not period.startswith(("from ", "until ")):
        one_day = found.period and found.period.first == found.period.last
        period = f"{'on' if one_day else 'in'} {period}"
    return " ".join(filter(None, (f"for {found.part}" if found.part else "", period)))


def _is_shown(table: Table, chosen: Names) -> bool:
    """Whether the rows are split by the chosen names, so that each stands by its own."""
    wanted = {name.lower() for name in chosen.names}
    return len(wanted) > 1 and any(
        {cell.lower() for cell in table.column(name) if isinstance(cell, str)} == wanted
        for name in table.names
        if not table.is_numeric(name)
    )


def _suffixed(roles: Roles, words: str) -> Roles:
    if not words:
        return roles
    measures = tuple(replace(one, label=f"{one.label} {words}") for one in roles.measures)
    return replace(roles, measures=measures)
