"""Phrases are found in a sentence as if each were searched, though most are not."""

import pytest
from orchestrator_svc.verify.lexicon import lexicon_for
from orchestrator_svc.verify.lexicon.phrases import Index, words
from test_claims import FALSE, TRUE

LEXICON = lexicon_for("en")


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("rose; rises?", {("rose", False), ("rise", False), ("rises", False)}),
        ("year[- ]end", {("year", False)}),
        ("(?:a |one )?half(?: of)?", {("a", False), ("one", False), ("half", False)}),
        ("head\\w* south", {("head", False), ("head", True)}),
        ("(?<=⟧ )more(?! than)", {("more", False)}),
        ("⟦\\d+⟧ low", {("⟦", False)}),
        ("\\w+[- ]lowest", {("", True)}),
        ("isn't", {("isn", False)}),
    ],
)
def test_first_words_of_a_phrase(text, first_words):
    assert words(text).first_words == first_words


@pytest.mark.parametrize("text", ["most of ⟦0⟧ rose", "it isn't the third-lowest", "heading south"])
def test_index_finds_what_begins_with_a_word(text):
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
