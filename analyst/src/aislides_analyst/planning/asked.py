"""A question beside a space: its words, and which of them name something there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aislides_analyst.planning import periods
from aislides_analyst.planning.conditions import Conditions, read_conditions
from aislides_analyst.planning.lexicon import Lexicon, Match
from aislides_analyst.planning.links import link
from aislides_analyst.planning.samples import Samples
from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import Word, words

_SKIPPED = ("the", "our", "different", "various")


@dataclass(frozen=True)
class Asked:
    """What every rule of reading looks at. `matches` leaves out words that conditions used."""

    question: str
    words: tuple[Word, ...]
    space: Space
    samples: Samples
    lexicon: Lexicon
    main: Table
    conditions: Conditions
    used: frozenset[int]
    matches: tuple[Match, ...]

    def text(self, match: Match) -> str:
        """The words of a match, in lower case."""
        said = " ".join(w.lower for w in self.words[match.first : match.last])
        return said.removesuffix("'s")

    def text_before(self, match: Match) -> str:
        """The question up to a match."""
        return self.question[: self.words[match.first].start]

    def word_before(self, match: Match) -> str:
        """The word before a match, articles and the like skipped; empty at the start."""
        at = match.first - 1
        while at >= 0 and self.words[at].lower in _SKIPPED:
            at -= 1
        return self.words[at].lower if at >= 0 else ""

    def table_of(self, target: Column | Table) -> Table:
        """The table that a target is or belongs to."""
        return target if isinstance(target, Table) else self.space.table(target.table)

    def likeliest(self, columns: Sequence[Column]) -> list[Column]:
        """Columns whose words the question repeats most come first; ties keep their order."""
        said = {w.stem for w in self.words}

        def score(column: Column) -> tuple[int, bool]:
            named = {w.stem for w in words(column.label)}
            return (-len(named & said), column.table != self.main.name)

        return sorted(columns, key=score)


def ask(question: str, space: Space) -> Asked:
    """Return the question beside the space, which has at least one table."""
    found = tuple(words(question))
    lexicon = Lexicon(space)
    matches = lexicon.matches(found)
    conditions = read_conditions(question, found, matches)
    used = set(conditions.used)
    for start, end in periods.grain_spans(question):
        used |= {i for i, w in enumerate(found) if w.start >= start and w.end <= end}
    return Asked(
        question=question,
        words=found,
        space=space,
        samples=Samples(space),
        lexicon=lexicon,
        main=main_table(space),
        conditions=conditions,
        used=frozenset(used),
        matches=tuple(m for m in matches if not used & set(m.span)),
    )


def main_table(space: Space) -> Table:
    """The table that most questions are about: has time and measures, and points at others."""
    samples = Samples(space)

    def weight(table: Table) -> tuple[int, int, int]:
        return (
            bool(table.of_role("time")) + bool(table.of_role("measure")),
            sum(bool(link(table, t)) for t in space.tables),
            samples.mentions(table),
        )

    return max(space.tables, key=weight)
