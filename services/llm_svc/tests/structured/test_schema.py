import json

import pytest
from llm_svc.structured.schema import BadSchema, Shape, native, read_schema

SLIDE = {
    "type": "object",
    "required": ["layout", "headline"],
    "properties": {
        "layout": {"enum": ["cover", "finding"]},
        "headline": {"type": "string", "maxLength": 5},
        "kpis": {"type": "array", "items": {"type": "string", "pattern": "^f"}, "maxItems": 2},
        "extra": {"type": "object", "properties": {}, "additionalProperties": True},
    },
}
DECK = {
    "type": "object",
    "required": ["slides"],
    "properties": {
        "slides": {"type": "array", "items": SLIDE},
        "n": {"type": "integer", "minimum": 1},
    },
}


def slide(**more):
    return {"layout": "cover", "headline": "x", **more}


FAULTS = [
    (
        {"slides": [slide(headline="too long")]},
        "slides[0].headline: must have at most 5 characters, has 8",
    ),
    ({"slides": [{"layout": "cover"}]}, "slides[0].headline: is missing"),
    ({"slides": [slide(html="<b>")]}, "slides[0].html: is not a known key"),
    ({"slides": [slide(layout="x")]}, "slides[0].layout: must be one of cover, finding, not 'x'"),
    (
        {"slides": [slide(kpis=["f", "f", "f"])]},
        "slides[0].kpis: must have at most 2 entries, has 3",
    ),
    ({"slides": [slide(kpis=["g"])]}, "slides[0].kpis[0]: must match ^f, not 'g'"),
    ({"slides": {}}, "slides: must be array, not {}"),
    ({"slides": [], "n": 0}, "n: must be at least 1, not 0"),
    ([], "the answer: must be object, not []"),
]


@pytest.mark.parametrize(("value", "fault"), FAULTS)
def test_each_fault_says_where_and_what(value, fault):
    assert Shape(DECK).faults(value) == [fault]


def test_what_fits_has_no_faults_and_open_objects_stay_open():
    assert Shape(DECK).faults({"slides": [slide(extra={"any": 1})]}) == []


def test_faults_come_in_the_order_of_the_answer_and_are_limited():
    faults = Shape(DECK).faults({"slides": [{} for _ in range(30)]})
    assert len(faults) == 20
    assert faults[4].startswith("slides[2]") and faults[-1].startswith("slides[9]")


def test_the_shape_of_elements_is_found_by_path():
    assert Shape(DECK).elements(("slides",)).faults(slide(html="")) == ["html: is not a known key"]
    with pytest.raises(BadSchema, match="no array at 'n'"):
        Shape(DECK).elements(("n",))


REFUSED = {
    "[]": "must describe an object",
    '{"type": "string"}': "must describe an object",
    "{": "not valid JSON",
    '{"type": "object", "properties": {"a": {"$ref": "http://x"}}}': "'\\$ref' is not supported",
    '{"type": "object", "properties": {"a": {"type": "strin"}}}': "properties.a.type",
    json.dumps({"type": "object", "description": "x" * 70_000}): "larger than 65536",
}


@pytest.mark.parametrize("text", REFUSED, ids=[key[:30] for key in REFUSED])
def test_bad_schemas_are_refused(text):
    with pytest.raises(BadSchema, match=REFUSED[text]):
        read_schema(text)


def test_what_endpoints_do_not_take_is_left_out_of_the_native_schema():
    schema, strict = native(read_schema(json.dumps(DECK)))
    assert not strict
    items = schema["properties"]["slides"]["items"]
    assert items["properties"]["headline"] == {"type": "string"}
    assert items["additionalProperties"] is False


def test_a_schema_whose_keys_are_all_required_is_strict():
    closed = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    assert native(read_schema(json.dumps(closed)))[1]


def test_a_schema_with_too_many_keys_is_not_sent():
    many = {"type": "object", "properties": {f"k{n}": {"type": "string"} for n in range(65)}}
    assert native(many) is None
