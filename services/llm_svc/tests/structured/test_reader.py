import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_svc.structured.reader import MAX_BYTES, BadJson, json_part, read_strict, write

REFUSED = {
    '{"a": 1, "a": 2}': "'a' is given twice",
    '[{"b": {"a": 1, "a": 2}}]': "'a' is given twice",
    '{"a": NaN}': "NaN",
    '{"a": -Infinity}': "-Infinity",
    '{"a": 1e999}': "too large",
    '{"a": ' + "9" * 5000 + "}": "too long",
    "[" * 33 + "]" * 33: "deeper than 32",
    '{"a": "\\ud800"}': "surrogate",
    '{"a": }': "line 1, column 7",
    "": "line 1",
    "{'a': 1}": "line 1",
    '"' + "x" * MAX_BYTES + '"': "larger than",
    '"' + "é" * (MAX_BYTES // 2) + '"': "larger than",
}


@pytest.mark.parametrize("text", REFUSED, ids=[key[:24] for key in REFUSED])
def test_bent_json_is_refused_with_the_reason(text):
    with pytest.raises(BadJson, match=REFUSED[text].replace("(", "\\(")):
        read_strict(text)


@pytest.mark.parametrize(
    "text", ["[" * 32 + "]" * 32, '"[[[[{{{{"', '{"a": "\\u00e9\\ud83d\\ude00"}']
)
def test_good_json_is_read(text):
    read_strict(text)


def test_brackets_inside_strings_do_not_count_as_depth():
    assert read_strict('["' + "[" * 500 + '\\""]') == ["[" * 500 + '"']


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_is_written_is_read_again(value):
    assert read_strict(write(value)) == value


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('{"a": 1}', '{"a": 1}'),
        ('  {"a": 1}\n', '{"a": 1}'),
        ('```json\n{"a": 1}\n```', '{"a": 1}'),
        ('```\n{"a": "```"}\n```', '{"a": "```"}'),
        ('Sure: {"a": {}} Done.', '{"a": {}}'),
        ("nothing", "nothing"),
        ('<think>maybe {"b": 2}?</think>\n{"a": 1}', '{"a": 1}'),
        ("} {", "} {"),
    ],
)
def test_the_object_is_found_in_an_answer(text, part):
    assert json_part(text) == part


HOSTILE = {
    "quotes without end": '"' + '\\"' * 500_000,
    "backslash at the end": '"' * 3 + "\\" * 999_999,
    "brackets": "[" * 1_000_000,
    "white space in a fence": "```\n" + "\n " * 500_000 + "x",
    "fences": "```\n" * 250_000,
    "braces": "{}" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_in_a_moment(name):
    began = time.process_time()
    with pytest.raises(BadJson):
        read_strict(json_part(HOSTILE[name]))
    assert time.process_time() - began < 1.0
