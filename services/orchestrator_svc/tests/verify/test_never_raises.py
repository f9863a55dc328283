"""A sentence that no check can make sense of is marked; it never takes the deck with it."""

import random
import re
from importlib import import_module

import pytest
from orchestrator_svc.verify.faults import Code
from test_claims import FALSE, TRUE, faults


@pytest.mark.parametrize(
    "text",
    [
        "Delays have more than halved since {se.low_period}.",
        "Less than halved since {se.low_period}, delays rose.",
        "The below day builds up from {se.low_period} at {se.low} to {se.peak}.",
    ],
)
def test_a_comparison_without_a_right_side_is_judged(text):
    assert Code.UNREADABLE not in {found.code for found in faults("se", text)}


def test_a_check_that_fails_marks_the_sentence(monkeypatch):
    def broken(reading):
        raise IndexError(reading.flat)
        yield

    monkeypatch.setattr(import_module("orchestrator_svc.verify.sentences"), "CHECKS", (broken,))
    assert [found.code for found in faults("se", "Delays were late.")] == [Code.UNREADABLE]


def test_words_in_any_order_are_judged():
    pieces = [(names, re.findall(r"\{[^}]+\}|[\w'-]+|[^\w\s]", text)) for names, text in TRUE]
    others = [re.findall(r"[\w'-]+", text) for _, text in FALSE]
    order = random.Random(20261121)
    for _ in range(200):
        names, words = order.choice(pieces)
        mixed = list(words)
        for _ in range(order.randint(1, 4)):
            at, other = order.randrange(len(mixed)), order.choice(others)
            start = order.randrange(len(other))
            mixed[at : at + order.randint(0, 2)] = other[start : start + order.randint(1, 4)]
        text = " ".join(mixed)
        assert Code.UNREADABLE not in {found.code for found in faults(names, text)}, text
