"""The REST calls for people, made from the OpenAPI description."""

from __future__ import annotations

import json
from html import escape
from typing import Any

_HEAD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>REST calls</title>'
    '<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">'
    '<link rel="stylesheet" href="/assets/page.css"></head><body><header class="top">'
    '<p class="brand"><span class="mark" aria-hidden="true"></span>'
    '<a href="/">AI Slide Generator</a></p></header><main><h1>REST calls</h1>'
    '<p class="lede">Every failure is problem+json with a stable <code>reason</code>. '
    'The whole description, for programs: <a href="/openapi.json">openapi.json</a>.</p>'
)
_SHOWN = 1_500


def rest_calls_html(described: dict[str, Any]) -> str:
    """One entry a call, with what it takes and an example of what it answers."""
    rows = "".join(
        _row(path, method, operation)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    )
    return f'{_HEAD}<ul class="rest">{rows}</ul></main></body></html>'


def _row(path: str, method: str, operation: dict[str, Any]) -> str:
    told = escape(operation.get("description") or operation.get("summary", ""))
    parts = [f"<code>{method.upper()} {escape(path)}</code><p>{told}</p>", _takes(operation)]
    body = operation.get("requestBody", {}).get("content", {})
    for title, contents in (("Send", [body]), ("Answer", _answers(operation))):
        for content in contents:
            for media in content.values():
                parts.append(_example(title, media.get("example")))
    return f"<li>{''.join(parts)}</li>"


def _answers(operation: dict[str, Any]) -> list[dict[str, Any]]:
    found = operation["responses"].items()
    return [answer.get("content", {}) for code, answer in found if code.startswith("2")]


def _takes(operation: dict[str, Any]) -> str:
    named = [
        f"<code>{escape(one['name'])}</code> {escape(one.get('description', ''))}".strip()
        for one in operation.get("parameters", [])
        if one["in"] != "path"
    ]
    return f"<p>{' · '.join(named)}</p>" if named else ""


def _example(title: str, example: object) -> str:
    if example is None:
        return ""
    text = example if isinstance(example, str) else json.dumps(example, indent=2)
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "\n..."
    return f'<details><summary>{title}</summary><pre tabindex="0">{escape(cut)}</pre></details>'
