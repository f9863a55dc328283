"""Repair: a faulty sentence becomes a fact's own, or goes."""

from __future__ import annotations

from aislides_analyst import repair

FACTS = [
    {
        "id": "f1",
        "kind": "leader",
        "values": {"first": {"v": "A", "display": "A"}, "gap": {"v": 2, "display": "2"}},
        "headline": "{f1.first} leads by {f1.gap}",
        "sentence": "{f1.first} is ahead by {f1.gap}.",
        "lead": "The leader",
        "result": "r1",
    },
    {
        "id": "f2",
        "kind": "level",
        "values": {"mean": {"v": 7, "display": "7"}},
        "headline": "The level was {f2.mean}",
        "sentence": "The level was {f2.mean} overall.",
        "lead": "The level",
        "result": "r1",
    },
]


def repaired(slide, *fields):
    faults = [{"slide": 0, "field": f, "code": "X", "words": "w", "hint": "h"} for f in fields]
    answer = repair({"task": "repair", "slides": [slide], "faults": faults, "facts": FACTS})
    (only,) = answer["slides"]
    return only


def point(text, *facts, lead="Lead"):
    return {"lead": lead, "text": text, "facts": list(facts)}


def test_a_faulty_point_becomes_the_template_of_its_fact():
    slide = {"layout": "finding", "headline": "H", "points": [point("It doubled.", "f1")]}
    assert repaired(slide, "points[0].text")["points"] == [
        point("{f1.first} is ahead by {f1.gap}.", "f1", lead="The leader")
    ]


def test_a_faulty_point_without_a_fact_goes():
    slide = {"layout": "finding", "headline": "H", "points": [point("It doubled."), point("B.")]}
    assert repaired(slide, "points[0].text")["points"] == [point("B.")]


def test_a_template_that_the_slide_says_already_is_not_said_again():
    said = point("{f1.first} is ahead by {f1.gap}.", "f1")
    slide = {"layout": "finding", "headline": "H", "points": [said, point("It doubled.", "f1")]}
    assert repaired(slide, "points[1].text")["points"] == [said]


def test_a_faulty_lead_alone_is_replaced_and_the_sentence_stays():
    slide = {"layout": "finding", "headline": "H", "points": [point("It is {f2.mean}.", "f2")]}
    assert repaired(slide, "points[0].lead")["points"] == [
        point("It is {f2.mean}.", "f2", lead="The level")
    ]


def test_a_faulty_headline_becomes_that_of_a_cited_fact():
    slide = {"layout": "finding", "headline": "All doubled", "points": [point("P.", "f2")]}
    assert repaired(slide, "headline")["headline"] == "The level was {f2.mean}"


def test_a_headline_without_cited_facts_takes_one_about_the_exhibit():
    slide = {"layout": "finding", "headline": "All doubled", "exhibit": {"result": "r1"}}
    assert repaired(slide, "headline")["headline"] == "{f1.first} leads by {f1.gap}"


def test_a_headline_that_no_fact_supports_becomes_neutral():
    slide = {"layout": "cover", "headline": "All doubled"}
    assert (
        repaired(slide, "headline")["headline"] == "These are the figures that answer the question"
    )


def test_faulty_captions_and_notes_go_and_unknown_key_figures_too():
    slide = {
        "layout": "summary",
        "headline": "H",
        "caption": "c",
        "notes": "n",
        "kpis": ["f2.mean", "f9.none"],
    }
    assert repaired(slide, "caption", "notes", "kpis[1]") == {
        "layout": "summary",
        "headline": "H",
        "kpis": ["f2.mean"],
    }


def test_slides_without_faults_come_back_as_they_were():
    slides = [{"layout": "cover", "headline": "A"}, {"layout": "limits", "headline": "B"}]
    assert repair({"slides": slides, "faults": [], "facts": FACTS}) == {"slides": slides}


def test_faults_that_point_nowhere_change_nothing():
    slide = {"layout": "cover", "headline": "A"}
    faults = [{"slide": 7, "field": "headline"}, {"slide": "x"}, None, {"slide": 0, "field": "?"}]
    assert repair({"slides": [slide], "faults": faults, "facts": []}) == {"slides": [slide]}
