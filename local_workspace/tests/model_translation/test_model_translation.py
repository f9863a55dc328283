"""A model's SQL: only after the rules asked back, behind the same checks, with its author named."""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aislides_runtime.settings import Secret
from local_workspace.settings import TranslatorSettings, UserSettings
from local_workspace.translate.plan import Clarification

SQL = "SELECT region, sum(amount) AS revenue FROM orders GROUP BY region"
BACK = Clarification("I could not place “wobbles”.", ("Revenue by region",))


class Endpoint:
    """Gives its replies in order over HTTP; keeps what it was asked."""

    def __init__(self, *replies: Any) -> None:
        self.replies = list(replies)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                endpoint.asked.append(json.loads(self.rfile.read(size)))
                endpoint.keys.append(self.headers["Authorization"])
                reply = endpoint.replies.pop(0)
                status = reply if isinstance(reply, int) else 200
                body = b"no" if isinstance(reply, int) else reply
                if not isinstance(body, bytes):
                    text = body if isinstance(body, str) else json.dumps(body)
                    body = json.dumps({"choices": [{"message": {"content": text}}]}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        assert not self.replies, f"never asked for: {self.replies}"


@pytest.fixture
def endpoint():
    made: list[Endpoint] = []

    def serve(*replies: Any) -> Endpoint:
        made.append(Endpoint(*replies))
        return made[-1]

    yield serve
    for one in made:
        one.close()


def settings(url: str, **more: Any) -> TranslatorSettings:
    return TranslatorSettings(base_url=url, model="tiny-1", seconds=5, **more)


@pytest.fixture
def asking(start, sdk):
    """Asks one question of a workspace whose rules ask back; the message once it is final."""

    async def ask(question: str, translator: TranslatorSettings, *rules: Any, **more: Any) -> Any:
        from ..conftest import settled

        running = await start(*(rules or (BACK,)), translator=translator, **more)
        client = await sdk(running, *(["anna"] if "users" in more else []))
        waiter = await asyncio.to_thread(client.genie.start_conversation, "shop", question)
        return await settled(client.genie, "shop", waiter)

    return ask


def query(message: Any) -> Any:
    return next(one.query for one in message.attachments if one.query is not None)


async def test_the_models_sql_answers_and_its_author_is_named(endpoint, asking):
    model = endpoint({"sql": SQL, "title": "Revenue", "description": "Sum of amount by region."})
    message = await asking("wobbles in North", settings(model.url, api_key=Secret("k-1")))
    assert message.status.value == "COMPLETED"
    found = query(message)
    assert "SQL written by the model tiny-1." in found.description
    assert "FROM local.shop.orders" in found.query
    assert found.query_result_metadata.row_count == 3
    assert model.keys == ["Bearer k-1"]
    (asked,) = model.asked
    assert (asked["model"], asked["temperature"]) == ("tiny-1", 0)
    first, data, last = asked["messages"][1]["content"].split("\n")
    assert (first[:8], last[-3:]) == ("<<<DATA ", ">>>")
    payload = json.loads(data)
    assert payload["not_understood_by_rules"] == BACK.text
    assert payload["matches"] == [{"table": "orders", "column": "region", "value": "North"}]
    assert payload["space"]["tables"][0]["columns"][1]["name"] == "region"


async def test_the_rules_come_first(endpoint, asking):
    model = endpoint()
    message = await asking("revenue by region", settings(model.url), SQL)
    assert "the model" not in query(message).description
    assert model.asked == []


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"sql": "SELECT nope FROM orders"}, "nope"),
        ({"sql": "SELECT * FROM secrets"}, "TABLE_OR_VIEW_NOT_FOUND"),
        ({"sql": "DROP TABLE orders"}, "Only SELECT may run here"),
        ({"sql": "SELECT * FROM read_csv('/etc/passwd')"}, "UNSUPPORTED_FEATURE"),
        ("Certainly! Here you are", "one JSON object"),
        ({"answer": 42}, '"sql" or "clarification"'),
    ],
)
async def test_sql_that_fails_is_mended_once_with_the_reason(endpoint, asking, broken, reason):
    model = endpoint(broken, f"```json\n{json.dumps({'sql': SQL + ';'})}\n```")
    message = await asking("wobbles", settings(model.url))
    assert query(message).query_result_metadata.row_count == 3
    assert reason in model.asked[1]["messages"][-1]["content"]


async def test_after_two_failures_the_rules_question_stays(endpoint, asking):
    model = endpoint({"sql": "SELECT a FROM orders"}, {"sql": "SELECT b FROM orders"})
    message = await asking("wobbles", settings(model.url))
    assert message.status.value == "COMPLETED"
    assert message.attachments[0].text.content == BACK.text


async def test_a_model_may_ask_back_itself(endpoint, asking):
    model = endpoint({"clarification": "There are no wobbles; ask for revenue."})
    message = await asking("wobbles", settings(model.url))
    assert message.attachments[0].text.content == "There are no wobbles; ask for revenue."
    assert message.attachments[1].suggested_questions.questions == ["Revenue by region"]


@pytest.mark.parametrize(
    "reply",
    [
        500,
        401,
        b"<html>",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b"x" * 1_000_001,
    ],
)
async def test_an_endpoint_that_fails_leaves_the_rules_question(endpoint, asking, reply):
    message = await asking("wobbles", settings(endpoint(reply).url))
    assert message.attachments[0].text.content == BACK.text


async def test_an_endpoint_that_is_not_there_leaves_the_rules_question(asking):
    message = await asking("wobbles", settings("http://127.0.0.1:1/v1"))
    assert message.attachments[0].text.content == BACK.text


async def test_the_model_sees_no_more_than_its_asker(endpoint, asking):
    model = endpoint({"sql": "SELECT count(*) AS n FROM orders"})
    user = UserSettings(
        user_name="anna",
        token=Secret("anna"),
        restrictions={"shop": {"orders": {"row_filter": "region = 'North'"}}},
    )
    message = await asking("wobbles in South", settings(model.url), users=(user,))
    assert query(message).query_result_metadata.row_count == 1
    assert "South" not in json.dumps(model.asked[0]["messages"][1]).replace("wobbles in South", "")


def test_the_setting_needs_a_web_address():
    with pytest.raises(ValueError, match="base_url"):
        settings("file:///etc/passwd")
