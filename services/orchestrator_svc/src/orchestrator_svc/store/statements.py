"""What is said to the database for every deck, built once: building a statement costs more than
SQLite needs to run it."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from orchestrator_svc.store.tables import FINAL_STATES, deck, event, result, revision, step

DECK_ID: Final[sa.BindParameter[str]] = sa.bindparam("of_deck")

DECK: Final = sa.select(deck).where(deck.c.deck_id == DECK_ID)
LOCKED_DECK: Final = DECK.with_for_update()
"""The deck's row, held against other writers until the transaction ends."""

INSERT_DECK: Final = deck.insert()
UPDATE_DECK: Final = deck.update().where(deck.c.deck_id == DECK_ID)
"""Sets those columns that it is given values for."""

IS_UNFINISHED: Final = deck.c.state.not_in(FINAL_STATES)
UNFINISHED: Final = sa.select(
    sa.func.count(), sa.func.count().filter(deck.c.tenant == sa.bindparam("of_tenant"))
).where(IS_UNFINISHED)
"""How many decks are unfinished, and how many of them are one tenant's."""

INSERT_EVENT: Final = event.insert()
EVENT_ONCE: Final = sa.select(event.c.sequence).where(
    event.c.deck_id == DECK_ID, event.c.once == sa.bindparam("mark")
)
ONCE_KEYS: Final = sa.select(event.c.once).where(
    event.c.deck_id == DECK_ID, event.c.once.is_not(None)
)
# One statement, so that what the state says is surely in the log.
LOG_AFTER: Final = (
    sa.select(deck.c.state, event.c.body)
    .outerjoin(
        event,
        sa.and_(event.c.deck_id == deck.c.deck_id, event.c.sequence > sa.bindparam("after")),
    )
    .where(deck.c.deck_id == DECK_ID)
    .order_by(event.c.sequence)
    .limit(sa.bindparam("most"))
)

INSERT_STEP: Final = step.insert()
STEPS: Final = sa.select(step.c.name, step.c.outcome).where(
    step.c.deck_id == DECK_ID, step.c.run == sa.bindparam("of_run")
)

KEEP_RESULT: Final = sa.text(
    "INSERT INTO deck_result (deck_id, run, result_id, body)"
    " VALUES (:deck_id, :run, :result_id, :body) ON CONFLICT DO NOTHING"
)
"""Both databases know these words, which SQLAlchemy has for each apart."""
RESULTS: Final = sa.select(result.c.body).where(
    result.c.deck_id == DECK_ID, result.c.run == sa.bindparam("of_run")
)
INSERT_REVISION: Final = revision.insert()
