"""Runs a command and stops its processes at random for moments, as a busy machine does.

Tests that rest on luck fail under it:
`.venv/bin/python scripts/stall.py .venv/bin/python -m pytest PATH`.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import suppress

import psutil

LONGEST, APART = 0.4, 0.2


def stall(tree: list[psutil.Process]) -> None:
    """Stops one of them for a moment."""
    one = random.choice(tree)
    with suppress(psutil.Error):
        one.suspend()
        try:
            time.sleep(random.uniform(0.02, LONGEST))
        finally:
            one.resume()


def main(command: list[str]) -> int:
    """The command's exit code."""
    run = subprocess.Popen(command)
    while run.poll() is None:
        with suppress(psutil.Error):
            first = psutil.Process(run.pid)
            stall([first, *first.children(recursive=True)])
        time.sleep(random.uniform(0.01, APART))
    return run.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
