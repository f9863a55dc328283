"""What the sample questions of a space teach: measures and breakdowns in words known to work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aislides_analyst.planning.fillers import is_filler
from aislides_analyst.planning.space import Space, Table
from aislides_analyst.planning.words import Word, singular_phrase, stem, stems, words

_OPENING = re.compile(
    r"^(?:what (?:is|was|are|were) |how (?:does|did|do|has|have|is|are) |show(?: me)? |list |"
    r"give me |compare )?(?:the |our )?",
    re.I,
)
_SHAPE = re.compile(
    r"^(?P<measure>.+?)(?: (?:change|changed|develop|developed|vary|differ|evolve))?"
    r" (?:by|per|for each) (?P<groups>[^,?]+)",
    re.I,
)
_TIME = re.compile(r"^(?:day|week|month|quarter|year|hour|weekday|date)", re.I)


@dataclass(frozen=True)
class Said:
    """Words `first` to `last` (exclusive) of a question say the measure `phrase`."""

    first: int
    last: int
    phrase: str


class Samples:
    """Measures and breakdowns that the sample questions name."""

    def __init__(self, space: Space) -> None:
        self._measures: dict[str, None] = {}
        self._groups: dict[str, None] = {}
        self._text = " ".join(space.samples).lower()
        for sample in space.samples:
            shape = _SHAPE.match(_OPENING.sub("", sample.strip()))
            if not shape or re.match(r"(?:top|bottom)\b", shape["measure"], re.I):
                continue
            for measure in re.split(r",| and ", shape["measure"]):
                if measure.strip():
                    self._measures.setdefault(_lower(measure.strip()))
            for group in re.split(r",| and ", shape["groups"]):
                group = re.sub(r"^(?:the )", "", group.strip())
                group = re.split(r" (?:in|for|during|since|over|from) ", group)[0]
                if group:
                    self._groups.setdefault(singular_phrase(_lower(group)))

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures in the order of the samples."""
        return tuple(self._measures)

    @property
    def groups(self) -> tuple[str, ...]:
        """Breakdowns other than time, in the order of the samples."""
        return tuple(g for g in self._groups if not _TIME.match(g))

    def mentions(self, table: Table) -> int:
        """How often the samples name the table's rows."""
        return self._text.count(table.row)

    def measure_with(self, word: str) -> str | None:
        """The first measure that uses the word."""
        return next((m for m in self._measures if stem(word) in stems(m)), None)

    def group_with(self, word: str) -> str | None:
        """The first breakdown that uses the word."""
        return next((g for g in self._groups if set(stems(word)) <= set(stems(g))), None)

    def measures_in(self, question: Sequence[Word], used: set[int]) -> list[Said]:
        """Measures of samples that the question says in the same words."""
        said: list[Said] = []
        for phrase in self._measures:
            wanted = [s for s in stems(phrase)]
            at = _find(question, wanted, used)
            if at is None:
                core = [stem(w.lower) for w in words(phrase) if not is_filler(w.lower)]
                if len(core) < 2 or phrase.startswith(("average", "total", "number")):
                    continue
                at = _find(question, core, used)
            if at is not None and not any(s.first < at[1] and at[0] < s.last for s in said):
                said.append(Said(*at, phrase))
        return sorted(said, key=lambda s: s.first)


def _find(
    question: Sequence[Word], wanted: Sequence[str], used: set[int]
) -> tuple[int, int] | None:
    flat = [(i, s) for i, w in enumerate(question) for s in stems(w.lower)]
    for at in range(len(flat) - len(wanted) + 1):
        run = flat[at : at + len(wanted)]
        if [s for _, s in run] == list(wanted) and not {i for i, _ in run} & used:
            return run[0][0], run[-1][0] + 1
    return None


def _lower(phrase: str) -> str:
    """The phrase as it stands inside a sentence: names keep their capitals."""
    first = phrase.split(" ", 1)[0]
    return phrase if any(c.isupper() for c in first[1:]) else phrase[0].lower() + phrase[1:]
