from __future__ import annotations

import asyncio

import grpc
import grpc_testing
import pytest
from aislides.genie.v1 import genie_service_pb2, genie_service_pb2_grpc
from aislides.llm.v1 import llm_service_pb2, llm_service_pb2_grpc
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1 import orchestrator_service_pb2_grpc
from aislides_runtime.errors import ServiceError
from aislides_runtime.status import DETAILS_KEY, status_of
from genie_svc.servicer import GenieServicer
from google.rpc import error_details_pb2, status_pb2
from llm_svc.servicer import LlmServicer
from orchestrator_svc.servicer import DeckServicer
from orchestrator_svc.settings import Settings
from orchestrator_svc.store.database import open_database
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.watchers import Watchers

SERVICES = [
    (genie_service_pb2, "GenieService", genie_service_pb2_grpc.GenieServiceServicer, GenieServicer),
    (llm_service_pb2, "LlmService", llm_service_pb2_grpc.LlmServiceServicer, LlmServicer),
    (pb, "DeckService", orchestrator_service_pb2_grpc.DeckServiceServicer, DeckServicer),
]


@pytest.mark.parametrize(("module", "name", "base", "servicer"), SERVICES)
def test_every_rpc_of_the_contract_is_implemented(module, name, base, servicer):
    methods = module.DESCRIPTOR.services_by_name[name].methods_by_name
    missing = [rpc for rpc in methods if getattr(servicer, rpc) is getattr(base, rpc)]
    assert missing == []


class Bridge:
    """A thin synchronous face of the aio servicer, as grpcio-testing cannot drive coroutines."""

    def __init__(self, folder):
        self._folder = folder

    def GetDeck(self, request, context):
        async def call():
            url = f"sqlite+aiosqlite:///{self._folder}/decks.sqlite"
            async with open_database(url) as database:
                store = DeckStore(database, Watchers())
                servicer = DeckServicer(store=store, jobs=None, genie=None, settings=Settings())
                return await servicer.GetDeck(request, context)

        try:
            return asyncio.run(call())
        except ServiceError as error:
            status = status_of(error)
            context.set_trailing_metadata(status.trailing_metadata)
            context.set_code(status.code)
            context.set_details(status.message)
            return pb.GetDeckResponse()


def test_status_and_trailing_metadata_of_a_missing_deck(tmp_path):
    service = pb.DESCRIPTOR.services_by_name["DeckService"]
    server = grpc_testing.server_from_dictionary(
        {service: Bridge(tmp_path)}, grpc_testing.strict_real_time()
    )
    call = server.invoke_unary_unary(
        service.methods_by_name["GetDeck"], (), pb.GetDeckRequest(deck_id="0" * 32), 10
    )
    _, trailing, code, details = call.termination()
    assert code is grpc.StatusCode.NOT_FOUND
    assert "no deck" in details
    rich = status_pb2.Status.FromString(dict(trailing)[DETAILS_KEY])
    info = error_details_pb2.ErrorInfo()
    assert rich.details[0].Unpack(info)
    assert (info.reason, info.domain) == ("DECK_NOT_FOUND", "aislides")
