"""Decks from recorded payloads: story, form and limits."""

from __future__ import annotations

import pytest
from aislides_analyst import write


def layouts(deck):
    return [slide["layout"] for slide in deck["slides"]]


def by_layout(deck, layout):
    return [slide for slide in deck["slides"] if slide["layout"] == layout]


@pytest.mark.parametrize("name", ["flights", "retail", "recorded"])
@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 40])
def test_every_deck_is_well_formed_within_any_limit(payload, well_formed, name, most):
    given = {**payload(name), "max_slides": most}
    well_formed(given, write(given))


def test_a_full_deck_tells_answer_summary_findings_advice_and_limits(payload):
    assert layouts(write(payload("flights"))) == [
        "cover",
        "summary",
        "finding",
        "finding",
        "finding",
        "finding",
        "recommendation",
        "limits",
    ]


def test_three_slides_are_answer_finding_and_limits(payload):
    assert layouts(write({**payload("flights"), "max_slides": 3})) == [
        "cover",
        "finding",
        "limits",
    ]


def test_the_cover_answers_with_course_and_leader(payload, printed):
    given = payload("flights")
    cover = write(given)["slides"][0]
    assert printed(given, cover["headline"]) == (
        "Average departure delay peaked in Jul 2013 and was highest for Newark Liberty Intl"
    )


def test_a_direction_is_told_before_a_season(payload, printed):
    given = payload("retail")
    cover = write(given)["slides"][0]
    assert printed(given, cover["headline"]).startswith("Total revenue rose by about")


def test_the_summary_has_key_figures_of_different_facts(payload):
    (summary,) = by_layout(write(payload("flights")), "summary")
    facts = [kpi.split(".")[0] for kpi in summary["kpis"]]
    assert 3 <= len(facts) <= 4
    assert len(set(facts)) == len(facts)
    assert len(summary["points"]) == 3


def test_every_finding_has_an_exhibit_and_two_or_three_readings(payload):
    for slide in by_layout(write(payload("flights")), "finding"):
        assert slide["exhibit"]["y"]
        assert 2 <= len(slide["points"]) <= 3
        assert all(point["facts"] for point in slide["points"])


def test_time_is_a_line_and_groups_are_sorted_bars(payload):
    exhibits = [s["exhibit"] for s in by_layout(write(payload("flights")), "finding")]
    assert [(e["kind"], e["sort"]) for e in exhibits] == [
        ("line", "none"),
        ("bar", "desc"),
        ("bar", "desc"),
        ("line", "none"),
    ]


def test_an_exhibit_highlights_what_its_headline_names(payload, printed):
    given = payload("flights")
    for slide in by_layout(write(given), "finding"):
        for mark in slide["exhibit"]["highlight"]:
            assert printed(given, mark) in printed(given, slide["headline"])


def test_a_caption_defines_measure_unit_breakdown_and_period(payload, printed):
    given = payload("flights")
    first = by_layout(write(given), "finding")[0]
    assert printed(given, first["caption"]) == (
        "Average departure delay in minutes by month, Jan 2013 to Dec 2013"
    )


def test_a_leader_on_few_observations_is_told_with_its_base(payload, printed):
    given = payload("flights")
    texts = [
        printed(given, point["text"])
        for slide in write(given)["slides"]
        for point in slide.get("points", [])
    ]
    assert any("Frontier" in text and "682 flights" in text for text in texts)


def test_groups_that_hardly_differ_are_told_as_a_range_and_not_advised(payload, printed):
    given = payload("retail")
    deck = write(given)
    headlines = [printed(given, slide["headline"]) for slide in deck["slides"]]
    assert any(text.startswith("By category, total revenue ranged from") for text in headlines)
    assert not by_layout(deck, "recommendation"), "a large share alone is no advice"


def test_advice_says_where_to_start_how_far_it_lies_off_and_what_it_would_bring(payload, printed):
    given = payload("flights")
    (advice,) = by_layout(write(given), "recommendation")
    assert printed(given, advice["headline"]) == (
        "Start with ExpressJet Airlines Inc., at 20.0 min against 12.6 min overall"
    )
    texts = [printed(given, point["text"]) for point in advice["points"]]
    assert texts[0].endswith("the figure rests on 51,356 flights.")
    assert "would come to 11.5 min" in texts[1]
    assert texts[2].startswith("Newark Liberty Intl stood at 15.1 min")


def test_the_limits_say_what_the_deck_rests_on(payload, printed):
    given = payload("flights")
    (limits,) = by_layout(write(given), "limits")
    texts = [printed(given, point["text"]) for point in limits["points"]]
    assert texts[0] == (
        "The figures rest on 328,521 flights from Jan 2013 to Dec 2013, so a recurring season cannot be shown."
    )
    assert "The data show what happened; why it happened was not tested." in texts


def test_title_and_subtitle_name_subject_base_and_period(payload, printed):
    given = payload("flights")
    deck = write(given)
    assert deck["title"] == "Average departure delay by month, origin, airline and hour of day"
    assert printed(given, deck["subtitle"]) == "328,521 flights, Jan 2013 to Dec 2013"


def test_facts_without_templates_are_told_from_their_values(payload, printed):
    given = payload("recorded")
    deck = write(given)
    text = " ".join(printed(given, p["text"]) for s in deck["slides"] for p in s.get("points", []))
    assert "EWR" in text


@pytest.mark.parametrize("given", [{}, {"facts": []}, {"facts": None, "results": None}])
def test_without_facts_the_deck_says_that_nothing_was_found(given):
    deck = write({"question": "How did it go?", "max_slides": 6, **given})
    assert layouts(deck) == ["cover", "limits"]
    assert deck["slides"][0]["headline"] == "The data gave no clear finding for this question"


def test_the_same_payload_gives_the_same_deck(payload):
    assert write(payload("flights")) == write(payload("flights"))


@pytest.mark.parametrize(
    "odd",
    [
        {"facts": [{"id": "f1", "kind": "leader", "values": {"first": {"v": None}}}]},
        {"facts": [{"id": "f1", "values": {"x": 3}}], "results": {"r1": {}}},
        {"facts": ["f1", None, {}, {"id": "f2"}], "results": []},
        {"facts": [{"id": "f1", "kind": "trend", "headline": "{f9.no} rose", "values": {"a": {}}}]},
        {
            "facts": [{"id": "f1", "kind": "level", "values": {"mean": {"v": 1.5}}}],
            "results": {"r1": {"columns": ["a", "b"], "rows": [[1], "x", [None, None]]}},
        },
    ],
)
def test_odd_payloads_never_fail(odd):
    deck = write({"question": "", "max_slides": 5, **odd})
    assert deck["slides"][0]["layout"] == "cover"
