"""Which executor works on which deck. One owner at a time; the newest claim's number fences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from orchestrator_svc.store.database import READS_ONLY
from orchestrator_svc.store.decks import FINAL_STATES
from orchestrator_svc.store.tables import deck

_UNFINISHED = deck.c.state.not_in(FINAL_STATES)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a deck."""

    deck_id: str
    number: int
    """Fencing number: writes that carry an older one are refused."""
    attempts: int
    """Times that the deck was taken up since a step of it was last finished, from 1."""


class Claims:
    """Claims on unfinished decks; every method is one transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = engine.execution_options(**{READS_ONLY: True})

    async def take(self, executor_id: str, limit: int) -> list[Claim]:
        """Claims up to `limit` decks that nobody works on: tenants take turns, whoever has fewest
        at work first, and of each the oldest."""
        free = sa.select(deck.c.deck_id).where(_UNFINISHED, deck.c.claimed_by.is_(None)).limit(1)
        # Looking first spares an idle process the write lock.
        async with self._reads.connect() as connection:
            if (await connection.execute(free)).first() is None:
                return []
        turns = _turns()
        next_ones = (
            sa.select(deck.c.deck_id, deck.c.claim, deck.c.attempts)
            .join(turns, turns.c.deck_id == deck.c.deck_id)
            .where(_UNFINISHED, deck.c.claimed_by.is_(None))
            .order_by(turns.c.turn, deck.c.created_at, deck.c.deck_id)
            .limit(limit)
            .with_for_update(of=deck, skip_locked=True)
        )
        async with self._engine.begin() as connection:
            rows = (await connection.execute(next_ones)).all()
            claims = [Claim(row.deck_id, row.claim + 1, row.attempts + 1) for row in rows]
            for claim in claims:
                await connection.execute(
                    deck.update()
                    .where(deck.c.deck_id == claim.deck_id)
                    .values(claimed_by=executor_id, claim=claim.number, attempts=claim.attempts)
                )
        return claims

    async def held(self, executor_id: str) -> dict[str, int]:
        """Claim numbers of the unfinished decks that are this executor's, by deck id."""
        query = sa.select(deck.c.deck_id, deck.c.claim).where(
            _UNFINISHED, deck.c.claimed_by == executor_id
        )
        async with self._reads.connect() as connection:
            return {row.deck_id: row.claim for row in await connection.execute(query)}

    async def others(self, executor_id: str) -> set[str]:
        """Other executors that hold unfinished decks, alive or not."""
        query = (
            sa.select(deck.c.claimed_by)
            .where(_UNFINISHED, deck.c.claimed_by.is_not(None), deck.c.claimed_by != executor_id)
            .distinct()
        )
        async with self._reads.connect() as connection:
            return {row.claimed_by for row in await connection.execute(query)}

    async def let_go(self, executor_ids: Collection[str]) -> int:
        """Frees all decks of dead executors; how many. Their old claims are void at once."""
        async with self._engine.begin() as connection:
            freed = await connection.execute(
                deck.update()
                .where(_UNFINISHED, deck.c.claimed_by.in_(executor_ids))
                .values(claimed_by=None, claim=deck.c.claim + 1)
            )
        return freed.rowcount

    async def hand_back(self, executor_id: str, *, deck_ids: Collection[str] | None = None) -> None:
        """Frees this executor's decks at its orderly end, which counts as no attempt; or those of
        `deck_ids`, on which an attempt was lost."""
        mine = deck.update().where(_UNFINISHED, deck.c.claimed_by == executor_id)
        free = {"claimed_by": None, "claim": deck.c.claim + 1}
        if deck_ids is None:
            mine = mine.values(**free, attempts=deck.c.attempts - 1)
        else:
            mine = mine.values(**free).where(deck.c.deck_id.in_(deck_ids))
        async with self._engine.begin() as connection:
            await connection.execute(mine)


def _turns() -> sa.Subquery:
    """For each free deck, how many of its tenant's decks are at work or waiting before it."""
    at_work = (
        sa.select(deck.c.tenant, sa.func.count().label("decks"))
        .where(_UNFINISHED, deck.c.claimed_by.is_not(None))
        .group_by(deck.c.tenant)
        .subquery("at_work")
    )
    oldest_first = (deck.c.created_at, deck.c.deck_id)
    place = sa.func.row_number().over(partition_by=deck.c.tenant, order_by=oldest_first)
    return (
        sa.select(deck.c.deck_id, (place + sa.func.coalesce(at_work.c.decks, 0)).label("turn"))
        .outerjoin(at_work, at_work.c.tenant == deck.c.tenant)
        .where(_UNFINISHED, deck.c.claimed_by.is_(None))
        .subquery("turns")
    )
