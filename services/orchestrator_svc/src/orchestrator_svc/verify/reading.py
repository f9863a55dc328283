"""A sentence as the checks read it: lower-case words, with each reference a mark `⟦0⟧`.

Typed names and figures that equal a value of a cited fact count as references to it, so that one
set of checks holds for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactValue, Polarity, Text

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.text import name_reference, print_value
from orchestrator_svc.verify.context import VerifyContext, stem
from orchestrator_svc.verify.entities import is_name, months_and_hours
from orchestrator_svc.verify.figures import TypedFigure, typed_figures
from orchestrator_svc.verify.lexicon.phrases import Phrases
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.scope import masked

if TYPE_CHECKING:
    from orchestrator_svc.verify.suppositions import Supposition

MARK = re.compile(r"⟦(\d+)⟧")
_NO_MARKS = str.maketrans("⟦⟧", "[]")
_SENTENCE_END = re.compile(r"[.!?;](?:\s|$)|:\s")
_FIRST_WORD = re.compile(r" ([a-z]+)")
_LETTERS = re.compile("[a-z]+")
_SPACED = re.compile(r"\S+")
_COMMON = frozenset(
    "the and of in by its it for with from that this mean average overall value highest lowest "  # noqa: SIM905
    "first last of a an to on at is was".split()
)


Told = TypeVar("Told")


_WANTED = frozenset((Polarity.POLARITY_MORE_IS_BETTER,))


@dataclass(frozen=True, slots=True)
class Cite:
    """One value in a sentence, by reference or written out."""

    fact: Fact
    value: FactValue
    typed: bool = False
    month_only: bool = False
    """Whether the text writes no more of the period than its month."""


@dataclass
class Reading:
    """One sentence, ready for checking.

    `cites[n]` is what `⟦n⟧` in `flat` stands for. `facts` are those the sentence may rely on.
    """

    context: VerifyContext
    flat: str
    cites: list[Cite]
    facts: list[Fact]
    unknown: list[str] = field(default_factory=list)
    unnamed: Sequence[tuple[str, str]] = ()
    """Facts about a part of the data, and the part, where the sentence does not name it."""
    supposed: list[Supposition] | None = None
    """What `suppositions` found; None before it looked."""
    stray: list[TypedFigure] = field(default_factory=list)
    figures: list[tuple[TypedFigure, int]] = field(default_factory=list)

    def find(self, phrases: Phrases) -> tuple[re.Match[str], ...]:
        """Where the phrases stand in the sentence."""
        found = self._found.get(phrases, ())
        if found is None:
            found = tuple(phrases.finditer(self.flat))
            if found and phrases in self.context.lexicon.moves_and_ranks:
                found = tuple(one for one in found if not self._names_the_measure(one))
            self._found[phrases] = found
        return found

    def _names_the_measure(self, found: re.Match[str]) -> bool:
        """Whether words such as `stalls` or `drop offs` are what is measured, and no claim."""
        word = found[0]
        for fact in self.facts:
            tokens = name_tokens(fact.measure)
            if word.endswith("ing") and root(word) in map(root, name_tokens(fact.dimension)):
                return True  # `the reason for declining`, of decline_reason.
            if word in tokens:
                following = _FIRST_WORD.match(self.flat, found.end())
                plural = word.endswith("s") and not word.endswith("ss")
                return plural or (following is not None and following[1] in tokens)
        return False

    def first(self, phrases: Phrases) -> re.Match[str] | None:
        """Where the phrases first stand in the sentence."""
        return next(iter(self.find(phrases)), None)

    def possible(self, several: Mapping[Phrases, Told]) -> list[Told]:
        """What the phrases tell that may stand in the sentence, of many of which few do."""
        return [several[one] for one in self._found if one in several]

    def amounts(self) -> list[re.Match[str]]:
        """Parts and multiples in words."""
        return self._amounts

    @cached_property
    def _amounts(self) -> list[re.Match[str]]:
        lexicon = self.context.lexicon
        several = (*self.possible(lexicon.fraction_of), *self.possible(lexicon.multiple_of))
        return [found for one in several for found in self.find(one.pattern)]

    def claims(self) -> list[re.Match[str]]:
        """All words that some check understands as part of a claim."""
        return self._claims

    @cached_property
    def _claims(self) -> list[re.Match[str]]:
        wanted = self.context.lexicon.claims & self._found.keys()
        return [found for one in wanted for found in self.find(one)]

    def has(self, *several: Phrases, start: int = 0, end: int | None = None) -> bool:
        """Whether any of the phrases stands between two positions of `flat`."""
        last = len(self.flat) if end is None else end
        possible = self._found
        for phrases in several:
            if phrases not in possible:
                continue
            for one in self.find(phrases):
                if start <= one.start() and one.end() <= last:
                    return True
        return False

    def marks(self, start: int = 0, end: int | None = None) -> list[tuple[int, Cite]]:
        """Positions and values cited between two positions of `flat`."""
        if start == 0 and end is None:
            return self._marks
        last = len(self.flat) if end is None else end
        return [one for one in self._marks if start <= one[0] < last]

    def clause(self, position: int) -> tuple[int, int]:
        """Start and end of the clause around a position: between commas and conjunctions."""
        return _between(self._clause_breaks, position, len(self.flat))

    def statement(self, position: int) -> tuple[int, int]:
        """Start and end of the statement around a position: between full stops and semicolons."""
        return _between(self._sentence_ends, position, len(self.flat))

    def nearest(
        self, position: int, *, wanted: Callable[[Cite], bool], within: tuple[int, int]
    ) -> Cite | None:
        """The cited value nearest to a position inside a range, of those wanted."""
        found = [(abs(at - position), at, cite) for at, cite in self.marks(*within) if wanted(cite)]
        return min(found, key=lambda one: one[:2])[2] if found else None

    def negated(self, position: int) -> bool:
        """Whether a negation stands in the few words before a position, in the same clause."""
        start, _ = self.clause(position)
        near = [one for one in self._words if start <= one.start() and one.end() <= position][-4:]
        if not near:
            return False
        lexicon = self.context.lexicon
        denied = [one for one in self.find(lexicon.negation) if one.start() >= near[0].start()]
        denied = [one for one in denied if one.end() <= position]
        denied = [one for one in denied if not lexicon.merely.match(self.flat, one.end())]
        # `do not read the jump as a trend` denies the reading and not the jump.
        return bool(denied) and not lexicon.mental.match(self.flat, denied[-1].end())

    def about(self, words: str, facts: Sequence[Fact] | None = None) -> list[Fact]:
        """The facts that share most words with `words`; all of them when none shares any."""
        pool = list(self.facts if facts is None else facts)
        asked = {stem(word) for word in _LETTERS.findall(words)} - _COMMON
        topics = self.context.topics
        for fact in pool:
            if fact.id not in topics:
                topics[fact.id] = topic(fact)
        scores = [(len(asked & topics[fact.id]), fact) for fact in pool]
        best = max((score for score, _ in scores), default=0)
        return [fact for score, fact in scores if score == best] if best else pool

    @cached_property
    def statements(self) -> list[tuple[int, int]]:
        """Start and end of each statement."""
        starts = [0, *(stop for _, stop in self._sentence_ends)]
        ends = [*(begin for begin, _ in self._sentence_ends), len(self.flat)]
        return [(one, other) for one, other in zip(starts, ends, strict=True) if one < other]

    @cached_property
    def more_is_better(self) -> bool | None:
        """Whether a rise of what the facts measure is good; None when the data does not say."""
        found = frozenset().union(*(self.context.polarity(fact) for fact in self.facts))
        return None if len(found) != 1 else found == _WANTED

    def better_at(self, position: int) -> bool | None:
        """Whether a rise of what the clause around a position cites is good."""
        cited = [cite.fact for _, cite in self.marks(*self.clause(position))]
        found = frozenset().union(*(self.context.polarity(fact) for fact in cited))
        if len(found) == 1:
            return found == _WANTED
        return self.more_is_better

    @cached_property
    def claimed(self) -> frozenset[ClaimKind.ValueType]:
        """What the facts claim."""
        return frozenset().union(*(self.context.claims(fact) for fact in self.facts))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the sentence, each once."""
        return frozenset(_LETTERS.findall(self.flat))

    @cached_property
    def _found(self) -> dict[Phrases, tuple[re.Match[str], ...] | None]:
        """What was searched for, and None for what may stand in the sentence and was not yet."""
        return dict.fromkeys(self.context.lexicon.index.possible(self.flat))

    @cached_property
    def _marks(self) -> list[tuple[int, Cite]]:
        return [(one.start(), self.cites[int(one[1])]) for one in MARK.finditer(self.flat)]

    @cached_property
    def _clause_breaks(self) -> list[tuple[int, int]]:
        breaks = self.context.lexicon.clause_break
        return [one.span() for one in breaks.finditer(self.flat)]

    @cached_property
    def _sentence_ends(self) -> list[tuple[int, int]]:
        """Where statements end: advice ends at its colon, and what follows is told."""
        ends, begin = [], 0
        for one in _SENTENCE_END.finditer(self.flat):
            if self.flat[one.start()] == ":" and not self._advises(begin, one.start()):
                continue
            ends.append(one.span())
            begin = one.end()
        return ends

    def _advises(self, begin: int, end: int) -> bool:
        lexicon = self.context.lexicon
        advice = lexicon.imperative.match(self.flat, begin, end)
        return advice is not None and not lexicon.frames.dissuading.match(self.flat, begin, end)

    @cached_property
    def _words(self) -> list[re.Match[str]]:
        return list(_SPACED.finditer(self.flat))


