"""Turns a checked Databricks query into the DuckDB query that gives the same rows.

sqlglot translates the spelling. What is here are the places where the same spelling means something
else, so that the translated query would run and be wrong without a word (see tests/test_dialect.py,
where each has a value worked out by hand).
"""

from collections.abc import Callable, Mapping
from typing import Final

from sqlglot import exp

from local_workspace.sandbox.errors import StatementRefused

Rewrite = Callable[[exp.Expr], exp.Expr | None]

DIVISION_BY_ZERO = (
    "[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return "
    "NULL instead. SQLSTATE: 22012"
)
UNIT_SYNONYMS: Final[Mapping[str, str]] = {
    "YYYY": "YEAR",
    "YY": "YEAR",
    "MON": "MONTH",
    "MM": "MONTH",
    "DD": "DAY",
    "Q": "QUARTER",
    "W": "WEEK",
}
CALENDAR_UNITS: Final[Mapping[str, int]] = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
CLOCK_UNITS = frozenset({"WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"})
PART_EXPRESSIONS: Final[Mapping[str, str]] = {
    "DOW": "DAYOFWEEK({0}) + 1",
    "DAYOFWEEK": "DAYOFWEEK({0}) + 1",
    "DOW_ISO": "ISODOW({0})",
    "DAYOFWEEK_ISO": "ISODOW({0})",
    "DOY": "DAYOFYEAR({0})",
}
PLAIN_PARTS = frozenset({"YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE"})


def duckdb_sql(tree: exp.Query) -> str:
    """The query in DuckDB's dialect. The tree is rewritten in place."""
    root = exp.Paren(this=tree)  # so that every node of the query has a parent to be replaced in
    for node in reversed(list(root.walk())):
        rewrite = REWRITES.get(type(node))
        if rewrite is not None and node.parent is not None:
            replacement = rewrite(node)
            if replacement is not None:
                node.replace(replacement)
    return str(root.this.sql(dialect="duckdb"))


def engine(template: str, *operands: exp.Expr) -> exp.Expr:
    """An expression written in DuckDB's dialect, with `{0}`, `{1}` as operands."""
    names = [f"operand_{index}" for index in range(len(operands))]
    tree: exp.Expr = exp.maybe_parse(template.format(*names), dialect="duckdb")
    for column in list(tree.find_all(exp.Column)):
        if column.name in names:
            column.replace(exp.paren(operands[names.index(column.name)].copy()))
    return tree


def to_int(expression: exp.Expr, type_name: str = "INT") -> exp.Expr:
    """The expression as an integer, for parts of dates that DuckDB counts in BIGINT."""
    return exp.cast(expression, type_name)


def division(node: exp.Expr) -> exp.Expr | None:
    """DuckDB divides by zero to infinity or NULL; ANSI mode raises."""
    divisor = node.expression.unnest()
    if isinstance(divisor, exp.Literal) and float(divisor.name or 0) != 0:
        return None
    if isinstance(divisor, exp.Nullif):
        return None
    return (
        exp.Case()
        .when(exp.EQ(this=exp.paren(divisor.copy()), expression=exp.Literal.number(0)), failure())
        .else_(node.copy())
    )


def failure() -> exp.Expr:
    """A call that ends the query with the division error."""
    return exp.Anonymous(this="error", expressions=[exp.Literal.string(DIVISION_BY_ZERO)])


