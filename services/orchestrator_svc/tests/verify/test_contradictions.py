"""One slide against another: what contradicts, and what only looks as if."""

import random
from datetime import date

import cinema
import pytest
from aislides.deck.v1.deck_pb2 import Deck, Layout, Slide
from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind, RowFilter
from aislides.deck.v1.table_pb2 import Value
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext, verify_deck
from result_building import result


def slides(*texts):
    return [
        Slide(id=f"s{at}", layout=Layout.LAYOUT_FINDING, headline=parse_text(text))
        for at, text in enumerate(texts, 1)
    ]


def against(*texts, facts=(), context=None):
    """Slides that contradict an earlier one."""
    known = context or cinema.context()
    tables = [table.result for table in known.tables.values()]
    both = VerifyContext([*known.facts.values(), *facts], tables, known.question)
    found = verify_deck(Deck(slides=slides(*texts)), both)
    return [one.slide_id for one in found if "CONTRADICTS_SLIDE" in one.codes]


def another(name, **values):
    """The same fact from another query, with other values."""
    fact = Fact()
    fact.CopyFrom(cinema.context().facts[cinema.ids()[name]])
    fact.id = "f90"
    for value in fact.values:
        if isinstance(values.get(value.name), str):
            value.value.CopyFrom(Value(text=values[value.name]))
        elif value.name in values:
            value.value.CopyFrom(Value(number=values[value.name]))
    return fact


def told(name, value):
    return f"{{{cinema.ids()[name]}.{value}}}"


def test_one_group_has_one_value():
    other = another("film", first_value=700_000.0)
    first = f"{told('film', 'first')} earned {told('film', 'first_value')}"
    assert against(first, "{f90.first} earned {f90.first_value}", facts=[other]) == ["s2"]


def test_two_roundings_of_one_figure_are_one_value():
    other = another("film", first_value=910_900.0)
    first = f"{told('film', 'first')} earned {told('film', 'first_value')}"
    assert against(first, "{f90.first} earned {f90.first_value}", facts=[other]) == []


@pytest.mark.parametrize("limit", ["scope", "filter"])
def test_figures_of_a_part_of_the_data_are_others(limit):
    other = another("film", first_value=700_000.0, first="Night Train")
    if limit == "scope":
        other.scope.append("Berlin")
    else:
        other.filters.append(RowFilter(column="screenings", value=Value(integer=300)))
    first = f"{told('film', 'first')} earned {told('film', 'first_value')}"
    assert against(first, "{f90.first} earned {f90.first_value}", facts=[other]) == []


def test_one_ranking_has_one_leader():
    other = another("film", first="Night Train")
    first = f"{told('film', 'first')} leads"
    assert against(first, "{f90.first} leads", facts=[other]) == ["s2"]
    assert against(first, f"{told('fill', 'first')} sells most of its seats") == []


def test_no_figure_lies_beyond_the_leader():
    other = another("film", second_value=990_000.0, first="Harvest Moon")
    first = f"{told('film', 'first')} has the highest ticket revenue"
    assert against(first, "{f90.second} earned {f90.second_value}", facts=[other]) == ["s2"]
    near = another("film", second_value=630_000.0)
    assert against(first, "{f90.second} earned {f90.second_value}", facts=[near]) == []


def test_shares_and_periods_of_one_measure_are_no_second_value():
    assert (
        against(
            f"{told('film', 'first')} made {told('film', 'share')}",
            f"{told('chan', 'first')} made {told('chan', 'share')}",
            f"{told('year', 'last')} in {told('year', 'last_period')}",
            f"{told('trend', 'end')} in {told('trend', 'end_period')}",
            f"A usual {told('seas', 'peak_period')} brings {told('seas', 'peak')}",
            f"{told('tot', 'total')} in all",
        )
        == []
    )


def visits():
    """Months of visits with one lasting rise."""
    rng = random.Random(3)
    return [
        [date(2022 + at // 12, at % 12 + 1, 1), (90 if at < 18 else 140) + rng.gauss(0, 2)]
        for at in range(36)
    ]


@pytest.mark.parametrize(
    ("day", "turned", "expected"),
    [("2024-06-01", False, ["s2"]), ("2023-08-01", False, []), ("2024-06-01", True, [])],
)
def test_one_lasting_change_has_one_date(day, turned, expected):
    """Dates a month apart may be two readings of one change, and a fall is no rise."""
    made = [result("month visits", visits())]
    facts = find_facts(made)
    shift = next(one for one in facts if one.kind == FactKind.FACT_KIND_LEVEL_SHIFT)
    other = Fact()
    other.CopyFrom(shift)
    other.id = "f90"
    next(one for one in other.values if one.name == "shift_period").value.date = day
    for claim in other.claims:
        if turned and claim.kind == ClaimKind.CLAIM_KIND_UP:
            claim.kind = ClaimKind.CLAIM_KIND_DOWN
    context = VerifyContext([*facts, other], made, "How did visits develop?")
    first = f"Visits have been higher since {{{shift.id}.shift_period}}"
    second = "Visits have been higher since {f90.shift_period}"
    assert against(first, second, context=context) == expected


def test_a_trend_has_one_direction_in_advice_too():
    assert against("Stop the decline in ticket revenue") == ["s1"]
    assert against("Build on the growth in ticket revenue") == []
    assert against("Ask what is behind the decline in screenings") == []
