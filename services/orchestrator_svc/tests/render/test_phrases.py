from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter

import pytest
from every_layout import every_layout
from orchestrator_svc.render.html import render_html
from orchestrator_svc.render.phrases import LANGUAGES, phrases

ENGLISH = phrases("en-GB")


def blanks(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_phrase_with_the_same_blanks(language):
    own = phrases(language)
    assert own.keys() == ENGLISH.keys()
    assert {name: blanks(own[name]) for name in own} == {
        name: blanks(ENGLISH[name]) for name in own
    }


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en-US", ["Appendix", "No data", "Notes", "Evidence"]),
        ("en-GB", ["Appendix", "No data", "Notes", "Evidence"]),
        ("de-DE", ["Anhang", "Keine Daten", "Notizen", "Nachweis"]),
        ("fr-FR", ["Annexe", "Aucune donnée", "Notes", "Preuve"]),
        ("ja-JP", ["付録", "データなし", "ノート", "根拠"]),
        ("sw-KE", ["Appendix", "No data", "Notes", "Evidence"]),
    ],
)
def test_words_of_each_locale(locale, words):
    own = phrases(locale)
    assert [own[name] for name in ("appendix", "no-data", "notes", "evidence")] == words


def test_every_phrase_that_is_said_exists():
    said = set()
    for folder in ("html", "html/slides", "charts"):
        for file in files("orchestrator_svc.render").joinpath(folder).iterdir():
            if file.name.endswith(".py"):
                said |= set(re.findall(r"\.say\(\s*\"([\w-]+)\"", file.read_text("utf-8")))
    assert said <= ENGLISH.keys()


def test_a_german_deck_says_nothing_of_its_own_in_english():
    bundle = every_layout()
    bundle.deck.locale = "de-DE"
    bundle.results[0].row_count = 1234
    html = re.sub(r"<(script|style|pre)\b.*?</\1>", "", render_html(bundle).decode(), flags=re.S)
    own = {text for text in ENGLISH.values() if not blanks(text) and len(text) > 4}
    own -= set(phrases("de").values())
    assert {text for text in own if f">{text}<" in html} == set()
    assert "Quelle: Genie-Space „Test space“, Abfrage 1 (Anhang). Stand 21. Nov. 2026." in html
    assert "1.234 Zeilen · 0,0 s" in html
