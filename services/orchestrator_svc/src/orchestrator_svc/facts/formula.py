"""The formula language: how every value of every fact is computed, and computed again as evidence.

    max(avg_delay) / min(avg_delay)
    weighted_mean(avg_delay, flights, where=origin == "EWR")
    at(revenue, month, "2024-12-01") - at(revenue, month, "2024-11-01")
    argmax(airline, avg_delay, where=flights >= 10000)

Names are columns; a column whose name is no plain word is written `col("Total sales")`. Formulas
are parsed, never executed as Python: only what `operations` lists can happen.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final
from weakref import WeakKeyDictionary

from aislides.deck.v1.fact_pb2 import Provenance

from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import PythonValue
from orchestrator_svc.facts.calls import Call
from orchestrator_svc.facts.operations import OPERATIONS
from orchestrator_svc.facts.vectors import (
    FormulaError,
    Operand,
    Vector,
    arithmetic,
    comparison,
    elementwise,
    written,
)

__all__ = ["Computed", "FormulaError", "column_name", "evaluate", "literal", "vector_of"]

MAX_LENGTH: Final = 4_000
_VECTORS: Final[WeakKeyDictionary[Table, dict[str, Vector]]] = WeakKeyDictionary()
_PARTS: Final[WeakKeyDictionary[Table, dict[bytes, _Part]]] = WeakKeyDictionary()
"""What calls and comparisons gave, by their text: the formulas of a fact share most of theirs."""
_ARITHMETIC: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_COMPARISONS: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.GtE: ">=",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.Lt: "<",
}


@dataclass(frozen=True, slots=True)
class Computed:
    """The value of a formula, with the rows and columns it read."""

    value: PythonValue
    provenance: Provenance


def evaluate(formula: str, table: Table) -> Computed:
    """The value of `formula` on `table`.

    Raises FormulaError for text that is no formula, unknown columns or names that match no row.
    """
    reader = _Reader(table)
    value = reader.value(_parse(formula).body)
    if isinstance(value, Vector):
        raise FormulaError(f"the formula gives a column, not one value: {formula[:200]}")
    rows = sorted(reader.rows)
    if len(rows) == len(table):
        rows = []
    provenance = Provenance(
        result_id=table.id, rows=rows, columns=list(reader.columns), formula=formula
    )
    return Computed(value, provenance)


def vector_of(formula: str, table: Table) -> Vector:
    """What a formula that gives a column gives on `table`, such as each group's change.

    Raises FormulaError like `evaluate`, and for formulas that give one value.
    """
    value = _Reader(table).value(_parse(formula).body)
    if not isinstance(value, Vector):
        raise FormulaError(f"the formula gives one value, not a column: {formula[:200]}")
    return value


def column_name(name: str) -> str:
    """A column's name as formulas write it."""
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name)
    if plain and not keyword.iskeyword(name) and name not in OPERATIONS and name != "col":
        return name
    return f"col({literal(name)})"


def literal(value: PythonValue) -> str:
    """A value as formulas write it: text quoted, dates as quoted ISO dates."""
    if value is None or isinstance(value, bool | int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        # Python's own quoting, in double quotes: a JSON string is the same for all characters.
        return (
            '"'
            + value.replace("\\", "\\\\")
            .replace('"', '\\"')
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\0", "\\0")
            + '"'
        )
    if isinstance(value, date):
        return f'"{written(value)}"'
    return str(value)


@lru_cache(maxsize=2048)
def _parse(formula: str) -> ast.Expression:
    if len(formula) > MAX_LENGTH:
        raise FormulaError(f"a formula has at most {MAX_LENGTH} characters")
    try:
        parsed = ast.parse(formula, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError(f"not a formula: {formula[:200]}") from error
    if "\n" not in formula:
        text = formula.encode()
        for node in ast.walk(parsed):
            if isinstance(node, ast.Call | ast.Compare):
                node.said = text[node.col_offset : node.end_col_offset]  # type: ignore[union-attr]
    return parsed


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a formula gave, and what it read."""

    value: Operand
    rows: set[int]
    columns: dict[str, None]


@dataclass(slots=True)
class _Reader:
    """Evaluates one formula and notes what it reads."""

    table: Table
    rows: set[int] = field(default_factory=set)
    columns: dict[str, None] = field(default_factory=dict)

    def value(self, node: ast.expr) -> Operand:
        """What the node gives on the table, computed once for each text of a node."""
        said: bytes | None = getattr(node, "said", None)
        if said is None:
            return self._value(node)
        known = _PARTS.setdefault(self.table, {})
        if said not in known:
            reader = _Reader(self.table)
            known[said] = _Part(reader._value(node), reader.rows, reader.columns)
        part = known[said]
        self.rows |= part.rows
        self.columns |= part.columns
        return part.value

    def _value(self, node: ast.expr) -> Operand:  # noqa: PLR0911 - one return for each node
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, ast.Name):
            return self._column(node.id)
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            operation = arithmetic(_ARITHMETIC[type(node.op)])
            return elementwise(operation, self.value(node.left), self.value(node.right))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return elementwise(arithmetic("-"), 0, self.value(node.operand))
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            masks = [self.value(part) for part in node.values]
            result = masks[0]
            for mask in masks[1:]:
                result = elementwise(lambda one, other: one is True and other is True, result, mask)
            return result
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, node.func.id)
        raise FormulaError(f"formulas cannot hold {type(node).__name__}")

    def _constant(self, node: ast.Constant) -> Operand:
        if node.value is None or isinstance(node.value, bool | int | float | str):
            return node.value
        raise FormulaError(f"formulas cannot hold {type(node.value).__name__} constants")

    def _column(self, name: str) -> Vector:
        if name not in self.table:
            raise FormulaError(f"result {self.table.id} has no column {name!r}")
        self.columns[name] = None
        known = _VECTORS.setdefault(self.table, {})
        if name not in known:
            values = self.table.column(name)
            known[name] = Vector(tuple(values), tuple((row,) for row in range(len(values))))
        return known[name]

    def _compare(self, node: ast.Compare) -> Operand:
        if len(node.ops) != 1 or type(node.ops[0]) not in _COMPARISONS:
            raise FormulaError("formulas compare two things, with ==, !=, >=, <=, > or <")
        operation = comparison(_COMPARISONS[type(node.ops[0])])
        return elementwise(operation, self.value(node.left), self.value(node.comparators[0]))

    def _call(self, node: ast.Call, name: str) -> Operand:
        if name == "col":
            argument = node.args[0] if len(node.args) == 1 else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                return self._column(argument.value)
            raise FormulaError('col() takes one column name, such as col("Total sales")')
        operation = OPERATIONS.get(name)
        if operation is None:
            raise FormulaError(f"there is no function {name[:40]!r}")
        named = {part.arg: self.value(part.value) for part in node.keywords if part.arg}
        call = Call(name, [self.value(part) for part in node.args], named, len(self.table))
        result = operation(call)
        self.rows.update(call.read)
        return result
