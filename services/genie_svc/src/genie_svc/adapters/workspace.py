"""The Genie and SQL endpoints of a workspace, raw, under one identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar
from urllib.parse import quote

from genie_svc.adapters.calls import Calls
from genie_svc.adapters.databricks import DatabricksClient
from genie_svc.adapters.external_links import LinkReader
from genie_svc.adapters.faults import Fault, HttpFault, NotSent, SignInFailed, error_for
from genie_svc.domain.errors import (
    ConversationNotFound,
    GenieError,
    NoWarehouse,
    RunLost,
    SpaceNotFound,
)
from genie_svc.domain.message import Message, read_message
from genie_svc.domain.reading import Json, group, groups, moment, text
from genie_svc.domain.space import Space, SpaceColumn, read_space, read_table_columns
from genie_svc.domain.statement import (
    Chunk,
    ExternalLink,
    RawRow,
    Statement,
    read_chunk,
    read_statement,
)
from genie_svc.ports import AskLost, ConversationSummary, Download

T = TypeVar("T")

_SPACES: Final = "/api/2.0/genie/spaces"
_TABLES: Final = "/api/2.1/unity-catalog/tables"
_STATEMENTS: Final = "/api/2.0/sql/statements"
_MOST_PAGES: Final = 5
_INLINE_BYTES: Final = 16 * 1024 * 1024
"""Rows beyond it are cut and said to be; from 25 MiB of JSON on the SQL would fail instead."""
_MESSAGE_BYTES: Final = 4 * 1024 * 1024
"""A message is recorded and sent on whole, so it may not be as large as a result."""


class DatabricksWorkspace:
    """A `Workspace` over databricks-sdk. Ids must be checked before: they go into paths."""

    def __init__(
        self, owner: str, client: DatabricksClient, calls: Calls, links: LinkReader
    ) -> None:
        self._owner = owner
        self._client = client
        self._calls = calls
        self._links = links

    @property
    def owner(self) -> str:
        """Who acts."""
        return self._owner

    async def start_conversation(self, space_id: str, text: str) -> Message:
        """Asks a first question, once."""
        path = f"{_SPACES}/{space_id}/start-conversation"
        reply = await self._ask(path, text, SpaceNotFound)
        message = {**group(reply, "message")}
        for key in ("message_id", "conversation_id"):
            message[key] = reply.get(key) or message.get(key)
        return _accepted(message, space_id)

    async def create_message(self, space_id: str, conversation_id: str, text: str) -> Message:
        """Asks a follow-up, once."""
        path = f"{_SPACES}/{space_id}/conversations/{conversation_id}/messages"
        reply = await self._ask(path, text, ConversationNotFound)
        return _accepted({"conversation_id": conversation_id, **reply}, space_id)

    async def _ask(self, path: str, question: str, missing: type[GenieError]) -> Json:
        try:
            return await self._calls.once(
                lambda: self._client.call(
                    "POST", path, body={"content": question}, most_bytes=_MESSAGE_BYTES
                )
            )
        except Fault as fault:
            if _was_not_taken(fault):
                raise error_for(fault, missing) from None
            raise AskLost(str(fault)) from fault

    async def poll_message(self, space_id: str, conversation_id: str, message_id: str) -> Message:
        """The message, read once."""
        path = _message_path(space_id, conversation_id, message_id)
        try:
            raw = await self._calls.glance(
                lambda: self._client.call("GET", path, most_bytes=_MESSAGE_BYTES)
            )
        except Fault as fault:
            raise error_for(fault, ConversationNotFound) from None
        return read_message(raw, space_id=space_id, conversation_id=conversation_id)

    async def get_message(self, space_id: str, conversation_id: str, message_id: str) -> Message:
        """The message."""
        path = _message_path(space_id, conversation_id, message_id)
        raw = await self._read(lambda: self._client.call("GET", path, most_bytes=_MESSAGE_BYTES))
        return read_message(raw, space_id=space_id, conversation_id=conversation_id)

    async def list_conversations(self, space_id: str) -> Sequence[ConversationSummary]:
        """The newest conversations of this identity."""
        found = await self._pages(f"{_SPACES}/{space_id}/conversations", "conversations")
        return _summaries(found)

    async def conversations_page(
        self, space_id: str, page_size: int, page_token: str
    ) -> tuple[Sequence[ConversationSummary], str]:
        """A page of this identity's conversations."""
        path = f"{_SPACES}/{space_id}/conversations"
        raw = await self._get(path, _page(page_size, page_token), missing=SpaceNotFound)
        return _summaries(groups(raw, "conversations")), text(raw, "next_page_token")

    async def list_messages(self, space_id: str, conversation_id: str) -> Sequence[Message]:
        """The messages of a conversation."""
        path = f"{_SPACES}/{space_id}/conversations/{conversation_id}/messages"
        return [
            read_message(raw, space_id=space_id, conversation_id=conversation_id)
            for raw in await self._pages(path, "messages")
        ]

    async def query_result(self, message: Message, attachment_id: str) -> Statement:
        """The statement of a query attachment."""
        raw = await self._get(f"{_attachment_path(message, attachment_id)}/query-result")
        return read_statement(group(raw, "statement_response"))

    async def execute_query(self, message: Message, attachment_id: str) -> Statement:
        """Runs a query attachment again."""
        path = f"{_attachment_path(message, attachment_id)}/execute-query"
        raw = await self._read(lambda: self._client.call("POST", path, body={}))
        return read_statement(group(raw, "statement_response"))

    async def start_download(self, message: Message, attachment_id: str) -> Download:
        """Has all rows of a query attachment made ready."""
        path = f"{_attachment_path(message, attachment_id)}/downloads"
        raw = await self._read(lambda: self._client.call("POST", path, body={}))
        return Download(text(raw, "download_id"), text(raw, "download_id_signature"))

    async def download(self, message: Message, attachment_id: str, download: Download) -> Statement:
        """The statement of a download."""
        path = f"{_attachment_path(message, attachment_id)}/downloads/{download.download_id}"
        raw = await self._get(path, {"download_id_signature": download.signature})
        return read_statement(group(raw, "statement_response"))

    async def run_statement(self, warehouse_id: str, sql: str) -> Statement:
        """Sends SQL to a warehouse, once."""
        body = {
            "statement": sql,
            "warehouse_id": warehouse_id,
            "wait_timeout": "0s",
            "disposition": "INLINE",
            "format": "JSON_ARRAY",
            "byte_limit": _INLINE_BYTES,
        }
        try:
            raw = await self._calls.once(lambda: self._client.call("POST", _STATEMENTS, body=body))
        except Fault as fault:
            if _was_not_taken(fault):
                raise error_for(fault, NoWarehouse) from None
            raise RunLost from fault
        return read_statement(raw)

    async def statement(self, statement_id: str) -> Statement:
        """A statement as it stands."""
        return read_statement(await self._get(f"{_STATEMENTS}/{statement_id}"))

    async def chunk(self, statement_id: str, index: int) -> Chunk:
        """One further chunk."""
        raw = await self._get(f"{_STATEMENTS}/{statement_id}/result/chunks/{index}")
        return read_chunk(raw)

    async def external_rows(self, link: ExternalLink, file_format: str) -> Sequence[RawRow]:
        """The rows behind a link."""
        return await self._read(lambda: self._links.rows(link, file_format))

    async def cancel_statement(self, statement_id: str) -> None:
        """Tells the warehouse to stop a statement."""
        path = f"{_STATEMENTS}/{statement_id}/cancel"
        await self._read(lambda: self._client.call("POST", path, body={}))

    async def send_feedback(self, message: tuple[str, str, str], rating: str, comment: str) -> None:
        """Rates a message."""
        body = {"rating": rating, **({"comment": comment} if comment else {})}
        path = f"{_message_path(*message)}/feedback"
        await self._read(lambda: self._client.call("POST", path, body=body))

    async def list_spaces(self, page_size: int, page_token: str) -> tuple[Sequence[Space], str]:
        """A page of spaces."""
        raw = await self._get(_SPACES, _page(page_size, page_token), missing=SpaceNotFound)
        spaces = [read_space(item, space_id="") for item in groups(raw, "spaces")]
        return spaces, text(raw, "next_page_token")

    async def get_space(self, space_id: str) -> Space:
        """A space, with its tables where this identity may see them."""
        path = f"{_SPACES}/{space_id}"
        try:
            raw = await self._get(path, {"include_serialized_space": True}, missing=SpaceNotFound)
        except GenieError as error:  # only editors may see the serialized space
            if error.reason not in ("GENIE_ACCESS_DENIED", "GENIE_REQUEST_REFUSED"):
                raise
            raw = await self._get(path, missing=SpaceNotFound)
        return read_space(raw, space_id=space_id)

    async def table_columns(self, table: str) -> Sequence[SpaceColumn]:
        """The columns of a table, from Unity Catalog."""
        return read_table_columns(await self._get(f"{_TABLES}/{quote(table, safe='')}"))

    async def _pages(self, path: str, key: str) -> list[Json]:
        found: list[Json] = []
        token = ""
        for _ in range(_MOST_PAGES):
            raw = await self._get(path, _page(100, token))
            found.extend(groups(raw, key))
            token = text(raw, "next_page_token")
            if not token:
                break
        return found

    async def _get(
        self,
        path: str,
        query: Mapping[str, object] | None = None,
        *,
        missing: type[GenieError] = ConversationNotFound,
    ) -> Json:
        return await self._read(lambda: self._client.call("GET", path, query), missing)

    async def _read(
        self, call: Callable[[], T], missing: type[GenieError] = ConversationNotFound
    ) -> T:
        try:
            return await self._calls.read(call)
        except Fault as fault:
            raise error_for(fault, missing) from None


def _page(size: int, token: str) -> Json:
    return {"page_size": size, **({"page_token": token} if token else {})}


def _summaries(found: Sequence[Json]) -> list[ConversationSummary]:
    return [
        ConversationSummary(
            text(raw, "conversation_id"), moment(raw, "created_timestamp"), text(raw, "title")
        )
        for raw in found
        if text(raw, "conversation_id")
    ]


def _was_not_taken(fault: Fault) -> bool:
    """Whether the workspace certainly did nothing."""
    if isinstance(fault, HttpFault):
        return fault.status < 500
    return isinstance(fault, NotSent | SignInFailed)


def _message_path(space_id: str, conversation_id: str, message_id: str) -> str:
    return f"{_SPACES}/{space_id}/conversations/{conversation_id}/messages/{message_id}"


def _attachment_path(message: Message, attachment_id: str) -> str:
    path = _message_path(message.space_id, message.conversation_id, message.message_id)
    return f"{path}/attachments/{attachment_id}"


def _accepted(raw: Json, space_id: str) -> Message:
    message = read_message(raw, space_id=space_id)
    if not message.message_id or not message.conversation_id:
        raise AskLost("the reply names no message")
    return message
