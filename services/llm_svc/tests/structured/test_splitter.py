import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llm_svc.structured.splitter import Splitter

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
around = st.dictionaries(st.text().filter(lambda key: key not in ("slides", "deck")), values)


def cut(text, cuts):
    places = sorted({0, len(text), *(at % (len(text) + 1) for at in cuts)})
    return [text[a:b] for a, b in pairwise(places)]


def fed(pieces, path=("slides",)):
    splitter = Splitter(path)
    return [element for piece in pieces for element in splitter.feed(piece)]


@given(
    before=around,
    after=around,
    elements=st.lists(values),
    indent=st.sampled_from([None, 2]),
    ascii_=st.booleans(),
    cuts=st.lists(st.integers(0, 10_000), max_size=60),
)
@settings(max_examples=120, deadline=None)
def test_any_cut_of_an_object_gives_exactly_the_elements_of_its_array(
    before, after, elements, indent, ascii_, cuts
):
    text = json.dumps({**before, "slides": elements, **after}, indent=indent, ensure_ascii=ascii_)
    got = fed(cut(text, cuts))
    assert [json.loads(element) for element in got] == elements


@given(
    text=st.text(alphabet='{}[]",:\\ \n1etrufalsn-.slide', max_size=200),
    cuts=st.lists(st.integers(0, 10_000), max_size=60),
)
@settings(max_examples=200, deadline=None)
def test_any_cut_of_any_text_gives_the_same_elements(text, cuts):
    text = '{"slides": [' + text
    assert fed(cut(text, cuts)) == fed([text]) == fed(list(text))


@given(elements=st.lists(values), cuts=st.lists(st.integers(0, 10_000), max_size=60))
@settings(max_examples=50, deadline=None)
def test_nested_paths_are_followed(elements, cuts):
    text = json.dumps({"slides": [1], "deck": {"x": {"slides": [2]}, "slides": elements}})
    got = fed(cut(text, cuts), ("deck", "slides"))
    assert [json.loads(element) for element in got] == elements


@pytest.mark.parametrize("name", ["answer_write_1.json", "answer_write_2.json"])
def test_recorded_answers_come_apart_into_their_slides(name):
    text = (Path(__file__).parents[1] / "recorded" / name).read_text()
    wrapped = f"Here is the deck:\n```json\n{text}\n```"
    assert [json.loads(slide) for slide in fed(list(wrapped))] == json.loads(text)["slides"]


def test_an_element_comes_with_its_last_character():
    splitter = Splitter(("slides",))
    assert splitter.feed('{"slides": [{"a": "}"') == []
    assert splitter.feed("}") == ['{"a": "}"}']
    assert splitter.feed(", 12") == []
    assert splitter.feed(", ") == ["12"]


def test_a_key_written_with_escapes_is_the_same_key():
    assert fed(['{"sl\\u0069des": [1]}']) == ["1"]


def test_words_with_braces_before_the_object_are_skipped():
    assert fed(['Use {this}: {"slides": [{"a": 1}]}']) == ['{"a": 1}']


def test_after_bad_syntax_nothing_more_comes():
    assert fed(['{"slides": [1, }] {"slides": [2]}']) == ["1"]


def test_what_follows_the_object_is_not_looked_at():
    assert fed(['{"slides": [1]} {"slides": [2]}']) == ["1"]


def test_a_path_is_needed():
    with pytest.raises(ValueError, match="path"):
        Splitter(())


def test_an_object_in_the_thoughts_before_the_answer_is_passed_over():
    assert fed(['<think>{"a": 1}</think>{"slides": [2]}']) == ["2"]
