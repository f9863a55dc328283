"""How many groups rose and fell between two spans, and who went against."""

from datetime import date

import pytest
from aislides.deck.v1.deck_pb2 import DeckBundle
from aislides.deck.v1.fact_pb2 import FactKind
from orchestrator_svc.deck.text import print_text
from orchestrator_svc.deck.values import to_python
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.evidence import evidence
from orchestrator_svc.verify import VerifyContext, verify_text
from result_building import result

STORES = ("Aa", "Bb", "Cc", "Dd", "Ee", "Ff")
AVERAGES = "SELECT year, store, avg(price) AS avg_price, count(*) AS visits FROM t GROUP BY 1, 2"


def months(growth, *, start=2023, count=24):
    """Each store at 100 a month in its first year, then by its growth."""
    return [
        [
            date(start + at // 12, at % 12 + 1, 1),
            store,
            100.0 * (1 + growth.get(store, 0.1) * (at // 12)),
        ]
        for store in STORES
        for at in range(count)
    ]


def breadth(results, measure="total_revenue", *, near=True):
    for fact in find_facts(results):
        wanted = "the one before" if near else "an earlier one"
        if fact.measure == measure and fact.says.endswith(wanted) and "rose and fell" in fact.says:
            return fact
    return None


def values(fact):
    return {value.name: to_python(value.value) for value in fact.values}


def shown(text, fact):
    return print_text(text, {fact.id: fact}, "en-GB")


def test_whole_years_are_compared_group_by_group():
    table = result("month store total_revenue", months({"Cc": -0.2}))
    fact = breadth([table])
    assert fact.kind == FactKind.FACT_KIND_CONTRIBUTION
    assert shown(fact.headline, fact) == (
        "Total revenue rose for 5 of 6 stores in 2024, and fell for Cc"
    )
    told = values(fact)
    assert (told["groups"], told["rose"], told["fell"]) == (6, 5, 1)
    assert told["faller"] == "Cc"
    assert told["faller_change"] == pytest.approx(-240.0)
    assert told["faller_change_share"] == pytest.approx(-0.2)
    assert told["change"] == pytest.approx(5 * 120 - 240)


def test_what_a_fact_says_is_proved_and_has_evidence():
    table = result("month store total_revenue", months({"Cc": -0.2, "Dd": -0.1, "Ee": -0.3}))
    fact = breadth([table])
    context = VerifyContext([fact], [table], "Which stores fell?")
    for text in (fact.headline, fact.sentence, *fact.caveats):
        assert verify_text(text, [fact.id], context) == []
    bundle = DeckBundle(results=[table], facts=[fact])
    for value in fact.values:
        found = evidence(bundle, f"{fact.id}.{value.name}")
        assert found.recomputed == value.value
    assert evidence(bundle, f"{fact.id}.fell").row_count == len(table.rows)


def test_all_rose_says_so_and_one_name_less_than_three_groups_is_none():
    fact = breadth([result("month store total_revenue", months({}))])
    assert shown(fact.headline, fact) == "Total revenue rose for all 6 stores in 2024"
    pair = [row for row in months({}) if row[1] in ("Aa", "Bb")]
    assert breadth([result("month store total_revenue", pair)]) is None


def test_who_stood_still_moved_neither_way():
    assert breadth([result("month store total_revenue", months(dict.fromkeys(STORES, 0)))]) is None
    one = {"Aa": 0.0}
    fact = breadth([result("month store total_revenue", months(one))])
    assert (values(fact)["rose"], values(fact)["fell"]) == (5, 0)
    assert shown(fact.headline, fact) == "Total revenue rose for 5 of 6 stores in 2024"


def test_a_group_that_one_year_lacks_is_not_compared_and_told():
    rows = [row for row in months({"Cc": -0.2}) if row[1] != "Aa" or row[0].year == 2024]
    fact = breadth([result("month store total_revenue", rows)])
    assert values(fact)["groups"] == 5
    assert [shown(one, fact) for one in fact.caveats] == [
        "Only stores with a value in both are compared; 1 lack one."
    ]


def test_means_are_weighted_and_years_also_compared_over_the_whole_span():
    rows = [
        [2020 + year, store, 50.0 + year * (3 if store != "Bb" else -2), 100 + at]
        for at, store in enumerate(STORES)
        for year in range(4)
    ]
    table = result("year store avg_price visits", rows, sql=AVERAGES)
    near, far = breadth([table], "avg_price"), breadth([table], "avg_price", near=False)
    assert values(near)["previous_period"] == 2022
    assert shown(far.headline, far) == (
        "Average price rose for 5 of 6 stores between 2020 and 2023, and fell for Bb"
    )
    assert "change" not in values(far)


def test_a_few_quarters_are_compared_with_the_same_of_the_year_before():
    rows = [
        [date(2023 + at // 4, at % 4 * 3 + 1, 1), store, 100.0 + 10 * at]
        for store in STORES
        for at in range(6)
    ]
    fact = breadth([result("quarter store total_revenue", rows)], near=False)
    told = values(fact)
    assert (told["previous_period"], told["last_period"]) == (date(2023, 4, 1), date(2024, 4, 1))


def test_cut_results_are_not_compared():
    table = result("month store total_revenue", months({"Cc": -0.2}), truncated=True)
    assert breadth([table]) is None
