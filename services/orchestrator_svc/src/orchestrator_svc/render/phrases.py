"""The deck's own words (Source, Appendix, No data) by the language of its locale."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "de", "fr", "ja")
"""Languages that the deck's own words exist in; each is a file in `phrase_files/`."""


@cache
def phrases(locale: str) -> Mapping[str, str]:
    """Templates by name for a BCP 47 tag; English for a language that is not there."""
    language = locale.replace("_", "-").split("-")[0].lower()
    name = language if language in LANGUAGES else LANGUAGES[0]
    path = files("orchestrator_svc.render").joinpath(f"phrase_files/{name}.json")
    read: dict[str, str] = json.loads(path.read_text("utf-8"))
    return read
