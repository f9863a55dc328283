"""What only a browser can tell: nothing overflows, nothing is requested, figures open their proof."""

from __future__ import annotations

import os

import pytest
from every_layout import every_layout
from hostile import spoiled
from orchestrator_svc.render.html import render_html

pytestmark = pytest.mark.browser
DECKS = int(os.environ.get("AISLIDES_FIT_DECKS", "16"))
"""Decks of hostile lengths, each with a slide of every layout; 200 by hand."""

OVERFLOWS = """() => {
  const found = [];
  for (const slide of document.querySelectorAll('.slide')) {
    const frame = slide.querySelector('.canvas').getBoundingClientRect();
    for (const node of slide.querySelectorAll('p,h1,h2,h3,td,th,text,.card,.sql,.lead')) {
      const style = getComputedStyle(node);
      if (style.display === 'none' || !node.textContent.trim() || node.closest('details')) continue;
      const box = node.getBoundingClientRect();
      if (!box.width || node.closest('[hidden]')) continue;
      if (box.right > frame.right + 1 || box.bottom > frame.bottom + 1 || box.left < frame.left - 1)
        found.push(slide.id + ': ' + node.textContent.slice(0, 40));
      // A full stop after a word that fills its line hangs over it.
      if (node.matches('p,h2,h3') && node.scrollWidth > node.clientWidth + 5)
        found.push(slide.id + ' clipped: ' + node.textContent.slice(0, 40));
    }
    const rule = slide.querySelector('.rule').getBoundingClientRect();
    for (const node of slide.querySelectorAll('.reading,.statement,.action,.asked,.basis,.query,.left-out,.exhibit>table')) {
      const box = node.getBoundingClientRect();
      if (box.height && box.bottom > rule.top + 1) found.push(slide.id + ' runs into its footer');
    }
  }
  return found;
}"""


async def opened(page, bundle, tmp_path, fragment=""):
    path = tmp_path / "deck.html"
    path.write_bytes(render_html(bundle))
    await page.goto(f"file://{path}{fragment}")
    return page


async def each_slide(page, bundle):
    for slide in bundle.deck.slides:
        await page.keyboard.press("Home" if slide.id == "s1" else "ArrowRight")
        yield slide


async def test_nothing_overflows_and_nothing_is_requested(page, bundle, tmp_path):
    await opened(page, bundle, tmp_path)
    faults = []
    async for slide in each_slide(page, bundle):
        assert await page.is_visible(f"#{slide.id}")
        faults += await page.evaluate(OVERFLOWS)
    assert faults == []
    assert len(page.requests) == 1
    assert page.errors == []


async def test_ly8_hostile_lengths_never_overflow(page, tmp_path):
    every, faults = every_layout(), []
    await page.emulate_media(media="print")
    for seed in range(DECKS):
        await opened(page, spoiled(every, seed), tmp_path)
        faults += [f"seed {seed}: {fault}" for fault in await page.evaluate(OVERFLOWS)]
    assert sorted(set(faults)) == []
    assert page.errors == []


async def test_a_figure_opens_its_proof_by_mouse_and_keyboard(page, bundle, tmp_path):
    await opened(page, bundle, tmp_path, "#s2")
    figure = page.locator("#s2 .figure").first
    ref = await figure.get_attribute("data-ref")
    await figure.click()
    shown = await page.inner_text(".panel")
    assert ref in shown
    assert "SELECT" in shown
    await page.keyboard.press("Escape")
    assert await page.locator(".panel").count() == 0
    await figure.focus()
    await page.keyboard.press("Enter")
    assert await page.locator(".panel").count() == 1


async def test_overview_and_dark_mode_work_by_key(page, bundle, tmp_path):
    await opened(page, bundle, tmp_path)
    await page.keyboard.press("o")
    assert await page.locator(".slide:visible").count() == len(bundle.deck.slides)
    await page.keyboard.press("Escape")
    await page.keyboard.press("d")
    ground = await page.evaluate(
        "getComputedStyle(document.querySelector('.canvas')).backgroundColor"
    )
    assert ground == "rgb(19, 27, 35)"


async def test_rs1_a_phone_gets_a_column_without_sideways_scroll(page, bundle, tmp_path):
    await page.set_viewport_size({"width": 360, "height": 740})
    await opened(page, bundle, tmp_path)
    await page.wait_for_function("innerWidth === 360")
    assert await page.locator(".slide:visible").count() == len(bundle.deck.slides)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await page.locator(".chart.wide:visible").count() == 0
    assert await page.locator(".chart.narrow:visible").count() >= 2


async def test_without_script_all_slides_show(bundle, tmp_path, page):
    context = await page.context.browser.new_context(java_script_enabled=False)
    plain = await context.new_page()
    await opened(plain, bundle, tmp_path)
    assert await plain.locator(".slide:visible").count() == len(bundle.deck.slides)


async def test_rs5_print_puts_one_slide_on_a_page(page, bundle, tmp_path):
    await opened(page, bundle, tmp_path)
    pdf = await page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == len(bundle.deck.slides)
