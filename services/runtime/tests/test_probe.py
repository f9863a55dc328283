from __future__ import annotations

import asyncio

from aislides_runtime.probe import main
from aislides_runtime.serve import running_server


async def test_probe_tells_a_serving_server_from_none():
    async with running_server(lambda server: None) as server:
        assert await asyncio.to_thread(main, [server.target]) == 0
    assert await asyncio.to_thread(main, [server.target]) == 1


def test_probe_called_wrongly_says_how(capsys):
    assert main([]) == 2
    assert "HOST:PORT" in capsys.readouterr().err
