"""The ways from one table to others over many-to-one joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog


def paths(catalog: Catalog, root: str) -> dict[str, list[tuple[str, ...]]]:
    """Every many-to-one way from `root` to each table, shortest first."""
    found: dict[str, list[tuple[str, ...]]] = {root: [()]}
    queue: list[tuple[str, tuple[str, ...]]] = [(root, ())]
    while queue:
        table, path = queue.pop(0)
        for join in catalog.joins:
            if join.many == table and join.name not in path and len(path) < 4:
                longer = (*path, join.name)
                found.setdefault(join.one, []).append(longer)
                queue.append((join.one, longer))
    return found
