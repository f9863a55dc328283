"""Data quality and limits: what the data does not show, and what the figures rest on."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import result_pb2

from orchestrator_svc.deck.gaps import other_remarks
from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.html.slides.readings import statements
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.measure import REGULAR, shorten
from orchestrator_svc.render.scene import Scene

MOST_QUERIES: Final = 4
QUESTION_ROOM: Final = 560.0


def limits(scene: Scene, fitted: Fitted) -> Markup:
    """The points and remarks as rows, and the queries with their rows, gaps and days."""
    remarks = [
        tag("p", scene.rich(remark), class_="remark") for remark in other_remarks(scene.bundle.deck)
    ]
    body = join(statements(scene, fitted.slide.points), *remarks)
    return join(tag("div", body, class_="box statements"), _basis(scene))


def _basis(scene: Scene) -> Markup | None:
    results = list(scene.bundle.results)
    if not results:
        return None
    heads = [scene.say(word) for word in ("question", "rows", "empty-cells", "day")]
    head = tag(
        "tr",
        *(
            tag("th", text, scope="col", class_="number" if position else None)
            for position, text in enumerate(heads)
        ),
    )
    rows = [_row(scene, result) for result in results[:MOST_QUERIES]]
    left = len(results) - MOST_QUERIES
    more = (
        tag("p", scene.say("more", count=left), class_="left-out", data_count=True)
        if left > 0
        else None
    )
    table = tag(
        "table",
        tag("caption", scene.say("basis"), class_="caption"),
        tag("thead", head),
        tag("tbody", *rows),
    )
    return tag("div", table, more, class_="box basis")


def _row(scene: Scene, result: result_pb2.Result) -> Markup:
    question = shorten(result.question, QUESTION_ROOM, scene.theme.size("caption"), REGULAR)
    empty = sum(cell.WhichOneof("kind") is None for row in result.rows for cell in row.values)
    done = result.source.HasField("completed_at")
    as_of = scene.day(result.source.completed_at) if done else "–"
    rows = scene.number(len(result.rows))
    if result.truncated:
        rows = scene.say("rows-cut", rows=rows)
    cells = (rows, scene.number(empty), as_of)
    return tag(
        "tr",
        tag("th", f"{scene.number_of_query(result.id)}. {question}", scope="row"),
        *(tag("td", text, class_="number") for text in cells),
        data_source=result.id,
    )
