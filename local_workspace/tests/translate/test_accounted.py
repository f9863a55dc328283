"""The last check: a plan that does not show a word of the question is no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from local_workspace.spaces import Catalog
from local_workspace.translate import Answer, translate
from local_workspace.translate.accounted import contradiction, missing
from local_workspace.translate.chunks import chunks
from local_workspace.translate.lexicon import lexicon_of
from local_workspace.translate.plan import OneOf, Plan


def planned(question: str, catalog: Catalog) -> Plan:
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    assert answer.plan is not None
    return answer.plan


@pytest.mark.parametrize(
    ("question", "dropped", "word"),
    [
        ("revenue by region in 2024", {"where": ()}, "2024"),
        ("revenue by region without Online", {"where": ()}, "Online"),
        ("top 3 products by revenue", {"limit": None, "order": None}, "top"),
        ("top 3 products by revenue", {"limit": 5}, "3"),
        ("revenue and profit by region", {"groups": ()}, "region"),
    ],
)
def test_what_a_plan_drops_is_missed(
    question: str, dropped: dict[str, object], word: str, shop: Catalog
) -> None:
    plan = planned(question, shop)
    found = chunks(question, lexicon_of(shop))
    assert missing(found, plan, shop) == []
    poorer = replace(plan, **dropped)  # type: ignore[arg-type]
    assert word in {chunk.text for chunk in missing(found, poorer, shop)}


def test_two_values_of_one_column_at_once_are_a_contradiction(shop: Catalog) -> None:
    plan = planned("online revenue by region", shop)
    (condition,) = plan.where
    assert isinstance(condition, OneOf)
    assert contradiction(plan) is None
    other = replace(condition, values=("In-store",))
    assert "nothing is both" in str(contradiction(replace(plan, where=(condition, other))))
