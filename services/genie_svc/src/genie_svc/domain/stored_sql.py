"""SQL that a caller stored and wants run again: one query and nothing else.

A cheap look at the text, so that a mistake is told before anything runs. It is no guard: what the
SQL may read or do is decided by the grants of the identity that runs it.
"""

from __future__ import annotations

import re
from itertools import chain, dropwhile
from typing import Final

from aislides_runtime.errors import FieldViolation, InvalidRequest

MOST_SQL_BYTES: Final = 1024 * 1024

_OPAQUE: Final = re.compile(
    r"""
      (?P<comment> --[^\n]* | /\*(?:[^*/]|\*(?!/)|/(?!\*))*\*/ )
    | (?P<quoted> \b[rR](?:'[^']*'|"[^"]*")
                | '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | `[^`]*` )
    | (?P<open> /\* | ['"`] )
    """,
    re.VERBOSE | re.DOTALL,
)
_PART: Final = re.compile(r"\w+|[^\w\s]")
_OPENING: Final = "(".__eq__


def stored_select(sql: str) -> str:
    """The SQL, if it is one SELECT, also one that begins with WITH.

    Raises InvalidRequest naming `stored_sql`: larger than 1 MiB, another kind of statement, or
    more than one.
    """
    if len(sql.encode("utf-8", "replace")) > MOST_SQL_BYTES:
        raise _refused("must have at most 1 MiB")
    bare = _OPAQUE.sub(_blank, sql).strip("; \t\r\n")
    if ";" in bare:
        raise _refused("must be a single statement")
    if _verb(bare) != "SELECT":
        raise _refused("must be a SELECT, which may begin with WITH")
    return sql.strip()


def _verb(sql: str) -> str:
    """What the statement does: its first word, or that after its common table expressions."""
    parts = dropwhile(_OPENING, (found.group().upper() for found in _PART.finditer(sql)))
    first = next(parts, "")
    if first != "WITH":
        return first
    depth = 0
    before = ""
    for part in parts:
        if depth == 0 and before == ")" and part not in ("AS", ","):
            return next(dropwhile(_OPENING, chain([part], parts)), "")
        depth += (part == "(") - (part == ")")
        before = part
    return ""


def _blank(found: re.Match[str]) -> str:
    """What stands for text whose content does not matter; it keeps words apart."""
    if found.lastgroup == "open":
        raise _refused("has a quotation mark or comment that is never closed, or nested comments")
    return " " if found.lastgroup == "comment" else " ' "


def _refused(description: str) -> InvalidRequest:
    return InvalidRequest(
        f"stored_sql {description}", field_violations=[FieldViolation("stored_sql", description)]
    )
