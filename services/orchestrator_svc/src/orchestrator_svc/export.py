"""Files made from a revision, one function a format."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from google.protobuf import json_format

from orchestrator_svc.errors import FormatNotAvailable
from orchestrator_svc.render.brand import Brand
from orchestrator_svc.render.html import render_html

CHUNK_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """A rendered file."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Format:
    suffix: str
    media_type: str
    render: Callable[[deck_pb2.DeckBundle, str | None, Brand | None], bytes]


def _html(bundle: deck_pb2.DeckBundle, theme: str | None, brand: Brand | None) -> bytes:
    return render_html(bundle, theme=theme, brand=brand)


def _json(bundle: deck_pb2.DeckBundle, _theme: str | None, _brand: Brand | None) -> bytes:
    text = json_format.MessageToJson(
        bundle, preserving_proto_field_name=True, indent=2, ensure_ascii=False
    )
    return text.encode()


_FORMATS: Final = {
    pb.EXPORT_FORMAT_UNSPECIFIED: _Format("html", "text/html; charset=utf-8", _html),
    pb.EXPORT_FORMAT_HTML: _Format("html", "text/html; charset=utf-8", _html),
    pb.EXPORT_FORMAT_JSON: _Format("json", "application/json", _json),
}


def export(
    bundle: deck_pb2.DeckBundle,
    title: str,
    format_: int,
    theme: str | None = None,
    brand: Brand | None = None,
) -> File:
    """The file in this format. Raises FormatNotAvailable."""
    chosen = _FORMATS.get(format_)  # type: ignore[call-overload]
    if chosen is None:
        raise FormatNotAvailable(
            "this installation makes html and json files; choose one of these formats",
            metadata={"formats": "html,json"},
        )
    content = chosen.render(bundle, theme, brand)
    return File(f"{file_stem(title)}.{chosen.suffix}", chosen.media_type, content)


def file_stem(title: str) -> str:
    """A safe file name from a title: lower-case ASCII letters, digits and dashes, at most 80."""
    ascii_text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:80].strip("-")
    return stem or "deck"


def parts(file: File, revision: int) -> Iterator[pb.ExportDeckResponse]:
    """The file as it is streamed: its header, then its bytes in chunks."""
    yield pb.ExportDeckResponse(
        header=pb.ExportHeader(
            file_name=file.name,
            media_type=file.media_type,
            size_bytes=len(file.content),
            sha256=hashlib.sha256(file.content).hexdigest(),
            revision=revision,
        )
    )
    for start in range(0, len(file.content), CHUNK_BYTES):
        yield pb.ExportDeckResponse(chunk=file.content[start : start + CHUNK_BYTES])
