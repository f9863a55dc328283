"""The appendix: each query with its question, SQL, rows and time."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2, result_pb2

from orchestrator_svc.render.fit import cut_to_lines, shown_sql, sql_columns, sql_step
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.measure import REGULAR
from orchestrator_svc.render.scene import Scene


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
    question = cut_to_lines(result.question, 500, 16, REGULAR, 2)
    facts = f"{result.row_count:,} rows{cut} · {seconds:.1f} s"
    head = tag(
        "p",
        tag("strong", f"Query {number}"),
        f" · “{question}” · {facts}",
        class_="query-head",
        data_source=result.id,
    )
    sql = shown_sql(scene, result, beside)
    dense = " dense" if sql_step(scene, result, beside) == "footer" else ""
    wanted = sql_columns(scene, result) if beside < 2 else 1
    columns = f" in-{wanted}" if wanted > 1 else ""
    return tag(
        "div",
        head,
        tag("pre", tag("code", sql), class_="sql", tabindex=0, data_sql=result.id),
        class_=f"query{dense}{columns}",
    )


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
