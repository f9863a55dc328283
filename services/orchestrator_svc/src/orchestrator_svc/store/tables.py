"""The tables of the orchestrator's own schema. Protobuf messages are kept as bytes beside the
columns that are searched by."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

FINAL_STATES: Final = frozenset(
    {
        pb.STATE_SUCCEEDED,
        pb.STATE_FAILED,
        pb.STATE_CANCELLED,
        pb.STATE_NEEDS_CLARIFICATION,
    }
)
"""States in which nobody works on a deck."""

metadata: Final = sa.MetaData()

deck: Final = sa.Table(
    "deck",
    metadata,
    sa.Column("deck_id", sa.String(32), primary_key=True),
    sa.Column("state", sa.Integer, nullable=False, index=True),
    sa.Column("space_id", sa.String(128), nullable=False),
    sa.Column("search_text", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False, index=True),
    sa.Column("updated_at", sa.BigInteger, nullable=False),
    sa.Column("next_sequence", sa.BigInteger, nullable=False),
    sa.Column("run", sa.Integer, nullable=False),
    sa.Column("request", sa.LargeBinary, nullable=False),
    sa.Column("info", sa.LargeBinary, nullable=False),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claim", sa.Integer, nullable=False, server_default="0"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("tenant", sa.String(128), nullable=False, server_default="default"),
    sa.Index("deck_tenant_created", "tenant", "created_at", "deck_id"),
)
"""One row a deck. `info` is a DeckInfo, `request` the CreateDeckRequest, times in microseconds.
`run` counts the times that work on the deck was begun anew, from 1. `claimed_by` is the executor at
work on it, `claim` the fencing number that its writes must carry, `attempts` the times that it was
taken up since a step was last finished. `tenant` is whose deck it is; that decides about turns."""

request_key: Final = sa.Table(
    "request_key",
    metadata,
    sa.Column("tenant", sa.String(128), primary_key=True, server_default="default"),
    sa.Column("request_id", sa.String(128), primary_key=True),
    sa.Column("body_hash", sa.String(64), nullable=False),
    sa.Column("deck_id", sa.String(32), nullable=False, index=True),
)
"""Idempotency keys of callers, each tenant's its own, and the deck that each made."""

event: Final = sa.Table(
    "deck_event",
    metadata,
    sa.Column("deck_id", sa.String(32), primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("once", sa.String(64)),
    sa.UniqueConstraint("deck_id", "once", name="deck_event_once"),
)
"""The log that clients read; `body` is a DeckEvent. One with `once` is written at most once."""

result: Final = sa.Table(
    "deck_result",
    metadata,
    sa.Column("deck_id", sa.String(32), primary_key=True),
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("result_id", sa.String(16), primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""Query results of a run; `body` is a Result. Never changed."""

revision: Final = sa.Table(
    "deck_revision",
    metadata,
    sa.Column("deck_id", sa.String(32), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("info", sa.LargeBinary, nullable=False),
    sa.Column("bundle", sa.LargeBinary, nullable=False),
)
"""Complete revisions; `info` is a RevisionInfo, `bundle` a DeckBundle. Never changed."""

step: Final = sa.Table(
    "deck_step",
    metadata,
    sa.Column("deck_id", sa.String(32), primary_key=True),
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
)
"""What the finished steps of a run returned, as JSON. Never changed."""

executor: Final = sa.Table(
    "executor",
    metadata,
    sa.Column("executor_id", sa.String(64), primary_key=True),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
)
"""Processes that work on decks, where several share the database; times of the database's clock."""