def _between(breaks: list[tuple[int, int]], position: int, length: int) -> tuple[int, int]:
    start, end = 0, length
    for begin, stop in breaks:
        if stop <= position:
            start = stop
        elif begin >= position:
            end = begin
            break
    return start, end


def read(text: Text, facts: Sequence[Fact], context: VerifyContext) -> Reading:
    """The reading of a text that cites `facts`, beside those that it refers to."""
    cites: list[Cite] = []
    unknown: list[str] = []
    cited = {fact.id: fact for fact in facts}
    pieces: list[str] = []
    for span in text.spans:
        if span.WhichOneof("kind") != "value":
            pieces.append(span.text.lower().translate(_NO_MARKS))
            continue
        value = context.values.get((span.value.fact_id, span.value.name))
        if value is None:
            unknown.append(name_reference(span.value))
            pieces.append("∅")
            continue
        fact = context.facts[span.value.fact_id]
        cited[fact.id] = fact
        pieces.append(f"⟦{len(cites)}⟧")
        cites.append(Cite(fact, value))
    flat, missing = masked("".join(pieces), list(cited.values()), context.common_parts)
    reading = Reading(context, flat, cites, list(cited.values()), unknown, missing)
    _mark_typed_names(reading)
    _mark_typed_figures(reading)
    return reading


