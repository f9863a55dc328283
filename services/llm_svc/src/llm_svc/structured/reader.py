"""Reads JSON strictly: what a lenient reader would silently bend is refused."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

MAX_BYTES: Final = 1024 * 1024
MAX_DEPTH: Final = 32

# A string that is never closed takes all the rest: hostile text must not be searched again from
# each of its quotes.
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.|\\\Z)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)


class BadJson(ValueError):
    """The text is not acceptable JSON; the message says why, for the model that wrote it."""


def read_strict(text: str) -> Any:
    """The value of a JSON text of at most 1 MiB and 32 levels.

    Raises BadJson for bad syntax, duplicate keys, NaN and infinities, numbers beyond a double,
    lone surrogates, and text that is too large or too deep.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise BadJson(f"the JSON is larger than {MAX_BYTES} bytes")
    _check_depth(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except BadJson:
        raise
    except json.JSONDecodeError as error:
        raise BadJson(
            f"not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        ) from None
    except (ValueError, RecursionError):
        raise BadJson("the JSON holds a number that is too long") from None
    if "\\u" in text:
        _check_surrogates(value)
    return value


def json_part(text: str) -> str:
    """The JSON object inside an answer: without thoughts, a code fence, or words around it."""
    text = text.strip()
    if text.startswith("<think"):
        text = text.rpartition("</think>")[2].strip()
    if text.startswith("```") and text.endswith("```") and "\n" in text:
        text = text[text.index("\n") : -3].strip()
    if text.startswith("{") and text.endswith("}"):
        return text
    first, last = text.find("{"), text.rfind("}")
    return text[first : last + 1] if 0 <= first < last else text


def write(value: Any) -> str:
    """Compact JSON text in the order of the value's keys."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _check_depth(text: str) -> None:
    depth = 0
    for match in _STRUCTURE.finditer(text):
        mark = match.group()
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise BadJson(f"the JSON is nested deeper than {MAX_DEPTH} levels")
        elif mark in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadJson(f"the key {key!r} is given twice in one object")
            seen.add(key)
    return value


def _refuse_constant(name: str) -> Any:
    raise BadJson(f"{name} is not a JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadJson(f"the number {text[:40]} is too large")
    return number


def _check_surrogates(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise BadJson("the JSON holds half of a surrogate pair") from None
