import pytest
from llm_svc.adapters.chat_wire import pieces_of_chunk, pieces_of_reply, request_of
from llm_svc.domain.completion import FinishReason, Message, Role, Tool, ToolCall, Usage
from llm_svc.domain.errors import StreamBroken
from llm_svc.ports import Ask, FinishPiece, NativeSchema, TextPiece, ToolPiece, UsagePiece


def ask(**more):
    return Ask("m", (Message(Role.USER, "x"),), 10, 5.0, 10_000, **more)


def test_parameters_that_are_not_set_are_not_sent():
    assert request_of(ask(stream=False)) == {
        "model": "m",
        "messages": [{"role": "user", "content": "x"}],
        "max_tokens": 10,
        "stream": False,
    }


def test_all_parameters_have_their_place():
    tool = Tool("t", "d", {"type": "object"})
    body = request_of(
        ask(
            temperature=0.0,
            seed=1,
            tools=(tool,),
            schema=NativeSchema("s", {"type": "object"}, strict=True),
            max_tokens_field="max_completion_tokens",
        )
    )
    assert body["max_completion_tokens"] == 10 and "max_tokens" not in body
    assert body["stream_options"] == {"include_usage": True}
    assert (body["temperature"], body["seed"], body["tool_choice"]) == (0.0, 1, "auto")
    assert body["tools"][0]["function"]["parameters"] == {"type": "object"}
    assert body["response_format"]["json_schema"]["strict"] is True
    assert request_of(ask(json_object=True))["response_format"] == {"type": "json_object"}


def test_tool_turns_are_written_as_models_take_them():
    call = ToolCall("c1", "t", "{}")
    turns = (Message(Role.ASSISTANT, "", (call,)), Message(Role.TOOL, "rows", (), "c1"))
    body = request_of(Ask("m", turns, 10, 5.0, 100))
    assert body["messages"][0]["content"] == " "
    assert body["messages"][0]["tool_calls"][0]["function"] == {"name": "t", "arguments": "{}"}
    assert body["messages"][1] == {"role": "tool", "content": "rows", "tool_call_id": "c1"}


def test_claude_names_cached_tokens_differently():
    usage = {"prompt_tokens": 10, "completion_tokens": 2, "cache_read_input_tokens": 4}
    assert list(pieces_of_chunk({"choices": [], "usage": usage})) == [UsagePiece(Usage(10, 2, 4))]


@pytest.mark.parametrize(
    "odd",
    [
        {"choices": [{"delta": None, "finish_reason": None}]},
        {"choices": ["x"]},
        {"choices": [{"delta": {"content": 7, "tool_calls": "x"}}]},
        {"choices": [], "usage": "x"},
    ],
)
def test_odd_chunks_say_nothing(odd):
    assert list(pieces_of_chunk(odd)) == []


@pytest.mark.parametrize("odd", [None, [], "x", {}, {"choices": {}}, {"error_code": 500}])
def test_what_is_no_chunk_breaks_the_stream(odd):
    with pytest.raises(StreamBroken):
        list(pieces_of_chunk(odd))


def test_tool_calls_without_an_index_are_told_apart_by_place():
    calls = [{"id": "a", "function": {"name": "t", "arguments": "{}"}}, {"id": "b", "function": {}}]
    reply = {"choices": [{"message": {"tool_calls": calls}, "finish_reason": "function_call"}]}
    assert list(pieces_of_reply(reply)) == [
        ToolPiece(0, "a", "t", "{}"),
        ToolPiece(1, "b", "", ""),
        FinishPiece(FinishReason.TOOL_CALLS),
    ]


def test_a_reply_without_a_reason_has_stopped():
    reply = {"choices": [{"message": {"content": "x"}}]}
    assert list(pieces_of_reply(reply)) == [TextPiece("x"), FinishPiece(FinishReason.STOP)]
