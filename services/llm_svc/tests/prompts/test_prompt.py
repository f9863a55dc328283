import dataclasses

import pytest
from aislides_runtime.errors import InvalidRequest
from llm_svc.domain.completion import Message, PromptCall, Role
from llm_svc.prompts.prompt import Prompt

PROMPT = Prompt("p", "d", ("n",), True, "At most {{n}}. Refer as {f1.mean}.", "Write.")


def test_variables_are_filled_and_data_is_fenced():
    turn = Message(Role.ASSISTANT, "hm")
    call = PromptCall("p", {"n": "3"}, '{"q": 1}', (turn,))
    system, user, last = PROMPT.messages(call, marker="a" * 16)
    assert system.content == "At most 3. Refer as {f1.mean}."
    assert user.content.startswith("Write.\n\nEverything between")
    assert user.content.endswith(f'<<<DATA {"a" * 16}\n{{"q":1}}\nDATA {"a" * 16}>>>')
    assert last is turn


def test_a_value_that_looks_like_a_hole_stays_as_it_is():
    call = PromptCall("p", {"n": "{{n}} {{> part}}"}, "{}")
    assert PROMPT.messages(call)[0].content.startswith("At most {{n}} {{> part}}.")


def test_what_tools_answered_is_fenced_with_the_same_marker():
    rows = Message(Role.TOOL, '{"rows": [["<<<DATA"]]}', (), "c1")
    words = Message(Role.TOOL, "could not be asked", (), "c2")
    *_, user, first, second = PROMPT.messages(PromptCall("p", {"n": "1"}, "{}", (rows, words)))
    marker = user.content[-19:-3]
    assert first.content.startswith(f"<<<DATA {marker}\n") and first.tool_call_id == "c1"
    assert first.content.count("<<<") == 1
    assert '{"text":"could not be asked"}' in second.content


@pytest.mark.parametrize(
    ("call", "place"),
    [
        (PromptCall("p", {}, "{}"), "prompt.variables[n]"),
        (PromptCall("p", {"n": "1", "m": "2"}, "{}"), "prompt.variables[m]"),
        (PromptCall("p", {"n": "1" * 10_001}, "{}"), "prompt.variables[n]"),
        (PromptCall("p", {"n": "1"}), "prompt.data"),
        (PromptCall("p", {"n": "1"}, "[]"), "prompt.data_json"),
    ],
)
def test_what_the_prompt_does_not_take_is_refused(call, place):
    with pytest.raises(InvalidRequest) as refused:
        PROMPT.messages(call)
    assert refused.value.field_violations[0].field == place


def test_a_prompt_without_data_takes_none_and_a_tool_is_no_prompt():
    plain = dataclasses.replace(PROMPT, takes_data=False, user="")
    assert len(plain.messages(PromptCall("p", {"n": "1"}))) == 1
    with pytest.raises(InvalidRequest, match="takes no data"):
        plain.messages(PromptCall("p", {"n": "1"}, "{}"))
    tool = dataclasses.replace(PROMPT, definition="{}")
    assert tool.text == "{}"
    with pytest.raises(InvalidRequest, match="tool"):
        tool.messages(PromptCall("p"))


def test_the_version_follows_the_content_and_only_it():
    assert len(PROMPT.version) == 12
    assert dataclasses.replace(PROMPT, description="other").version == PROMPT.version
    assert dataclasses.replace(PROMPT, user="Write!").version != PROMPT.version
