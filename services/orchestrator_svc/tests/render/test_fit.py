"""Fitting by measure alone. `AISLIDES_FIT_SPECS=10000` tries the whole number."""

from __future__ import annotations

import os
import random

import pytest
from aislides.deck.v1 import deck_pb2
from every_layout import every_layout
from hostile import spoil_slide, text, words
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.render.fit import fit_slides
from orchestrator_svc.render.layout import BODY_BOTTOM, BODY_TOP, BOXES, FRAME, box
from orchestrator_svc.render.measure import BOLD, REGULAR, wrap
from orchestrator_svc.render.scene import Scene
from orchestrator_svc.render.themes import load_theme

SPECS = int(os.environ.get("AISLIDES_FIT_SPECS", "1000"))
ROWS = {"": (20, 40, 56), "close": (18, 28, 40), "dense": (16, 20, 28)}
"""Size and padding of rows, and padding of actions, by the name of the step."""
BESIDE = {"": 18, "dense": 16}


@pytest.fixture(scope="module")
def bundle():
    return every_layout()


def scene_of(bundle):
    facts = {fact.id: fact for fact in bundle.facts}
    tables = {item.id: Table(item) for item in bundle.results}
    return Scene(bundle, facts, tables, load_theme("professional"))


def high(said, room, size, weight, leading):
    return len(wrap(said, room, size, weight)) * size * leading if said else 0.0


def claim(scene, point):
    said = scene.plain(point.lead)
    return said if not said or said.endswith((".", "?", "!")) else f"{said}."


def overflow(scene, item):
    """What of a fitted slide is taller than its box, by the sizes that the style sheet gives."""
    slide, boxes = item.slide, BOXES[item.kind]
    if item.kind == "cover":
        return []
    size = 26 if item.small_headline else 30
    lines = wrap(scene.plain(slide.headline), FRAME["headline"].width, size, BOLD, tracking=-0.02)
    found = [] if len(lines) <= item.lines <= 2 else [f"headline of {len(lines)} lines"]
    if not slide.points:
        return found
    if "readings" in boxes:
        place, size = box(item.kind, "readings", lines=item.lines), BESIDE[item.step]
        each = [
            high(claim(scene, p), 315, size, BOLD, 1.45)
            + high(scene.plain(p.text), 315, size, REGULAR, 1.45)
            for p in slide.points
        ]
        used = sum(each) + 26 * (len(each) - 1)
    elif "strip" in boxes:
        place, size = box(item.kind, "strip"), BESIDE[item.step]
        wide = (1152 - 44 * (len(slide.points) - 1)) / len(slide.points)
        used = 15 + max(
            high(claim(scene, p), wide, size, BOLD, 1.45)
            + high(scene.plain(p.text), wide, size, REGULAR, 1.45)
            for p in slide.points
        )
    else:
        actions = "actions" in boxes
        name = "actions" if actions else "statements"
        place = box(item.kind, name, lines=item.lines)
        size, rows, acts = ROWS[item.step]
        wide = 1152 - 280 - (52 if actions else 0)
        padding = acts if actions else rows
        used = sum(
            max(
                high(claim(scene, p), 260, size, BOLD, 1.35),
                high(scene.plain(p.text), wide, size, REGULAR, 1.35),
            )
            + padding
            for p in slide.points
        )
        if item.kind == "limits":
            used += sum(
                14 + high(scene.plain(r), 1152, 15, REGULAR, 1.45)
                for r in scene.bundle.deck.remarks
            )
    return [*found, *([f"{used:.0f} px in {place.height:g}"] if used > place.height else [])]


def told(scene, parts):
    """All words of the points and notes of some slides."""
    texts = [scene.plain(p.text) for part in parts for p in part.slide.points]
    return " ".join([*texts, *(scene.plain(part.slide.notes) for part in parts)])


def test_ly8_hostile_specs_fit_by_measure_and_lose_no_word(bundle):
    scene, faults, split = scene_of(bundle), [], 0
    layouts = [s for s in bundle.deck.slides if s.layout != deck_pb2.LAYOUT_APPENDIX]
    for seed in range(SPECS):
        dice = random.Random(seed)
        given = deck_pb2.Slide()
        given.CopyFrom(dice.choice(layouts))
        spoil_slide(given, dice)
        parts = fit_slides(scene, [given])
        split += len(parts) > 1
        faults += [(seed, item.kind, fault) for item in parts for fault in overflow(scene, item)]
        shown = told(scene, parts)
        for point in given.points:
            wordings = [scene.plain(one) for one in (point.text, *point.text_alternates)]
            if given.layout != deck_pb2.LAYOUT_COVER and not any(w in shown for w in wordings):
                faults.append((seed, parts[0].kind, "a point is lost"))
    assert faults == []
    assert split > SPECS / 20


def finding(*sentences, alternates=()):
    slide = deck_pb2.Slide(id="s1", layout=deck_pb2.LAYOUT_FINDING, headline=parse_text("It rose"))
    slide.exhibits.add().chart.result_id = "r1"
    for said in sentences:
        point = slide.points.add(lead=parse_text("A claim"), text=parse_text(said))
        point.text_alternates.extend(text(one) for one in alternates)
    return slide


def test_ly8_shorter_wording_comes_before_the_smaller_step(bundle):
    long, short = "many words that say it at length " * 9, "few words say it"
    (only,) = fit_slides(scene_of(bundle), [finding(long, long, alternates=[short])])
    assert only.step == ""
    assert short in told(scene_of(bundle), [only])


def test_ly8_the_smaller_step_comes_before_another_slide(bundle):
    (only,) = fit_slides(scene_of(bundle), [finding("words that say it " * 12, "words " * 60)])
    assert only.step == "dense"


def test_ly8_what_does_not_fit_at_the_smaller_step_goes_on(bundle):
    first, more = fit_slides(scene_of(bundle), [finding("words " * 80, "words " * 80)])
    assert (first.kind, more.kind, more.continued) == ("finding", "words", True)
    assert not more.slide.exhibits


def test_ly3_an_exhibit_whose_readings_all_go_on_takes_the_whole_width(bundle):
    first, *more = fit_slides(scene_of(bundle), [finding("words " * 300)])
    assert (first.kind, first.bare) == ("full-width", True)
    assert [item.kind for item in more] == ["words"]


def test_all_boxes_stand_inside_the_margins_and_the_body():
    for kind, boxes in BOXES.items():
        for name, place in boxes.items():
            if kind == "cover":
                continue
            for lines in (1, 2):
                moved = box(kind, name, lines=lines)
                assert moved.left >= 64
                assert moved.left + moved.width <= 1216
                assert moved.top >= BODY_TOP[0]
                assert moved.bottom <= BODY_BOTTOM
                assert moved.height >= min(90, place.height)


def test_boxes_of_a_slide_do_not_overlap():
    for kind, boxes in BOXES.items():
        names = list(boxes) if kind != "cover" else []
        for lines in (1, 2):
            places = [box(kind, name, lines=lines) for name in names]
            for at, one in enumerate(places):
                for other in places[at + 1 :]:
                    beside = one.left + one.width <= other.left
                    assert beside or one.bottom <= other.top, (kind, lines)


def test_hostile_words_are_of_many_kinds():
    kinds = {words(random.Random(seed))[:1] for seed in range(60)}
    assert {"", "W", "日", "a"} <= kinds
