"""The viewer in a real browser: each thing that it promises."""

from __future__ import annotations

import re

import pytest
from every_layout import every_layout
from orchestrator_svc.render.html import render_html
from playwright.async_api import expect

pytestmark = pytest.mark.browser

SHOWN = ".slide:visible"


@pytest.fixture(scope="module")
def html():
    bundle = every_layout()
    bundle.deck.slides[2].notes.spans.add(text="Say this slowly.")
    return render_html(bundle)


@pytest.fixture
def deck(html, tmp_path):
    path = tmp_path / "deck.html"
    path.write_bytes(html)
    return f"file://{path}"


async def test_ax4_keys_move_between_slides_and_the_address_follows(page, deck):
    await page.goto(deck)
    for key, slide in [
        *(("ArrowRight", "s2"), ("PageDown", "s3"), (" ", "s4"), ("ArrowLeft", "s3")),
        *(("PageUp", "s2"), ("End", "s16"), ("ArrowRight", "s16"), ("Home", "s1")),
    ]:
        await page.keyboard.press(key)
        assert await page.locator(SHOWN).get_attribute("id") == slide
        assert page.url.endswith(f"#{slide}")
        told = await page.inner_text(".quiet-live")
        assert told.startswith(f"Slide {slide[1:]} of 16: ")
    await page.goto(f"{deck}#s5")
    await page.reload()
    assert await page.locator(SHOWN).get_attribute("id") == "s5"
    assert await page.locator(".slide:not([inert])").count() == 1


async def test_a_slide_is_scaled_to_the_window(page, deck):
    await page.goto(deck)
    for wide, high in ((1280, 720), (1920, 1080), (1000, 900)):
        await page.set_viewport_size({"width": wide, "height": high})
        scale = min(wide / 1280, high / 720)
        # The window tells of its new size a moment later.
        await page.wait_for_function(
            """([width, left]) => {
              const box = document.querySelector('#s1 .canvas').getBoundingClientRect();
              return Math.abs(box.width - width) < 1 && Math.abs(box.x - left) < 1;
            }""",
            arg=[1280 * scale, (wide - 1280 * scale) / 2],
        )


async def test_swipes_move_and_scrolling_does_not(html, deck, page):
    context = await page.context.browser.new_context(
        has_touch=True, viewport={"width": 1024, "height": 768}
    )
    touched = await context.new_page()
    await touched.goto(deck)
    session = await context.new_cdp_session(touched)
    # A touch is told to the page after it is told to have been made: the page counts what came.
    await touched.evaluate(
        "() => { window.ended = 0; window.addEventListener('touchend', () => window.ended++); }"
    )

    async def swipe(x, y):
        ended = await touched.evaluate("() => window.ended")
        for kind, points in (
            ("touchStart", [{"x": 600, "y": 400}]),
            ("touchMove", [{"x": 600 + x, "y": 400 + y}]),
            ("touchEnd", []),
        ):
            await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        await touched.wait_for_function("before => window.ended > before", arg=ended)
        return await touched.locator(SHOWN).get_attribute("id")

    assert await swipe(-200, 10) == "s2"
    assert await swipe(-40, 0) == "s2"
    assert await swipe(-100, 90) == "s2"
    assert await swipe(200, 0) == "s1"
    await touched.goto(f"{deck}#s2")
    await touched.reload()
    await touched.locator("#s2 .figure").first.tap()
    await expect(touched.locator(".panel")).to_have_count(1)


async def test_the_overview_shows_all_and_opens_one(page, deck):
    await page.goto(deck)
    await page.keyboard.press("o")
    assert await page.locator(SHOWN).count() == 16
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    assert await page.locator(SHOWN).get_attribute("id") == "s3"
    await page.keyboard.press("o")
    await page.locator("#s7").click()
    await expect(page.locator(SHOWN)).to_have_id("s7")
    await page.keyboard.press("o")
    await page.keyboard.press("Escape")
    assert await page.locator(SHOWN).count() == 1


