"""`python -m aislides_cli.tethered MODULE ...`: a module as `python -m` runs it, for as long as its
parent lives.

The parent holds the other end of the pipe that is this process's standard input, and never writes.
However the parent ends, `kill -9` included, the system closes the pipe: this process then stops as
on SIGTERM, and at once when it has not within 45 s. Works wherever there are pipes.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time
from typing import Final

PATIENCE_SECONDS: Final = 45.0
"""Longer than any service drains."""


def end_with_parent() -> None:
    """Waits, in a thread, for the parent's end, and lets this process follow."""
    threading.Thread(target=_follow, daemon=True, name="parent").start()


def _follow() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    end_with_parent()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
