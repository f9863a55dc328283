"""The JSON Schema of what a model writes: a deck that points at data and holds no markup.

Kept to what every endpoint understands: no references, no alternatives, well under 64 keys.
"""

from __future__ import annotations

import json
from typing import Any, Final

MODEL_LAYOUTS: Final = (
    "cover",
    "summary",
    "finding",
    "full_width",
    "table",
    "comparison",
    "small_multiples",
    "bridge",
    "recommendation",
    "limits",
)
"""Layouts that a model may ask for; all others are chosen by code."""

MODEL_CHARTS: Final = ("line", "bar", "column", "stacked", "slope", "waterfall", "table")
"""Exhibits that a model may ask for."""

_TEXT: Final[dict[str, Any]] = {"type": "string", "maxLength": 400}
_NAME: Final[dict[str, Any]] = {"type": "string", "maxLength": 200}


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
    }


_EXHIBIT: Final = _object(
    {
        "kind": {"type": "string", "enum": list(MODEL_CHARTS)},
        "result": _NAME,
        "x": _NAME,
        "y": {"type": "array", "items": _NAME, "minItems": 1, "maxItems": 4},
        "sort": {"type": "string", "enum": ["desc", "asc", "none"]},
        "highlight": {"type": "array", "items": _NAME, "maxItems": 2},
        "facet": _NAME,
        "caption": _TEXT,
    },
    ["kind", "result", "x", "y"],
)

_POINT: Final = _object(
    {
        "lead": _TEXT,
        "text": _TEXT,
        "facts": {"type": "array", "items": _NAME, "maxItems": 12},
    },
    ["lead", "text", "facts"],
)

SLIDE_SCHEMA: Final = _object(
    {
        "layout": {"type": "string", "enum": list(MODEL_LAYOUTS)},
        "headline": _TEXT,
        "kicker": _TEXT,
        "kpis": {"type": "array", "items": _NAME, "maxItems": 4},
        "exhibit": _EXHIBIT,
        "second": _EXHIBIT,
        "caption": _TEXT,
        "points": {"type": "array", "items": _POINT, "maxItems": 5},
        "notes": {"type": "string", "maxLength": 2000},
    },
    ["layout", "headline"],
)

DECK_SCHEMA: Final = _object(
    {
        "title": _TEXT,
        "subtitle": _TEXT,
        "slides": {"type": "array", "items": SLIDE_SCHEMA, "minItems": 1, "maxItems": 40},
    },
    ["title", "slides"],
)

REPAIR_SCHEMA: Final = _object(
    {"slides": {"type": "array", "items": SLIDE_SCHEMA, "minItems": 1, "maxItems": 40}},
    ["slides"],
)

REVISION_SCHEMA: Final = _object(
    {
        "title": _TEXT,
        "slides": {
            "type": "array",
            "items": _object({"id": _NAME, **SLIDE_SCHEMA["properties"]}, ["id"]),
            "minItems": 1,
            "maxItems": 40,
        },
    },
    ["slides"],
)
"""A changed deck: a slide that stays is its id alone."""

DECK_SCHEMA_JSON: Final = json.dumps(DECK_SCHEMA, separators=(",", ":"))
REVISION_SCHEMA_JSON: Final = json.dumps(REVISION_SCHEMA, separators=(",", ":"))
REPAIR_SCHEMA_JSON: Final = json.dumps(REPAIR_SCHEMA, separators=(",", ":"))

_REFERENCED: Final[dict[str, Any]] = {"type": "array", "items": _NAME, "maxItems": 8}

FINDINGS_SCHEMA: Final = _object(
    {
        "answer": _TEXT,
        "findings": {
            "type": "array",
            "maxItems": 12,
            "items": _object(
                {
                    "claim": _TEXT,
                    "facts": _REFERENCED,
                    "result": _NAME,
                    "why_it_matters": _TEXT,
                    "caveat": _TEXT,
                },
                ["claim", "facts"],
            ),
        },
        "gaps": {"type": "array", "items": _TEXT, "maxItems": 8},
    },
    ["answer", "findings"],
)
"""A deep deck's interpretation."""

STORYLINE_SCHEMA: Final = _object(
    {
        "title": _TEXT,
        "storyline": {
            "type": "array",
            "maxItems": 40,
            "items": _object(
                {
                    "layout": {"type": "string", "enum": list(MODEL_LAYOUTS)},
                    "message": _TEXT,
                    "facts": _REFERENCED,
                    "result": _NAME,
                },
                ["layout", "message"],
            ),
        },
    },
    ["title", "storyline"],
)
"""A deep deck's narrative."""
