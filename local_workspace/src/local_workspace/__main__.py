"""`python -m local_workspace`: serves the local workspace until it is told to stop."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from aislides_runtime.process import config_file
from aislides_runtime.settings import SettingsError, load_settings

from local_workspace.server import running_workspace
from local_workspace.settings import OTHER_SECTIONS, AddressInUse, Settings


async def serve(settings: Settings) -> None:
    """Serves until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running_workspace(settings.local_workspace) as running:
        say(f"Local workspace: {running.host}")
        if running.token is not None and settings.local_workspace.token is None:
            say(f"  export DATABRICKS_HOST={running.host} DATABRICKS_TOKEN={running.token}")
        await stop.wait()


def say(text: str) -> None:
    """Tells the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0, or 2 for settings or an address that cannot be used."""
    try:
        settings = load_settings(
            Settings,
            other_sections=OTHER_SECTIONS,
            path=config_file("local_workspace", arguments),
            dotenv=Path(".env") if Path(".env").exists() else None,
        )
        asyncio.run(serve(settings))
    except (SettingsError, AddressInUse) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
