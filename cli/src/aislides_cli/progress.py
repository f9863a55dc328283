"""Shows what happens to a deck: live on a terminal, plain lines in a pipe, or JSON lines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from google.protobuf import json_format
from rich.console import Console
from rich.markup import escape

STAGES: Final = {
    pb.STAGE_INTENT: "Planning",
    pb.STAGE_RETRIEVAL: "Asking Genie",
    pb.STAGE_ANALYSIS: "Computing facts",
    pb.STAGE_NARRATIVE: "Writing slides",
    pb.STAGE_VERIFICATION: "Proving every sentence",
    pb.STAGE_RENDERING: "Drawing",
}


class Progress(Protocol):
    """Told of each event."""

    def note(self, text: str) -> None:
        """Says what goes on before the first event; empty for nothing any more."""

    def show(self, event: pb.DeckEvent) -> None:
        """Shows an event."""


@contextmanager
def progress_for(*, json: bool) -> Iterator[Progress]:
    """What suits where the output goes."""
    if json:
        yield JsonLines()
        return
    console = Console(highlight=False)
    lines = Lines(console)
    try:
        yield lines
    finally:
        lines.note("")


class JsonLines:
    """One JSON object a line, for programs."""

    def note(self, text: str) -> None:
        """Programs need no notes."""

    def show(self, event: pb.DeckEvent) -> None:
        """The event as one line."""
        text = json_format.MessageToJson(event, preserving_proto_field_name=True, indent=None)
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def end(self, where: Path, deck_id: str) -> None:
        """The last line: where the deck is."""
        sys.stdout.write(json.dumps({"deck_id": deck_id, "path": str(where.resolve())}) + "\n")


class Lines:
    """Lines for people; on a terminal a last line that moves."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status = console.status("") if console.is_terminal else None
        self._spinning = False
        self._began = time.monotonic()
        self._questions: dict[str, str] = {}
        self._asked = 0
        self._doing = self._spent = ""

    def note(self, text: str) -> None:
        """Shows what is going on now, on a terminal only."""
        if self._status is None:
            return
        if text:
            self._doing = text
            self._status.update(f"{text} ...{self._spent}")
            self._status.start()
            self._spinning = True
        elif self._spinning:
            self._status.stop()
            self._spinning = False

    def show(self, event: pb.DeckEvent) -> None:
        """The event as a line, or as what is going on now."""
        match event.WhichOneof("body"):
            case "stage_started":
                self.note(STAGES.get(event.stage_started.stage, "Working"))
            case "queries_planned":
                self._planned(event.queries_planned)
            case "query_progress":
                self._waiting(event.query_progress)
            case "query_answered" | "query_failed":
                self._asked_one(event)
            case "facts_computed":
                facts = event.facts_computed
                self._line("facts", f"{facts.count} found")
                for text in facts.highlights[:3]:
                    self._line("", text, "dim")
            case "slide_ready":
                slide = event.slide_ready
                self._line("slide", f"{slide.position}. {slide.headline}")
            case "verified":
                self._verified(event.verified)
            case "usage_reported":
                self._used(event.usage_reported.usage)
            case "remark":
                self._line("note", event.remark.text, "yellow")
            case "completed":
                self._completed(event.completed)
            case _:
                pass

    def _asked_one(self, event: pb.DeckEvent) -> None:
        if event.HasField("query_failed"):
            failed = event.query_failed
            self._line("no answer", f"{failed.result_id}: {failed.error.message}", "yellow")
            return
        answered = event.query_answered
        rows = f"{answered.row_count:,} rows" + (" (cut)" if answered.truncated else "")
        took = answered.duration.ToTimedelta().total_seconds()
        self._line("asked", f"{answered.result_id}: {rows} in {took:.1f} s")

    def _planned(self, planned: pb.QueriesPlanned) -> None:
        for question in planned.questions:
            self._asked += 1
            self._line("question", f"r{self._asked}: {question}")

    def _waiting(self, progress: pb.QueryProgress) -> None:
        if progress.status == "waiting":
            wait = progress.expected_wait.ToTimedelta().total_seconds()
            self._line("waiting", f"{progress.result_id}: about {wait:.0f} s for Genie's quota")

    def _verified(self, verified: pb.DeckVerified) -> None:
        mended = (
            (verified.repaired, "repaired"),
            (verified.replaced, "replaced by a fact's own"),
            (verified.removed, "left out"),
        )
        told = ", ".join(f"{count} {how}" for count, how in mended if count)
        self._line(
            "proved",
            f"{verified.proved} sentences, {verified.references} figures"
            + (f"; {told}" if told else ""),
        )

    def _used(self, usage: pb.JobUsage) -> None:
        if self._spinning:
            cost = f", USD {usage.cost_micro_usd / 1e6:.4f}" if usage.cost_micro_usd else ""
            self._spent = (
                f" [dim]({usage.genie_questions} Genie questions, {usage.model_calls} model "
                f"calls, {usage.output_tokens:,} output tokens{cost})[/dim]"
            )
            self.note(self._doing)

    def _completed(self, completed: pb.DeckCompleted) -> None:
        usage = completed.usage
        took = time.monotonic() - self._began
        cost = f", USD {usage.cost_micro_usd / 1e6:.4f}" if usage.cost_micro_usd else ""
        self._line(
            "done",
            f"{completed.slide_count} slides in {took:.1f} s; {usage.genie_questions} Genie "
            f"questions, {usage.model_calls} model calls, {usage.output_tokens:,} output tokens"
            f"{cost}",
            "green",
        )

    def _line(self, label: str, text: str, style: str = "") -> None:
        shown = escape(text)
        self._console.print(
            f"[bold]{label:>10}[/bold]  " + (f"[{style}]{shown}[/{style}]" if style else shown),
            soft_wrap=True,
        )
