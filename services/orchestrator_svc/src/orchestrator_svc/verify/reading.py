"""A sentence as the checks read it: lower-case words, with each reference a mark `⟦0⟧`.

Typed names and figures that equal a value of a cited fact count as references to it, so that one
set of checks holds for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from aislides.deck.v1.fact_pb2 import Fact, FactValue, Text

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.text import UnknownReference, name_reference, print_value, resolve
from orchestrator_svc.verify.context import VerifyContext, stem
from orchestrator_svc.verify.entities import is_name, months_and_hours
from orchestrator_svc.verify.figures import TypedFigure, typed_figures

MARK = re.compile(r"⟦(\d+)⟧")
_NO_MARKS = str.maketrans("⟦⟧", "[]")
_SENTENCE_END = re.compile(r"[.!?;](?:\s|$)")
_COMMON = frozenset(
    "the and of in by its it for with from that this mean average overall value highest lowest "  # noqa: SIM905
    "first last of a an to on at is was".split()
)


@dataclass(frozen=True, slots=True)
class Cite:
    """One value in a sentence, by reference or written out."""

    fact: Fact
    value: FactValue
    typed: bool = False


@dataclass(slots=True)
class Reading:
    """One sentence, ready for checking.

    `cites[n]` is what `⟦n⟧` in `flat` stands for. `facts` are those the sentence may rely on.
    """

    context: VerifyContext
    flat: str
    cites: list[Cite]
    facts: list[Fact]
    unknown: list[str] = field(default_factory=list)
    stray: list[TypedFigure] = field(default_factory=list)
    figures: list[tuple[TypedFigure, int]] = field(default_factory=list)

    def marks(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, Cite]]:
        """Positions and values cited between two positions of `flat`."""
        for mark in MARK.finditer(self.flat, start, len(self.flat) if end is None else end):
            yield mark.start(), self.cites[int(mark[1])]

    def clause(self, position: int) -> tuple[int, int]:
        """Start and end of the clause around a position: between commas and conjunctions."""
        return self._between(self.context.lexicon.clause_break, position)

    def statement(self, position: int) -> tuple[int, int]:
        """Start and end of the statement around a position: between full stops and semicolons."""
        return self._between(_SENTENCE_END, position)

    def nearest(
        self, position: int, *, wanted: Callable[[Cite], bool], within: tuple[int, int]
    ) -> Cite | None:
        """The cited value nearest to a position inside a range, of those wanted."""
        found = [(abs(at - position), at, cite) for at, cite in self.marks(*within) if wanted(cite)]
        return min(found, key=lambda one: one[:2])[2] if found else None

    def negated(self, position: int) -> bool:
        """Whether a negation stands in the few words before a position, in the same clause."""
        start, _ = self.clause(position)
        before = self.flat[start:position].split()
        return bool(self.context.lexicon.negation.search(" ".join(before[-4:])))

    def about(self, words: str, facts: Sequence[Fact] | None = None) -> list[Fact]:
        """The facts that share most words with `words`; all of them when none shares any."""
        pool = list(self.facts if facts is None else facts)
        asked = {stem(word) for word in re.findall(r"[a-z]+", words)} - _COMMON
        topics = self.context.topics
        for fact in pool:
            if fact.id not in topics:
                topics[fact.id] = topic(fact)
        scores = [(len(asked & topics[fact.id]), fact) for fact in pool]
        best = max((score for score, _ in scores), default=0)
        return [fact for score, fact in scores if score == best] if best else pool

    def _between(self, breaks: re.Pattern[str], position: int) -> tuple[int, int]:
        start, end = 0, len(self.flat)
        for found in breaks.finditer(self.flat):
            if found.end() <= position:
                start = found.end()
            elif found.start() >= position:
                end = found.start()
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
        try:
            value = resolve(span.value, context.facts)
        except UnknownReference:
            unknown.append(name_reference(span.value))
            pieces.append("∅")
            continue
        fact = context.facts[span.value.fact_id]
        cited[fact.id] = fact
        pieces.append(f"⟦{len(cites)}⟧")
        cites.append(Cite(fact, value))
    reading = Reading(context, "".join(pieces), cites, list(cited.values()), unknown)
    _mark_typed_names(reading)
    _mark_typed_figures(reading)
    return reading


def topic(fact: Fact) -> set[str]:
    """Stems of the words that tell what a fact is about."""
    words: set[str] = set(re.findall(r"[a-z]+", fact.says.lower()))
    words.update(name_tokens(fact.dimension))
    for value in fact.values:
        words.update(re.findall(r"[a-z]+", value.label.lower()))
        words.update(name_tokens(value.name))
    return {stem(word) for word in words} - _COMMON


def _mark_typed_names(reading: Reading) -> None:
    """Turns names and months of cited facts that are written out into marks."""
    months: dict[int, list[Cite]] = {}
    for fact in reading.facts:
        for value in fact.values:
            if not is_name(value):
                continue
            shown, inside = _shown(reading.context, fact, value)
            for month in inside:
                months.setdefault(month, []).append(Cite(fact, value, typed=True))
            if len(shown) >= 2 and not shown.isdigit():
                _mark(reading, shown, Cite(fact, value, typed=True))
    for word, month in reading.context.lexicon.months.items():
        cites = months.get(month, [])
        if len({str(cite.value.value) for cite in cites}) == 1:
            _mark(reading, word, cites[0])


def _shown(context: VerifyContext, fact: Fact, value: FactValue) -> tuple[str, set[int]]:
    """A name as it prints, in lower case, and the months it lies in; remembered."""
    key = (fact.id, value.name)
    if key not in context.printed:
        shown = print_value(value, context.locale).lower().replace("\u00a0", " ")
        context.printed[key] = (shown, months_and_hours([value])[0])
    return context.printed[key]


def _mark(reading: Reading, written: str, cite: Cite) -> None:
    if written not in reading.flat:
        return
    pattern = re.compile(rf"(?<![\w⟦]){re.escape(written)}(?![\w⟧])")
    if not pattern.search(reading.flat):
        return
    reading.cites.append(cite)
    reading.flat = pattern.sub(f"⟦{len(reading.cites) - 1}⟧", reading.flat)


def _mark_typed_figures(reading: Reading) -> None:
    """Turns figures that equal a value of a cited fact into marks; the rest are stray."""
    values = [(fact, value) for fact in reading.facts for value in fact.values]
    for figure in reversed(list(typed_figures(reading.flat, reading.context))):
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
