"""One call in a formula: its arguments, filtered, and what it turned out to read."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestrator_svc.facts.vectors import FormulaError, Operand, Vector


@dataclass(slots=True)
class Call:
    """One call in a formula: its arguments, and the rows that it turned out to read."""

    name: str
    args: list[Operand]
    named: dict[str, Operand]
    row_count: int
    read: set[int] = field(default_factory=set)

    def vector(self, position: int) -> Vector:
        """The column at `position`, already filtered by `where=`."""
        if position >= len(self.args):
            raise FormulaError(f"{self.name}() needs {position + 1} arguments or more")
        argument = self.args[position]
        if not isinstance(argument, Vector):
            raise FormulaError(f"{self.name}() needs a column as argument {position + 1}")
        mask = self.named.get("where")
        if mask is None:
            return argument
        if not isinstance(mask, Vector):
            raise FormulaError("where= needs a comparison with a column")
        return argument.kept(mask)

    def group_keys(self) -> Vector | None:
        """The column of `by=`, filtered like the arguments; None when there is none."""
        keys = self.named.get("by")
        if keys is None:
            return None
        if not isinstance(keys, Vector):
            raise FormulaError("by= needs a column")
        mask = self.named.get("where")
        return keys.kept(mask) if isinstance(mask, Vector) else keys

    def number(self, position: int, default: int) -> int:
        """The whole number at `position`, or the default."""
        if position >= len(self.args):
            return default
        argument = self.args[position]
        if isinstance(argument, bool) or not isinstance(argument, int) or argument < 1:
            raise FormulaError(f"{self.name}() needs a whole number from 1 there")
        return argument
