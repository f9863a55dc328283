"""Tells whether two requests are the same."""

from __future__ import annotations

import dataclasses
import hashlib
import json

from llm_svc.domain.completion import Spec


def fingerprint(spec: Spec) -> str:
    """A hash of everything that is asked for: 64 hex digits, without the request id."""
    body = dataclasses.asdict(dataclasses.replace(spec, request_id=""))
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
