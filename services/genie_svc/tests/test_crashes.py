"""kill -9 at every point of a question's life; the next process goes on and asks nothing again."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys

import grpc.aio
import pytest
from genie_client import GenieClient
from genie_http import Reply
from genie_script import SPACE, TOKEN, Script

POINTS = {
    "sent, not taken": ("POST", r"start-conversation", False),
    "taken, reply lost": ("POST", r"start-conversation", True),
    "accepted, polling": ("GET", r"/messages/m\d+$", True),
    "answered, reading rows": ("GET", r"/query-result$", True),
}


class Service:
    """genie_svc as a process of its own."""

    def __init__(self, host: str, folder: str) -> None:
        self._environ = {
            **os.environ,
            "DATABRICKS_HOST": host,
            "DATABRICKS_TOKEN": TOKEN,
            "AISLIDES_GENIE__LISTEN": "127.0.0.1:0",
            "AISLIDES_GENIE__SPACE_ID": SPACE,
            "AISLIDES_GENIE__QUESTIONS_PER_MINUTE": "0",
            "AISLIDES_GENIE__SETTLE_SECONDS": "0.3",
            "AISLIDES_GENIE__POLL_FIRST_SECONDS": "0.05",
            "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{folder}/genie.db",
        }

    def __enter__(self) -> Service:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "genie_svc"],
            env=self._environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        for line in self.process.stdout:
            if found := re.search(r"listens on (\S+)", line):
                self.target = found.group(1)
                return self
        raise AssertionError("genie_svc did not start")

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.mark.spawn
async def test_killed_question_goes_on_under_its_id_and_is_asked_once(genie, tmp_path):
    genie.default = Script(polls=["ASKING_AI"])
    killed: dict[str, str] = {}
    for point, (method, path, took_effect) in POINTS.items():
        # A start costs seconds, so each process settles what the one before it left behind.
        with Service(genie.server.host, str(tmp_path)) as service:
            async with GenieClient(service.target) as client:
                for earlier, question in killed.items():
                    events = await client.ask(question, request_id=question)
                    assert events[-1][0] == "rows", earlier
                    assert genie.asked.count(question) == 1, earlier
                question = f"killed when {point}"
                armed = asyncio.Event()
                loop = asyncio.get_running_loop()

                def kill(method=method, path=path, service=service, took_effect=took_effect):
                    def answer(call):
                        if call.method != method or not re.search(path, call.path):
                            return None
                        genie.extra = lambda _: None
                        if took_effect:
                            genie.answer(call)
                        service.kill()
                        loop.call_soon_threadsafe(armed.set)
                        return Reply(act="reset")

                    genie.extra = answer

                kill()
                with pytest.raises(grpc.aio.AioRpcError):
                    await client.ask(question, request_id=question)
                assert armed.is_set()
                killed[point] = question
    with Service(genie.server.host, str(tmp_path)) as service:
        async with GenieClient(service.target) as client:
            for point, question in killed.items():
                events = await client.ask(question, request_id=question)
                assert events[-1][0] == "rows" and genie.asked.count(question) == 1, point
    assert len(genie.asked) == len(POINTS)
