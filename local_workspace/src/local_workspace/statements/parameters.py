"""Typed values for the `:name` markers of a statement."""

import re
from typing import Any

from sqlglot import exp

from local_workspace.api_errors import invalid

TYPE = re.compile(
    r"(STRING|BOOLEAN|TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DATE|TIMESTAMP"
    r"|DECIMAL\(\d{1,2},\s*\d{1,2}\))",
    re.IGNORECASE,
)


def parameter_values(parameters: list[dict[str, Any]]) -> dict[str, exp.Expr]:
    """`[{name, value, type?}]` as literals; a value is text or null. Raises ApiError 400."""
    values: dict[str, exp.Expr] = {}
    for parameter in parameters:
        name, value = parameter.get("name"), parameter.get("value")
        type_name = parameter.get("type") or "STRING"
        if not isinstance(name, str) or not name:
            raise invalid("Each of `parameters` needs a name.")
        if value is not None and not isinstance(value, str):
            raise invalid(f"The value of parameter '{name[:60]}' must be text or null.")
        if not isinstance(type_name, str) or not TYPE.fullmatch(type_name):
            raise invalid(f"Parameter '{name[:60]}' has the unknown type '{str(type_name)[:60]}'.")
        literal: exp.Expr = exp.Null() if value is None else exp.Literal.string(value)
        target = exp.DataType.build(type_name.upper(), dialect="databricks")
        values[name] = exp.Cast(this=literal, to=target)
    return values
