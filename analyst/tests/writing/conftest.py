"""Write payloads as the orchestrator makes them, and what any deck must hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_DATA = Path(__file__).parent.parent / "data"
_REFERENCE = re.compile(r"\{(f\d+)\.(\w+)\}")

Payload = dict[str, Any]


@pytest.fixture
def payload() -> Callable[[str], Payload]:
    """A recorded payload by name: `flights` and `retail` with templates, `recorded` without."""

    def read(name: str) -> Payload:
        found: Payload = json.loads((_DATA / f"{name}.json").read_text())
        return found

    return read


@pytest.fixture
def printed() -> Callable[[Payload, str], str]:
    """A template as readers see it; raises KeyError for a reference that nothing holds."""

    def as_read(given: Payload, template: str) -> str:
        values = {
            f"{fact['id']}.{name}": str(value.get("display", value["v"]))
            for fact in given["facts"]
            for name, value in fact["values"].items()
        }
        text = _REFERENCE.sub(lambda m: values[f"{m[1]}.{m[2]}"], template)
        return text.replace("\u00a0", " ")

    return as_read


def sentences(deck: Payload) -> list[str]:
    """All texts of a deck that are claims: headlines and points."""
    found = [slide["headline"] for slide in deck["slides"]]
    return found + [p["text"] for slide in deck["slides"] for p in slide.get("points", [])]


@pytest.fixture
def well_formed(printed: Callable[[Payload, str], str]) -> Callable[[Payload, Payload], None]:
    """Asserts what holds for every deck, whatever the data."""

    def check(given: Payload, deck: Payload) -> None:
        texts = sentences(deck)
        assert len(texts) == len(set(texts)), "nothing is said twice"
        for slide in deck["slides"]:
            headline = printed(given, slide["headline"])
            assert len(headline.split()) <= 15 and len(headline) <= 110, headline
            assert not headline.endswith((".", "?", "!")), headline
            for point in slide.get("points", []):
                assert len(printed(given, point["lead"]).split()) <= 5, point
                assert len(printed(given, point["text"]).split()) <= 20, point
            for key in ("headline", "caption", "notes"):
                typed = _REFERENCE.sub("", slide.get(key, ""))
                assert not re.search(r"\d", typed), typed
            _check_exhibit(given, slide)
        assert len(deck["slides"]) <= given["max_slides"]
        assert deck["slides"][0]["layout"] == "cover"

    return check


def _check_exhibit(given: Payload, slide: Payload) -> None:
    exhibit = slide.get("exhibit")
    if exhibit is None:
        return
    result = given["results"][exhibit["result"]]
    columns = [c["name"] if isinstance(c, dict) else c for c in result["columns"]]
    assert exhibit["x"] in columns
    assert set(exhibit["y"]) <= set(columns)
    assert slide["caption"]
    assert len(exhibit.get("highlight", [])) <= 2
