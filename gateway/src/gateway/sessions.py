"""Signed sessions for browsers: who showed a key once carries a cookie that proves it.

Nothing is stored. The cookie is signed with the key's hash, so it ends with its time, and at once
when the key's hash is taken out of the settings.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

COOKIE: Final = "aislides_session"
SECONDS: Final = 12 * 3600


def key_hash_of(key: str, known: Iterable[str]) -> str:
    """The hash under which this key is known; empty when it is not."""
    offered = hashlib.sha256(key.strip().encode(errors="replace")).hexdigest()
    return next((item for item in known if hmac.compare_digest(offered, item)), "")


def issue(key_hash: str, now: float) -> str:
    """A cookie for whoever showed the key with this hash, good for twelve hours."""
    until = int(now) + SECONDS
    return f"{until}.{_signature(key_hash, until)}"


def holder(cookie: str, known: Iterable[str], now: float) -> str:
    """The hash of the key that the cookie stands for; empty when it is not good any more."""
    until, _, signature = cookie.partition(".")
    if not (until.isascii() and until.isdigit() and len(until) < 16) or int(until) < now:
        return ""
    for item in known:
        if hmac.compare_digest(signature.encode(), _signature(item, int(until)).encode()):
            return item
    return ""


def _signature(key_hash: str, until: int) -> str:
    told = f"aislides-session:{until}".encode()
    return hmac.new(bytes.fromhex(key_hash), told, hashlib.sha256).hexdigest()
