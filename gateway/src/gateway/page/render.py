"""The page's HTML, with the spaces already in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

MEDIA_TYPES: Final = {
    "page.css": "text/css; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "api.js": "text/javascript; charset=utf-8",
    "view.js": "text/javascript; charset=utf-8",
    "thumbs.js": "text/javascript; charset=utf-8",
    "earlier.js": "text/javascript; charset=utf-8",
    "calls.js": "text/javascript; charset=utf-8",
    "inter-400.woff2": "font/woff2",
    "inter-600.woff2": "font/woff2",
    "icon.svg": "image/svg+xml",
}
"""Files of the page, by name. Nothing else is served."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@cache
def asset(name: str) -> bytes:
    """A file of the page. Raises KeyError for any other name."""
    MEDIA_TYPES[name]
    return files("gateway.page").joinpath("assets", name).read_bytes()


@cache
def tag_of(name: str) -> str:
    """The ETag of a file of the page."""
    return f'"{hashlib.sha256(asset(name)).hexdigest()[:16]}"'


@cache
def _template() -> str:
    return files("gateway.page").joinpath("assets", "page.html").read_text("utf-8")


def page_html(
    spaces: Iterable[pb.SpaceInfo], themes: Sequence[pb.Theme] = (), *, reachable: bool
) -> str:
    """The page. Without a reachable orchestrator it says so and offers to try again."""
    filled = {
        "<!--SPACES-->": "".join(_space(space) for space in spaces),
        "<!--THEMES-->": "".join(_theme(theme) for theme in themes),
        " data-themes": "" if len(themes) > 1 else " hidden",
        " data-state": "" if reachable else " data-offline",
    }
    page = _template()
    for place, text in filled.items():
        page = page.replace(place, text)
    return page


def sign_in_html(*, refused: bool) -> str:
    """The page that asks for an API key."""
    form = files("gateway.page").joinpath("assets", "sign_in.html").read_text("utf-8")
    told = '<p class="problem" role="alert">This key is not known here.</p>' if refused else ""
    return form.replace("<!--REFUSED-->", told)


def _space(space: pb.SpaceInfo) -> str:
    samples = "\n".join(space.sample_questions)
    chosen = " selected" if space.is_default else ""
    return (
        f'<option value="{escape(space.space_id)}" data-about="{escape(space.description)}" '
        f'data-samples="{escape(samples)}"{chosen}>{escape(space.title)}</option>'
    )


def _theme(theme: pb.Theme) -> str:
    name, title = escape(theme.name), escape(theme.title or theme.name)
    chosen = " selected" if theme.is_default else ""
    return f'<option value="{name}" title="{escape(theme.description)}"{chosen}>{title}</option>'
