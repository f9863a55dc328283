"""Self-contained HTML from a bundle: the whole deck, or one slide as a still."""

from orchestrator_svc.render.html.page import render_html
from orchestrator_svc.render.html.still import render_still

__all__ = ["render_html", "render_still"]
