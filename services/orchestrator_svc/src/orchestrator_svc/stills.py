"""One slide of a deck as a picture of itself, as soon as the slide is proved."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from aislides.deck.v1 import deck_pb2, fact_pb2, result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.errors import SlideNotFound
from orchestrator_svc.export import File
from orchestrator_svc.facts import find_facts
from orchestrator_svc.render.brand import Brand
from orchestrator_svc.render.html import render_still
from orchestrator_svc.settings import OutputSection
from orchestrator_svc.store import tables
from orchestrator_svc.store.decks import DeckStore

KEPT_RUNS: Final = 32
"""Runs whose facts are kept, so that no slide of a deck at work searches for them again."""


class Stills:
    """Draws single slides: of the current revision, before there is one of the run at work."""

    def __init__(self, store: DeckStore, output: OutputSection, brand: Brand | None = None) -> None:
        self._store = store
        self._output = output
        self._brand = brand
        self._facts: OrderedDict[tuple[str, int], asyncio.Task[list[fact_pb2.Fact]]] = OrderedDict()

    async def draw(self, deck_id: str, slide_id: str, theme: str | None) -> tuple[File, int]:
        """The file, and the revision that it shows: 0 while there is none. Raises SlideNotFound."""
        info = await self._store.get(deck_id)
        if info.revision:
            _, bundle = await self._store.revision(deck_id, info.revision)
        else:
            bundle = await self._so_far(info)
        ready = [slide.id for slide in bundle.deck.slides]
        if slide_id not in ready:
            raise SlideNotFound(
                f"deck {deck_id} has no slide {slide_id[:20]!r}; ready: "
                f"{', '.join(ready) or 'none yet'}",
                metadata={"deck_id": deck_id},
            )
        content = await asyncio.to_thread(
            render_still, bundle, slide_id, theme=theme, brand=self._brand
        )
        return File(f"slide-{slide_id}.html", "text/html; charset=utf-8", content), info.revision

    async def _so_far(self, info: pb.DeckInfo) -> deck_pb2.DeckBundle:
        """What the run at work has proved, as a deck."""
        request, run = await self._store.request_of(info.deck_id)
        slides = await self._ready(info.deck_id, run)
        if not slides:
            return deck_pb2.DeckBundle()
        results = [r for r in await self._store.results(info.deck_id, run) if r.rows]
        deck = deck_pb2.Deck(
            question=info.question,
            language="en",
            locale=request.locale or self._output.locale,
            theme=request.theme or self._output.theme,
            slides=slides,
        )
        facts = await self._facts_of((info.deck_id, run), results)
        return deck_pb2.DeckBundle(deck=deck, results=results, facts=facts)

    async def _ready(self, deck_id: str, run: int) -> list[deck_pb2.Slide]:
        """The slides of a run so far, in the order in which they were written."""
        rows = await self._store.page(
            sa.select(tables.event.c.body).where(
                tables.event.c.deck_id == deck_id,
                tables.event.c.once.startswith(f"{run}:slide:", autoescape=True),
            )
        )
        slides = [pb.DeckEvent.FromString(row.body).slide_ready.slide for row in rows]
        return sorted(slides, key=lambda slide: (len(slide.id), slide.id))

    async def _facts_of(
        self, key: tuple[str, int], results: Sequence[result_pb2.Result]
    ) -> list[fact_pb2.Fact]:
        """The facts that the run found: equal results give equal facts."""
        if key not in self._facts:
            searching = asyncio.to_thread(lambda: list(find_facts(results)))
            self._facts[key] = asyncio.create_task(searching)
            while len(self._facts) > KEPT_RUNS:
                self._facts.popitem(last=False)
        return await asyncio.shield(self._facts[key])
