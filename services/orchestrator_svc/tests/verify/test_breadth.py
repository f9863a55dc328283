"""Claims about how many groups moved: all, most, all but one, only one, none."""

import re
from datetime import date
from functools import lru_cache

import pytest
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext, verify_text
from result_building import result

STORES = ("Acton", "Brent", "Croydon", "Dulwich", "Ealing", "Fulham")
ONE_FELL = {"Croydon": -0.2}
MOST_FELL = dict.fromkeys(STORES[:4], -0.1)

TRUE = {
    "one": (
        "Revenue rose in {rose} of {groups} stores.",
        "Revenue rose in most stores in {last_period}.",
        "Revenue rose in all but one store.",
        "Every store but {faller} grew.",
        "All stores except {faller} grew.",
        "Only {faller} fell.",
        "{faller} was the only store where revenue fell.",
        "Revenue rose in {rose} stores and fell in {fell}.",
        "{share_rose} of stores grew.",
        "{faller} fell by {faller_change_share}.",
    ),
    "most": (
        "Revenue fell in {fell} of {groups} stores.",
        "Two thirds of the stores fell.",
        "Revenue fell in most stores and rose in {rose}.",
        "Only {rose} of {groups} stores grew.",
        "A third of the stores grew.",
    ),
    "none": (
        "Revenue rose in all {groups} stores.",
        "Every store grew.",
        "No store fell.",
        "None of the stores fell.",
    ),
}
LIES = {
    "one": (
        "Revenue fell in {rose} of {groups} stores.",
        "Revenue rose in all stores.",
        "Every store grew in {last_period}.",
        "No store fell.",
        "None of the stores fell.",
        "Revenue fell in most stores.",
        "Half of the stores fell.",
        "Few stores grew.",
        "Only {riser} fell.",
        "Only {faller} rose.",
        "{faller} rose in {last_period}.",
        "All but two stores grew.",
        "All stores except {riser} grew.",
        "Revenue rose in {groups} stores.",
        "{rose} stores fell.",
        "Revenue rose across the board.",
        "The rise was driven by {riser}.",
    ),
    "most": (
        "Most stores grew.",
        "Revenue rose in most stores and fell in {rose}.",
        "Two thirds of the stores grew.",
        "Only {riser} grew.",
        "All stores fell.",
        "A third of the stores fell.",
    ),
    "none": (
        "Revenue fell in all {groups} stores.",
        "No store grew.",
        "Revenue rose in half of the stores.",
        "Revenue rose in most stores but fell in one.",
    ),
}
GROWTH = {"one": ONE_FELL, "most": MOST_FELL, "none": {}}


@lru_cache
def material(case):
    rows = [
        [date(2023 + at, 1, 1), store, 100.0 * (1 + GROWTH[case].get(store, 0.1) * at)]
        for store in STORES
        for at in range(2)
    ]
    made = [result("year store total_revenue", rows, sql="SELECT year, store, sum(x) FROM t")]
    fact = next(one for one in find_facts(made) if "rose and fell" in one.says)
    return fact, VerifyContext([fact], made, "How did revenue develop by store?")


def faults(case, text):
    fact, context = material(case)
    written = re.sub(r"\{(\w+)\}", rf"{{{fact.id}.\1}}", text)
    return [(one.code, one.words) for one in verify_text(parse_text(written), [fact.id], context)]


@pytest.mark.parametrize(("case", "text"), [(c, t) for c, ts in TRUE.items() for t in ts])
def test_true_claims_are_proved(case, text):
    assert faults(case, text) == []


@pytest.mark.parametrize(("case", "text"), [(c, t) for c, ts in LIES.items() for t in ts])
def test_false_claims_are_marked(case, text):
    assert faults(case, text)
