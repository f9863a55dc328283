"""What the service remembers: for whom, how long, how much."""

from __future__ import annotations

import asyncio

import pytest
from genie_clock import HandClock
from genie_svc.adapters.database import DatabaseUnusable, open_database
from genie_svc.adapters.journal import SqlJournal
from genie_svc.adapters.snapshots import SqlSnapshots
from genie_svc.domain.columns import Column, ColumnType
from genie_svc.domain.question import Question
from genie_svc.domain.snapshot import Snapshot
from genie_svc.domain.statement import Manifest
from sqlalchemy import text

QUESTION = Question("s", "How much?", "", "r1", "t")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request, tmp_path):
    url = f"sqlite:///{tmp_path}/deep/down/genie.db"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    async with open_database(url) as opened:
        yield opened
        for table in ("genie_questions", "genie_snapshots"):
            await opened.write(lambda c, table=table: c.execute(text(f"DELETE FROM {table}")))


@pytest.fixture
def clock():
    return HandClock()


async def test_question_is_followed_through_its_life(database, clock):
    journal = SqlJournal(database, clock, kept_seconds=3600)
    assert await journal.find("a", "r1") is None
    assert await journal.sending("a", QUESTION, 1.5, instead_of=None)
    assert not await journal.sending("a", QUESTION, 2.5, instead_of=None)
    assert await journal.sending("b", QUESTION, 1.5, instead_of=None), "owners do not share ids"
    entry = await journal.find("a", "r1")
    assert entry and entry.posted_at == 1.5 and not entry.message_id
    assert await journal.sending("a", QUESTION, 3.5, instead_of=entry)
    assert not await journal.sending("a", QUESTION, 4.5, instead_of=entry), "somebody was faster"
    await journal.accepted("a", "r1", "c1", "m1")
    await journal.refused("a", "r1")
    await journal.finished("a", "r1", "{}", snapshot="h", cancelled=True)
    entry = await journal.find("a", "r1")
    assert entry and (entry.message_id, entry.outcome, entry.snapshot) == ("m1", "{}", "h")
    assert entry.cancelled
    assert await journal.claimed("a", ["c1", "c2"]) == {"m1"}
    assert await journal.claimed("b", ["c1"]) == frozenset()


async def test_refused_question_is_forgotten(database, clock):
    journal = SqlJournal(database, clock, kept_seconds=3600)
    await journal.sending("a", QUESTION, 1.5, instead_of=None)
    await journal.refused("a", "r1")
    assert await journal.find("a", "r1") is None


async def test_old_questions_are_forgotten(database, clock):
    journal = SqlJournal(database, clock, kept_seconds=3600)
    await journal.sending("a", QUESTION, clock.time(), instead_of=None)
    assert await journal.forget_old() == 0
    await clock.advance(3601)
    assert await journal.forget_old() == 1


async def test_many_writes_share_transactions_and_a_faulty_one_fails_alone(database):
    async def faulty(connection):
        await connection.execute(text("SELECT * FROM no_such_table"))

    async def broken(connection):
        raise RuntimeError("not even SQL")

    async def good(connection):
        return (await connection.execute(text("SELECT 7"))).scalar_one()

    outcomes = await asyncio.gather(
        *(database.write(work) for work in [good, faulty, good, broken, good]),
        return_exceptions=True,
    )
    assert [o for o in outcomes if not isinstance(o, Exception)] == [7, 7, 7]
    assert isinstance(outcomes[3], RuntimeError)


async def test_rows_are_kept_for_their_owner_only_and_for_a_time(database, clock):
    snapshots = SqlSnapshots(database, clock, kept_seconds=60, most_bytes=8_000)
    name = await snapshots.keep("a", b"rows")
    assert await snapshots.keep("a", b"rows") == name and len(name) == 64
    assert await snapshots.find("a", name) == b"rows"
    assert await snapshots.find("b", name) is None
    await clock.advance(61)
    assert await snapshots.find("a", name) is None
    await snapshots.tidy()
    assert await database.read(lambda c: _count(c)) == 0


async def test_oldest_rows_make_room_and_huge_ones_are_not_kept(database, clock):
    snapshots = SqlSnapshots(database, clock, kept_seconds=1e6, most_bytes=8_000)
    assert await snapshots.keep("a", b"x" * 1_001) == ""
    names = []
    for number in range(10):
        await clock.advance(1)
        names.append(await snapshots.keep("a", bytes([number]) * 1_000))
    await snapshots.tidy()
    kept = [await snapshots.find("a", name) is not None for name in names]
    assert kept == [False] * 2 + [True] * 8


async def _count(connection) -> int:
    return (await connection.execute(text("SELECT count(*) FROM genie_snapshots"))).scalar_one()


def test_snapshot_survives_packing_exactly():
    column = Column("c", ColumnType.DECIMAL, "DECIMAL(3,2)", 3, 2)
    manifest = Manifest("JSON_ARRAY", (column,), 1, 2, 0, False)
    snapshot = Snapshot("st", manifest, ("note",), (["1.50"], [None]))
    assert Snapshot.unpack(snapshot.pack()) == snapshot
    assert snapshot.pack() == snapshot.pack()


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://x/y", "sqlite:////proc/no/genie.db", "postgresql://127.0.0.1:9/x"]
)
async def test_unusable_database_is_one_clear_error(url):
    with pytest.raises(DatabaseUnusable) as caught:
        async with open_database(url):
            pass
    assert "genie.database_url" in caught.value.message
