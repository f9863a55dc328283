import os
from datetime import UTC, datetime, timedelta

import pytest
from llm_svc.domain.errors import PromptNotFound
from llm_svc.prompts.reload import PromptBook


class Edited:
    """A prompts file whose every edit has a new time."""

    def __init__(self, folder):
        self.path = folder / "prompts.yaml"
        self.words = folder / "words.md"
        self.moment = 1_000_000_000

    def write(self, text, path=None):
        path = path or self.path
        path.write_text(text)
        self.moment += 1
        os.utime(path, (self.moment, self.moment))


@pytest.fixture
def edited(tmp_path):
    file = Edited(tmp_path)
    file.write("prompts: {p: {description: d, system: one}, q: {description: d, system: same}}")
    return file


class Now:
    at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self):
        return self.at


def test_an_edit_comes_into_force_without_a_restart(edited):
    now = Now()
    book = PromptBook(edited.path, now=now)
    first = book.get("p")
    now.at += timedelta(hours=1)
    edited.write("prompts: {p: {description: d, system: two}, q: {description: d, system: same}}")
    assert book.get("p").system == "two" and book.get("p").version != first.version
    assert book.loaded_at("p") == now.at
    assert book.loaded_at("q") == now.at - timedelta(hours=1)


def test_a_broken_edit_keeps_the_last_good_version_and_is_told(edited):
    book = PromptBook(edited.path)
    edited.write("prompts: {p: {description: d, system: '{{x}}'}}")
    assert book.get("p").system == "one"
    assert "without declaring it" in book.fault
    edited.write("prompts: {p: {description: d, system: three}}")
    assert book.get("p").system == "three" and book.fault == ""
    with pytest.raises(PromptNotFound):
        book.get("q")


def test_a_file_that_goes_away_is_a_broken_edit(edited):
    book = PromptBook(edited.path)
    edited.path.unlink()
    assert [prompt.name for prompt in book.all()] == ["p", "q"]
    assert "does not exist" in book.fault


def test_context_files_are_followed_too(edited):
    edited.write("one", edited.words)
    with_words = "parts: {w: {file: words.md}}\nprompts: {p: {description: d, system: '{{> w}}'}}"
    edited.write(with_words)
    book = PromptBook(edited.path)
    edited.write("two", edited.words)
    assert book.get("p").system == "two"


def test_a_context_file_that_comes_later_heals_a_broken_edit(edited):
    book = PromptBook(edited.path)
    edited.write("parts: {w: {file: words.md}}\nprompts: {p: {description: d, system: '{{> w}}'}}")
    assert book.get("p").system == "one" and "words.md" in book.fault
    edited.write("now", edited.words)
    assert book.get("p").system == "now"
