"""`GenieService`: protobuf in, protobuf out; decides nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Final

import grpc.aio
from aislides.genie.v1 import genie_service_pb2 as pb
from aislides.genie.v1.genie_service_pb2_grpc import GenieServiceServicer
from aislides_runtime.deadlines import Deadline, current_deadline
from aislides_runtime.settings import Secret

from genie_svc.again import RunAgain
from genie_svc.ask import Ask
from genie_svc.asking import new_request_id
from genie_svc.conversations import Conversations
from genie_svc.mapping import requests, responses
from genie_svc.mapping.tables import RowMapper
from genie_svc.outcomes import Rows
from genie_svc.ports import Workspace, WorkspaceFor
from genie_svc.results import ReadResults, Result
from genie_svc.spaces import Spaces

TOKEN_HEADER: Final = "x-databricks-token"  # noqa: S105 - a name
"""Metadata key of a user's token, heeded only where the settings trust it."""

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the servicer calls."""

    ask: Ask
    conversations: Conversations
    again: RunAgain
    results: ReadResults
    spaces: Spaces


class GenieServicer(GenieServiceServicer):
    """Translates; errors pass through to the interceptor."""

    def __init__(
        self,
        use: UseCases,
        identities: WorkspaceFor,
        *,
        default_space: str = "",
        trust_user_token: bool = False,
    ) -> None:
        self._use = use
        self._identities = identities
        self._space = default_space
        self._trust_user_token = trust_user_token

    async def ListSpaces(
        self, request: pb.ListSpacesRequest, context: Context
    ) -> pb.ListSpacesResponse:
        """Lists a page of spaces by title."""
        size, token = requests.page_of(request)
        workspace = await self._workspace(context)
        spaces, following = await workspace.list_spaces(size, token)
        ordered = sorted(spaces, key=lambda space: space.title.casefold())
        return pb.ListSpacesResponse(
            spaces=[responses.space_to(space) for space in ordered], next_page_token=following
        )

    async def GetSpace(self, request: pb.GetSpaceRequest, context: Context) -> pb.GetSpaceResponse:
        """Gets one space."""
        space_id = requests.space_of(request.space_id, self._space)
        space = await self._use.spaces.get(await self._workspace(context), space_id)
        return pb.GetSpaceResponse(space=responses.space_to(space))

    async def CreateConversation(
        self, request: pb.CreateConversationRequest, context: Context
    ) -> pb.CreateConversationResponse:
        """Asks a first question."""
        question = requests.first_question_of(request, self._space, new_request_id())
        workspace = await self._workspace(context)
        message = await self._use.conversations.ask(workspace, question, _deadline())
        return pb.CreateConversationResponse(message=responses.message_to(message))

    async def SendMessage(
        self, request: pb.SendMessageRequest, context: Context
    ) -> pb.SendMessageResponse:
        """Asks a follow-up."""
        question = requests.follow_up_of(request, self._space, new_request_id())
        workspace = await self._workspace(context)
        message = await self._use.conversations.ask(workspace, question, _deadline())
        return pb.SendMessageResponse(message=responses.message_to(message))

    async def GetMessage(
        self, request: pb.GetMessageRequest, context: Context
    ) -> pb.GetMessageResponse:
        """Gets a message."""
        at = requests.message_of(request, self._space)
        message = await (await self._workspace(context)).get_message(*at)
        return pb.GetMessageResponse(message=responses.message_to(message))

    async def ListConversations(
        self, request: pb.ListConversationsRequest, context: Context
    ) -> pb.ListConversationsResponse:
        """Lists a page of the identity's conversations, newest first."""
        space_id = requests.space_of(request.space_id, self._space)
        size, token = requests.page_of(request)
        workspace = await self._workspace(context)
        found, following = await workspace.conversations_page(space_id, size, token)
        return pb.ListConversationsResponse(
            conversations=[responses.conversation_to(summary) for summary in found],
            next_page_token=following,
        )

    async def Ask(
        self, request: pb.AskRequest, context: Context
    ) -> AsyncGenerator[pb.AskResponse, None]:
        """Asks and reports until the outcome."""
        question = requests.question_of(request, self._space, new_request_id())
        rows = requests.rows_of(request.max_rows)
        workspace = await self._workspace(context)
        events = self._use.ask(workspace, question, _deadline(), max_rows=rows)
        async with aclosing(events):
            async for event in events:
                yield responses.event_to(event, question.space_id)
                if isinstance(event, Rows):
                    async for chunk in _chunks(event.result):
                        yield pb.AskResponse(rows=chunk)

    async def GetQueryResults(
        self, request: pb.GetQueryResultsRequest, context: Context
    ) -> AsyncGenerator[pb.GetQueryResultsResponse, None]:
        """Streams the rows of a query."""
        at = requests.rows_at(request, self._space)
        rows = requests.rows_of(request.max_rows)
        workspace = await self._workspace(context)
        space = await self._use.spaces.known(workspace, at.space_id) if at.space_id else None
        message, result = await self._use.results.find(
            workspace,
            at.statement_id,
            at.message,
            _deadline(),
            attachment_id=at.attachment_id,
            max_rows=rows,
            space=space,
        )
        header = responses.header_to(message, result.header)
        header.space_title = space.title if space else ""
        yield pb.GetQueryResultsResponse(header=header)
        async for chunk in _chunks(result):
            yield pb.GetQueryResultsResponse(rows=chunk)

    async def ReexecuteQuery(
        self, request: pb.ReexecuteQueryRequest, context: Context
    ) -> pb.ReexecuteQueryResponse:
        """Runs a query again."""
        wanted = requests.rerun_of(request, self._space)
        statement = await self._use.again(await self._workspace(context), wanted, _deadline())
        return pb.ReexecuteQueryResponse(statement_id=statement)

    async def CancelMessage(
        self, request: pb.CancelMessageRequest, context: Context
    ) -> pb.CancelMessageResponse:
        """Stops waiting for a message."""
        at = requests.message_of(request, self._space)
        workspace = await self._workspace(context)
        message = await workspace.get_message(*at)
        cancelled, released = await self._use.conversations.cancel(workspace, message)
        return pb.CancelMessageResponse(statement_cancelled=cancelled, released_waiters=released)

    async def SendFeedback(
        self, request: pb.SendFeedbackRequest, context: Context
    ) -> pb.SendFeedbackResponse:
        """Records whether an answer was good."""
        at = requests.message_of(request, self._space)
        rating, comment = requests.feedback_of(request)
        await (await self._workspace(context)).send_feedback(at, rating, comment)
        return pb.SendFeedbackResponse()

    async def _workspace(self, context: Context) -> Workspace:
        token: Secret | None = None
        if self._trust_user_token:
            for key, value in context.invocation_metadata() or ():
                if key == TOKEN_HEADER and isinstance(value, str) and value.strip():
                    token = Secret(value.strip())
        return await self._identities.workspace(token)


async def _chunks(result: Result) -> AsyncGenerator[pb.RowChunk, None]:
    mapper = RowMapper(result.header.columns)
    async with aclosing(result.batches) as batches:
        async for batch in batches:
            for chunk in mapper.chunks(batch):
                yield chunk
    yield mapper.last()


def _deadline() -> Deadline:
    return current_deadline.get() or Deadline(float("inf"))
