"""Wires the service: the only file that knows every concrete class."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc.aio
from aislides.orchestrator.v1 import orchestrator_service_pb2_grpc as grpc_stub
from aislides_runtime.channels import open_channel
from aislides_runtime.serve import RunningServer, running_server

from orchestrator_svc.adapters.genie import GenieOverGrpc
from orchestrator_svc.adapters.llm import LlmOverGrpc
from orchestrator_svc.brand_file import read_brand
from orchestrator_svc.jobs.attempt import Attempt
from orchestrator_svc.jobs.leases import open_leases
from orchestrator_svc.jobs.runner import JobRunner
from orchestrator_svc.jobs.steps import KeptSteps
from orchestrator_svc.pipeline.journal import Journal
from orchestrator_svc.pipeline.make_deck import make_deck
from orchestrator_svc.pipeline.run import Run
from orchestrator_svc.ports import Genie, Llm
from orchestrator_svc.servicer import DeckServicer
from orchestrator_svc.settings import Settings
from orchestrator_svc.store.claims import Claim, Claims
from orchestrator_svc.store.database import open_database
from orchestrator_svc.store.decks import Begun, DeckStore
from orchestrator_svc.store.watchers import Watchers
from orchestrator_svc.watch import looking

WATCH_SECONDS = 3600.0
"""Longest life of one WatchDeck stream; clients resume where they were."""


@asynccontextmanager
async def running_orchestrator(
    settings: Settings, *, genie: Genie | None = None, llm: Llm | None = None
) -> AsyncIterator[RunningServer]:
    """The service, taking calls; unfinished decks are taken up again. Tests may bring own ports.

    Raises SettingsError for a brand file that cannot be used.
    """
    section = settings.orchestrator
    brand = (
        read_brand(settings.output.brand, settings.output.theme) if settings.output.brand else None
    )
    if brand and brand.file.locale:
        output = settings.output.model_copy(update={"locale": brand.file.locale})
        settings = settings.model_copy(update={"output": output})
    async with (
        open_database(section.database_url) as database,
        open_leases(database, seconds=section.lease_seconds) as leases,
        open_channel(section.genie_target) as genie_channel,
        open_channel(section.llm_target) as llm_channel,
    ):
        store = DeckStore(
            database,
            Watchers(),
            max_unfinished=section.max_unfinished_decks,
            max_unfinished_per_tenant=section.max_unfinished_decks_per_tenant,
        )
        asking = genie or GenieOverGrpc(
            genie_channel,
            target=section.genie_target,
            ask_timeout_seconds=section.deck_time_limit_seconds,
        )
        writing = llm or LlmOverGrpc(
            llm_channel,
            target=section.llm_target,
            timeout_seconds=section.deck_time_limit_seconds,
        )

        async def make(claim: Claim, journal: Journal, begun: Begun) -> None:
            await make_deck(
                Run(
                    deck_id=claim.deck_id,
                    number=begun.run,
                    request=begun.request,
                    settings=settings,
                    genie=asking,
                    llm=writing,
                    store=store,
                    journal=journal,
                    steps=KeptSteps(journal, begun.steps),
                )
            )

        jobs = JobRunner(
            store,
            Claims(database),
            leases,
            Attempt(
                store,
                make,
                time_limit_seconds=section.deck_time_limit_seconds,
                max_attempts=section.max_attempts,
            ),
            at_once=section.max_running_decks,
        )
        servicer = DeckServicer(
            store=store, jobs=jobs, genie=asking, settings=settings, brand=brand
        )

        def add(server: grpc.aio.Server) -> None:
            grpc_stub.add_DeckServiceServicer_to_server(servicer, server)

        async with (
            running_server(
                add,
                listen=section.listen,
                insecure_ok=section.insecure_ok,
                port_setting="orchestrator.listen",
                max_call_seconds_by_method={
                    "/aislides.orchestrator.v1.DeckService/WatchDeck": WATCH_SECONDS
                },
            ) as running,
            jobs.running(drain_seconds=section.drain_seconds),
            looking(store),
        ):
            yield running
