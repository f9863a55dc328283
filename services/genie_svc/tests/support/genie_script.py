"""A scripted Genie: each question has a script of statuses, an answer and a result."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from genie_http import Call, HttpServer, Reply, error

TOKEN = "dapi-scripted-token-0123456789"  # a canary as well
SPACE = "space1"


def column(name: str, type_text: str, type_name: str | None = None) -> dict[str, Any]:
    result = {"name": name, "type_text": type_text}
    if type_name is not None:
        result["type_name"] = type_name
    return result


def query(attachment_id: str = "a1", sql: str = "SELECT 1", **more: Any) -> dict[str, Any]:
    return {"attachment_id": attachment_id, "query": {"query": sql, "title": "T", **more}}


def words(content: str, purpose: str | None = None, attachment_id: str = "t1") -> dict[str, Any]:
    text = {"content": content, **({"purpose": purpose} if purpose else {})}
    return {"attachment_id": attachment_id, "text": text}


def table(
    columns: Sequence[dict[str, Any]],
    rows: Sequence[Sequence[Any]],
    *,
    chunk_rows: int = 0,
    statement_id: str = "st-1",
    **manifest: Any,
) -> dict[str, Any]:
    """A succeeded statement with its chunks under the key `chunks`."""
    size = chunk_rows or max(1, len(rows))
    parts = [list(rows[i : i + size]) for i in range(0, len(rows), size)] or [[]]
    chunks = []
    for index, part in enumerate(parts):
        chunk: dict[str, Any] = {"chunk_index": index, "row_offset": index * size}
        chunk |= {"row_count": len(part), "data_array": part}
        if index + 1 < len(parts):
            chunk["next_chunk_index"] = index + 1
        chunks.append(chunk)
    return {
        "statement_id": statement_id,
        "status": {"state": "SUCCEEDED"},
        "manifest": {
            "format": "JSON_ARRAY",
            "schema": {"column_count": len(columns), "columns": list(columns)},
            "total_chunk_count": len(parts),
            "total_row_count": len(rows),
            "truncated": False,
            **manifest,
        },
        "chunks": chunks,
    }


REGIONS = table(
    [column("region", "STRING", "STRING"), column("revenue", "DECIMAL(18,2)", "DECIMAL")],
    [["North", "12400310.50"], ["West", None]],
)


@dataclass
class Script:
    """`polls` are the statuses of the reads before the final one."""

    polls: Sequence[str] = ()
    final: str = "COMPLETED"
    attachments: Any = field(default_factory=lambda: [query(statement_id="st-1")])
    error: Any = None
    results: Sequence[Any] = (REGIONS,)
    """Replies of query-result, the last one repeats; a dict with `status` only is a state."""
    seconds: float = 0.0
    """Alternatively to polls: time until the final status."""


@dataclass
class _Message:
    raw: dict[str, Any]
    script: Script
    polls: int = 0
    results: int = 0
    born: float = field(default_factory=time.monotonic)
    wall: float = field(default_factory=time.time)


class ScriptedGenie:
    """The workspace; `server.calls` has what it was asked."""

    def __init__(self) -> None:
        self.server = HttpServer(self.answer)
        self.scripts: dict[str, Script] = {}
        self.default = Script()
        self.messages: dict[tuple[str, str], _Message] = {}
        self.conversations: dict[str, dict[str, Any]] = {}
        self.owners: dict[str, str] = {}
        self.statements: dict[str, dict[str, Any]] = {"st-1": REGIONS}
        self.files: dict[str, bytes] = {}
        self.users: dict[str, str] = {TOKEN: "service"}
        self.space: dict[str, Any] = {"space_id": SPACE, "title": "Sales"}
        self.cancelled: list[str] = []
        self.feedback: list[Any] = []
        self.reexecuted = 0
        self.sql: list[Any] = []
        """Bodies of statements sent to the warehouse; they run as `st-run`."""
        self.running = 0
        """Polls of `st-run` that still find it running."""
        self.on_poll: Callable[[_Message], None] = lambda message: None
        self.extra: Callable[[Call], Reply | None] = lambda call: None

    @property
    def asked(self) -> list[str]:
        """The questions that Genie took, in order."""
        return [message.raw["content"] for message in self.messages.values()]

    def answer(self, call: Call) -> Reply:
        path = call.path
        if path == "/.well-known/databricks-config":
            return Reply(body={"oidc_endpoint": f"{self.server.host}/oidc", "workspace_id": "123"})
        if path.startswith("/files/"):
            if "authorization" in call.headers:
                return error(400, "BAD_REQUEST", "credentials sent to a presigned link")
            return Reply(body=self.files[path.removeprefix("/files/")])
        token = call.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.users:
            return error(403, 403, "Invalid access token.")
        extra = self.extra(call)
        if extra is not None:
            return extra
        for method, pattern, answer in _ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method == call.method:
                return answer(self, call, *found.groups())
        return error(404, "ENDPOINT_NOT_FOUND", f"no route {call.method} {path}")

    def _user(self, call: Call) -> str:
        return self.users[call.headers["authorization"].removeprefix("Bearer ")]

    def _take(self, call: Call, conversation_id: str) -> dict[str, Any]:
        number = len(self.messages) + 1
        now = int(time.time() * 1000)
        raw = {
            "message_id": f"m{number}",
            "conversation_id": conversation_id,
            "space_id": SPACE,
            "content": call.body["content"],
            "status": "SUBMITTED",
            "attachments": None,
            "created_timestamp": now,
            "last_updated_timestamp": now,
        }
        script = self.scripts.get(call.body["content"], self.default)
        self.messages[conversation_id, raw["message_id"]] = _Message(raw, script)
        return raw

    def start(self, call: Call, space: str) -> Reply:
        if space != SPACE:
            return error(404, "RESOURCE_DOES_NOT_EXIST", "no such space")
        conversation_id = f"c{len(self.conversations) + 1}"
        raw = self._take(call, conversation_id)
        self.owners[conversation_id] = self._user(call)
        self.conversations[conversation_id] = {
            "conversation_id": conversation_id,
            "title": call.body["content"],
            "created_timestamp": raw["created_timestamp"],
        }
        ids = {"conversation_id": conversation_id, "message_id": raw["message_id"]}
        return Reply(body={**ids, "message": raw, "conversation": ids})

    def follow(self, call: Call, conversation_id: str) -> Reply:
        if self.owners.get(conversation_id) != self._user(call):
            return error(404, "RESOURCE_DOES_NOT_EXIST", "no such conversation")
        return Reply(body=self._take(call, conversation_id))

    def get(self, call: Call, conversation_id: str, message_id: str) -> Reply:
        message = self.messages.get((conversation_id, message_id))
        if message is None or self.owners.get(conversation_id) != self._user(call):
            return error(404, "RESOURCE_DOES_NOT_EXIST", "no such message")
        self.on_poll(message)
        script = message.script
        if script.seconds:
            over = time.monotonic() - message.born >= script.seconds
            status = script.final if over else "ASKING_AI"
        else:
            over = message.polls >= len(script.polls)
            status = script.final if over else script.polls[message.polls]
        message.polls += 1
        running = status in ("EXECUTING_QUERY", "PENDING_WAREHOUSE")
        message.raw |= {
            "status": status,
            "attachments": script.attachments if over or running else None,
            "error": script.error if over else None,
        }
        return Reply(body=message.raw)

    def result(self, call: Call, conversation_id: str, message_id: str, attachment: str) -> Reply:
        message = self.messages[conversation_id, message_id]
        results = message.script.results
        result = results[min(message.results, len(results) - 1)]
        message.results += 1
        if isinstance(result, Reply):
            return result
        return Reply(body={"statement_response": self._statement(result)})

    @staticmethod
    def _statement(result: dict[str, Any]) -> dict[str, Any]:
        body = {key: value for key, value in result.items() if key != "chunks"}
        if result.get("chunks"):
            body["result"] = result["chunks"][0]
        return body

    def execute(self, call: Call, *ids: str) -> Reply:
        self.reexecuted += 1
        body = {"statement_id": "st-new", "status": {"state": "PENDING"}}
        return Reply(body={"statement_response": body})

    def run(self, call: Call) -> Reply:
        self.sql.append(call.body)
        return Reply(body={"statement_id": "st-run", "status": {"state": "PENDING"}})

    def statement(self, call: Call, statement_id: str) -> Reply:
        if statement_id == "st-run" and self.running > 0:
            self.running -= 1
            return Reply(body={"statement_id": "st-run", "status": {"state": "RUNNING"}})
        found = self.statements.get(statement_id)
        return Reply(body=self._statement(found)) if found else error(404, "NOT_FOUND", "gone")

    def chunk(self, call: Call, statement_id: str, index: str) -> Reply:
        found = self.statements.get(statement_id)
        if found is None:
            return error(404, "NOT_FOUND", "gone")
        return Reply(body=found["chunks"][int(index)])

    def cancel(self, call: Call, statement_id: str) -> Reply:
        self.cancelled.append(statement_id)
        return Reply(body={})

    def list_conversations(self, call: Call) -> Reply:
        mine = [c for i, c in self.conversations.items() if self.owners[i] == self._user(call)]
        start = int(call.query.get("page_token", 0))
        end = start + int(call.query.get("page_size", 20))
        more = {"next_page_token": str(end)} if end < len(mine) else {}
        return Reply(body={"conversations": mine[::-1][start:end], **more})

    def list_messages(self, call: Call, conversation_id: str) -> Reply:
        found = [m.raw for (c, _), m in self.messages.items() if c == conversation_id]
        return Reply(body={"messages": found})

    def rate(self, call: Call, *ids: str) -> Reply:
        self.feedback.append(call.body)
        return Reply(body={})

    def list_spaces(self, call: Call) -> Reply:
        if call.query.get("page_token") == "p2":
            return Reply(body={"spaces": [{"space_id": "space2", "title": "Ads"}]})
        return Reply(body={"spaces": [self.space], "next_page_token": "p2"})

    def get_space(self, call: Call, space: str) -> Reply:
        if space != SPACE:
            return error(404, "RESOURCE_DOES_NOT_EXIST", "no such space")
        if "serialized_space" not in self.space and "include_serialized_space" in call.query:
            return error(403, "PERMISSION_DENIED", "You need Can Edit permission.")
        return Reply(body=self.space)

    def me(self, call: Call) -> Reply:
        return Reply(body={"id": self._user(call), "userName": f"{self._user(call)}@example.com"})


_S = "/api/2.0/genie/spaces"
_C = rf"{_S}/{SPACE}/conversations/([^/]+)"
_M = rf"{_C}/messages/([^/]+)"
_A = rf"{_M}/attachments/([^/]+)"
_Q = r"/api/2.0/sql/statements/([^/]+)"
_ROUTES: list[tuple[str, str, Callable[..., Reply]]] = [
    ("GET", _M, ScriptedGenie.get),
    ("POST", rf"{_S}/([^/]+)/start-conversation", ScriptedGenie.start),
    ("POST", rf"{_C}/messages", ScriptedGenie.follow),
    ("GET", rf"{_A}/query-result", ScriptedGenie.result),
    ("POST", rf"{_A}/execute-query", ScriptedGenie.execute),
    ("GET", rf"{_S}/{SPACE}/conversations", ScriptedGenie.list_conversations),
    ("GET", rf"{_C}/messages", ScriptedGenie.list_messages),
    ("POST", rf"{_M}/feedback", ScriptedGenie.rate),
    ("GET", _S, ScriptedGenie.list_spaces),
    ("GET", rf"{_S}/([^/]+)", ScriptedGenie.get_space),
    ("POST", "/api/2.0/sql/statements", ScriptedGenie.run),
    ("GET", _Q, ScriptedGenie.statement),
    ("GET", rf"{_Q}/result/chunks/(\d+)", ScriptedGenie.chunk),
    ("POST", rf"{_Q}/cancel", ScriptedGenie.cancel),
    ("GET", "/api/2.0/preview/scim/v2/Me", ScriptedGenie.me),
]
