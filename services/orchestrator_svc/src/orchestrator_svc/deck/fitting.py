"""What of a model's answer fits its schema.

llm_svc has checked it; but an answer that is cut, or of the wrong types, must cost no more than the
part that is wrong, whoever checked it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

MAX_CHARACTERS: Final = 2_000


class Unfit(ValueError):
    """Nothing of the value can be used."""


def fitting(value: Any, schema: Mapping[str, Any]) -> Any:
    """The value without the parts that the schema does not know. Raises Unfit."""
    match schema["type"]:
        case "object":
            return _object(value, schema)
        case "array":
            return _array(value, schema)
        case _:
            return _text(value, schema)


def _object(value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Unfit(f"not an object: {type(value).__name__}")
    kept = {}
    for name, inner in schema["properties"].items():
        if name not in value:
            continue
        try:
            kept[name] = fitting(value[name], inner)
        except Unfit:
            continue
    if missing := [name for name in schema["required"] if name not in kept]:
        raise Unfit(f"without {', '.join(missing)}")
    return kept


def _array(value: Any, schema: Mapping[str, Any]) -> list[Any]:
    if not isinstance(value, list):
        raise Unfit(f"not a list: {type(value).__name__}")
    kept = []
    for item in value[: schema.get("maxItems", 40)]:
        try:
            kept.append(fitting(item, schema["items"]))
        except Unfit:
            continue
    if len(kept) < schema.get("minItems", 0):
        raise Unfit("no usable item")
    return kept


def _text(value: Any, schema: Mapping[str, Any]) -> str:
    if not isinstance(value, str) or len(value) > schema.get("maxLength", MAX_CHARACTERS):
        raise Unfit("not a text, or too long")
    if "enum" in schema and value not in schema["enum"]:
        raise Unfit(f"not one of {', '.join(schema['enum'])}")
    return value
