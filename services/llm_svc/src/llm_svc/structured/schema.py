"""Closed JSON Schemas: what an answer must look like, and exactly where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError

from llm_svc.structured.reader import BadJson, read_strict

MAX_SCHEMA_BYTES: Final = 64 * 1024
MAX_FAULTS: Final = 20
NATIVE_KEYS: Final = 64

_NATIVE: Final = frozenset(
    {"type", "properties", "required", "items", "enum", "const", "additionalProperties"}
    | {"description", "title"}
)
_LIMITS: Final = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern"}
    | {"minLength", "maxLength", "minItems", "maxItems", "uniqueItems"}
    | {"minProperties", "maxProperties", "default", "examples", "$schema"}
)


class BadSchema(ValueError):
    """The schema cannot be used; the message says what to change."""


class Shape:
    """A closed schema, ready to check values."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = close(schema)
        self._validator = Draft202012Validator(self.schema)

    def faults(self, value: Any) -> list[str]:
        """What does not fit, at most 20 lines such as `slides[2].headline: is missing`."""
        found = sorted(self._validator.iter_errors(value), key=_position)
        # jsonschema reports each missing key by itself, and each report names them all.
        return list(dict.fromkeys(line for error in found for line in _lines(error)))[:MAX_FAULTS]

    def elements(self, path: tuple[str, ...]) -> Shape:
        """The shape of the elements of the array at a path.

        Raises BadSchema when the schema has no array of elements there.
        """
        schema: Mapping[str, Any] = self.schema
        for key in path:
            schema = schema.get("properties", {}).get(key, {})
        items = schema.get("items")
        if not isinstance(items, dict):
            raise BadSchema(f"the schema has no array at {'.'.join(path)!r}")
        return Shape(items)


@lru_cache(maxsize=64)
def read_schema(text: str) -> Mapping[str, Any]:
    """The closed schema in a JSON text of at most 64 KiB; the few that callers send are kept.

    Raises BadSchema for text that is no schema of our subset.
    """
    if len(text.encode("utf-8", "replace")) > MAX_SCHEMA_BYTES:
        raise BadSchema(f"the schema is larger than {MAX_SCHEMA_BYTES} bytes")
    try:
        schema = read_strict(text)
    except BadJson as error:
        raise BadSchema(str(error)) from None
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise BadSchema("the schema must describe an object ('type': 'object')")
    for place, keyword in _unknown_keywords(schema, "schema"):
        raise BadSchema(f"{place}: the keyword {keyword!r} is not supported")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        place = ".".join(str(part) for part in error.absolute_path) or "schema"
        raise BadSchema(f"{place}: {error.message[:200]}") from None
    return close(schema)


def close(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same schema with every object closed that does not say otherwise."""
    closed = dict(schema)
    if "properties" in closed:
        closed["properties"] = {key: close(sub) for key, sub in closed["properties"].items()}
        closed.setdefault("additionalProperties", False)
    if isinstance(closed.get("additionalProperties"), dict):
        closed["additionalProperties"] = close(closed["additionalProperties"])
    if isinstance(closed.get("items"), dict):
        closed["items"] = close(closed["items"])
    return closed


def native(schema: Mapping[str, Any]) -> tuple[dict[str, Any], bool] | None:
    """The schema as endpoints take it, and whether it is strict; None when it is too much.

    Endpoints take at most 64 keys, no patterns and limits, and call a schema strict only when
    every property is required. What is left out here is still checked by us.
    """
    if _count_keys(schema) > NATIVE_KEYS:
        return None
    return _native(schema), _all_required(schema)


def _native(schema: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in schema.items() if key in _NATIVE}
    if "properties" in kept:
        kept["properties"] = {key: _native(sub) for key, sub in kept["properties"].items()}
    if isinstance(kept.get("items"), dict):
        kept["items"] = _native(kept["items"])
    return kept


def _subschemas(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    properties = schema.get("properties")
    if isinstance(properties, dict):
        yield from properties.items()
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield key, schema[key]


def _unknown_keywords(schema: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    for keyword in schema:
        if keyword not in _NATIVE | _LIMITS:
            yield place, keyword
    for name, sub in _subschemas(schema):
        if isinstance(sub, dict):
            yield from _unknown_keywords(sub, f"{place}.{name}")


def _count_keys(schema: Mapping[str, Any]) -> int:
    own = len(schema.get("properties", {}))
    return own + sum(_count_keys(sub) for _, sub in _subschemas(schema))


def _all_required(schema: Mapping[str, Any]) -> bool:
    properties = schema.get("properties", {})
    if set(properties) != set(schema.get("required", ())):
        return False
    return all(_all_required(sub) for _, sub in _subschemas(schema))


def _lines(error: ValidationError) -> Iterator[str]:
    place = _place(error)
    instance: Any = error.instance
    schema: Any = error.schema
    if error.validator == "required":
        for key in schema["required"]:
            if key not in instance:
                yield f"{_join(place, key)}: is missing"
    elif error.validator == "additionalProperties":
        for key in sorted(set(instance) - set(schema.get("properties", {}))):
            yield f"{_join(place, key)}: is not a known key"
    else:
        yield f"{place or 'the answer'}: {_expected(error)}"


_EXPECTED: Final[Mapping[str, str]] = {
    "enum": "must be one of {wanted}, not {got}",
    "maxLength": "must have at most {wanted} characters, has {size}",
    "minLength": "must have at least {wanted} characters, has {size}",
    "maxItems": "must have at most {wanted} entries, has {size}",
    "minItems": "must have at least {wanted} entries, has {size}",
    "minimum": "must be at least {wanted}, not {got}",
    "maximum": "must be at most {wanted}, not {got}",
    "pattern": "must match {wanted}, not {got}",
    "type": "must be {wanted}, not {got}",
}


def _expected(error: ValidationError) -> str:
    wanted, got = error.validator_value, error.instance
    text = _EXPECTED.get(str(error.validator), f"{error.validator} must be {{wanted}}, not {{got}}")
    return text.format(
        wanted=", ".join(map(str, wanted)) if isinstance(wanted, list) else wanted,
        got=_shown(got),
        size=len(got) if isinstance(got, str | list | dict) else 0,
    )


def _position(error: ValidationError) -> list[str]:
    return [f"{part:09}" if isinstance(part, int) else part for part in error.absolute_path]


def _place(error: ValidationError) -> str:
    place = ""
    for part in error.absolute_path:
        place = f"{place}[{part}]" if isinstance(part, int) else _join(place, str(part))
    return place


def _join(place: str, key: str) -> str:
    return f"{place}.{key[:64]}" if place else key[:64]


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
