"""The accessibility scan: axe-core at WCAG levels A and AA."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def _axe() -> str:
    # The package's own class reads the file anew for each run and injects it each time.
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


async def violations(
    page: Any, *, within: str | None = None, skip: tuple[str, ...] = (), only: tuple[str, ...] = ()
) -> list[str]:
    """What breaks A or AA in the page as it stands now: one line an element, empty when none does.

    `within` is a CSS selector to scan no more than that part; `skip` names rules not to run,
    `only` the rules to run.
    The source is evaluated, not added as an element, so a strict Content-Security-Policy stands.
    """
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(_axe())
    found = await page.evaluate(
        """async ([within, levels, skip, only]) => {
          const rules = Object.fromEntries(skip.map(name => [name, {enabled: false}]));
          const ran = await axe.run(within || document, {
            runOnly: only.length ? only : {type: 'tag', values: levels}, rules, resultTypes: ['violations'],
          });
          return ran.violations.flatMap(rule => rule.nodes.map(node =>
            rule.id + ': ' + node.target.join(' ') + ': ' + (node.any[0]?.message || rule.help)));
        }""",
        [within, LEVELS, list(skip), list(only)],
    )
    return [str(line) for line in found]
