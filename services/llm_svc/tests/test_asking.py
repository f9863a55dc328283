"""How each kind of model is held to a schema, and what a refusal teaches."""

import pytest
from llm_svc.asking import Prepared, ask_for
from llm_svc.bootstrap import _table
from llm_svc.domain.capability import Asked, Capabilities, StructuredMode, plainer
from llm_svc.domain.completion import Message, Role, Spec, Structured
from llm_svc.settings import LlmSection, ModelRow

SCHEMA = {"type": "object", "properties": {"slides": {"type": "array", "items": {}}}}
MESSAGES = (Message(Role.USER, "x"),)


def asked(can, path=()):
    structured = Structured("deck", SCHEMA, path)
    call = Prepared(Spec(structured=structured, seed=1), MESSAGES, (), 100, 0.5)
    return ask_for(call, "m", can, MESSAGES, timeout=1, max_bytes=1)


def test_a_model_with_schemas_gets_the_schema_and_plain_messages():
    ask = asked(Capabilities())
    assert ask.schema is not None and ask.stream and ask.messages == MESSAGES


def test_a_model_without_gets_the_schema_in_words():
    ask = asked(Capabilities(structured=StructuredMode.PROMPT_ONLY))
    assert ask.schema is None and not ask.json_object
    assert ask.messages[0].role is Role.SYSTEM and '"slides"' in ask.messages[0].content


def test_a_model_with_json_objects_gets_both():
    ask = asked(Capabilities(structured=StructuredMode.JSON_OBJECT))
    assert ask.json_object and '"slides"' in ask.messages[0].content


def test_elements_are_streamed_rather_than_checked_by_the_provider():
    cannot = Capabilities(stream_with_schema=False)
    assert asked(cannot).stream is False and asked(cannot).schema is not None
    early = asked(cannot, ("slides",))
    assert early.stream is True and early.schema is None


def test_what_a_model_does_not_take_is_left_out():
    ask = asked(Capabilities(temperature=False, seed=False))
    assert ask.temperature is None and ask.seed is None


EVERYTHING = Asked(schema=True, temperature=True, seed=True, stream=True, stream_usage=True)
NOTHING = Asked(schema=False, temperature=False, seed=False, stream=False, stream_usage=False)
CAN = Capabilities()


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ("response_format is not supported", {"structured": "prompt_only"}),
        ("`temperature` and top_p cannot both be set", {"temperature": False}),
        ("unknown field: seed", {"seed": False}),
        ("stream_options: extra inputs are not permitted", {"stream_usage": False}),
        ("use max_completion_tokens", {"max_tokens_field": "max_completion_tokens"}),
        ("streaming is not supported with response_format", {"stream_with_schema": False}),
        ("bad request", {"structured": "prompt_only"}),
    ],
)
def test_a_refusal_is_understood(words, lost):
    left = plainer(CAN, EVERYTHING, words)
    changed = {
        name: getattr(left, name)
        for name in Capabilities.__dataclass_fields__
        if getattr(left, name) != getattr(CAN, name)
    }
    assert changed == lost


def test_a_refusal_of_what_was_not_asked_teaches_nothing():
    assert plainer(CAN, NOTHING, "temperature, seed and schema are bad") is None


def test_the_shipped_table_knows_the_surprises_and_configuration_wins():
    table = _table(LlmSection(models=[ModelRow(match="databricks-claude-*", tools=False)]))
    assert not table.of("databricks-claude-sonnet-4-6").stream_with_schema
    assert table.of("databricks-claude-sonnet-5-5").structured is StructuredMode.PROMPT_ONLY
    assert not table.of("databricks-claude-sonnet-5").temperature
    assert not table.of("databricks-claude-sonnet-5").tools
    assert table.of("something-new") == Capabilities()
