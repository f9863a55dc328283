"""The scripted workspace as a process, for the benches: `wait SECONDS` or `rows`.

Prints its port. Each line on its input is a command: `wait` answers with what it saw, `rows` takes
the number of rows of the next result.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from genie_http import Call, Reply
from genie_script import Script, ScriptedGenie, column, table

CHUNK = 5_000
COLUMNS = [
    column("day", "DATE", "DATE"),
    column("region", "STRING", "STRING"),
    column("orders", "BIGINT", "LONG"),
    column("revenue", "DECIMAL(18,2)", "DECIMAL"),
    column("share", "DOUBLE", "DOUBLE"),
]


def waiting(genie: ScriptedGenie, seconds: float) -> None:
    genie.default = Script(seconds=seconds)
    serve(genie)
    for _ in sys.stdin:
        counts = {"posts": 0, "polls": 0, "results": 0}
        for call in genie.server.calls:
            if call.path.endswith("start-conversation"):
                counts["posts"] += 1
            elif call.path.endswith("query-result"):
                counts["results"] += 1
            else:
                counts["polls"] += 1
        ready = {m.raw["content"]: m.wall + seconds for m in genie.messages.values()}
        print(json.dumps([counts, ready, len(genie.asked)]), flush=True)


class Rows:
    """A statement of any size whose chunks are all the same bytes."""

    def __init__(self) -> None:
        self.total = 0
        rows = [
            [f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}", f"Region {n % 50}", str(n), f"{n}.25", "0.25"]
            for n in range(CHUNK)
        ]
        self.first = table(COLUMNS, rows)
        self.encoded = json.dumps(rows)

    def __call__(self, call: Call) -> Reply | None:
        if call.path.endswith("/query-result"):
            return Reply(body={"statement_response": self.statement(CHUNK)})
        if call.path.endswith("/statements/st-1"):
            return Reply(body=self.statement(self.total))
        if "/result/chunks/" in call.path:
            index = int(call.path.rsplit("/", 1)[1])
            more = f'"next_chunk_index": {index + 1}, ' if (index + 1) * CHUNK < self.total else ""
            return Reply(body=f'{{{more}"data_array": {self.encoded}}}'.encode())
        return None

    def statement(self, rows: int) -> dict[str, Any]:
        body = ScriptedGenie._statement(self.first)
        body["manifest"] = body["manifest"] | {"total_row_count": rows}
        if rows > CHUNK:
            body["result"] = body["result"] | {"next_chunk_index": 1}
        return body


def rows(genie: ScriptedGenie) -> None:
    genie.extra = Rows()
    serve(genie)
    for line in sys.stdin:
        genie.extra.total = int(line)
        print("ready", flush=True)


def serve(genie: ScriptedGenie) -> None:
    genie.server.start()
    print(genie.server.port, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "wait":
        waiting(ScriptedGenie(), float(sys.argv[2]))
    else:
        rows(ScriptedGenie())
