"""kill -9 at every point of a question's life; the next process goes on and asks nothing again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading

import grpc.aio
import pytest
from genie_client import GenieClient
from genie_http import Call, Reply
from genie_script import SPACE, TOKEN, Script, ScriptedGenie

POINTS = {
    "sent-not-taken": ("POST", r"start-conversation", False),
    "taken-reply-lost": ("POST", r"start-conversation", True),
    "accepted-polling": ("GET", r"/messages/m\d+$", True),
    "answered-reading-rows": ("GET", r"/query-result$", True),
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


def kill_at(point: str, genie: ScriptedGenie, service: Service) -> threading.Event:
    """Kills the service when its next call of that kind arrives; the event tells that it did."""
    method, path, takes_effect = POINTS[point]
    killed = threading.Event()

    def answer(call: Call) -> Reply | None:
        if call.method != method or not re.search(path, call.path):
            return None
        genie.extra = lambda _: None
        if takes_effect:
            genie.answer(call)
        killed.set()
        service.kill()
        return Reply(act="reset")

    genie.extra = answer
    return killed


@pytest.mark.spawn
async def test_killed_question_goes_on_under_its_id_and_is_asked_once(genie, tmp_path):
    genie.default = Script(polls=["ASKING_AI"])
    started: list[str] = []
    for point in [*POINTS, None]:
        # A start costs seconds, so each process settles what those before it left behind.
        with Service(genie.server.host, str(tmp_path)) as service:
            async with GenieClient(service.target) as client:
                for earlier in started:
                    events = await client.ask(earlier, request_id=earlier)
                    assert events[-1][0] == "rows" and genie.asked.count(earlier) == 1, earlier
                if point is None:
                    break
                started.append(point)
                killed = kill_at(point, genie, service)
                with pytest.raises(grpc.aio.AioRpcError):
                    await client.ask(point, request_id=point)
                assert killed.is_set()
