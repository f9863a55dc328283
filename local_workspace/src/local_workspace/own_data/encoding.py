"""Finds out how a text file is written, reading it once in pieces."""

from __future__ import annotations

import codecs
from pathlib import Path

from local_workspace.own_data.errors import DataError, at

PIECE = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ALIENS = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive; save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"{", "JSON; save it as CSV"),
    (b"[{", "JSON; save it as CSV"),
    (b"<html", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<?xml", "XML; save it as CSV"),
)
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x0b\x1a\x1b")


def detect_encoding(path: Path) -> str:
    """`utf-8`, `utf-8-sig`, `utf-16`, `utf-16-le`, `utf-16-be`, `utf-32` or `cp1252`.

    Reads the whole file, because one accent may stand at its end. Raises DataError for an empty
    file and for one that is not text.
    """
    with path.open("rb") as file:
        head = file.read(PIECE)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DataError(f"{path}: the file is empty; it needs a line of headers and rows")
    for magic, what in ALIENS:
        if head.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower().startswith(magic.lower()):
            raise DataError(f"{path}: not a text file but {what}. CSV, TSV and Parquet can be read")
    for mark, name in MARKS:
        if head.startswith(mark):
            _decodes(path, name)
            return name
    if b"\x00" in head:
        return _without_mark(path, head)
    if _utf8(path):
        return "utf-8"
    _decodes(path, "cp1252")
    return "cp1252"


def _without_mark(path: Path, head: bytes) -> str:
    """UTF-16 without a mark has a zero in every other byte of plain text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    for name, most, least in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if most > 0.6 * half and least < 0.02 * half:
            _decodes(path, name)
            return name
    line = head[: head.index(0)].count(b"\n") + 1
    raise at(path, line, "binary data (a zero byte); CSV, TSV and Parquet can be read")


def _utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while piece := file.read(PIECE):
                _refuse_binary(path, piece)
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _decodes(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        try:
            while piece := file.read(PIECE):
                if encoding == "cp1252":
                    _refuse_binary(path, piece)
                line += decoder.decode(piece).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            place = line + piece[: error.start].count(b"\n") if encoding == "cp1252" else line
            raise at(
                path, place, f"bytes that are no {encoding} text; save the file as UTF-8"
            ) from None


def _refuse_binary(path: Path, piece: bytes) -> None:
    if len(piece) - len(piece.translate(None, CONTROLS)) > len(piece) // 1_000:
        raise DataError(f"{path}: the file holds binary data; CSV, TSV and Parquet can be read")
