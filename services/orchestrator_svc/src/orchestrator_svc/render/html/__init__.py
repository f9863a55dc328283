"""One self-contained HTML file from a bundle."""

from orchestrator_svc.render.html.page import render_html

__all__ = ["render_html"]
