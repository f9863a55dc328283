"""A SQL statement and its rows, as statement execution reports them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from genie_svc.domain.columns import Column, read_column
from genie_svc.domain.reading import Json, group, groups, text, whole

RawRow = list[object]
"""A row as JSON_ARRAY gives it: every non-null cell should be text."""


class State(Enum):
    """Where a statement stands; words that we do not know count as running."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """Where to fetch a chunk, without credentials of ours. Never log `url`."""

    url: str
    headers: Mapping[str, str]
    chunk_index: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """Part of a result: rows, or links to them. `next_index` is None on the last."""

    rows: tuple[RawRow, ...]
    links: tuple[ExternalLink, ...]
    next_index: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a result consists of. `byte_count` is 0 when the warehouse does not say."""

    format: str
    columns: tuple[Column, ...]
    chunk_count: int
    row_count: int
    byte_count: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it stands; manifest and chunk are there once it succeeded."""

    statement_id: str
    state: State
    error_code: str
    error_text: str
    manifest: Manifest | None
    chunk: Chunk | None


def read_statement(raw: Json) -> Statement:
    """The statement that a StatementResponse describes; never raises."""
    status = group(raw, "status")
    error = group(status, "error")
    manifest = group(raw, "manifest")
    try:
        state = State(text(status, "state").lower())
    except ValueError:
        state = State.RUNNING
    return Statement(
        statement_id=text(raw, "statement_id"),
        state=state,
        error_code=text(error, "error_code"),
        error_text=text(error, "message"),
        manifest=_manifest(manifest) if manifest else None,
        chunk=read_chunk(group(raw, "result")) if "result" in raw else None,
    )


def _manifest(raw: Json) -> Manifest:
    columns = groups(group(raw, "schema"), "columns")
    ordered = sorted(enumerate(columns), key=lambda pair: whole(pair[1], "position", pair[0]))
    return Manifest(
        format=text(raw, "format") or "JSON_ARRAY",
        columns=tuple(read_column(column) for _, column in ordered),
        chunk_count=whole(raw, "total_chunk_count", 0),
        row_count=whole(raw, "total_row_count", -1),
        byte_count=whole(raw, "total_byte_count", 0),
        truncated=raw.get("truncated") is True,
    )


def read_chunk(raw: Json) -> Chunk:
    """The chunk that a ResultData describes; never raises."""
    data = raw.get("data_array")
    links = groups(raw, "external_links")
    following = whole(raw, "next_chunk_index", -1)
    if following < 0 and links:
        following = whole(links[-1], "next_chunk_index", -1)
    return Chunk(
        rows=tuple(row for row in data if isinstance(row, list)) if isinstance(data, list) else (),
        links=tuple(_link(link) for link in links if text(link, "external_link")),
        next_index=following if following >= 0 else None,
    )


def _link(raw: Json) -> ExternalLink:
    headers = group(raw, "http_headers")
    return ExternalLink(
        url=text(raw, "external_link"),
        headers={key: value for key, value in headers.items() if isinstance(value, str)},
        chunk_index=whole(raw, "chunk_index", 0),
    )
