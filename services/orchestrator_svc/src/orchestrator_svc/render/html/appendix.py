"""The appendix: each query with its question, SQL, rows and time."""

from __future__ import annotations

import re
from typing import Final

from aislides.deck.v1 import deck_pb2, result_pb2

from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene

MONO_WIDTH: Final = 0.602
"""Width of a character of a monospaced font, in em."""
LINE_LIMIT: Final = 13


def appendix_body(scene: Scene, slide: deck_pb2.Slide) -> Markup:
    """The queries that the slide names, side by side when there are two."""
    wanted = list(slide.source_result_ids) or [result.id for result in scene.bundle.results]
    results = [result for result in scene.bundle.results if result.id in wanted]
    blocks = [_query(scene, result, len(results)) for result in results]
    return tag("div", *blocks, class_=f"box queries of-{min(len(results), 2)}")


def _query(scene: Scene, result: result_pb2.Result, beside: int) -> Markup:
    number = scene.number_of_query(result.id)
    seconds = result.source.run_time.ToTimedelta().total_seconds()
    cut = ", cut by a row limit" if result.truncated else ""
    facts = f"{result.row_count:,} rows{cut} · {seconds:.1f} s"
    head = tag(
        "p",
        tag("strong", f"Query {number}"),
        f" · “{result.question}” · {facts}",
        class_="query-head",
        data_source=result.id,
    )
    return tag(
        "div",
        head,
        tag("pre", tag("code", result.source.sql), class_="sql", tabindex=0, data_sql=result.id),
        class_=f"query {'dense' if _long(result, beside) else ''}".strip(),
    )


def _long(result: result_pb2.Result, beside: int) -> bool:
    """Whether the SQL needs the small step to fit."""
    room = 60 if beside > 1 else 130
    lines = sum(1 + len(line) // room for line in re.split(r"\n", result.source.sql))
    return lines > LINE_LIMIT


def method_note(scene: Scene) -> Markup:
    """Who wrote the words, and what was checked."""
    verdict = scene.bundle.verdict
    replaced = verdict.replaced + verdict.repaired
    writer = scene.bundle.deck.written_by or "our rules"
    text = (
        f"Words: {writer}. Figures: computed from query results by code; "
        f"{len(verdict.sentences)} sentences checked"
    )
    return join(text, f", {replaced} corrected." if replaced else ".")
