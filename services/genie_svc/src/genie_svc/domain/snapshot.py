"""The rows of a result, kept so that they need not be asked for again."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, fields
from typing import Final

from genie_svc.domain.columns import Column, ColumnType
from genie_svc.domain.statement import Manifest, RawRow

_VERSION: Final = 1

_MANIFEST: Final = tuple(field.name for field in fields(Manifest))
_COLUMN: Final = tuple(field.name for field in fields(Column))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A result as it was read, at most as many rows as were wanted then."""

    statement_id: str
    manifest: Manifest
    notes: tuple[str, ...]
    rows: tuple[RawRow, ...]

    def pack(self) -> bytes:
        """The snapshot as compressed bytes; equal snapshots give equal bytes."""
        # By hand: asdict takes a second for 100,000 columns.
        manifest = {name: getattr(self.manifest, name) for name in _MANIFEST}
        manifest["columns"] = [
            {name: getattr(column, name) for name in _COLUMN} | {"type": column.type.value}
            for column in self.manifest.columns
        ]
        parts = [_VERSION, self.statement_id, manifest, self.notes, self.rows]
        return zlib.compress(json.dumps(parts, separators=(",", ":")).encode(), 1)

    @classmethod
    def unpack(cls, data: bytes) -> Snapshot | None:
        """The snapshot in the bytes, or None when another version wrote them."""
        version, *parts = json.loads(zlib.decompress(data))
        if version != _VERSION:
            return None
        statement_id, raw, notes, rows = parts
        columns = tuple(
            Column(**{**column, "type": ColumnType(column["type"])}) for column in raw["columns"]
        )
        manifest = Manifest(**{**raw, "columns": columns})
        return cls(statement_id, manifest, tuple(notes), tuple(rows))


def content_hash(data: bytes) -> str:
    """The name of packed content: SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
