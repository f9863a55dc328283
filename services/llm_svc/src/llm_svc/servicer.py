"""aislides.llm.v1.LlmService: protobuf in, protobuf out; no decisions."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from datetime import datetime, timedelta
from typing import Any

from aislides.llm.v1 import llm_service_pb2 as pb
from aislides.llm.v1.llm_service_pb2_grpc import LlmServiceServicer

from llm_svc import mapping
from llm_svc.complete import Complete
from llm_svc.domain.breaker import BreakerState
from llm_svc.domain.capability import StructuredMode
from llm_svc.domain.completion import Usage
from llm_svc.domain.errors import invalid
from llm_svc.ports import Ledger
from llm_svc.prepare import Preparer
from llm_svc.prompts.prompt import Prompt
from llm_svc.prompts.reload import PromptBook
from llm_svc.routing import Router
from llm_svc.screening.screen import MAX_CHARACTERS, screen
from llm_svc.window import input_tokens

PRINCIPAL = "x-aislides-principal"
"""Metadata key under which the orchestrator says for whom it asks."""


class LlmServicer(LlmServiceServicer):
    """Answers the contract; every failure is a ServiceError for the interceptors."""

    def __init__(
        self,
        *,
        complete: Complete,
        preparer: Preparer,
        book: PromptBook,
        router: Router,
        ledger: Ledger,
        online: bool,
        block_from: float | None,
        now: Callable[[], datetime],
    ) -> None:
        self._complete = complete
        self._preparer = preparer
        self._book = book
        self._router = router
        self._ledger = ledger
        self._online = online
        self._block_from = block_from
        self._now = now

    async def GenerateCompletion(
        self, request: pb.GenerateCompletionRequest, context: Any
    ) -> pb.GenerateCompletionResponse:
        """One whole answer."""
        spec = mapping.spec_from(request.spec, _principal(context))
        completion = await self._complete.whole(spec)
        return pb.GenerateCompletionResponse(completion=mapping.completion_to(completion))

    async def StreamCompletion(
        self, request: pb.StreamCompletionRequest, context: Any
    ) -> AsyncIterator[pb.StreamCompletionResponse]:
        """An answer as it arrives."""
        spec = mapping.spec_from(request.spec, _principal(context))
        async with aclosing(self._complete.stream(spec)) as events:
            async for event in events:
                yield mapping.event_to(event)

    async def CountTokens(
        self, request: pb.CountTokensRequest, context: Any
    ) -> pb.CountTokensResponse:
        """An estimate of what the first model of the chain would read."""
        spec = mapping.spec_from(request.spec)
        target = self._router.chain(spec)[0]
        count = input_tokens(self._preparer(spec), target)
        return pb.CountTokensResponse(input_tokens=count, estimated=True)

    async def RenderPrompt(
        self, request: pb.RenderPromptRequest, context: Any
    ) -> pb.RenderPromptResponse:
        """The messages that would be sent."""
        call = mapping.prompt_from(request.prompt, "prompt")
        prompt = self._book.get(call.name)
        messages = prompt.messages(call)
        return pb.RenderPromptResponse(
            messages=[mapping.message_to(message) for message in messages],
            prompt_version=prompt.version,
        )

    async def ListPrompts(
        self, request: pb.ListPromptsRequest, context: Any
    ) -> pb.ListPromptsResponse:
        """A page of prompts by name, and why the newest edit is not in force."""
        if request.page_size < 0:
            raise invalid("page_size", "must not be negative")
        size = min(request.page_size or 50, 100)
        after = _after(request.page_token)
        prompts = [prompt for prompt in self._book.all() if prompt.name > after]
        page = prompts[:size]
        more = len(prompts) > size
        return pb.ListPromptsResponse(
            prompts=[self._prompt(prompt, with_text=False) for prompt in page],
            next_page_token=_token(page[-1].name) if more else "",
            reload_fault=self._book.fault,
        )

    async def GetPrompt(self, request: pb.GetPromptRequest, context: Any) -> pb.GetPromptResponse:
        """One prompt with its text."""
        prompt = self._book.get(request.name)
        return pb.GetPromptResponse(prompt=self._prompt(prompt, with_text=True))

    async def ListModels(
        self, request: pb.ListModelsRequest, context: Any
    ) -> pb.ListModelsResponse:
        """The configured models."""
        return pb.ListModelsResponse(
            models=[
                pb.Model(
                    name=target.name.model,
                    provider=target.name.provider,
                    ready=self._online and target.breaker.state is not BreakerState.OPEN,
                    native_schema=target.can.structured is StructuredMode.JSON_SCHEMA,
                    tools=target.can.tools,
                    breaker=target.breaker.state.value,
                )
                for target in self._router.all()
            ]
        )

    async def ScreenInput(
        self, request: pb.ScreenInputRequest, context: Any
    ) -> pb.ScreenInputResponse:
        """A score; advisory unless the policy blocks."""
        if len(request.text) > MAX_CHARACTERS:
            raise invalid("text", f"must have at most {MAX_CHARACTERS} characters")
        score = screen(request.text)
        return pb.ScreenInputResponse(
            score=score.value,
            findings=[
                pb.ScreenFinding(code=finding.code, words=finding.words)
                for finding in score.findings
            ],
            block=self._block_from is not None and score.value >= self._block_from,
        )

    async def GetUsage(self, request: pb.GetUsageRequest, context: Any) -> pb.GetUsageResponse:
        """Tokens and money over a span of time."""
        now = self._now()
        until = mapping.moment_from("to", request.to) if request.HasField("to") else now
        since = until - timedelta(days=1)
        if request.HasField("from"):
            since = mapping.moment_from("from", getattr(request, "from"))
        if since > until:
            raise invalid("from", "must not be later than to")
        sums = await self._ledger.usage(
            since, until, tenant=request.tenant, deck=request.deck_id, model=request.model
        )
        return pb.GetUsageResponse(
            rows=[
                pb.UsageRow(model=row.model, purpose=row.purpose, usage=mapping.usage_to(row.usage))
                for row in sums
            ],
            total=mapping.usage_to(sum((row.usage for row in sums), Usage())),
        )

    def _prompt(self, prompt: Prompt, *, with_text: bool) -> pb.Prompt:
        message = pb.Prompt(
            name=prompt.name,
            version=prompt.version,
            description=prompt.description,
            variables=prompt.variables,
            takes_data=prompt.takes_data,
            text=prompt.text if with_text else "",
        )
        message.loaded_at.FromDatetime(self._book.loaded_at(prompt.name))
        return message


def _principal(context: Any) -> str:
    for key, value in context.invocation_metadata() or ():
        if key == PRINCIPAL and isinstance(value, str):
            return value[:256]
    return ""


def _token(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode()


def _after(token: str) -> str:
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise invalid("page_token", "is not one that ListPrompts gave") from None
