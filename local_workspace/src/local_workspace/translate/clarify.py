"""Questions back: what was not understood, and what can be asked instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural
from local_workspace.translate.near import names_near
from local_workspace.translate.plan import Clarification

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.draft import Draft


def unknown_words(chunks: list[Chunk], catalog: Catalog) -> Clarification:
    """Names the words that nothing explains and up to five things they could mean."""
    named = ", ".join(f"“{chunk.text}”" for chunk in chunks[:4])
    near = list(dict.fromkeys(n for c in chunks[:2] for n in names_near(c.text, catalog)))[:5]
    text = f"I could not place {named} in {_about(catalog)}."
    if near:
        text += f" Did you mean {', '.join(near)}?"
    return Clarification(text, suggestions(catalog))


def unaccounted(chunks: list[Chunk], catalog: Catalog) -> Clarification:
    """Names words that are known, but that the answer would not have shown."""
    named = ", ".join(dict.fromkeys(f"“{chunk.text}”" for chunk in chunks[:4]))
    text = f"I understand {named}, but not what it asks for in this question; say it another way."
    return Clarification(text, suggestions(catalog))


def not_answerable(reason: str, catalog: Catalog) -> Clarification:
    """Says why in words and what can be asked instead."""
    return Clarification(f"{reason[:1].upper()}{reason[1:]}.", suggestions(catalog))


def refused(draft: Draft, catalog: Catalog) -> Clarification:
    """“Why” and predictions: the data shows where something happened, not why."""
    kind, _, word = (draft.refusal or "").partition(":")
    if kind == "why":
        wheres = tuple(_breakdowns(catalog, draft))
        return Clarification(
            "The data cannot say why something happened, but it can show where: a breakdown by "
            "group shows which part of the change each one carries.",
            wheres or suggestions(catalog),
        )
    return Clarification(
        f"“{word}” goes beyond what the recorded data of {_about(catalog)} can answer; I can only "
        "compute what happened.",
        suggestions(catalog),
    )


def suggestions(catalog: Catalog) -> tuple[str, ...]:
    """Up to five questions that get an answer."""
    if catalog.space.sample_questions:
        return tuple(catalog.space.sample_questions[:5])
    return tuple(_made(catalog))[:5]


def _made(catalog: Catalog) -> list[str]:
    found: list[str] = []
    for table in catalog.tables.values():
        own = {table.key, table.label}
        dims = [c for c in table.columns.values() if _tells_groups(c) and c.name not in own]
        measures = [c for c in table.columns.values() if c.role == "measure"]
        word = {"sum": "total", "avg": "average"}
        for measure in measures[:2]:
            said = f"{word.get(measure.aggregate, measure.aggregate)} {measure.label}"
            if table.time:
                found.append(f"{said} by month")
            found += [f"{said} by {dim.label}" for dim in dims[:1]]
        if dims:
            found.append(f"number of {plural(table.row)} by {dims[0].label}")
    return [text[:1].upper() + text[1:] for text in found]


def _tells_groups(column: ColumnInfo) -> bool:
    """Whether a breakdown by the column has few enough rows to read."""
    return column.role == "dimension" and bool(column.values) and 1 < column.distinct <= 60


def _breakdowns(catalog: Catalog, draft: Draft) -> list[str]:
    names = [metric.text.removeprefix("the ") for metric in draft.metrics]
    what = names[0] if names else None
    main = next(iter(catalog.tables.values()))
    if what is None:
        return []
    dims = [c.label for c in main.columns.values() if _tells_groups(c)]
    found = [f"{what} by month"] if main.time else []
    found += [f"{what} by {dim}" for dim in dims[:4]]
    return [text[:1].upper() + text[1:] for text in found]


def _about(catalog: Catalog) -> str:
    return f"“{catalog.space.title}”"
