"""Phrases are found in a sentence as if each were searched, though most are not."""

import pytest
from orchestrator_svc.verify.lexicon import lexicon_for
from orchestrator_svc.verify.lexicon.phrases import Index, words
from test_claims import FALSE, TRUE

LEXICON = lexicon_for("en")


@pytest.mark.parametrize(
    ("text", "known_by"),
    [
        ("rose; rises?", {("rose", False), ("rise", False), ("rises", False)}),
        ("year[- ]end", {("year", False)}),
        ("(?:a |one )?half(?: of)?", {("half", False)}),
        ("in the majority; by far", {("majority", False), ("far", False)}),
        ("on(?: the)? up", {("on", False)}),
        ("(?:at|in) (?:its|their) (?:low|peak)s?", {("its", False), ("their", False)}),
        ("head\\w* south", {("south", False)}),
        ("(?:a |one )?head\\w*", {("head", False), ("head", True)}),
        ("(?<=⟧ )more(?! than)", {("more", False)}),
        ("⟦\\d+⟧ low", {("low", False)}),
        ("⟦\\d+⟧", {("⟦", False)}),
        ("\\w+[- ]lowest", {("lowest", False)}),
        ("\\w+est", {("", True)}),
        ("isn't", {("isn", False)}),
    ],
)
def test_words_that_each_match_of_a_phrase_holds(text, known_by):
    assert words(text).known_by == known_by


@pytest.mark.parametrize("text", ["most of ⟦0⟧ rose", "it isn't the third-lowest", "heading south"])
def test_index_finds_what_is_known_by_a_word(text):
    several = [
        words(one) for one in ("rose", "isn't", "\\w+[- ]lowest", "head\\w* south", "⟦0⟧ rose")
    ]
    found = {one for one in several if one.search(text)}
    assert found
    assert found <= Index(several).possible(text)


def test_no_phrase_of_the_lexicon_is_passed_over():
    sentences = [one[1].lower() for one in (*TRUE, *FALSE)]
    sentences += [text.replace("{", "⟦").replace("}", "⟧") for text in sentences]
    found = 0
    for text in sentences:
        possible = LEXICON.index.possible(text)
        for phrases in LEXICON.claims:
            if phrases.search(text):
                found += 1
                assert phrases in possible, (text, phrases.text)
    assert found > 300
