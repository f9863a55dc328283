"""Spaces, remembered for a moment for each identity."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from genie_svc.domain.errors import GenieError
from genie_svc.domain.space import Space, SpaceColumn
from genie_svc.ports import Clock, Workspace
from genie_svc.turns import Turns

_MOST_KEPT: Final = 1_000
_MOST_TABLES: Final = 30


class Spaces:
    """Reads spaces; what one identity may see is never shown to another."""

    def __init__(self, clock: Clock, *, kept_seconds: float = 60.0) -> None:
        self._clock = clock
        self._kept_seconds = kept_seconds
        self._kept: OrderedDict[tuple[str, str], tuple[float, Space | None]] = OrderedDict()
        self._turns = Turns()

    async def get(self, workspace: Workspace, space_id: str) -> Space:
        """The space; raises SpaceNotFound and what else the workspace answers."""
        space = self._fresh(workspace, space_id)
        if space is None:
            async with self._turns.of((workspace.owner, space_id)):
                space = self._fresh(workspace, space_id)
                if space is None:
                    space = await _completed(workspace, await workspace.get_space(space_id))
                    self._keep(workspace, space_id, space)
        return space

    async def known(self, workspace: Workspace, space_id: str) -> Space | None:
        """The space, or None where it cannot be had now: rows do not wait for its description."""
        kept = self._kept.get((workspace.owner, space_id))
        if kept is not None and kept[1] is None and self._is_fresh(kept[0]):
            return None
        try:
            return await self.get(workspace, space_id)
        except GenieError:
            self._keep(workspace, space_id, None)
            return None

    def _fresh(self, workspace: Workspace, space_id: str) -> Space | None:
        kept = self._kept.get((workspace.owner, space_id))
        return kept[1] if kept is not None and self._is_fresh(kept[0]) else None

    def _is_fresh(self, read_at: float) -> bool:
        return self._clock.monotonic() - read_at < self._kept_seconds

    def _keep(self, workspace: Workspace, space_id: str, space: Space | None) -> None:
        key = (workspace.owner, space_id)
        self._kept[key] = (self._clock.monotonic(), space)
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


async def _completed(workspace: Workspace, space: Space) -> Space:
    """The space with the columns that the catalog knows, as far as the identity may see them."""
    tables = space.tables[:_MOST_TABLES]
    typed = all(column.type_text for table in tables for column in table.columns)
    if not tables or (typed and all(table.columns for table in tables)):
        return space
    # The first answer tells whether the catalog can be read at all.
    known = [await _columns(workspace, tables[0].name)]
    if not known[0]:
        return space
    known += await asyncio.gather(*(_columns(workspace, table.name) for table in tables[1:]))
    completed = [table.completed(columns) for table, columns in zip(tables, known, strict=True)]
    return replace(space, tables=(*completed, *space.tables[_MOST_TABLES:]))


async def _columns(workspace: Workspace, table: str) -> Sequence[SpaceColumn]:
    try:
        return await workspace.table_columns(table)
    except GenieError:
        return ()
