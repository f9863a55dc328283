"""Labels: a heading names its column, a caption what is drawn, a key figure's label its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from aislides.deck.v1.fact_pb2 import Text
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.roots import root

if TYPE_CHECKING:
    from orchestrator_svc.verify.sentences import Sentence

_WORD = re.compile("[a-z]+")
_BY = re.compile(r"\b(?:by|per|over|for each|across) ([a-z]+)(?: and ([a-z]+))?")
_RATIO = re.compile(r"\b(?:shares?|percent(?:age)?|pct|ratios?|rates?)\b")


def labelled(sentence: Sentence, context: VerifyContext) -> Text:
    """The label with its value behind it, so that both are read as one; other texts as they are.

    The value's own label says what the value is, and is read alone.
    """
    if sentence.value is None:
        return sentence.text
    value = context.values.get((sentence.value.fact_id, sentence.value.name))
    said = _plain(sentence.text)
    if value is None or not said or said.startswith(value.label.lower()):
        return sentence.text
    whole = Text()
    whole.CopyFrom(sentence.text)
    whole.spans.add(text=": ")
    whole.spans.add(value=sentence.value)
    return whole


def column_faults(text: Text, columns: frozenset[str], context: VerifyContext) -> Iterator[Fault]:
    """Words for a measure or a split over columns that hold none of them."""
    if not columns:
        return
    said = _plain(text)
    own = {root(part) for column in columns for part in name_tokens(column)}
    words = [
        one
        for one in _WORD.findall(said)
        if one not in context.lexicon.plain and root(one) not in own
    ]
    shown = any(root(word) in own for word in _WORD.findall(said.split(" by ")[0]))
    hint = f"what is shown is {', '.join(sorted(columns)[:4])}"
    for word in words:
        named = context.measures.named_by.get(root(word), frozenset())
        if shown and named <= context.measures.counts:
            continue  # `average delay, with the number of flights`
        if named and not named & columns and word not in context.lexicon.of_any_measure:
            yield fault(Code.MISATTRIBUTED, word, hint)
            return
    if len(columns) == 1 and _RATIO.search(said) and not _RATIO.search(" ".join(own)):
        yield fault(Code.MISATTRIBUTED, said, hint)
        return
    for found in _BY.finditer(said):
        others = [word for word in found.groups() if word and root(word) not in own]
        splits = [context.splits.get(root(word)) for word in others]
        known = {split for split in splits if split}
        if known and not known & columns:
            yield fault(Code.MISATTRIBUTED, found[0], hint)
            return


def _plain(text: Text) -> str:
    return "".join(span.text for span in text.spans).strip().lower()
