"""The page as a person uses it, in a real browser before all real services."""

from __future__ import annotations

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(120),
    pytest.mark.asyncio(loop_scope="module"),
]


async def ask(page, question):
    await page.fill("#ask", question)
    await page.click("#go")


async def test_the_default_space_is_chosen_and_offers_its_questions(page):
    chosen = await page.eval_on_selector("#space", "s => s.selectedOptions[0].textContent")
    assert chosen == "New York flights 2013"
    samples = page.locator("#samples button")
    assert await samples.count() >= 2
    await samples.first.click()
    assert await page.input_value("#ask") == await samples.first.inner_text()


async def test_asking_shows_the_work_live_and_ends_in_a_deck_with_evidence(page):
    await ask(page, "average departure delay by month in 2013")
    await page.wait_for_selector("#queries li")
    await page.wait_for_selector("#thumbs li")
    await page.wait_for_selector("#deck-box:not([hidden])")
    assert await page.locator("#stages .done").count() == 6
    assert await page.locator("#facts li").count() >= 1
    assert "sentences proved" in await page.inner_text("#cost")
    deck = page.frame_locator("#deck")
    await deck.locator("#s1").wait_for()
    await deck.locator("body").press("ArrowRight")
    figure = deck.locator(".slide.current .figure").first
    await figure.click()
    assert "SELECT" in await deck.locator(".panel").inner_text()
    await page.click("#calls summary")
    assert "curl" in await page.inner_text("#call-list")
    async with page.expect_download() as started:
        await page.click("#download")
    assert (await started.value).suggested_filename.endswith(".html")


async def test_a_question_back_can_be_answered_with_a_click(page):
    await ask(page, "Who is the CEO of Delta?")
    await page.wait_for_selector("#clarify:not([hidden])")
    await page.locator("#suggestions button").first.click()
    await page.wait_for_selector("#deck-box:not([hidden])")
    assert await page.is_hidden("#clarify")


async def test_a_reload_goes_on_where_it_was_and_earlier_decks_can_be_searched(page):
    await ask(page, "average arrival delay by airline")
    await page.wait_for_selector("#deck-box:not([hidden])")
    await page.reload()
    await page.wait_for_selector("#deck-box:not([hidden])")
    before = await page.locator("#decks li").count()
    assert before >= 1
    await page.fill("#search", "nothing has this name")
    await page.wait_for_selector("#no-decks:not([hidden])")
    await page.fill("#search", "")
    await page.wait_for_selector("#decks li")


async def test_the_keyboard_alone_makes_a_deck(page):
    await page.focus("#ask")
    await page.keyboard.type("cancelled share by month")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector("#deck-box:not([hidden])")


async def test_a_wrong_question_says_what_to_change(page):
    await page.eval_on_selector("#ask", "e => e.removeAttribute('required')")
    await ask(page, "   ")
    await page.wait_for_selector("#problem:not([hidden])")
    assert "empty" in await page.inner_text("#problem")


async def test_a_phone_has_no_sideways_scroll(page):
    await page.set_viewport_size({"width": 360, "height": 740})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


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
