from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter

import pytest
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
