"""Which joins a plan needs, and what their tables are called in its SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import quoted
from local_workspace.translate.plan import Named, Plan, Ref

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

Path = tuple[str, ...]


def needed(plan: Plan, also: Path) -> list[Path]:
    """The ways that lead to the plan's columns, and the way `also`; shortest first."""
    refs: list[Ref] = [*plan.rows, *(g.ref for g in plan.groups if g.ref)]
    conditions = list(plan.where)
    for metric in (*plan.metrics, *(h.metric for h in plan.having)):
        refs += [r for r in (metric.ref, metric.per, metric.over, metric.since) if r]
        conditions += metric.where
    told = [c.path if isinstance(c, Named) else c.ref.path for c in conditions]
    found: dict[Path, None] = {}
    for path in [also, *(ref.path for ref in refs), *told]:
        for length in range(1, len(path) + 1):
            found[path[:length]] = None
    return sorted(found, key=len)


def join_aliases(table: str, paths: list[Path], catalog: Catalog) -> dict[Path, str]:
    """The table's own name where it appears once, else the join's name."""
    aliases: dict[Path, str] = {(): quoted(table)}
    ones = [catalog.join(path[-1]).one for path in paths]
    taken = {table}
    for path, one in zip(paths, ones, strict=True):
        join = catalog.join(path[-1])
        name = one if ones.count(one) == 1 and not join.shared else join.name
        while name in taken:
            name = f"{name}_{len(path)}"
        taken.add(name)
        aliases[path] = quoted(name)
    return aliases
