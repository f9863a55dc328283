"""Which executor works on which deck. One owner at a time; the newest claim's number fences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from orchestrator_svc.store.database import Database
from orchestrator_svc.store.statements import IS_UNFINISHED, UPDATE_DECK
from orchestrator_svc.store.tables import deck


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a deck."""

    deck_id: str
    number: int
    """Fencing number: writes that carry an older one are refused."""
    attempts: int
    """Times that the deck was taken up since a step of it was last finished, from 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """Who works on what, at one moment."""

    held: dict[str, int]
    """Claim numbers of this executor's decks, by deck id."""
    others: set[str]
    """Other executors that hold decks, alive or not."""
    waiting: bool
    """Whether a deck waits for an executor."""


_CLAIMED: Final = sa.select(deck.c.deck_id, deck.c.claim, deck.c.claimed_by).where(
    IS_UNFINISHED, deck.c.claimed_by.is_not(None)
)
_FREE: Final = sa.select(deck.c.deck_id).where(IS_UNFINISHED, deck.c.claimed_by.is_(None)).limit(1)


class Claims:
    """Claims on unfinished decks; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(self, executor_id: str) -> Look:
        """Who works on what, as this executor sees it."""

        def work(connection: sa.Connection) -> Look:
            rows = connection.execute(_CLAIMED).all()
            return Look(
                held={row.deck_id: row.claim for row in rows if row.claimed_by == executor_id},
                others={row.claimed_by for row in rows} - {executor_id},
                waiting=connection.execute(_FREE).first() is not None,
            )

        return await self._database.read(work)

    async def take(self, executor_id: str, limit: int) -> list[Claim]:
        """Claims up to `limit` decks that nobody works on: tenants take turns, whoever has fewest
        at work first, and of each the oldest."""

        def work(connection: sa.Connection) -> list[Claim]:
            rows = connection.execute(_NEXT_ONES, {"most": limit}).all()
            claims = [Claim(row.deck_id, row.claim + 1, row.attempts + 1) for row in rows]
            for claim in claims:
                values = {"claim": claim.number, "attempts": claim.attempts}
                connection.execute(
                    UPDATE_DECK, {"of_deck": claim.deck_id, "claimed_by": executor_id, **values}
                )
            return claims

        return await self._database.write(work)

    async def let_go(self, executor_ids: Collection[str]) -> int:
        """Frees all decks of dead executors; how many. Their old claims are void at once."""
        theirs = (
            deck.update()
            .where(IS_UNFINISHED, deck.c.claimed_by.in_(executor_ids))
            .values(claimed_by=None, claim=deck.c.claim + 1)
        )
        return await self._database.write(lambda connection: connection.execute(theirs).rowcount)

    async def hand_back(self, executor_id: str, *, deck_ids: Collection[str] | None = None) -> None:
        """Frees this executor's decks at its orderly end, which counts as no attempt; or those of
        `deck_ids`, on which an attempt was lost."""
        mine = deck.update().where(IS_UNFINISHED, deck.c.claimed_by == executor_id)
        free = {"claimed_by": None, "claim": deck.c.claim + 1}
        if deck_ids is None:
            mine = mine.values(**free, attempts=deck.c.attempts - 1)
        else:
            mine = mine.values(**free).where(deck.c.deck_id.in_(deck_ids))
        await self._database.write(lambda connection: connection.execute(mine))


def _turns() -> sa.Subquery:
    """For each free deck, how many of its tenant's decks are at work or waiting before it."""
    at_work = (
        sa.select(deck.c.tenant, sa.func.count().label("decks"))
        .where(IS_UNFINISHED, deck.c.claimed_by.is_not(None))
        .group_by(deck.c.tenant)
        .subquery("at_work")
    )
    oldest_first = (deck.c.created_at, deck.c.deck_id)
    place = sa.func.row_number().over(partition_by=deck.c.tenant, order_by=oldest_first)
    return (
        sa.select(deck.c.deck_id, (place + sa.func.coalesce(at_work.c.decks, 0)).label("turn"))
        .outerjoin(at_work, at_work.c.tenant == deck.c.tenant)
        .where(IS_UNFINISHED, deck.c.claimed_by.is_(None))
        .subquery("turns")
    )


_TURNS: Final = _turns()
_NEXT_ONES: Final = (
    sa.select(deck.c.deck_id, deck.c.claim, deck.c.attempts)
    .join(_TURNS, _TURNS.c.deck_id == deck.c.deck_id)
    .where(IS_UNFINISHED, deck.c.claimed_by.is_(None))
    .order_by(_TURNS.c.turn, deck.c.created_at, deck.c.deck_id)
    .limit(sa.bindparam("most"))
    .with_for_update(of=deck, skip_locked=True)
)
