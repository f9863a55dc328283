from __future__ import annotations

import jsonschema
import pytest
from aislides.deck.v1 import deck_pb2
from orchestrator_svc.deck.schema import MODEL_CHARTS, MODEL_LAYOUTS, SLIDE_SCHEMA
from orchestrator_svc.deck.spec import slide_from_json, slide_to_json


def exhibit(**more):
    return {"kind": "bar", "result": "r1", "x": "g", "y": ["n"], "sort": "desc", **more}


@pytest.mark.parametrize("layout", MODEL_LAYOUTS)
@pytest.mark.parametrize("kind", MODEL_CHARTS)
def test_what_a_model_may_write_comes_back_as_it_was(layout, kind):
    data = {
        "layout": layout,
        "headline": "It rose by {f1.change}",
        "caption": "What is shown",
        "exhibit": exhibit(kind=kind, highlight=["{f1.first}"], caption="Left"),
        "second": exhibit(caption="Right", highlight=[]),
        "points": [{"lead": "A claim", "text": "A sentence.", "facts": ["f1"]}],
        "notes": "Say it.",
    }
    jsonschema.validate(data, SLIDE_SCHEMA)
    slide = slide_from_json(data, "s1")
    assert slide_to_json(slide) == data


def test_small_multiples_name_the_column_that_splits_them():
    data = {
        "layout": "small_multiples",
        "headline": "Each rose",
        "exhibit": exhibit(kind="line", facet="region", highlight=[]),
    }
    slide = slide_from_json(data, "s1")
    assert slide.exhibits[0].chart.facet == "region"
    assert slide_to_json(slide) == data


def test_a_comparison_of_one_exhibit_is_a_finding():
    data = {"layout": "comparison", "headline": "It rose", "exhibit": exhibit()}
    assert slide_from_json(data, "s1").layout == deck_pb2.LAYOUT_FINDING
