"""The SQL of numbers of different rows joined group by group, and of what the first make."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted, snake
from local_workspace.translate.naming import group_alias, metric_alias, told_by_date, top_words
from local_workspace.translate.plan import Beside, Plan, TopShare
from local_workspace.translate.sql import render
from local_workspace.translate.sql_windows import indented

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog


def beside(plan: Plan, shape: Beside, catalog: Catalog) -> str:
    """Both numbers for every group that has one of them; a missing one stays empty."""
    first, other = replace(plan, shape=None, order=None), shape.other
    names = [group_alias(group, catalog) for group in plan.groups]
    theirs = [group_alias(group, catalog) for group in other.groups]
    one, two = beside_names(plan, shape, catalog)
    inner = (metric_alias(p.metrics[0], p, catalog) for p in (first, other))
    a, b = (f"{side}.{quoted(name)}" for side, name in zip(("one", "other"), inner, strict=True))
    shown = [
        f"  coalesce(one.{quoted(mine)}, other.{quoted(its)}) AS {quoted(mine)}"
        for mine, its in zip(names, theirs, strict=True)
    ]
    shown += [f"  {a} AS {quoted(one)}", f"  {b} AS {quoted(two)}"]
    if shape.ratio:
        shown.append(f"  {a} / nullif({b}, 0) AS {quoted(_ratio_name(one, two))}")
    same = " AND ".join(
        f"one.{quoted(mine)} <=> other.{quoted(its)}"
        for mine, its in zip(names, theirs, strict=True)
    )
    lines = ["WITH one AS (", indented(render(first, catalog)), "), other AS ("]
    lines += [indented(render(other, catalog)), ")", "SELECT", ",\n".join(shown), "FROM one"]
    lines.append(f"FULL OUTER JOIN other ON {same}" if names else "CROSS JOIN other")
    if names:
        timed = plan.groups[0].grain or plan.groups[0].part
        place = len(names) + (3 if shape.ratio else 1)
        groups = ", ".join(str(n + 1) for n in range(len(names)))
        lines.append("ORDER BY " + (groups if timed else f"{place} DESC NULLS LAST, {groups}"))
    return "\n".join(lines)


def _ratio_name(one: str, two: str) -> str:
    return f"{one.removeprefix('total_')}_per_{two.removeprefix('total_')}"


def beside_names(plan: Plan, shape: Beside, catalog: Catalog) -> tuple[str, str]:
    """The SQL aliases of the two numbers."""
    one = metric_alias(plan.metrics[0], plan, catalog)
    two = metric_alias(shape.other.metrics[0], shape.other, catalog)
    if two == one and plan.table == shape.other.table:
        dates = [snake(told_by_date(p, catalog)) for p in (plan, shape.other)]
        return f"{one}_by_{dates[0]}", f"{two}_by_{dates[1]}"
    return one, (two if two != one else f"{two}_of_{snake(shape.other.table)}")


def top_share(plan: Plan, shape: TopShare, catalog: Catalog) -> str:
    """The sum over the first groups, the whole, and the one as a part of the other."""
    alias = metric_alias(plan.metrics[0], plan, catalog)
    few = snake(top_words(plan, catalog))
    whole = " ".join(render(shape.whole, catalog).split())
    value = f"sum({quoted(alias)})"
    shown = [
        f"  {value} AS {quoted(f'{alias}_of_{few}')}",
        f"  ({whole}) AS {quoted(f'{alias}_of_all')}",
        f"  {value} / nullif(({whole}), 0) AS {quoted(f'share_of_{few}')}",
    ]
    inner = indented(render(replace(plan, shape=None), catalog))
    return "\n".join(["WITH kept AS (", inner, ")", "SELECT", ",\n".join(shown), "FROM kept"])
