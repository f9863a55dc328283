"""Greetings, haste and whom a number is for go; what could narrow the question stays."""

from __future__ import annotations

import pytest
from local_workspace.translate import Answer, Clarification, translate
from local_workspace.translate.asides import without_asides
from local_workspace.translate.lexicon import lexicon_of

PLAIN = "revenue by channel"


@pytest.mark.parametrize(
    "question",
    [
        "Morning! Quick one - revenue by channel",
        "hiya, revenue by channel, ta",
        "Need this for the board deck: revenue by channel",
        "Sorry to bug you - revenue by channel? No rush, thx",
        "boss wants to know revenue by channel ASAP",
        "for my 1:1 tomorrow - revenue by channel",
        "Pls do the needful: revenue by channel",
        "Hi Priya, any chance you could pull revenue by channel? Much appreciated",
        "Kindly share revenue by channel",
        "FYI (sorry for the rush): revenue by channel, head office wants it today",
        "Board pack: revenue by channel",
        "Hey y'all — revenue by channel, when you get a chance",
        "revenue by channel for my 1:1",
    ],
)
def test_chat_changes_no_answer(question, shop):
    answer, plain = translate(question, shop), translate(PLAIN, shop)
    assert isinstance(answer, Answer), answer
    assert isinstance(plain, Answer)
    assert answer.plan == plain.plan


@pytest.mark.parametrize(
    "question",
    [
        "Wholesale only: revenue by channel",
        "For the Boston board: revenue by channel",
        "Excluding returns: revenue by channel",
        "need numbers for hats: revenue by channel",
        "Members - revenue by channel",
        "revenue by channel for each team",
        "for the audit of hats, revenue by channel",
    ],
)
def test_what_may_be_a_condition_stays(question, shop):
    told = without_asides(question, lexicon_of(shop))
    assert any(word in told for word in ("Wholesale", "Boston", "returns", "hats", "team", "Memb"))
    answer = translate(question, shop)
    plain = translate(PLAIN, shop)
    assert isinstance(answer, Clarification) or answer.plan != plain.plan


def test_a_question_that_is_all_chat_stays_as_it_is(shop):
    assert without_asides("thanks!", lexicon_of(shop)) == "thanks!"


def test_brackets_that_explain_stay(shop):
    told = without_asides("revenue (sorry for the rush) by channel (desc)", lexicon_of(shop))
    assert told == "revenue by channel (desc)"
