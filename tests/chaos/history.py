"""Reads the store and the stubs' log: nothing lost, nothing double, no finished call repeated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from orchestrator_svc.store import tables
from orchestrator_svc.store.database import open_database

from chaos.upstreams import Entry

STEP_OF = {"plan": "intent:{}", "ask": "ask:{}", "write": "write", "repair": "repair"}


async def faults_of(url: str, acknowledged: Mapping[str, str], log: Sequence[Entry]) -> list[str]:
    """What is wrong, a line each. `acknowledged`: the deck id that each request key was told."""
    async with open_database(url) as database:

        async def rows(table: sa.Table) -> Sequence[sa.Row]:
            return await database.read(
                lambda connection: connection.execute(sa.select(table)).all()
            )

        decks = {row.deck_id: pb.DeckInfo.FromString(row.info) for row in await rows(tables.deck)}
        keys = {row.request_id: row.deck_id for row in await rows(tables.request_key)}
        events = defaultdict(list)
        for row in await rows(tables.event):
            events[row.deck_id].append(pb.DeckEvent.FromString(row.body))
        revisions = Counter(row.deck_id for row in await rows(tables.revision))
        steps = {(row.deck_id, row.run, row.name): row.at for row in await rows(tables.step)}
    return [
        *_lost(decks, keys, acknowledged),
        *(fault for deck in decks.values() for fault in _half(deck, events[deck.deck_id])),
        *(f"{deck}: {revisions[deck]} revisions" for deck in decks if revisions[deck] != 1),
        *_double(decks, log),
        *_repeated(steps, log),
    ]


def _lost(
    decks: Mapping[str, pb.DeckInfo], keys: Mapping[str, str], acknowledged: Mapping[str, str]
) -> list[str]:
    told = [
        f"{key}: told {deck}, kept {keys.get(key)}"
        for key, deck in acknowledged.items()
        if keys.get(key) != deck
    ]
    unasked = [f"{deck}: nobody asked for it" for deck in decks.keys() - set(keys.values())]
    return told + unasked


def _half(deck: pb.DeckInfo, events: list[pb.DeckEvent]) -> list[str]:
    events.sort(key=lambda event: event.sequence)
    found = []
    if deck.state != pb.STATE_SUCCEEDED:
        found.append(f"{deck.deck_id}: {pb.State.Name(deck.state)} {deck.error.message}")
    if [event.sequence for event in events] != list(range(1, len(events) + 1)):
        found.append(f"{deck.deck_id}: its log has gaps")
    kinds = [event.WhichOneof("body") for event in events]
    if kinds.count("completed") != 1 or kinds[-1] != "completed":
        found.append(f"{deck.deck_id}: its log ends {kinds[-3:]}")
    slides = Counter(
        event.slide_ready.slide_id for event in events if event.HasField("slide_ready")
    )
    found += [f"{deck.deck_id}: slide {slide} twice" for slide, n in slides.items() if n > 1]
    return found


def _double(decks: Mapping[str, pb.DeckInfo], log: Sequence[Entry]) -> list[str]:
    found = []
    bodies = defaultdict(set)
    done = Counter(entry.request_id for entry in log if entry.what == "done")
    for entry in log:
        if entry.what == "call":
            bodies[entry.request_id].add(entry.body)
    found += [f"{key}: asked in {len(b)} different ways" for key, b in bodies.items() if len(b) > 1]
    for deck in decks.values():
        asked = [key.split("/")[2] for key in done if key.startswith(deck.deck_id)]
        used = (deck.usage.model_calls, deck.usage.genie_questions)
        paid = (len(asked) - asked.count("ask"), asked.count("ask"))
        if used != paid:
            found.append(f"{deck.deck_id}: counted {used} calls and questions, caused {paid}")
    return found


def _repeated(steps: Mapping[tuple[str, int, str], int], log: Sequence[Entry]) -> list[str]:
    found = []
    for entry in log:
        deck_id, run, stage, index = entry.request_id.split("/")
        kept_at = steps.get((deck_id, int(run), STEP_OF[stage].format(index)))
        if entry.what == "call" and kept_at is not None and entry.at > kept_at:
            found.append(f"{entry.request_id}: called {entry.at - kept_at} us after it was kept")
    return found
