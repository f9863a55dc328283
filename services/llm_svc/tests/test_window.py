"""What is cut when a call does not fit its model's window, and in which order."""

import pytest
from llm_svc.asking import Prepared
from llm_svc.domain.breaker import Breaker, BreakerPolicy
from llm_svc.domain.capability import Capabilities
from llm_svc.domain.completion import Message, PromptCall, Role, Spec, ToolCall
from llm_svc.domain.errors import ContextTooLong
from llm_svc.domain.money import Price
from llm_svc.routing import ModelName, Target
from llm_svc.window import fitted, input_tokens

HEAD = (Message(Role.SYSTEM, "rules " * 100), Message(Role.USER, "data " * 100))


def target(window):
    breaker = Breaker(BreakerPolicy(), lambda: 0.0)
    can = Capabilities(context_tokens=window)
    return Target(ModelName("p", "m"), None, breaker, Price(), can)


def call(*turns, most=2000):
    spec = Spec(prompt=PromptCall("p", turns=turns))
    return Prepared(spec, (*HEAD, *turns), (), most, None)


def said(text):
    return Message(Role.ASSISTANT, text)


def test_what_fits_stays_as_it_is():
    whole = call(said("x"))
    assert fitted(whole, target(10_000)) == (whole, input_tokens(whole, target(1)))


def test_first_the_room_for_the_answer_shrinks_to_a_quarter():
    whole = call()
    read = input_tokens(whole, target(1))
    assert fitted(whole, target(read + 700))[0].max_output_tokens == 700
    with pytest.raises(ContextTooLong):
        fitted(whole, target(read + 500))


def test_then_the_oldest_turns_go_with_their_tool_answers_but_never_the_last():
    asks = Message(Role.ASSISTANT, "old " * 500, (ToolCall("a", "t", "{}"),))
    answers = Message(Role.TOOL, "rows " * 500, (), "a")
    last = said("new " * 100)
    whole = call(asks, answers, last)
    read = input_tokens(call(last), target(1))
    cut, _ = fitted(whole, target(read + 600))
    assert cut.messages == (*HEAD, last)
    with pytest.raises(ContextTooLong) as refused:
        fitted(whole, target(read + 100))
    assert int(refused.value.metadata["missing_tokens"]) > 0


def test_messages_without_a_prompt_keep_their_system_message():
    messages = (Message(Role.SYSTEM, "rules"), *(said(f"turn {n} " * 200) for n in range(4)))
    whole = Prepared(Spec(messages=messages), messages, (), 600, None)
    cut, _ = fitted(whole, target(1400))
    assert cut.messages[0].content == "rules" and cut.messages[-1] == messages[-1]
    assert len(cut.messages) < len(messages)
