"""Decks over gRPC: messages in, messages out."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any, Protocol

import grpc.aio
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1 import orchestrator_service_pb2_grpc as grpc_stub

from orchestrator_svc.differences import changes_between
from orchestrator_svc.errors import NotFinished
from orchestrator_svc.export import export, parts
from orchestrator_svc.facts.evidence import evidence
from orchestrator_svc.jobs.runner import JobRunner
from orchestrator_svc.ports import Genie
from orchestrator_svc.refresh import begin_refresh
from orchestrator_svc.render.brand import Brand
from orchestrator_svc.render.themes import themes
from orchestrator_svc.requests import (
    Faults,
    check_request_id,
    check_theme,
    checked_create,
    checked_deck_id,
    checked_tenant,
)
from orchestrator_svc.restore import restore_revision
from orchestrator_svc.revise import begin_revision
from orchestrator_svc.settings import Settings
from orchestrator_svc.spaces import list_spaces
from orchestrator_svc.stills import Stills
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.listing import decode_token, encode_token, list_decks, page_limit
from orchestrator_svc.store.tenants import EVERYBODY
from orchestrator_svc.usage import usage_between
from orchestrator_svc.watch import watch

Context = grpc.aio.ServicerContext[Any, Any]


class _OfDeck(Protocol):
    """A request about one deck."""

    @property
    def deck_id(self) -> str: ...
    @property
    def tenant(self) -> str: ...


class DeckServicer(grpc_stub.DeckServiceServicer):
    """Translates calls; decisions are made in the modules it calls."""

    def __init__(
        self,
        *,
        store: DeckStore,
        jobs: JobRunner,
        genie: Genie,
        settings: Settings,
        brand: Brand | None = None,
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._genie = genie
        self._settings = settings
        self._brand = brand
        self._stills = Stills(store, settings.output, brand)

    async def CreateDeck(
        self, request: pb.CreateDeckRequest, context: Context
    ) -> pb.CreateDeckResponse:
        """Accepts a question and begins work."""
        checked = checked_create(request)
        info, existed = await self._store.create(secrets.token_hex(16), checked)
        if not existed:
            self._jobs.submit(info.deck_id)
        return pb.CreateDeckResponse(deck=info, already_existed=existed)

    async def GetDeck(self, request: pb.GetDeckRequest, context: Context) -> pb.GetDeckResponse:
        """The deck as it stands."""
        info = await self._own(request)
        response = pb.GetDeckResponse(deck=info)
        if request.tenant == EVERYBODY:
            response.deck.tenant = await self._store.tenant_of(info.deck_id)
        if request.view == pb.DECK_VIEW_FULL and info.revision:
            _, bundle = await self._store.revision(info.deck_id, info.revision)
            response.bundle.CopyFrom(bundle)
        return response

    async def ListDecks(
        self, request: pb.ListDecksRequest, context: Context
    ) -> pb.ListDecksResponse:
        """A page of decks."""
        return await list_decks(self._store, request)

    async def WatchDeck(
        self, request: pb.WatchDeckRequest, context: Context
    ) -> AsyncIterator[pb.WatchDeckResponse]:
        """Events as they happen."""
        info = await self._own(request)
        async for event in watch(self._store, info.deck_id, max(0, request.after_sequence)):
            yield pb.WatchDeckResponse(event=event)

    async def CancelDeck(
        self, request: pb.CancelDeckRequest, context: Context
    ) -> pb.CancelDeckResponse:
        """Stops work."""
        info = await self._own(request)
        return pb.CancelDeckResponse(deck=await self._jobs.cancel(info.deck_id))

    async def DeleteDeck(
        self, request: pb.DeleteDeckRequest, context: Context
    ) -> pb.DeleteDeckResponse:
        """Removes a deck."""
        info = await self._own(request)
        await self._jobs.forget(info.deck_id)
        await self._store.delete(info.deck_id)
        return pb.DeleteDeckResponse()

    async def ExportDeck(
        self, request: pb.ExportDeckRequest, context: Context
    ) -> AsyncIterator[pb.ExportDeckResponse]:
        """A file, in chunks."""
        if request.theme:
            faults = Faults()
            check_theme(request.theme, faults)
            faults.check()
        if request.slide_id:
            own = await self._own(request)
            still, number = await self._stills.draw(
                own.deck_id, request.slide_id, request.theme or None
            )
            for part in parts(still, number):
                yield part
            return
        info = await self._finished(request)
        revision, bundle = await self._store.revision(info.deck_id, request.revision)
        file = await asyncio.to_thread(
            export, bundle, revision.title, request.format, request.theme or None, self._brand
        )
        for part in parts(file, revision.revision):
            yield part

    async def ReviseDeck(
        self, request: pb.ReviseDeckRequest, context: Context
    ) -> pb.ReviseDeckResponse:
        """Changes a deck, or goes on with an answer to its clarification."""
        info = await self._own(request)
        begun = await begin_revision(self._store, request)
        self._jobs.submit(info.deck_id)
        return pb.ReviseDeckResponse(deck=begun)

    async def ListRevisions(
        self, request: pb.ListRevisionsRequest, context: Context
    ) -> pb.ListRevisionsResponse:
        """A page of revisions."""
        limit = page_limit(request.page_size, 20)
        before = decode_token(request.page_token, int)[0] if request.page_token else 2**31 - 1
        info = await self._own(request)
        found = await self._store.revisions(info.deck_id, before=before, limit=limit + 1)
        response = pb.ListRevisionsResponse(revisions=found[:limit])
        if len(found) > limit:
            response.next_page_token = encode_token(found[limit - 1].revision)
        return response

    async def GetRevision(
        self, request: pb.GetRevisionRequest, context: Context
    ) -> pb.GetRevisionResponse:
        """A revision with its content."""
        info = await self._finished(request)
        revision, bundle = await self._store.revision(info.deck_id, request.revision)
        return pb.GetRevisionResponse(revision=revision, bundle=bundle)

    async def RefreshDeck(
        self, request: pb.RefreshDeckRequest, context: Context
    ) -> pb.RefreshDeckResponse:
        """Runs the deck's queries again and checks every claim."""
        info = await self._finished(request)
        if request.request_id:
            faults = Faults()
            check_request_id(request.request_id, faults)
            faults.check()
        begun = await begin_refresh(self._store, info.deck_id, request.request_id)
        self._jobs.submit(info.deck_id)
        return pb.RefreshDeckResponse(deck=begun)

    async def RestoreRevision(
        self, request: pb.RestoreRevisionRequest, context: Context
    ) -> pb.RestoreRevisionResponse:
        """Makes an earlier revision current again."""
        info = await self._finished(request)
        faults = Faults()
        if request.revision < 1:
            faults.add("revision", "must be the number of a revision, from 1")
        if request.request_id:
            check_request_id(request.request_id, faults)
        faults.check()
        restored = await restore_revision(
            self._store, info.deck_id, request.revision, request.request_id
        )
        return pb.RestoreRevisionResponse(deck=restored)

    async def DiffRevisions(
        self, request: pb.DiffRevisionsRequest, context: Context
    ) -> pb.DiffRevisionsResponse:
        """What changed from one revision to another."""
        info = await self._finished(request)
        faults = Faults()
        if request.from_revision < 1:
            faults.add("from_revision", "must be the number of a revision, from 1")
        faults.check()
        _, before = await self._store.revision(info.deck_id, request.from_revision)
        _, after = await self._store.revision(info.deck_id, request.to_revision)
        return pb.DiffRevisionsResponse(changes=changes_between(before, after))

    async def GetEvidence(
        self, request: pb.GetEvidenceRequest, context: Context
    ) -> pb.GetEvidenceResponse:
        """The proof of a figure."""
        info = await self._finished(request)
        _, bundle = await self._store.revision(info.deck_id, request.revision)
        return pb.GetEvidenceResponse(evidence=evidence(bundle, request.ref))

    async def ListSpaces(
        self, request: pb.ListSpacesRequest, context: Context
    ) -> pb.ListSpacesResponse:
        """A page of Genie spaces."""
        limit = page_limit(request.page_size, 50)
        return await list_spaces(self._genie, limit, request.page_token)

    async def ListThemes(
        self, request: pb.ListThemesRequest, context: Context
    ) -> pb.ListThemesResponse:
        """The themes, default first."""
        default = self._settings.output.theme
        found = [
            pb.Theme(
                name=theme.name,
                title=theme.title,
                description=theme.description,
                is_default=theme.name == default,
                swatches=theme.swatches,
            )
            for theme in (self._brand.dress(theme) if self._brand else theme for theme in themes())
        ]
        return pb.ListThemesResponse(themes=sorted(found, key=lambda theme: not theme.is_default))

    async def GetUsage(self, request: pb.GetUsageRequest, context: Context) -> pb.GetUsageResponse:
        """Usage over a span of time."""
        return await usage_between(self._store, request)

    async def _own(self, request: _OfDeck) -> pb.DeckInfo:
        """The deck that a call is about. Raises DeckNotFound when it is another tenant's: every
        call with a deck id goes through here first."""
        tenant = checked_tenant(request.tenant)
        return await self._store.get(checked_deck_id(request.deck_id), tenant=tenant)

    async def _finished(self, request: _OfDeck) -> pb.DeckInfo:
        info = await self._own(request)
        if not info.revision:
            state = pb.State.Name(info.state).removeprefix("STATE_").lower().replace("_", " ")
            raise NotFinished(
                f"deck {info.deck_id} is {state} and has nothing to show; "
                "watch it until it succeeds",
                metadata={"state": state},
            )
        return info
