"""Well-formed requests of any content: answered or refused, never UNKNOWN or INTERNAL."""

from __future__ import annotations

import random
from collections import Counter

import grpc.aio
from aislides.genie.v1 import genie_service_pb2 as pb
from google.protobuf.descriptor import FieldDescriptor

SERVICE = pb.DESCRIPTOR.services_by_name["GenieService"]
TEXTS = ["", " ", "c1", "m1", "a1", "space1", "x", "../a", "\x00", "\u202e", "🙂" * 50, "9" * 200]
NUMBERS = [0, 1, -1, 50, 2**31 - 1, -(2**31)]


def any_message(chance: random.Random, descriptor):
    message = getattr(pb, descriptor.name)()
    for field in descriptor.fields:
        if chance.random() < 0.2:
            continue
        if field.type == FieldDescriptor.TYPE_STRING:
            setattr(message, field.name, chance.choice(TEXTS))
        else:
            setattr(message, field.name, chance.choice(NUMBERS))
    return message


async def test_no_well_formed_request_is_an_internal_error(genie, serve):
    chance = random.Random(20261121)
    codes: Counter[str] = Counter()
    async with serve() as client:
        await client.ask("known")
        for _ in range(40):
            for method in SERVICE.methods:
                request = any_message(chance, method.input_type)
                call = getattr(client.stub, method.name)(request, timeout=5)
                try:
                    if method.name in ("Ask", "GetQueryResults"):
                        async for _ in call:
                            pass
                    else:
                        await call
                    codes["OK"] += 1
                except grpc.aio.AioRpcError as error:
                    codes[error.code().name] += 1
    assert codes["INVALID_ARGUMENT"] and codes["OK"]
    assert not codes["INTERNAL"] and not codes["UNKNOWN"], codes