def date_difference(node: exp.Expr) -> exp.Expr:
    """Databricks counts whole elapsed units, DuckDB's date_diff the boundaries between them."""
    later, earlier = node.this, node.expression
    unit = node.args.get("unit")
    if unit is None:
        return engine("DATE_DIFF('day', CAST({1} AS DATE), CAST({0} AS DATE))", later, earlier)
    name = unit_name(unit)
    if name in CLOCK_UNITS:
        return engine(
            f"DATESUB('{name.lower()}', CAST({{1}} AS TIMESTAMP), CAST({{0}} AS TIMESTAMP))",
            later,
            earlier,
        )
    if name not in CALENDAR_UNITS:
        raise unsupported_unit("datediff", name)
    # DATESUB takes 31 January to 28 February for a month; java.time, and so Databricks, does not.
    months = (
        "(DATE_DIFF('month', CAST({1} AS TIMESTAMP), CAST({0} AS TIMESTAMP))"
        " - CASE WHEN {0} >= {1} AND {rest0} < {rest1} THEN 1"
        " WHEN {0} < {1} AND {rest0} > {rest1} THEN -1 ELSE 0 END)"
    )
    rest = "(CAST({0} AS TIMESTAMP) - DATE_TRUNC('month', CAST({0} AS TIMESTAMP)))"
    months = months.replace("{rest0}", rest).replace("{rest1}", rest.replace("{0}", "{1}"))
    if name == "MONTH":
        return engine(months, later, earlier)
    return engine(f"CAST(TRUNC({months} / {CALENDAR_UNITS[name]}) AS BIGINT)", later, earlier)


def part_of_date(node: exp.Expr) -> exp.Expr:
    """EXTRACT: the days of the week are numbered differently, and DuckDB knows more parts."""
    name = node.this.name.upper()
    if name in PART_EXPRESSIONS:
        return to_int(engine(PART_EXPRESSIONS[name], node.expression))
    if name not in PLAIN_PARTS:
        raise unsupported_unit("extract", name)
    return to_int(node.copy())


def truncation(node: exp.Expr) -> exp.Expr:
    """`trunc(date, unit)` gives a date; DuckDB's DATE_TRUNC a timestamp."""
    return exp.cast(truncation_to_timestamp(node), "DATE")


def truncation_to_timestamp(node: exp.Expr) -> exp.Expr:
    """`date_trunc(unit, x)`: Databricks also takes the short unit names."""
    name = unit_name(node.args["unit"])
    if name not in CALENDAR_UNITS and name not in CLOCK_UNITS:
        raise unsupported_unit("date_trunc", name)
    return engine(f"DATE_TRUNC('{name.lower()}', CAST({{0}} AS TIMESTAMP))", node.this)


def unit_name(unit: exp.Expr) -> str:
    """MONTH, WEEK, ... whichever way the unit was written."""
    name = unit.name.upper() or unit.sql("databricks").upper()
    return UNIT_SYNONYMS.get(name, name)


def unsupported_unit(function: str, name: str) -> StatementRefused:
    """The refusal of a unit that we cannot promise to compute as Databricks does."""
    return StatementRefused(
        f"[INVALID_PARAMETER_VALUE.DATETIME_UNIT] `{function}` does not know the unit {name[:40]} "
        "here. SQLSTATE: 22023",
        "22023",
    )


def timestamp_without_zone(node: exp.Expr) -> exp.Expr | None:
    """Databricks' TIMESTAMP is read as UTC here; a zoned type would need the session's zone."""
    zoned = {exp.DataType.Type.TIMESTAMPTZ, exp.DataType.Type.TIMESTAMPLTZ}
    return exp.DataType.build("TIMESTAMP") if node.this in zoned else None


def from_first_character(node: exp.Expr) -> exp.Expr | None:
    """Position 0 means 1 in Databricks, and one character less in DuckDB."""
    start = node.args.get("start")
    if isinstance(start, exp.Literal) and start.name == "0":
        changed = node.copy()
        changed.set("start", exp.Literal.number(1))
        return changed
    return None


def whole_number(node: exp.Expr) -> exp.Expr | None:
    """floor and ceil give a BIGINT in Databricks, a DOUBLE in DuckDB."""
    return None if node.args.get("decimals") else exp.cast(node.copy(), "BIGINT")


def like_with_escape(node: exp.Expr) -> exp.Expr | None:
    """A backslash escapes in Databricks' LIKE without being asked to."""
    if isinstance(node.parent, exp.Escape) or "\\" not in node.expression.name:
        return None
    return exp.Escape(this=node.copy(), expression=exp.Literal.string("\\"))


