from __future__ import annotations

import sqlalchemy as sa
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from orchestrator_svc.store.database import migrations, open_database
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.tables import metadata
from orchestrator_svc.store.watchers import Watchers

ID = "a" * 32


async def test_migrations_give_what_the_code_expects(database_url):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with open_database(database_url) as database:
        assert await database.read(differences) == []


async def test_keys_outlive_the_way_down_and_up(database_url):
    request = pb.CreateDeckRequest(question="How many?", request_id="k1")

    def downgrade(connection):
        command.downgrade(migrations(connection), "0002")
        return connection.execute(sa.text("SELECT deck_id FROM request_key")).all()

    async with open_database(database_url) as database:
        await DeckStore(database, Watchers()).create(ID, request)
        assert await database.write(downgrade)
    async with open_database(database_url) as database:
        info, existed = await DeckStore(database, Watchers()).create("b" * 32, request)
    assert (info.deck_id, existed) == (ID, True)