async def test_notes_and_presenter_view_work_in_a_sandboxed_frame(page, html, deck, tmp_path):
    (tmp_path / "frame.html").write_text(
        '<iframe sandbox="allow-scripts" src="deck.html#s2" width="1280" height="720"></iframe>'
    )
    await page.goto(deck.replace("deck.html", "frame.html"))
    frame = page.frame_locator("iframe")
    # By key: a busy browser learns late where the frame is that a pointer should meet.
    await frame.locator("#s2.current .figure").first.press("ArrowRight")
    await frame.locator("#s3.current").wait_for()
    await page.keyboard.press("p")
    await expect(frame.locator(SHOWN)).to_have_count(2)
    assert await frame.locator(".slide.next").get_attribute("id") == "s4"
    assert await frame.locator(".desk .said").inner_text() == "Say this slowly."
    assert await frame.locator(".desk .place").inner_text() == "3 / 16"
    assert re.fullmatch(r"0:\d\d", await frame.locator(".desk .clock").inner_text())
    one, other = [
        await frame.locator(f".slide.{name} .canvas").bounding_box() for name in ("current", "next")
    ]
    assert one["x"] + one["width"] <= other["x"]
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await expect(frame.locator("#s3 .notes")).to_be_visible()
    assert page.errors == []


async def test_dark_and_light_swap_and_paper_stays_light(page, deck):
    await page.goto(deck)
    ground = "getComputedStyle(document.querySelector('.canvas')).backgroundColor"
    light = await page.evaluate(ground)
    await page.keyboard.press("d")
    dark = await page.evaluate(ground)
    assert dark != light
    await page.emulate_media(media="print")
    assert await page.evaluate(ground) == light
    await page.emulate_media(media="screen", color_scheme="dark")
    await page.reload()
    assert await page.evaluate(ground) == dark
    await page.keyboard.press("d")
    assert await page.evaluate(ground) == light


async def test_full_screen_is_asked_for(page, deck):
    await page.goto(deck)
    await page.keyboard.press("f")
    await page.wait_for_function("document.fullscreenElement !== null")
    await page.keyboard.press("f")
    await page.wait_for_function("document.fullscreenElement === null")


async def test_a_mark_tells_its_value_by_mouse_and_opens_its_rows(page, deck):
    await page.goto(f"{deck}#s5")
    await page.locator("#s5 .chart.wide [data-tip]").first.hover()
    await expect(page.locator(".tip")).to_contain_text("15.1")
    await page.locator("#s5 .chart.wide text[data-row]").first.click()
    shown = await page.inner_text(".panel")
    assert "SELECT origin" in shown
    assert "avg_departure_delay_minutes" in shown
    await page.keyboard.press("Escape")
    assert await page.locator(".panel").count() == 0


async def test_a_point_of_a_line_has_a_tooltip_and_opens_its_row(page, deck):
    await page.goto(f"{deck}#s3")
    point = page.locator("#s3 .chart.wide .hit circle").nth(2)
    await point.hover(force=True)
    await expect(page.locator(".tip")).to_contain_text("Mar 2013: 13.2")
    await point.click(force=True)
    shown = await page.inner_text(".panel")
    assert "Mar 2013: 13.2" in shown
    assert "avg_departure_delay_minutes" in shown


async def test_ax2_data_opens_under_each_chart_by_mouse_and_keyboard(page, deck):
    await page.goto(f"{deck}#s3")
    rows = page.locator("#s3 .data .rows")
    assert not await rows.is_visible()
    await page.locator("#s3 .data summary").click()
    await expect(rows).to_be_visible()
    assert "Jul 2013" in await rows.inner_text()
    await page.locator("#s3 .data td").first.focus()
    await page.keyboard.press("Enter")
    assert "SELECT month" in await page.inner_text(".panel")
    await page.keyboard.press("Escape")
    await page.locator("#s3 .data summary").focus()
    await page.keyboard.press("Enter")
    assert await page.locator(SHOWN).get_attribute("id") == "s3"


async def test_reduced_motion_is_respected(page, deck):
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(deck)
    moving = """() => [...document.querySelectorAll('*')].filter(node =>
      parseFloat(getComputedStyle(node).transitionDuration) > 0).length"""
    assert await page.evaluate(moving) == 0


async def test_rs5_print_while_presenting_is_one_slide_a_page(page, deck):
    await page.goto(deck)
    await page.keyboard.press("p")
    await expect(page.locator(SHOWN)).to_have_count(2)
    pdf = await page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 16
