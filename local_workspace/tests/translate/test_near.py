"""Names that are offered for a word that nothing explains, and rows that tie."""

from __future__ import annotations

import pytest
from local_workspace.translate import Answer, Clarification, translate
from local_workspace.translate.near import names_near


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("wage", []),
        ("CEO", []),
        ("fate", []),
        ("rains", "precipitation"),
        ("temperture", "temperature"),
        ("manufacturor", "manufacturer"),
        ("visibilty", "visibility"),
    ],
)
def test_only_what_looks_alike_is_offered(flights, typed, offered):
    near = names_near(typed, flights)
    assert (near[0] == offered) if offered else near == []


def test_names_are_offered_as_people_read_them(flights):
    labels = {c.label for t in flights.tables.values() for c in t.columns.values()}
    labels |= {t.row for t in flights.tables.values()}
    told = (*flights.measures, *flights.filters, *flights.dimensions)
    labels |= {e.name.replace("_", " ") for e in told}
    for word in ("distances", "departing", "arrivals", "delays", "airports", "carriers"):
        assert set(names_near(word, flights)) <= labels


def test_a_far_word_gets_questions_and_no_names(flights):
    answer = translate("Who is the CEO of Delta?", flights)
    assert isinstance(answer, Clarification)
    assert "Did you mean" not in answer.text
    assert answer.suggestions


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("flights by airline and origin", "ORDER BY 3 DESC NULLS LAST, 1, 2"),
        ("flights by month, origin and airline", "ORDER BY 1, 4 DESC, 2, 3"),
        ("top 2 airlines for each origin by flights", "NULLS LAST, "),
    ],
)
def test_rows_that_tie_stand_in_one_order(flights, question, order):
    answer = translate(question, flights)
    assert isinstance(answer, Answer)
    assert order in answer.sql
