from __future__ import annotations

import grpc
import pytest
from aislides.deck.v1 import result_pb2
from aislides.genie.v1 import genie_service_pb2_grpc as grpc_stub
from aislides_runtime.channels import open_channel
from aislides_runtime.errors import ServiceError
from aislides_runtime.serve import running_server
from orchestrator_svc.adapters.genie import GenieOverGrpc


class Remembering(grpc_stub.GenieServiceServicer):
    """Notes what it is asked to run again, and does not."""

    def __init__(self):
        self.asked = []

    async def ReexecuteQuery(self, request, context):
        self.asked.append(request)
        await context.abort(grpc.StatusCode.UNAVAILABLE, "not now")


async def test_a_query_is_run_again_even_where_genie_forgot_the_conversation():
    genie = Remembering()
    result = result_pb2.Result(id="r1")
    result.source.conversation_id = "c1"
    result.source.sql = "SELECT 1"
    async with (
        running_server(
            lambda server: grpc_stub.add_GenieServiceServicer_to_server(genie, server),
            drain_seconds=0,
        ) as server,
        open_channel(server.target) as channel,
    ):
        with pytest.raises(ServiceError):
            port = GenieOverGrpc(channel, target=server.target, ask_timeout_seconds=5)
            await port.run_again(result, max_rows=10)
    assert (genie.asked[0].conversation_id, genie.asked[0].stored_sql) == ("c1", "SELECT 1")
