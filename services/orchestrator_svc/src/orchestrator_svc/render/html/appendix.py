"""The appendix: each query with its question, SQL, rows and time, and what its columns mean."""

from __future__ import annotations

from aislides.deck.v1 import result_pb2

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.fit.queries import shown_sql, sql_columns, sql_step
from orchestrator_svc.render.fit.text import cut_to_lines
from orchestrator_svc.render.layout import BOXES
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.measure import REGULAR
from orchestrator_svc.render.scene import Scene

GAP = 26


def appendix(scene: Scene, fitted: Fitted) -> Markup:
    """The queries that the slide names, side by side when there are two."""
    wanted = list(fitted.slide.source_result_ids) or [result.id for result in scene.bundle.results]
    results = [result for result in scene.bundle.results if result.id in wanted]
    blocks = [_query(scene, result, len(results)) for result in results]
    return tag("div", *blocks, class_=f"box queries of-{min(len(results), 2)}")


def _query(scene: Scene, result: result_pb2.Result, beside: int) -> Markup:
    number = scene.number_of_query(result.id)
    seconds = result.source.run_time.ToTimedelta().total_seconds()
    question = cut_to_lines(result.question, 500, 16, REGULAR, 2)
    facts = scene.say(
        "query-facts-cut" if result.truncated else "query-facts",
        rows=scene.number(result.row_count),
        seconds=scene.number(seconds, 1),
    )
    head = tag(
        "p",
        tag("strong", scene.say("query", number=number)),
        f" · {scene.say('quoted', text=question)} · {facts}",
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
        tag("p", _definitions(scene, result, beside), class_="remark", data_source=result.id),
        class_=f"query{dense}{columns}",
    )


def _definitions(scene: Scene, result: result_pb2.Result, beside: int) -> str:
    """What the columns are: their descriptions where the space has them, else type and unit."""
    table = scene.tables[result.id]
    said = []
    for name in table.names:
        spec = table.spec(name)
        unit = format_for_column(table, name).unit
        meant = spec.description or unit or ("time" if table.is_time(name) else "")
        said.append(f"{name}: {meant}" if meant.lower() not in ("", name.lower()) else name)
    room = BOXES["appendix"]["queries"].width
    wide = (room - GAP) / 2 if beside > 1 else room
    return cut_to_lines("; ".join(said), wide, scene.theme.size("caption"), REGULAR, 2)


def method_note(scene: Scene) -> Markup:
    """Who wrote the words, and what was checked."""
    verdict = scene.bundle.verdict
    corrected = verdict.replaced + verdict.repaired
    return join(
        scene.say(
            "method-corrected" if corrected else "method",
            writer=scene.bundle.deck.written_by[:80] or scene.say("our-rules"),
            count=len(verdict.sentences),
            corrected=corrected,
        )
    )
