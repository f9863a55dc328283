from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from aislides_runtime.logs import LoggingSection, configure_logging, get_logger
from aislides_runtime.request_ids import current_request_id
from aislides_runtime.settings import Secret


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_the_agreed_fields(stream: io.StringIO) -> None:
    configure_logging("INFO", "json", "llm_svc", stream)
    token = current_request_id.set("req-1")
    get_logger("x").info("deck_ready", slides=10)
    current_request_id.reset(token)
    get_logger("x").info("later")
    first, second = lines(stream)
    assert first.pop("time").endswith("Z")
    assert list(first.items()) == [
        ("level", "info"),
        ("service", "llm_svc"),
        ("event", "deck_ready"),
        ("request_id", "req-1"),
        ("slides", 10),
    ]
    assert "request_id" not in second


EVIL = 'a\nb\r\x1b[31m\u2028\x85\x0b{"level": "fake"}'


@pytest.mark.parametrize("format_", ["json", "console"])
def test_line_breaks_in_data_cannot_forge_a_line(stream: io.StringIO, format_: Any) -> None:
    configure_logging("INFO", format_, "s", stream)
    get_logger("x").info(EVIL, value=EVIL, nested={"k": [EVIL]})
    logging.getLogger("std").warning("%s", EVIL)
    assert len(stream.getvalue().splitlines()) == 2
    assert "\x1b" not in stream.getvalue()


def test_standard_library_lines_look_the_same(stream: io.StringIO) -> None:
    configure_logging("INFO", "json", "s", stream)
    logging.getLogger("lib").warning("went %s", "wrong", extra={"where": "there"})
    (line,) = lines(stream)
    assert line.pop("time")
    assert line == {"level": "warning", "service": "s", "event": "went wrong", "where": "there"}


def test_secrets_are_masked_wherever_they_stand(stream: io.StringIO) -> None:
    configure_logging("INFO", "json", "s", stream)
    secret = Secret("dapi-hush")
    get_logger("x").info(
        "e", a=secret, b={"c": [secret, (secret,)], "Token": "dapi-hush"}, Authorization="dapi-hush"
    )
    logging.getLogger("std").warning("%s", secret, extra={"api_key": "dapi-hush"})
    assert "hush" not in stream.getvalue()
    assert lines(stream)[0]["b"] == {"c": ["***", ["***"]], "Token": "***"}


def test_talkative_libraries_never_log_debug(stream: io.StringIO) -> None:
    configure_logging("DEBUG", "json", "s", stream)
    for name in ("databricks.sdk", "httpx", "openai", "openai._base_client"):
        logging.getLogger(name).debug("headers: secret")
        logging.getLogger(name).info("fine")
    get_logger("x").debug("ours")
    assert [line["event"] for line in lines(stream)] == ["fine"] * 4 + ["ours"]


def test_the_level_holds_for_all_and_configuring_again_replaces(stream: io.StringIO) -> None:
    configure_logging("DEBUG", "json", "s", io.StringIO())
    configure_logging("WARNING", "json", "s", stream)
    get_logger("x").info("no")
    logging.getLogger("httpx").info("no")
    get_logger("x").warning("yes")
    assert [line["event"] for line in lines(stream)] == ["yes"]


@pytest.mark.parametrize("log", [get_logger("x"), logging.getLogger("std")])
def test_a_traceback_stays_inside_its_line(stream: io.StringIO, log: Any) -> None:
    configure_logging("INFO", "json", "s", stream)
    try:
        raise ValueError("two\nlines")
    except ValueError:
        log.exception("failed")
    (line,) = lines(stream)
    assert "ValueError: two\nlines" in line["exception"]


def test_values_that_are_no_json_are_printed(stream: io.StringIO) -> None:
    configure_logging("INFO", "json", "s", stream)
    get_logger("x").info("e", value={1, 2}, other=object)
    assert lines(stream)[0]["value"] == [1, 2]


def test_the_level_may_be_written_in_any_case() -> None:
    assert LoggingSection.model_validate({"level": "debug"}).level == "DEBUG"
    with pytest.raises(ValueError, match="'DEBUG', 'INFO', 'WARNING' or 'ERROR'"):
        LoggingSection.model_validate({"level": "loud"})
