"""Queries of the appendix: how much SQL has room, at which step and in how many columns."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2, result_pb2

from orchestrator_svc.render.fit.text import SLACK
from orchestrator_svc.render.layout import BOXES
from orchestrator_svc.render.scene import Scene

MONO: Final = 0.602
"""Width of a character of the monospaced fonts, in em."""
BESIDE_SQL: Final = 186.0
"""Height of what stands above and below the SQL of a query."""


def fit_queries(scene: Scene, slide: deck_pb2.Slide) -> list[deck_pb2.Slide]:
    """The appendix with two queries side by side when both fit, else with each on its own slide."""
    wanted = list(slide.source_result_ids) or [result.id for result in scene.bundle.results]
    results = [result for result in scene.bundle.results if result.id in wanted]
    if len(results) <= 2 and all(sql_fits(scene, r, len(results)) for r in results):
        return [slide]
    parts: list[deck_pb2.Slide] = []
    for result in results:
        single = deck_pb2.Slide()
        single.CopyFrom(slide)
        del single.source_result_ids[:]
        single.source_result_ids.append(result.id)
        parts.append(single)
    return parts


def sql_lines(text: str, room: float, size: float) -> int:
    """Lines of SQL in a column."""
    characters = max(1, int(room * SLACK / (size * MONO)))
    return sum(max(1, -(-len(line) // characters)) for line in text.split("\n"))


def sql_step(scene: Scene, result: result_pb2.Result, beside: int) -> str:
    """The step at which the SQL fits, `code` or `footer`; the smaller one if neither does."""
    return "code" if _sql_height(scene, result, beside, "code") <= _sql_room() else "footer"


def sql_fits(scene: Scene, result: result_pb2.Result, beside: int) -> bool:
    """Whether the SQL fits at the smaller step."""
    return _sql_height(scene, result, beside, "footer") <= _sql_room()


def _sql_room() -> float:
    return BOXES["appendix"]["queries"].height - BESIDE_SQL


def _sql_height(scene: Scene, result: result_pb2.Result, beside: int, step: str) -> float:
    full = BOXES["appendix"]["queries"].width
    room = ((full - 26) / 2 if beside > 1 else full) - 44
    size = scene.theme.size(step)
    return sql_lines(result.source.sql, room, size) * size * (1.5 if step == "code" else 1.4)


def sql_columns(scene: Scene, result: result_pb2.Result) -> int:
    """Columns that very long SQL of a slide of its own is set in, 1 to 3."""
    if sql_fits(scene, result, 1):
        return 1
    # A column breaks lines that the full width does not, so two are seldom enough.
    return 3


def shown_sql(scene: Scene, result: result_pb2.Result, beside: int) -> str:
    """The SQL, or as much as three columns hold; the whole of it is behind each figure."""
    sql = result.source.sql
    if beside > 1 or sql_columns(scene, result) == 1:
        return sql
    size = scene.theme.size("footer")
    room = (BOXES["appendix"]["queries"].width - 44 - 2 * 20) / 3
    most = int(3 * _sql_room() / (size * 1.4)) - 6
    kept: list[str] = []
    used = 0
    for line in sql.split("\n"):
        taken = sql_lines(line, room, size)
        if used + taken > most:
            characters = max(0, most - used) * int(room * SLACK / (size * MONO))
            return "\n".join([*kept, f"{line[:characters]} …"])
        kept.append(line)
        used += taken
    return sql