def truncated_to_whole(node: exp.Expr) -> exp.Expr | None:
    """Casting 3.7 to an integer gives 3 in Databricks, 4 in DuckDB."""
    target = node.args["to"]
    whole = target.is_type(*exp.DataType.INTEGER_TYPES)
    if not whole or node.this.is_string or node.this.is_int:
        return None
    cast = "TRY_CAST" if isinstance(node, exp.TryCast) else "CAST"
    type_name = target.sql("duckdb")
    return engine(
        "CASE WHEN typeof({0}) IN ('DOUBLE', 'FLOAT') OR typeof({0}) LIKE 'DECIMAL%'"
        f" THEN {cast}(TRUNC(TRY_CAST({{0}} AS DOUBLE)) AS {type_name})"
        f" ELSE {cast}({{0}} AS {type_name}) END",
        node.this,
    )


def named_function(node: exp.Expr) -> exp.Expr | None:
    """Functions that sqlglot keeps by name."""
    operands = node.expressions
    match node.name.lower():
        case "weekday":  # Monday = 0; DuckDB's weekday starts on Sunday
            return to_int(engine("ISODOW({0}) - 1", *operands))
        case "isnull":
            return engine("({0} IS NULL)", *operands)
        case "isnotnull":
            return engine("({0} IS NOT NULL)", *operands)
    return None


def local_name_of_column(node: exp.Expr) -> exp.Expr | None:
    """`catalog.schema.table.column` is `table.column` inside one database."""
    if not node.args.get("db"):
        return None
    changed = node.copy()
    changed.set("db", None)
    changed.set("catalog", None)
    return changed


REWRITES: Final[Mapping[type[exp.Expr], Rewrite]] = {
    exp.Div: division,
    exp.IntDiv: division,
    exp.Mod: division,
    exp.DateDiff: date_difference,
    exp.TimestampDiff: date_difference,
    exp.Extract: part_of_date,
    exp.DateTrunc: truncation,
    exp.TimestampTrunc: truncation_to_timestamp,
    exp.Cast: truncated_to_whole,
    exp.TryCast: truncated_to_whole,
    exp.DataType: timestamp_without_zone,
    exp.Substring: from_first_character,
    exp.Floor: whole_number,
    exp.Ceil: whole_number,
    exp.Like: like_with_escape,
    exp.ILike: like_with_escape,
    exp.Anonymous: named_function,
    exp.Column: local_name_of_column,
    # Sunday is 1 in Databricks and 0 in DuckDB.
    exp.DayOfWeek: lambda node: to_int(engine("DAYOFWEEK({0}) + 1", node.this)),
    # Three letters in Databricks, the whole name in DuckDB.
    exp.Dayname: lambda node: engine("STRFTIME({0}, '%a')", node.this),
    exp.Monthname: lambda node: engine("STRFTIME({0}, '%b')", node.this),
    # Adding days to a date gives a date.
    exp.TsOrDsAdd: lambda node: exp.cast(node.copy(), "DATE"),
    exp.AddMonths: lambda node: exp.cast(node.copy(), "DATE"),
    exp.CurrentTimestamp: lambda node: exp.cast(node.copy(), "TIMESTAMP"),
    # sqlglot writes QUANTILE, which is the discrete one in DuckDB.
    exp.Quantile: lambda node: engine("QUANTILE_CONT({0}, {1})", node.this, node.args["quantile"]),
    exp.ApproxQuantile: lambda node: engine(
        "QUANTILE_DISC({0}, {1})", node.this, node.args["quantile"]
    ),
    **{
        part: lambda node: to_int(node.copy())
        for part in (
            exp.Year, exp.Quarter, exp.Month, exp.Day, exp.DayOfMonth, exp.DayOfYear,
            exp.WeekOfYear, exp.Week, exp.Hour, exp.Minute, exp.Second, exp.DayOfWeekIso,
        )
    },
}  # fmt: skip
