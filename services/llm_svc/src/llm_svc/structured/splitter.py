"""Cuts whole elements of a named array out of JSON text while it arrives."""

from __future__ import annotations

import json
from enum import Enum, auto


class _Expect(Enum):
    """What may come next inside the innermost object or array."""

    KEY_OR_END = auto()
    KEY = auto()
    COLON = auto()
    VALUE_OR_END = auto()
    VALUE = auto()
    COMMA_OR_END = auto()


_SPACE = " \t\r\n"
_SCALAR = frozenset("+-.0123456789eEtrufalsn")
MAX_DEPTH = 64


class Splitter:
    """Feed it text in any pieces; it gives the elements of the array at `path`, each once whole.

    Words before an object are skipped. When an object has ended, or text cannot be JSON, nothing
    more comes out, unless no element came yet: then the next object is tried (a model may have
    thought aloud before). The same text gives the same elements however it is cut.
    """

    def __init__(self, path: tuple[str, ...]) -> None:
        if not path:
            raise ValueError("a splitter needs the path of an array")
        self._path = path
        self._given = 0
        self._over = False
        self._restart()

    def feed(self, text: str) -> list[str]:
        """The elements, as JSON text, that this piece completes."""
        whole: list[str] = []
        start = 0
        for at, char in enumerate(text):
            if self._over:
                return whole
            was = self._capturing
            self._step(char)
            if self._whole:
                # A scalar ends at the character after it; all else with its own last character.
                end = at if self._scalar_ended else at + 1
                self._captured.append(text[start:end])
                whole.append("".join(self._captured))
                self._captured.clear()
                self._given += 1
            elif self._capturing and not was:
                start = at
        if self._capturing:
            self._captured.append(text[start:])
        return whole

    def _restart(self) -> None:
        self._stack: list[str] = []
        self._keys: list[str | None] = []
        self._expect = _Expect.VALUE
        self._in_string = self._escaped = self._in_scalar = False
        self._string_is_key = False
        self._key: list[str] = []
        self._capturing = self._whole = self._scalar_ended = False
        self._captured: list[str] = []

    def _step(self, char: str) -> None:
        self._whole = self._scalar_ended = False
        if self._in_string:
            self._string_step(char)
            return
        if self._in_scalar:
            if char in _SCALAR:
                return
            self._in_scalar = False
            self._value_ended(scalar=True)
        if char in _SPACE:
            return
        if not self._stack:
            if char == "{":
                self._open(char)
            return
        if not self._token(char):
            self._fail(char)

    def _string_step(self, char: str) -> None:
        if self._escaped:
            self._escaped = False
        elif char == "\\":
            self._escaped = True
        elif char == '"':
            self._in_string = False
            if self._string_is_key:
                self._keys[-1] = _decoded("".join(self._key))
                self._expect = _Expect.COLON
            else:
                self._value_ended()
            return
        if self._string_is_key:
            self._key.append(char)

    def _token(self, char: str) -> bool:
        """Takes one character between strings and scalars; False when JSON forbids it there."""
        match self._expect:
            case _Expect.COLON:
                self._expect = _Expect.VALUE
                return char == ":"
            case _Expect.COMMA_OR_END if char == ",":
                inside_object = self._stack[-1] == "{"
                self._expect = _Expect.KEY if inside_object else _Expect.VALUE
                return True
            case _Expect.KEY | _Expect.KEY_OR_END if char == '"':
                self._in_string = self._string_is_key = True
                self._key.clear()
                return True
            case _Expect.VALUE:
                return self._value(char)
            case _Expect.VALUE_OR_END if char != "]":
                return self._value(char)
            case _:
                return self._expect is not _Expect.KEY and self._close(char)

    def _value(self, char: str) -> bool:
        if self._at_element():
            self._capturing = True
        if char in "{[":
            self._open(char)
            return len(self._stack) <= MAX_DEPTH
        if char == '"':
            self._in_string, self._string_is_key = True, False
            return True
        self._in_scalar = char in _SCALAR
        return self._in_scalar

    def _open(self, char: str) -> None:
        self._stack.append(char)
        self._keys.append(None)
        self._expect = _Expect.KEY_OR_END if char == "{" else _Expect.VALUE_OR_END

    def _close(self, char: str) -> bool:
        if char != ("}" if self._stack[-1] == "{" else "]"):
            return False
        self._stack.pop()
        self._keys.pop()
        if not self._stack:
            self._root_ended()
            return True
        self._value_ended()
        return True

    def _root_ended(self) -> None:
        if self._given:
            self._over = True
        else:
            self._restart()

    def _value_ended(self, *, scalar: bool = False) -> None:
        self._expect = _Expect.COMMA_OR_END
        if self._capturing and self._at_element():
            self._capturing = False
            self._whole, self._scalar_ended = True, scalar

    def _at_element(self) -> bool:
        """Whether the innermost open thing is the array at the path."""
        depth = len(self._path)
        return (
            len(self._stack) == depth + 1
            and self._stack[-1] == "["
            and self._stack[:-1] == ["{"] * depth
            and tuple(self._keys[:-1]) == self._path
        )

    def _fail(self, char: str) -> None:
        if self._given:
            self._over = True
            self._capturing = False
            return
        self._restart()
        if char == "{":
            self._open(char)


def _decoded(key: str) -> str:
    if "\\" not in key:
        return key
    try:
        return str(json.loads(f'"{key}"', strict=False))
    except json.JSONDecodeError:
        return key
