"""Starts genie_svc processes quickly: imports it once, then forks a child for each request.

Reads lines of JSON (an environment) and prints the pid of the child that runs `genie_svc` with it.
A child is a process of its own, which can be killed like any other; only its imports are shared.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys

import genie_svc.bootstrap  # noqa: F401 - what takes long


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies: a pid is gone once it ended
    print("ready", flush=True)
    for line in iter(sys.stdin.readline, ""):
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.environ.update(json.loads(line))
            sys.argv = ["genie_svc"]
            code = 1
            try:
                runpy.run_module("genie_svc", run_name="__main__")
            except SystemExit as end:
                code = end.code or 0
            finally:
                os._exit(code)
        print(f"pid {pid}", flush=True)


if __name__ == "__main__":
    main()
