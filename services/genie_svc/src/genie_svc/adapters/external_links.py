"""Rows behind presigned links: fetched without credentials, never logged."""

from __future__ import annotations

import csv
import io
import json
import urllib.parse
from collections.abc import Sequence

import requests

from genie_svc.adapters.faults import HttpFault, NotSent, ReplyLost, Unreadable
from genie_svc.domain.errors import LinkExpired, UnsupportedResult
from genie_svc.domain.statement import ExternalLink, RawRow


class LinkReader:
    """Reads links with a plain client that sends the link's own headers and nothing else."""

    def __init__(
        self, *, timeout_seconds: float, most_bytes: int, plain_http: bool = False
    ) -> None:
        self._timeout = timeout_seconds
        self._most_bytes = most_bytes
        self._schemes = {"https", "http"} if plain_http else {"https"}

    def rows(self, link: ExternalLink, file_format: str) -> Sequence[RawRow]:
        """The rows of a JSON_ARRAY or CSV file; blocks, so call it in a thread."""
        if file_format not in ("JSON_ARRAY", "CSV"):
            raise UnsupportedResult(f"rows in the format {file_format[:20]!r} are not read")
        if urllib.parse.urlsplit(link.url).scheme not in self._schemes:
            raise UnsupportedResult("rows behind a link that is not https are not read")
        content = self._fetch(link)
        try:
            return _json_rows(content) if file_format == "JSON_ARRAY" else _csv_rows(content)
        except (ValueError, RecursionError, csv.Error):
            raise Unreadable("the file is not what its format says") from None

    def _fetch(self, link: ExternalLink) -> bytes:
        try:
            with requests.get(
                link.url,
                headers=dict(link.headers),
                auth=lambda request: request,  # keeps ~/.netrc out of it
                timeout=self._timeout,
                stream=True,
                allow_redirects=False,
            ) as response:
                if response.status_code in (400, 401, 403, 404, 410):
                    raise LinkExpired
                if response.status_code != 200:
                    raise HttpFault(response.status_code, "EXTERNAL_LINK", "", None)
                content = bytearray()
                for part in response.iter_content(1024 * 1024):
                    content += part
                    if len(content) > self._most_bytes:
                        raise Unreadable("the file is too large")
                return bytes(content)
        except requests.ConnectTimeout:
            raise NotSent("external link") from None
        except requests.RequestException:
            raise ReplyLost("external link") from None  # its text holds the link


def _json_rows(content: bytes) -> list[RawRow]:
    rows = json.loads(content)
    if not isinstance(rows, list):
        raise ValueError("no array")
    return [row for row in rows if isinstance(row, list)]


def _csv_rows(content: bytes) -> list[RawRow]:
    """CSV of the warehouse has a header line and says NULL by an empty field without quotes."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True)
    next(reader, None)
    return [[cell if cell != "" else None for cell in row] for row in reader]
