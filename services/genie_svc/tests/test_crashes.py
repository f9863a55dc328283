"""kill -9 at every point of a question's life; the next process goes on and asks nothing again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

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


NURSERY = Path(__file__).parent / "support" / "genie_nursery.py"


@pytest.fixture
def nursery() -> Iterator[subprocess.Popen[str]]:
    """A process that forks services; its imports take seconds, theirs nothing."""
    process = subprocess.Popen(
        [sys.executable, str(NURSERY)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin and process.stdout
    assert process.stdout.readline() == "ready\n"
    yield process
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


class Service:
    """genie_svc as a process of its own."""

    def __init__(self, nursery: subprocess.Popen[str], host: str, folder: str) -> None:
        self._nursery = nursery
        self._environ = {
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
        assert self._nursery.stdin and self._nursery.stdout
        self._nursery.stdin.write(json.dumps(self._environ) + "\n")
        self._nursery.stdin.flush()
        self._pid, self.target = 0, ""
        while not (self._pid and self.target):
            line = self._nursery.stdout.readline()
            assert line, "the nursery ended"
            if found := re.match(r"pid (\d+)", line):
                self._pid = int(found.group(1))
            elif found := re.search(r"listens on (\S+)", line):
                self.target = found.group(1)
            assert self._pid == 0 or self._alive(), "genie_svc did not start"
        return self

    def _alive(self) -> bool:
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGTERM)
        ends = time.monotonic() + 20
        while self._alive():
            assert time.monotonic() < ends, "genie_svc did not end"
            time.sleep(0.01)


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
async def test_killed_question_goes_on_under_its_id_and_is_asked_once(genie, nursery, tmp_path):
    genie.default = Script(polls=["ASKING_AI"])
    started: list[str] = []
    for point in [*POINTS, None]:
        # Each process settles what those before it left behind.
        with Service(nursery, genie.server.host, str(tmp_path)) as service:
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
