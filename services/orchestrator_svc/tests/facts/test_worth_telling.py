"""Findings that are none: shared first places, chance, one breakdown under two names, companions."""

from datetime import date

import pytest
from aislides.deck.v1.fact_pb2 import FactKind
from orchestrator_svc.deck.text import print_text
from orchestrator_svc.facts import find_facts
from result_building import result

LEADER = FactKind.FACT_KIND_LEADER
MEANS = "SELECT p AS patient, avg(`Rating (1-5)`) AS avg_rating, count(*) AS visits, " + (
    "count(`Rating (1-5)`) AS visits_with_rating FROM t.a.visits GROUP BY 1"
)


def of_kind(facts, kind):
    return [one for one in facts if one.kind == kind]


def test_a_first_place_that_several_share_is_told_as_a_range():
    rows = [["Ann", 5.0, 90], ["Bob", 5.0, 80], ["Cid", 3.0, 70], ["Dee", 2.0, 60]]
    (leader,) = [
        one
        for one in of_kind(find_facts([result("patient avg_rating visits", rows)]), LEADER)
        if one.measure == "avg_rating"
    ]
    printed = print_text(leader.headline, {leader.id: leader}, "en-GB")
    assert printed == "By patient, average rating ranged from 2 to 5"


def test_means_that_print_alike_have_no_first():
    rows = [["A", 1.0194, 90], ["B", 1.0189, 80], ["C", 1.0, 70], ["D", 0.94, 60]]
    facts = find_facts([result("branch spent_per_budget visits", rows)])
    (told,) = [f for f in of_kind(facts, LEADER) if f.measure == "spent_per_budget"]
    assert "ranged from" in print_text(told.headline, {told.id: told}, "en-GB")
    rows[0][1] = 1.13
    facts = find_facts([result("branch spent_per_budget visits", rows)])
    (told,) = [f for f in of_kind(facts, LEADER) if f.measure == "spent_per_budget"]
    assert print_text(told.headline, {told.id: told}, "en-GB").startswith("A had the highest")


def test_means_of_two_or_three_cases_each_are_not_ranked():
    rows = [[f"P{at}", 1.0 + at % 5, 2 + at % 2, 1 + at % 2] for at in range(40)]
    names = "patient avg_rating visits visits_with_rating"
    facts = find_facts([result(names, rows, sql=MEANS)])
    assert not [one for one in of_kind(facts, LEADER) if one.measure == "avg_rating"]


def test_a_mean_rests_on_the_rows_that_have_a_value():
    rows = [["Ann", 4.0, 900, 100], ["Bob", 2.0, 100, 100], ["Cid", 3.0, 50, 50]]
    names = "patient avg_rating visits visits_with_rating"
    facts = find_facts([result(names, rows, sql=MEANS)])
    (level,) = [one for one in facts if one.says == "overall mean of average rating"]
    assert {v.name: v.value.number or v.value.integer for v in level.values}["mean"] == 3.0


def test_a_breakdown_that_only_renames_another_is_told_once():
    sizes = (400.0, 300.0, 200.0, 50.0)
    styles = result("style total_loss", [[f"style {n}", n] for n in sizes])
    beers = result("beer total_loss", [[f"beer {n}", n] for n in sizes], id="r2")
    other = result("tank total_loss", [["T1", 600.0], ["T2", 250.0], ["T3", 100.0]], id="r3")
    told = {one.dimension for one in of_kind(find_facts([styles, beers, other]), LEADER)}
    assert told == {"style", "tank"}


def test_a_contribution_is_no_change_of_season():
    seasons = {1: 40.0, 4: 100.0, 7: 140.0, 10: 60.0}
    quarters = [(2023, q) for q in (4, 7, 10)] + [(2024, q) for q in (1, 4, 7, 10)]
    rows = [
        [date(year, q, 1), site, seasons[q] * size * (0.8 if (year, site) == (2024, "A") else 1)]
        for year, q in quarters
        for site, size in (("A", 1.0), ("B", 0.5), ("C", 0.3))
    ]
    facts = find_facts([result("quarter site total_revenue", rows)])
    parts = [one for one in facts if "parts in the change" in one.says]
    printed = [print_text(one.sentence, {one.id: one}, "en-GB") for one in parts]
    assert printed
    assert all("from Q4 2023 to Q4 2024" in text for text in printed)


@pytest.mark.parametrize("column", ["visits_with_rating", "visits_with_chair_minutes"])
def test_a_count_of_rows_with_a_value_is_told_by_what_it_counts(column):
    rows = [["Ann", 4.0, 900, 100], ["Bob", 2.0, 100, 90], ["Cid", 3.0, 50, 50]]
    names = f"patient avg_rating visits {column}"
    facts = find_facts([result(names, rows, sql=MEANS.replace("visits_with_rating", column))])
    (level,) = [one for one in facts if one.says == "overall mean of average rating"]
    assert "across 240\N{NO-BREAK SPACE}visits" in print_text(
        level.sentence, {level.id: level}, "en-GB"
    )