def topic(fact: Fact) -> set[str]:
    """Stems of the words that tell what a fact is about."""
    words: set[str] = set(_LETTERS.findall(fact.says.lower()))
    words.update(name_tokens(fact.dimension))
    for value in fact.values:
        words.update(_LETTERS.findall(value.label.lower()))
        words.update(name_tokens(value.name))
    return {stem(word) for word in words} - _COMMON


def _mark_typed_names(reading: Reading) -> None:
    """Turns names and months of cited facts that are written out into marks."""
    for fact in reading.facts:
        for value, shown, _ in _names(reading.context, fact):
            if shown in reading.flat and len(shown) >= 2 and not shown.isdigit():
                _mark(reading, shown, Cite(fact, value, typed=True))
    spelled = reading.context.lexicon.months
    for word in spelled.keys() & set(_LETTERS.findall(reading.flat)):
        cites = [
            Cite(fact, value, typed=True, month_only=True)
            for fact in reading.facts
            for value, _, inside in _names(reading.context, fact)
            if spelled[word] in inside
        ]
        if len({str(cite.value.value) for cite in cites}) == 1:
            _mark(reading, word, cites[0])


def _names(context: VerifyContext, fact: Fact) -> list[tuple[FactValue, str, set[int]]]:
    """The names of a fact, each as it prints in lower case, and the months it lies in."""
    if fact.id not in context.named:
        context.named[fact.id] = [
            (
                value,
                print_value(value, context.locale).lower().replace("\u00a0", " "),
                months_and_hours([value])[0],
            )
            for value in fact.values
            if is_name(value)
        ]
    return context.named[fact.id]


def _mark(reading: Reading, written: str, cite: Cite) -> None:
    pattern = re.compile(rf"(?<![\w⟦]){re.escape(written)}(?![\w⟧])")
    if not pattern.search(reading.flat):
        return
    reading.cites.append(cite)
    reading.flat = pattern.sub(f"⟦{len(reading.cites) - 1}⟧", reading.flat)


def _mark_typed_figures(reading: Reading) -> None:
    """Turns figures that equal a value of a cited fact into marks; the rest are stray."""
    figures = list(typed_figures(reading.flat, reading.context))
    if not figures:
        return
    values = [(fact, value) for fact in reading.facts for value in fact.values]
    for figure in reversed(figures):
        # A figure that is cited already is not typed once more beside it.
        cited = {(cite.fact.id, cite.value.name) for cite in reading.cites if not cite.typed}
        matching = [
            (fact, value)
            for fact, value in values
            if figure.equals(value) and (fact.id, value.name) not in cited
        ]
        if not matching:
            reading.stray.insert(0, figure)
            continue
        fact, value = matching[0]
        reading.cites.append(Cite(fact, value, typed=True))
        number = len(reading.cites) - 1
        reading.flat = f"{reading.flat[: figure.start]}⟦{number}⟧{reading.flat[figure.end :]}"
