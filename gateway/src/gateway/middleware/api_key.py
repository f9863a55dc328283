"""Who may call: those who send a known key, a browser that showed one at /sign-in, or those whom a
trusted proxy names."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.errors import CallerNotNamed, ForeignPage, KeyRequired
from gateway.problems import problem
from gateway.sessions import COOKIE, holder, key_hash_of

OPEN_PATHS: Final = frozenset({"/health", "/health/live", "/health/ready", "/sign-in"})
READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class ApiKey:
    """Lets known callers through, and notes in the scope's state who they are: the `caller` and the
    `tenant` whose decks they see, both empty where nobody needs to be known."""

    def __init__(
        self,
        app: ASGIApp,
        tenants: Mapping[str, str],
        person_header: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app = app
        self._tenants = dict(tenants)
        self._person_header = person_header
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        found, by_cookie = self._found(headers)
        # Enough of the hash to tell callers apart, too little to be of use in a log.
        state = scope.setdefault("state", {})
        state["caller"] = f"key-{found[:12]}" if found else ""
        state["tenant"] = self._tenants.get(found, "")
        path = scope["path"]
        if self._person_header:
            state["caller"] = state["tenant"] = person = _person(headers, self._person_header)
            if not person and path not in OPEN_PATHS:
                told = f"the proxy that names callers sent no {self._person_header}"
                await problem(CallerNotNamed(told))(scope, receive, send)
                return
        if not self._tenants or path in OPEN_PATHS or path.startswith("/assets/"):
            await self._app(scope, receive, send)
        elif not found and _is_page(headers, path):
            await RedirectResponse("/sign-in", status_code=303)(scope, receive, send)
        elif not found:
            refusal = KeyRequired("send a known key as Authorization: Bearer KEY")
            await problem(refusal)(scope, receive, send)
        elif by_cookie and scope["method"] not in READS and not _is_own(headers):
            refused = ForeignPage("a signed-in browser may change things from our own page only")
            await problem(refused)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _found(self, headers: Headers) -> tuple[str, bool]:
        """The hash of the caller's key, and whether a cookie stood for it."""
        if authorization := headers.get("authorization"):
            # Who sends a key is judged by the key alone.
            kind, _, key = authorization.partition(" ")
            return (key_hash_of(key, self._tenants) if kind.lower() == "bearer" else ""), False
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return "", False
        return (holder(cookie.value, self._tenants, self._clock()) if cookie else ""), True


def _person(headers: Headers, header: str) -> str:
    """The tenant of the one person that the proxy names; empty for none, or for several."""
    named = headers.getlist(header)
    name = named[0].strip().casefold() if len(named) == 1 else ""
    # Names can hold what tenants cannot, and have no place in logs and tables.
    return f"person-{hashlib.sha256(name.encode()).hexdigest()[:24]}" if name else ""


def _is_page(headers: Headers, path: str) -> bool:
    return not path.startswith("/v1/") and "text/html" in headers.get("accept", "")


def _is_own(headers: Headers) -> bool:
    return bool(urlsplit(headers.get("origin", "")).netloc == headers.get("host", ""))
