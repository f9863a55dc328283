"""What a client gets: a finished deck, and files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

FORMATS: Final = {
    "html": pb.EXPORT_FORMAT_HTML,
    "pdf": pb.EXPORT_FORMAT_PDF,
    "pptx": pb.EXPORT_FORMAT_PPTX,
    "md": pb.EXPORT_FORMAT_MARKDOWN,
    "json": pb.EXPORT_FORMAT_JSON,
    "png": pb.EXPORT_FORMAT_PNG,
}
"""Formats by name."""

DEPTHS: Final = {
    "": pb.DEPTH_UNSPECIFIED,
    "quick": pb.DEPTH_QUICK,
    "standard": pb.DEPTH_STANDARD,
    "deep": pb.DEPTH_DEEP,
}
"""Depths by name; empty leaves it to the service."""


@dataclass(frozen=True, slots=True)
class File:
    """A rendered file."""

    name: str
    media_type: str
    content: bytes

    def save(self, path: str | Path) -> Path:
        """Writes the file, making folders as needed; where it is."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.content)
        return target


@dataclass(frozen=True, slots=True)
class Deck:
    """A finished deck: the job as it ended, and the HTML file."""

    info: pb.DeckInfo
    file: File

    @property
    def deck_id(self) -> str:
        """Id for later calls."""
        return self.info.deck_id

    @property
    def title(self) -> str:
        """Title as printed."""
        return self.info.title

    @property
    def html(self) -> str:
        """The deck as one self-contained page."""
        return self.file.content.decode()

    def save(self, path: str | Path) -> Path:
        """Writes the HTML file; where it is."""
        return self.file.save(path)
