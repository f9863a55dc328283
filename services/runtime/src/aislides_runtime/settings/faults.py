"""One clear line for each fault that validation found."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

_EXPECTED: dict[str, str] = {
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be text",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "set_type": "must be a list",
    "frozen_set_type": "must be a list",
    "dict_type": "must be a group of 'key: value' lines",
    "model_type": "must be a group of 'key: value' lines",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match {pattern}",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "literal_error": "must be one of {expected}",
    "enum": "must be one of {expected}",
    "value_error": "{error}",
    "assertion_error": "{error}",
}


def expectation(details: ErrorDetails) -> str:
    """What the value must be, in words for the person who edits the file."""
    text = _EXPECTED.get(details["type"])
    if text is None:
        return details["msg"][:1].lower() + details["msg"][1:]
    context: Mapping[str, Any] = details.get("ctx", {})
    return text.format_map({key: str(value) for key, value in context.items()})


def shown(value: object) -> str:
    """The value as it goes into a fault line, on one line and at most 60 characters."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def suggestion(name: str, known: Iterable[str], spell: Callable[[str], str] = repr) -> str:
    """`; did you mean 'x'?` for a near match, else the known names if few, else nothing."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean {spell(near[0])}?"
    if 0 < len(names) <= 12:
        return f"; known: {', '.join(names)}"
    return ""
