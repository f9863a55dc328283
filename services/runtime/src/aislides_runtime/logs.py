"""One line of JSON for each event, with the id of the request that it belongs to."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Annotated, Any, Final, Literal, TextIO

import structlog
from pydantic import BeforeValidator
from structlog.typing import EventDict, Processor, WrappedLogger

from aislides_runtime.request_ids import current_request_id
from aislides_runtime.settings import Section
from aislides_runtime.settings.secret import MASK, Secret

Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Format = Literal["json", "console"]

TALKATIVE: Final = (
    "databricks.sdk",
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "openai",
    "grpc",
    "asyncio",
    "aiosqlite",
    "alembic",
)
"""Libraries whose DEBUG lines hold headers, prompts or rows, or only noise: never below INFO."""

_NAMED_SECRETS = frozenset({"authorization", "token", "api_key", "password", "secret", "cookie"})


class LoggingSection(Section):
    """The section `logging` of the settings file, the same for every service."""

    level: Annotated[Level, BeforeValidator(lambda v: v.upper() if isinstance(v, str) else v)] = (
        "INFO"
    )
    format: Format = "json"


def configure_logging(
    level: Level = "INFO",
    format: Format = "json",  # noqa: A002 - the name of the setting
    service: str = "",
    stream: TextIO | None = None,
) -> None:
    """Sends all log lines of this process, the standard library's too, to `stream` (stdout).

    Each event is one line with `time` (UTC), `level`, `service`, `event`, `request_id` inside a
    request, and the values given; `console` is the same for people. Calling it again replaces the
    earlier configuration.
    """
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _Context(service),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        _mask,
    ]
    finish: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if format == "json":
        finish += [_order, structlog.processors.JSONRenderer(default=str)]
    else:
        finish += [_one_line, structlog.dev.ConsoleRenderer(timestamp_key="time", colors=False)]
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), _drop_message, *shared],
            processors=finish,
        )
    )
    root = logging.getLogger()
    for old in list(root.handlers):
        if type(old) is logging.StreamHandler:  # ours, or basicConfig's; a capturing one stays
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module: `log.info("deck_ready", deck_id=..., slides=10)`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


class _Context:
    """Adds the service's name and the id of the request being served."""

    def __init__(self, service: str) -> None:
        self._service = service

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        if self._service:
            event.setdefault("service", self._service)
        request_id = current_request_id.get()
        if request_id:
            event.setdefault("request_id", request_id)
        return event


def _drop_message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Another handler that formatted the record first has left its text on it, beside `event`."""
    event.pop("message", None)
    return event


def _mask(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Masks values under names that hold secrets, and Secret values at any depth."""
    return {
        key: MASK if key.lower() in _NAMED_SECRETS else _masked(value)
        for key, value in event.items()
    }


def _masked(value: Any) -> Any:
    if isinstance(value, Secret):
        return MASK
    if isinstance(value, Mapping):
        return {
            str(key): MASK if str(key).lower() in _NAMED_SECRETS else _masked(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(inner) for inner in value]
    return value


_FIRST = ("time", "level", "service", "event", "request_id")


def _order(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The same fields first in each line, for the eye and for grep."""
    ordered: MutableMapping[str, Any] = {key: event[key] for key in _FIRST if key in event}
    ordered.update(event)
    return ordered


def _one_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Escapes line breaks and other control characters, except in our own tracebacks."""
    return {key: value if key == "exception" else _escaped(value) for key, value in event.items()}


def _escaped(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)
