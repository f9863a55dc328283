"""Where a person shows the API key once, so that the browser may use the page."""

from __future__ import annotations

import time
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from gateway.page.render import POLICY, sign_in_html
from gateway.sessions import COOKIE, SECONDS, issue, key_hash_of

router = APIRouter(include_in_schema=False)


def _form(*, refused: bool) -> Response:
    return Response(
        sign_in_html(refused=refused),
        status_code=401 if refused else 200,
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": POLICY},
    )


@router.get("/sign-in")
async def sign_in_form() -> Response:
    """Asks for the key."""
    return _form(refused=False)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Takes the key; answers with a session that only this browser's own page can use."""
    sent = parse_qs((await request.body()).decode(errors="replace"), max_num_fields=5)
    known = request.app.state.upstream.settings.tenant_by_key()
    found = key_hash_of(sent.get("key", [""])[0], known)
    if not found:
        return _form(refused=True)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(
        COOKIE,
        issue(found, time.time()),
        max_age=SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer
