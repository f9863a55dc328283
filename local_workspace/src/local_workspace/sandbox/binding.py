"""Binds a checked query to one reader: which rows and values of each table that person may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from local_workspace.sandbox.dialect import duckdb_sql
from local_workspace.sandbox.errors import StatementRefused
from local_workspace.sandbox.guard import Checked, parsed


@dataclass(frozen=True)
class Restriction:
    """What one reader sees of one table, as Unity Catalog row filters and column masks do.

    `row_filter` is a condition over the table's columns; `masks` maps a column to the expression
    that is shown in its place. Both in Databricks SQL, both written by whoever runs the workspace.
    """

    row_filter: str | None = None
    masks: Mapping[str, str] = field(default_factory=dict)


def bound(query: Checked, restrictions: Mapping[str, Restriction]) -> exp.Query:
    """The query over plain table names; a restricted table becomes what may be seen of it."""
    for reference, name in query.tables():
        alias = reference.alias_or_name
        target: exp.Expr = exp.Table(this=exp.to_identifier(name, quoted=True))
        if restriction := restrictions.get(name):
            target = visible_part(name, restriction)
        renamed = exp.alias_(target, exp.to_identifier(alias, quoted=True), table=True)
        renamed.set("joins", reference.args.get("joins"))
        reference.replace(renamed)
    return query.tree


def visible_part(table: str, restriction: Restriction) -> exp.Expr:
    """The subquery that stands for a restricted table."""
    masks = ", ".join(f"{value} AS `{column}`" for column, value in restriction.masks.items())
    hidden = ", ".join(f"`{column}`" for column in restriction.masks)
    columns = f"* EXCEPT ({hidden}), {masks}" if masks else "*"
    condition = restriction.row_filter or "TRUE"
    # Every part comes from the configuration, none from a request.
    return parsed(f"SELECT {columns} FROM `{table}` WHERE {condition}").subquery()  # noqa: S608


def with_parameters(query: Checked, values: Mapping[str, exp.Expr]) -> None:
    """Puts typed literals in the place of `:name` markers. Raises StatementRefused for a gap."""
    for marker in list(query.tree.find_all(exp.Placeholder)):
        if marker.name not in values:
            raise StatementRefused(
                f"[UNBOUND_SQL_PARAMETER] Found the unbound parameter: {marker.name[:60]}. "
                "Give it a value in `parameters`. SQLSTATE: 42P02",
                "42P02",
            )
        marker.replace(values[marker.name].copy())


def limited(tree: exp.Query, rows: int) -> exp.Query:
    """The query with at most `rows` rows: one more than wanted tells whether more exist."""
    limit = tree.args.get("limit")
    if limit is None:
        tree.set("limit", exp.Limit(expression=exp.Literal.number(rows)))
        return tree
    if not limit.expression.is_int:
        raise StatementRefused(
            "[INVALID_LIMIT_LIKE_EXPRESSION] LIMIT takes a whole number here. SQLSTATE: 42K0E",
            "42K0E",
        )
    if int(limit.expression.name) > rows:
        limit.set("expression", exp.Literal.number(rows))
    return tree


def executable(query: Checked, restrictions: Mapping[str, Restriction], rows: int) -> str:
    """The DuckDB text that runs: bound to the reader, limited, translated."""
    return duckdb_sql(limited(bound(query, restrictions), rows))
