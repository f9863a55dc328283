"""What a space's owner teaches: measures and breakdowns in words known to work.

They stand in the sample questions ("Average delay by airline") and in the instructions
("Measures: on-time rate, delay minutes.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
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
_LISTED = re.compile(r"\b(?:measures?|metrics?|kpis?)(?: are| include)?:\s*([^.]+)\.", re.I)
_SPLIT = re.compile(
    r"\b(?:broken down by|(?:dimensions?|breakdowns?)(?: are| include)?:)"
    r"(?: at most \w+ of)?\s+([^.:]+)\.",
    re.I,
)
_RANKED = re.compile(r"(?:\d|top|bottom|first|best|worst)", re.I)
_TIME = re.compile(r"^(?:day|week|month|quarter|year|hour|weekday|date)", re.I)
_RATE = re.compile(r"\b(?:rate|share|percent|percentage|proportion|ratio)\b")
_MOST_WORDS = 4


@dataclass(frozen=True)
class Said:
    """Words `first` to `last` (exclusive) of a question say the measure `phrase`."""

    first: int
    last: int
    phrase: str


class Samples:
    """Measures and breakdowns that the owner of a space names."""

    def __init__(self, space: Space) -> None:
        self._measures: dict[str, None] = {}
        self._groups: dict[str, None] = {}
        self._text = " ".join(space.samples).lower()
        columns = [c for t in space.tables for c in t.of_role("measure")]
        plain = {c.label for c in columns}
        measured = {stems(phrase) for c in columns for phrase in (*c.phrases, *c.loose)}
        for sample in space.samples:
            shape = _SHAPE.match(_OPENING.sub("", sample.strip()))
            if shape and not _RANKED.match(shape["measure"]):
                for measure in _items(shape["measure"]):
                    self._measures.setdefault(measure)
                for group in _items(shape["groups"]):
                    # "Clubs by revenue" ranks by a measure and splits by none.
                    if stems(_undated(group)) not in measured:
                        self._groups.setdefault(singular_phrase(_undated(group)))
        for listed in _LISTED.findall(space.instructions):
            for measure in _items(" ".join(listed.split())):
                if _names_something(measure) and measure not in plain:
                    self._measures.setdefault(measure)
        for listed in _SPLIT.findall(" ".join(space.instructions.split())):
            for group in _items(listed):
                if len(group.split()) <= _MOST_WORDS:
                    self._groups.setdefault(group)

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures in the order they are told."""
        return tuple(self._measures)

    @property
    def groups(self) -> tuple[str, ...]:
        """Breakdowns other than time, in the order of the samples."""
        return tuple(g for g in self._groups if not _TIME.match(g))

    def mentions(self, table: Table) -> int:
        """How often the samples name the table's rows."""
        return self._text.count(table.row)

    def measure_with(self, phrase: str) -> str | None:
        """The first measure that uses the words."""
        wanted = set(stems(phrase))
        return next((m for m in self._measures if wanted <= set(stems(m))), None)

    def rate_with(self, phrase: str) -> str | None:
        """The first measure that uses the words and is a share, not a count."""
        wanted = set(stems(phrase))
        told = [m for m in self._measures if wanted <= set(stems(m))]
        return next((m for m in told if _RATE.search(m)), None)

    def group_with(self, word: str) -> str | None:
        """The first breakdown that is a kind of what the word names."""
        wanted = stems(word)
        return next((g for g in self._groups if stems(g)[-len(wanted) :] == wanted), None)

    def measures_in(self, question: Sequence[Word], used: Set[int]) -> list[Said]:
        """Measures that the question says in the same words."""
        said: list[Said] = []
        for phrase in self._measures:
            wanted = list(stems(phrase))
            at = _find(question, wanted, used)
            if at is None:
                core = [stem(w.lower) for w in words(phrase) if not is_filler(w.lower)]
                if len(core) < 2 or phrase.startswith(("average", "total", "number")):
                    continue
                at = _find(question, core, used)
            if at is not None and not any(s.first < at[1] and at[0] < s.last for s in said):
                said.append(Said(*at, phrase))
        return sorted(said, key=lambda s: s.first)


def _items(listed: str) -> Iterator[str]:
    for item in re.split(r",| and | or ", listed):
        phrase = re.sub(r"^(?:the|and|or) ", "", item.strip())
        if phrase:
            yield _lower(phrase)


def _names_something(measure: str) -> bool:
    """True for a measure with a name of its own; false for aggregates and long descriptions."""
    said = words(measure)
    return (
        len(said) <= _MOST_WORDS
        and not measure.startswith(("maximum", "minimum", "median of", "average of"))
        and any(not is_filler(w.lower) for w in said)
        and not any(w.text == "N" for w in said)
    )


def _undated(group: str) -> str:
    return re.split(r" (?:in|for|during|since|over|from) ", group)[0]


def _find(
    question: Sequence[Word], wanted: Sequence[str], used: Set[int]
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
