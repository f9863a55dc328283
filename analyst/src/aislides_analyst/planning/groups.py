"""Finding what a question splits by, and the table that it is about."""

from __future__ import annotations

from collections.abc import Set

from aislides_analyst.planning.asked import Asked
from aislides_analyst.planning.lexicon import Match
from aislides_analyst.planning.links import is_own_key, link, linked_phrase
from aislides_analyst.planning.space import Column, Table
from aislides_analyst.planning.words import singular_phrase, stems

SLOT_WORDS = ("by", "per", "each", "every", "which", "what", "across", "among", "between")
"""Words that a breakdown follows."""


def find_table(asked: Asked) -> Table:
    """The table that a question without a measure is about."""
    named = [
        asked.table_of(t)
        for m in asked.matches
        if m.exact
        for t in m.targets[:1]
        if isinstance(t, Table) or t.role in ("group", "flag", "key")
    ]
    if not named or asked.main in named or any(link(asked.main, t) for t in named):
        return asked.main
    return named[0]


def find_groups(asked: Asked, table: Table, taken: Set[int]) -> tuple[str, ...]:
    """How a question names each breakdown of `table` that it asks for, in order."""
    groups: dict[str, None] = {}
    end = -1
    for match in asked.matches:
        if match.first < end or taken & set(match.span):
            continue
        joined = _joined(asked, match, table)
        end = match.last + 1 if joined else end
        phrase = joined or _told(asked, match) or _group(asked, match, table)
        if phrase:
            groups.setdefault(phrase)
    return tuple(groups)


def _joined(asked: Asked, match: Match, table: Table) -> str | None:
    """ "origin airport" is one breakdown when a column and the table it points at touch."""
    after = next((m for m in asked.matches if m.first == match.last), None)
    own = any(isinstance(t, Column) and t.table == table.name for t in match.targets)
    others = [t for t in after.targets if isinstance(t, Table)] if after else []
    if after and own and others and table not in others:
        return singular_phrase(f"{asked.text(match)} {asked.text(after)}")
    return None


def _told(asked: Asked, match: Match) -> str | None:
    """A breakdown that the owner lists under the very word, such as "route"."""
    said = singular_phrase(asked.text(match))
    return said if said in asked.samples.groups else None


def _group(asked: Asked, match: Match, table: Table) -> str | None:
    if match.value:
        return next((t.label for t in match.targets if isinstance(t, Column)), None)
    said = singular_phrase(asked.text(match))
    for target in match.targets:
        if isinstance(target, Table):
            column = link(table, target)
            if column:
                known = said if stems(said) in map(stems, target.phrases) else target.row
                return asked.samples.group_with(known) or linked_phrase(column, target)
        elif target.role in ("group", "flag", "key", "period"):
            phrase = _column_group(asked, target, match, table)
            if phrase:
                return phrase
    return None


def _column_group(asked: Asked, column: Column, match: Match, table: Table) -> str | None:
    said = singular_phrase(asked.text(match))
    if column.table == table.name and is_own_key(asked.space, column):
        return None
    if match.exact:
        return said if stems(said) in map(stems, column.phrases) else column.label
    slot = asked.word_before(match) in SLOT_WORDS
    if column.role == "flag" and not slot:
        return None
    if not slot and not (column.table == table.name and asked.lexicon.names(said, column)):
        return None
    if said in column.label.split():
        return column.label
    return asked.samples.group_with(said) or f"{column.label} {said}"
