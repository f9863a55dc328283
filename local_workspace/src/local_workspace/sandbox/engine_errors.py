"""DuckDB's complaints in the words and codes of a Databricks SQL warehouse."""

import re
from typing import Final

from local_workspace.sandbox.errors import StatementError, StatementFailed, StatementTooLarge

LONGEST_MESSAGE = 400
NAMED_STATE = re.compile(r"\[[A-Z_.]+\].*SQLSTATE: (\w{5})", re.DOTALL)
UNKNOWN_COLUMN = re.compile(r'column "?([^"\s]+)"? not found', re.IGNORECASE)
CANDIDATES = re.compile(r"Candidate bindings: (.+)")
UNKNOWN_TABLE = re.compile(r"Table with name (\S+) does not exist")

PLAIN: Final = {
    "BinderException": ("DATATYPE_MISMATCH", "42K09"),
    "CatalogException": ("UNRESOLVED_ROUTINE", "42883"),
    "ConversionException": ("CAST_INVALID_INPUT", "22018"),
    "InvalidInputException": ("INVALID_PARAMETER_VALUE", "22023"),
    "OutOfRangeException": ("ARITHMETIC_OVERFLOW", "22003"),
    "ParserException": ("PARSE_SYNTAX_ERROR", "42601"),
}


def engine_error(kind: str, message: str) -> StatementError:
    """The error to report for DuckDB's exception class `kind` with its text."""
    if kind == "memory":
        return StatementTooLarge(
            "[OUT_OF_MEMORY] The statement needs more memory than one statement may take. "
            "Select fewer rows or columns. SQLSTATE: 53200",
            "53200",
        )
    text = message.partition("\n\nLINE ")[0].partition(": ")[2] or message
    if own := NAMED_STATE.search(text):
        return StatementFailed(own[0], own[1])
    if column := UNKNOWN_COLUMN.search(text):
        candidates = CANDIDATES.search(text)
        hint = f" Did you mean one of the following? [{candidates[1]}]." if candidates else ""
        return StatementFailed(
            "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with "
            f"name `{column[1]}` cannot be resolved.{hint} SQLSTATE: 42703",
            "42703",
        )
    if table := UNKNOWN_TABLE.search(text):
        return StatementFailed(
            f"[TABLE_OR_VIEW_NOT_FOUND] The table or view `{table[1]}` cannot be found. "
            "SQLSTATE: 42P01",
            "42P01",
        )
    if "GROUP BY clause" in text:
        return StatementFailed(f"[MISSING_AGGREGATION] {cut(text)}. SQLSTATE: 42803", "42803")
    name, state = PLAIN.get(kind, ("INTERNAL_ERROR", "XX000"))
    return StatementFailed(f"[{name}] {cut(text)}. SQLSTATE: {state}", state)


def cut(text: str) -> str:
    """The first line, at a length that a message can bear."""
    return text.strip().partition("\n")[0][:LONGEST_MESSAGE].rstrip(". !")
