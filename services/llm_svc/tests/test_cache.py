"""Which answers are kept, for how long, and which make room."""

import dataclasses

from llm_svc.asking import Prepared
from llm_svc.cache import CachePolicy, ResponseCache
from llm_svc.domain.completion import Completion, FinishReason, Message, Role, Spec

USER = Message(Role.USER, "x")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def call(text="x", **more):
    messages = (Message(Role.USER, text),)
    spec = Spec(messages=messages, **{"principal": "p", **more})
    return Prepared(spec, messages, (), 10, None, prompt_version="v1")


def answer(text):
    return Completion(text, (), FinishReason.STOP, "p", "m")


def test_an_answer_lives_for_its_time():
    clock = Clock()
    cache = ResponseCache(CachePolicy(ttl=10), clock)
    cache.put(call(), answer("a"))
    clock.now = 9.9
    assert cache.get(call()).text == "a"
    clock.now = 10
    assert cache.get(call()) is None


def test_the_least_used_makes_room_and_what_is_too_large_is_not_kept():
    cache = ResponseCache(CachePolicy(ttl=10, max_bytes=10), Clock())
    for text in ("one", "two", "three"):
        cache.put(call(text), answer("1234"))
        cache.get(call("one"))
    assert cache.get(call("two")) is None
    assert cache.get(call("one")) and cache.get(call("three"))
    cache.put(call("huge"), answer("x" * 11))
    assert cache.get(call("huge")) is None


def test_the_key_is_the_whole_request_and_the_prompt():
    cache = ResponseCache(CachePolicy(ttl=10), Clock())
    cache.put(call(), answer("a"))
    cache.put(call(), answer("b"))
    assert cache.get(call()).text == "b"
    for other in (call(tenant="t"), call(principal="q"), call(seed=1), call(temperature=0.1)):
        assert cache.get(other) is None
    assert cache.get(dataclasses.replace(call(), prompt_version="v2")) is None
    assert cache.get(call(request_id="another")).text == "b"


def test_nothing_is_kept_without_a_principal_or_when_switched_off():
    off = ResponseCache(CachePolicy(), Clock())
    off.put(call(), answer("a"))
    assert off.get(call()) is None
    on = ResponseCache(CachePolicy(ttl=10), Clock())
    on.put(call(principal=""), answer("a"))
    assert on.get(call(principal="")) is None


def test_tool_turns_are_kept_only_by_policy():
    turn = dataclasses.replace(call(), messages=(USER, Message(Role.TOOL, "rows", (), "c")))
    for policy, kept in (
        (CachePolicy(ttl=10), False),
        (CachePolicy(ttl=10, tool_turns=True), True),
    ):
        cache = ResponseCache(policy, Clock())
        cache.put(turn, answer("a"))
        assert (cache.get(turn) is not None) is kept
