from __future__ import annotations

from pathlib import Path
from typing import Any

import grpc
import pytest
from aislides_runtime.errors import Kind
from aislides_runtime.listening import (
    CannotListen,
    PlaintextRefused,
    PortInUse,
    dial_address,
    is_local,
    split_address,
)


async def echo(request: Any, context: Any) -> Any:
    return request


async def test_a_port_in_use_is_named_with_the_setting_to_change(serve: Any, capfd: Any) -> None:
    async with serve() as served:
        with pytest.raises(PortInUse) as caught:
            async with serve(listen=served.server.target, port_setting="AISLIDES_GENIE__PORT"):
                pass
    assert caught.value.reason == "PORT_IN_USE"
    assert caught.value.kind is Kind.FAILED_PRECONDITION
    assert served.server.target in caught.value.message
    assert "choose another port with AISLIDES_GENIE__PORT" in caught.value.message
    assert capfd.readouterr().err == ""


async def test_a_port_is_free_again_right_after_a_server_stopped(serve: Any) -> None:
    async with serve(unary={"Echo": echo}) as served:
        await served.unary("Echo")
        target = served.server.target
    async with serve(unary={"Echo": echo}, listen=target) as served:
        assert (await served.unary("Echo", "x")).value == "x"


@pytest.mark.parametrize(
    ("listen", "why"),
    [
        ("nohost.invalid:0", "the host is not known"),
        ("192.0.2.1:0", "cannot assign requested address"),
        ("unix:/no/such/folder/s.sock", "check it and its permissions"),
        ("127.0.0.1", "write host:port"),
        ("127.0.0.1:http", "write host:port"),
        ("127.0.0.1:65536", "write host:port"),
        (":1", "write host:port"),
    ],
)
async def test_an_address_that_does_not_work_says_why(serve: Any, listen: str, why: str) -> None:
    with pytest.raises(CannotListen, match=why):
        async with serve(listen=listen, insecure_ok=True):
            pass


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0", "192.0.2.1:0", "some-host:0"])
async def test_plaintext_beyond_this_machine_needs_an_explicit_flag(
    serve: Any, listen: str
) -> None:
    with pytest.raises(PlaintextRefused, match="insecure_ok"):
        async with serve(listen=listen):
            pass


async def test_with_the_flag_all_interfaces_serve(serve: Any) -> None:
    async with serve(unary={"Echo": echo}, listen="0.0.0.0:0", insecure_ok=True) as served:
        assert served.server.target == f"127.0.0.1:{served.server.port}"
        assert (await served.unary("Echo", "x")).value == "x"


async def test_with_credentials_no_flag_is_needed(serve: Any) -> None:
    async with serve(
        unary={"Echo": echo},
        listen="0.0.0.0:0",
        credentials=grpc.local_server_credentials(),
        channel={"credentials": grpc.local_channel_credentials()},
    ) as served:
        assert (await served.unary("Echo", "x")).value == "x"


async def test_a_unix_socket_serves(serve: Any, tmp_path: Path) -> None:
    async with serve(unary={"Echo": echo}, listen=f"unix:{tmp_path}/s.sock") as served:
        assert (await served.unary("Echo", "x")).value == "x"


def test_addresses_are_taken_apart() -> None:
    assert split_address("[::1]:5") == ("::1", 5)
    assert split_address("unix:/a") == ("unix:/a", 0)
    assert [is_local(a) for a in ("127.9.9.9:1", "[::1]:1", "localhost:1", "unix:/a")] == [True] * 4
    assert not is_local("10.0.0.1:1")
    assert dial_address("[::]:0", 7) == "[::1]:7"
    assert dial_address("localhost:0", 7) == "localhost:7"
