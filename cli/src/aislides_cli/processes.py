"""The services as five processes, started in order and stopped callers first.

None outlives this process, whatever ends it: see `tethered.py`."""

from __future__ import annotations

import asyncio
import secrets
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aislides_runtime.errors import Kind, ServiceError
from aislides_runtime.probe import serving

from aislides_cli.addresses import Addresses
from aislides_cli.environment import for_embedded, names_a_workspace

READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 30.0


class DidNotStart(ServiceError):
    """A service process ended, or did not take calls in time."""

    kind = Kind.FAILED_PRECONDITION
    reason = "SERVICE_DID_NOT_START"


class Processes:
    """Starts the services one after the other, each once those it calls take calls."""

    def __init__(self, config: Path | None, environ: Mapping[str, str], at: Addresses) -> None:
        self._config = config
        self._environ = dict(environ)
        self._at = at
        self.running: dict[str, asyncio.subprocess.Process] = {}

    async def start(self) -> None:
        """Returns when all take calls. Raises DidNotStart; those started are stopped then."""
        try:
            await self._start_all()
        except BaseException:
            await self.stop()
            raise

    async def _start_all(self) -> None:
        at, told = self._at, self._environ
        if not names_a_workspace(told):
            host, port = at.workspace.rsplit(":", 1)
            token = told.get("AISLIDES_LOCAL_WORKSPACE__TOKEN") or secrets.token_urlsafe(24)
            told |= {
                "AISLIDES_LOCAL_WORKSPACE__HOST": host,
                "AISLIDES_LOCAL_WORKSPACE__PORT": port,
                "AISLIDES_LOCAL_WORKSPACE__TOKEN": token,
            }
            url = f"http://{at.workspace}"
            await self._start("local_workspace", f"{url}/.well-known/databricks-config")
            told = for_embedded(told, url, token)
            self._environ = told
        told |= {
            "AISLIDES_GENIE__LISTEN": at.genie,
            "AISLIDES_LLM__LISTEN": at.llm,
            "AISLIDES_ORCHESTRATOR__LISTEN": at.orchestrator,
            "AISLIDES_ORCHESTRATOR__GENIE_TARGET": at.genie,
            "AISLIDES_ORCHESTRATOR__LLM_TARGET": at.llm,
            "AISLIDES_API__ORCHESTRATOR_TARGET": at.orchestrator,
            "API_HOST": at.gateway.rsplit(":", 1)[0],
            "API_PORT": at.gateway.rsplit(":", 1)[1],
        }
        await self._start("genie_svc", at.genie)
        await self._start("llm_svc", at.llm)
        await self._start("orchestrator_svc", at.orchestrator)
        await self._start("gateway", f"http://{at.gateway}/health/ready")

    async def _start(self, module: str, probe: str) -> None:
        arguments = ["--config", str(self._config)] if self._config else []
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "aislides_cli.tethered", module, *arguments),
            env=self._environ,
            # Held open and never written to: its end tells the service that we are gone.
            stdin=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        self.running[module] = process
        deadline = asyncio.get_running_loop().time() + READY_SECONDS
        while not await asyncio.to_thread(_answers, probe):
            if process.returncode is not None:
                raise DidNotStart(f"{module} ended with exit code {process.returncode} (see above)")
            if asyncio.get_running_loop().time() > deadline:
                raise DidNotStart(f"{module} took no calls at {probe} within {READY_SECONDS:g} s")
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Stops all, callers first, each within 30 s."""
        for process in reversed(self.running.values()):
            if process.returncode is not None:
                continue
            process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()

    async def first_to_end(self) -> str:
        """Which service ended first by itself, and how."""
        waiting = {
            asyncio.create_task(process.wait()): name for name, process in self.running.items()
        }
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            ended = done.pop()
            return f"{waiting[ended]} (exit code {ended.result()})"
        finally:
            for task in waiting:
                task.cancel()


def _answers(probe: str) -> bool:
    if not probe.startswith("http"):
        return serving(probe)
    try:
        with urllib.request.urlopen(probe, timeout=2) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
