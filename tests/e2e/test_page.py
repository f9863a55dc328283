"""The page as a person uses it, in a real browser before all real services."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager

import pytest
from browser.axe import violations
from playwright.async_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.asyncio(loop_scope="module"),
]


# Buttons below the question are pressed by key: right after the page moved, the browser can still
# take a click for one on the frame that was at that place before.


async def ask(page, question):
    await page.fill("#ask", question)
    await page.click("#go")


@asynccontextmanager
async def still_at_work(page):
    """Within it the page does not hear that its deck has ended, however soon that is."""
    deck, looked = re.compile(r"/v1/decks/[0-9a-f]{32}$"), asyncio.Event()

    async def wait(route):
        await looked.wait()
        await route.fallback()

    await page.route(deck, wait)
    yield
    looked.set()


async def test_the_default_space_is_chosen_and_offers_its_questions(page):
    chosen = await page.eval_on_selector("#space", "s => s.selectedOptions[0].textContent")
    assert chosen == "New York flights 2013"
    samples = page.locator("#samples button")
    assert await samples.count() >= 2
    await samples.first.click()
    assert await page.input_value("#ask") == await samples.first.inner_text()


async def test_asking_shows_the_work_live_and_ends_in_a_deck_with_evidence(page):
    async with still_at_work(page):
        await ask(page, "average departure delay by month in 2013")
        await page.wait_for_selector("#queries li")
        await page.wait_for_selector("#thumbs li")
    await page.wait_for_selector("#deck-box:not([hidden])")
    assert await page.locator("#stages .done").count() == 6
    assert await page.locator("#facts li").count() >= 1
    assert "proved as written" in await page.inner_text("#cost")
    assert await page.locator("#thumbs .next").count() == 0
    deck = page.frame_locator("#deck")
    # By key, once the deck's own script has chosen a slide: a pointer needs the place that the
    # browser last reported for the frame, and a busy machine reports late. Decks without a frame
    # around them are clicked in the tests of the viewer.
    await deck.locator("#s1.current .figure").first.press("ArrowRight")
    await deck.locator("#s2.current .figure").first.press("Enter")
    assert "SELECT" in await deck.locator(".panel").inner_text()
    await page.locator("#calls > summary").press("Enter")
    assert "curl" in await page.inner_text("#call-list")
    async with page.expect_download() as started:
        await page.locator("#download-html").press("Enter")
    assert (await started.value).suggested_filename.endswith(".html")


async def test_slides_are_pictures_of_themselves_and_turn_the_deck(page):
    await ask(page, "average departure delay by month in 2013")
    await page.wait_for_selector("#deck-box:not([hidden])")
    thumbs = page.locator("#thumbs li")
    slides = int((await page.inner_text("#cost")).split()[0])
    assert await thumbs.count() == slides
    second = thumbs.nth(1)
    await second.scroll_into_view_if_needed()
    frame = second.frame_locator("iframe")
    headline = await frame.locator("h2").inner_text()
    assert headline and headline in await second.inner_text()
    assert await second.locator("iframe").get_attribute("sandbox") == ""
    small = re.compile(r"--scale: ?0\.[123]")
    await expect(second.locator(".still")).to_have_attribute("style", small)
    await second.locator("a").press("Enter")
    await page.frame_locator("#deck").locator("#s2.current").wait_for()


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_nothing_breaks_the_rules_of_accessibility(page, colours):
    await page.emulate_media(color_scheme=colours, reduced_motion="reduce")
    assert await violations(page) == []
    await ask(page, "Who is the CEO of Delta?")
    await page.wait_for_selector("#clarify:not([hidden])")
    assert await violations(page) == []
    async with still_at_work(page):
        await page.locator("#suggestions button").first.press("Enter")
        await page.wait_for_selector("#thumbs li")
        assert await violations(page) == []
    await page.wait_for_selector("#deck-box:not([hidden])")
    await page.locator("#made > summary").press("Enter")
    await page.locator("#calls > summary").press("Enter")
    await page.wait_for_selector("#call-list h4")
    assert await violations(page) == []
    await page.set_viewport_size({"width": 360, "height": 740})
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.goto(page.url.split("#")[0] + "docs")
    assert await violations(page) == []


async def test_work_can_be_cancelled(page):
    # The work itself takes a moment only: the last stage is held back until the button was used.
    await page.route("**/events", lambda route: route.abort())
    await ask(page, "average departure delay by airline in 2013")
    await page.wait_for_selector("#cancel:not([hidden])")
    cancelled = page.expect_response(lambda answer: answer.url.endswith(":cancel"))
    async with cancelled as answered:
        await page.press("#cancel", "Enter")
    assert (await answered.value).status == 200


async def test_a_question_back_can_be_answered_with_a_suggestion(page):
    await ask(page, "Who is the CEO of Delta?")
    await page.wait_for_selector("#clarify:not([hidden])")
    await page.locator("#suggestions button").first.press("Enter")
    await page.wait_for_selector("#deck-box:not([hidden])")
    assert await page.is_hidden("#clarify")


async def test_a_reload_goes_on_where_it_was_and_earlier_decks_can_be_searched(page):
    await ask(page, "average arrival delay by airline")
    await page.wait_for_selector("#deck-box:not([hidden])")
    await page.reload()
    await page.wait_for_selector("#deck-box:not([hidden])")
    await page.wait_for_selector("#decks li")
    await page.fill("#search", "nothing has this name")
    await page.wait_for_selector("#no-decks:not([hidden])")
    await page.fill("#search", "")
    await page.wait_for_selector("#decks li")


async def test_a_finished_deck_is_changed_in_words(page):
    await ask(page, "average departure delay by month in 2013")
    await page.wait_for_selector("#deck-box:not([hidden])")
    before = await page.locator("#thumbs li").count()
    await page.fill("#instruction", "Remove slide 3")
    await page.press("#instruction", "Enter")
    await expect(page.locator("#cost")).to_contain_text(f"{before - 1} slides")
    await expect(page.locator("#thumbs li")).to_have_count(before - 1)
    await page.fill("#instruction", "Sing")
    await page.press("#instruction", "Enter")
    await expect(page.locator("#problem")).to_contain_text("Not changed")
    await expect(page.locator("#deck-box")).to_be_visible()
    await expect(page.locator("#thumbs li")).to_have_count(before - 1)


async def tab_to(page, wanted):
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


async def test_the_keyboard_alone_asks_reads_and_opens_a_figure(page):
    await tab_to(page, "#ask")
    await page.keyboard.type("cancelled share by month")
    await tab_to(page, "#go")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#deck-box:not([hidden])")
    # Tab passes by a frame that is still loading, as there is nothing in it to stop at.
    deck = page.frame_locator("#deck")
    await deck.locator("#s1.current").wait_for()
    await tab_to(page, "#download-html")
    await tab_to(page, "#deck")
    # The frame learns a moment later that it has the focus.
    await expect(deck.locator("#s1 :focus")).to_have_count(1)
    await page.keyboard.press("ArrowRight")
    await deck.locator("#s2.current").wait_for()
    await page.keyboard.press("Tab")
    await expect(deck.locator("#s2 :focus")).to_have_attribute("data-ref", re.compile("."))
    await page.keyboard.press("Enter")
    assert "SELECT" in await deck.locator(".panel").inner_text()


async def test_control_and_enter_sends_the_question(page):
    await page.fill("#ask", "average arrival delay by month")
    await page.focus("#ask")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector("#work:not([hidden])")


async def test_a_wrong_question_says_what_to_change(page):
    await page.eval_on_selector("#ask", "e => e.removeAttribute('required')")
    await ask(page, "   ")
    await page.wait_for_selector("#problem:not([hidden])")
    assert "empty" in await page.inner_text("#problem")


async def test_without_the_gateway_the_page_says_so_and_comes_back(page):
    await page.route("**/v1/decks?*", lambda route: route.abort())
    await page.fill("#search", "delay")
    await page.wait_for_selector("#offline:not([hidden])")
    assert "cannot be reached" in await page.inner_text("#offline")
    await page.unroute("**/v1/decks?*")
    await page.press("#retry", "Enter")
    await page.wait_for_selector("#offline", state="hidden")


async def test_labels_name_every_control(page):
    unnamed = await page.evaluate(
        """() => [...document.querySelectorAll('input,select,textarea,button,iframe,a')]
            .filter(e => !(e.labels?.length || e.textContent.trim() || e.title || e.ariaLabel))
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert unnamed == []


async def test_rest_calls_are_listed_for_people(page, stack):
    await page.goto(stack.gateway_url + "/docs")
    assert "POST /v1/decks" in await page.inner_text("main")
