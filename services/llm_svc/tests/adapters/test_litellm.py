"""The optional extra is refused when missing or bad, and never imported unless asked for.

Its real behaviour is held by the provider contract where it is installed (README.md).
"""

import subprocess
import sys
import types

import pytest
from aislides_runtime.settings import SettingsError
from llm_svc.adapters import litellm_extra
from llm_svc.adapters.litellm_extra import LiteLLM
from llm_svc.domain.completion import FinishReason, Message, Role
from llm_svc.domain.errors import ContextTooLong, ProviderDown, RateLimited, Rejected
from llm_svc.ports import Ask, FinishPiece, TextPiece

ASK = Ask("bedrock/x", (Message(Role.USER, "x"),), 10, 5.0, 10_000)


class Chunk:
    def __init__(self, value):
        self._value = value

    def model_dump(self):
        return self._value


class ScriptedLiteLLM(types.ModuleType):
    """Stands in for the module: one reply, and what it was asked."""

    def __init__(self, reply):
        super().__init__("litellm")
        self.reply = reply
        self.closed = False

    async def acompletion(self, **asked):
        self.asked = asked
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.stream() if asked["stream"] else Chunk(self.reply[0])

    async def stream(self):
        try:
            for value in self.reply:
                yield Chunk(value)
        finally:
            self.closed = True


@pytest.fixture
def litellm(monkeypatch):
    def install(reply, version="1.106.2"):
        module = ScriptedLiteLLM(reply)
        monkeypatch.setitem(sys.modules, "litellm", module)
        monkeypatch.setattr(litellm_extra, "version", lambda name: version)
        return module

    return install


CHUNKS = [
    {"choices": [{"delta": {"content": "Hi"}, "finish_reason": None}]},
    {"choices": [{"delta": {}, "finish_reason": "stop"}]},
]


async def test_chunks_become_pieces_and_its_own_retries_are_off(litellm):
    module = litellm(CHUNKS)
    pieces = [piece async for piece in LiteLLM("p", None, "http://x").answer(ASK)]
    assert pieces == [TextPiece("Hi"), FinishPiece(FinishReason.STOP)]
    assert module.asked["num_retries"] == module.asked["max_retries"] == 0
    assert module.asked["api_base"] == "http://x" and module.closed


async def test_leaving_early_closes_its_stream(litellm):
    module = litellm(CHUNKS)
    pieces = LiteLLM("p", None).answer(ASK)
    await anext(pieces)
    await pieces.aclose()
    assert module.closed


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("RateLimitError", RateLimited),
        ("ContextWindowExceededError", ContextTooLong),
        ("UnsupportedParamsError", Rejected),
        ("SomethingNew", ProviderDown),
    ],
)
async def test_its_errors_become_ours_without_their_words(litellm, name, fault):
    litellm(type(name, (Exception,), {})("api_key=secret"))
    with pytest.raises(fault) as raised:
        _ = [piece async for piece in LiteLLM("p", None).answer(ASK)]
    assert "secret" not in raised.value.message


@pytest.mark.parametrize("version", ["1.82.7", "1.82.8"])
def test_poisoned_releases_are_refused(litellm, version):
    litellm([], version)
    with pytest.raises(SettingsError, match="malware"):
        LiteLLM("p", None)


def test_a_missing_extra_is_told(monkeypatch):
    def missing(name):
        raise litellm_extra.PackageNotFoundError(name)

    monkeypatch.setattr(litellm_extra, "version", missing)
    with pytest.raises(SettingsError, match=r"aislides-llm\[litellm\]"):
        LiteLLM("p", None)


def test_nothing_imports_it_unless_configured():
    code = "import llm_svc.bootstrap, sys; sys.exit('litellm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
