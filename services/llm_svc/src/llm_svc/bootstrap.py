"""Wires the service: the only file that knows every concrete class."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from aislides.llm.v1.llm_service_pb2_grpc import add_LlmServiceServicer_to_server
from aislides_runtime.logs import get_logger
from aislides_runtime.serve import RunningServer, running_server
from aislides_runtime.settings import SettingsError

from llm_svc.adapters.databricks_auth import DatabricksAuth
from llm_svc.adapters.key_auth import KeyAuth
from llm_svc.adapters.openai_compatible import OpenAICompatible
from llm_svc.adapters.replay import Recorder, Replay
from llm_svc.attempt import RetryPolicy
from llm_svc.budgets import Budgets, Cap, Caps
from llm_svc.cache import CachePolicy, ResponseCache
from llm_svc.complete import Complete, Policy
from llm_svc.domain.breaker import BreakerPolicy
from llm_svc.domain.capability import CapabilityTable, StructuredMode
from llm_svc.domain.money import Price
from llm_svc.ledger.database import open_ledger
from llm_svc.ledger.store import SqlLedger
from llm_svc.ports import Provider
from llm_svc.prepare import Defaults, Preparer
from llm_svc.prompts.loader import PromptsRefused
from llm_svc.prompts.reload import PromptBook
from llm_svc.prompts.shipped import prompts_path
from llm_svc.routing import ModelName, Router, Routes, parse_model
from llm_svc.servicer import LlmServicer
from llm_svc.settings import CapRow, LlmSection, ProviderSection, Settings
from llm_svc.watch import Limits

log = get_logger(__name__)

RELOAD_SECONDS = 1.0
FORGET_SECONDS = 3600.0


@asynccontextmanager
async def running_llm(
    settings: Settings, *, providers: Mapping[str, Provider] | None = None
) -> AsyncIterator[RunningServer]:
    """The service, taking calls at `.target`; leaving the block drains it.

    `providers` stands in for the configured ones, by their names. Raises SettingsError when the
    settings or the prompts file cannot be used.
    """
    llm = settings.llm
    book = _book(prompts_path(llm.prompts_file))
    async with AsyncExitStack() as stack:
        ledger = await stack.enter_async_context(open_ledger(llm.database))
        sources = dict(providers) if providers is not None else _providers(settings)
        for source in sources.values():
            stack.push_async_callback(source.close)
        router = _router(llm, sources)
        preparer = Preparer(book, Defaults(llm.max_tokens, llm.temperature))
        complete = Complete(
            policy=_policy(llm),
            preparer=preparer,
            router=router,
            ledger=ledger,
            budgets=Budgets(_caps(llm), ledger, _now),
            cache=ResponseCache(
                CachePolicy(llm.cache.ttl_seconds, llm.cache.max_bytes, llm.cache.tool_turns),
                time.monotonic,
            ),
        )
        servicer = LlmServicer(
            complete=complete,
            preparer=preparer,
            book=book,
            router=router,
            ledger=ledger,
            online=llm.mode == "online",
            block_from=llm.screening.threshold if llm.screening.block else None,
            now=_now,
        )
        await stack.enter_async_context(_repeated(RELOAD_SECONDS, _refresh(book)))
        keep = timedelta(days=llm.keep_outcomes_days)
        await stack.enter_async_context(_repeated(FORGET_SECONDS, _forget(ledger, keep)))
        yield await stack.enter_async_context(
            running_server(
                lambda server: add_LlmServiceServicer_to_server(servicer, server),
                listen=llm.listen,
                insecure_ok=llm.insecure_ok,
                port_setting="llm.listen",
                readiness={"ledger": ledger.ready},
                advisories={"prompts": _newest_in_force(book)},
                reflection_on=llm.reflection,
            )
        )


def _now() -> datetime:
    return datetime.now(UTC)


def _book(path: Path) -> PromptBook:
    try:
        return PromptBook(path)
    except PromptsRefused as error:
        raise SettingsError(error.faults) from None


def _providers(settings: Settings) -> dict[str, Provider]:
    """The configured providers by name; the one that serves `llm.endpoint` is the default one."""
    llm = settings.llm
    default = ProviderSection(
        kind="openai" if llm.base_url else "databricks",
        base_url=llm.base_url,
        api_key=llm.api_key,
        key_header=llm.key_header,
    )
    sections = {_default_name(llm): default, **llm.providers}
    found = {name: _provider(name, section, settings) for name, section in sections.items()}
    if llm.record_transcripts is not None:
        path = llm.record_transcripts
        return {name: Recorder(provider, path) for name, provider in found.items()}
    return found


def _provider(name: str, section: ProviderSection, settings: Settings) -> Provider:
    llm = settings.llm
    match section.kind:
        case "replay":
            try:
                return Replay(name, Path(section.transcripts or ""))
            except (OSError, ValueError, KeyError) as error:
                raise SettingsError(
                    [f"llm.providers.{name}.transcripts: cannot be read: {error}"]
                ) from None
        case "litellm":
            # Imported only when asked for: it is an optional extra, aislides-llm[litellm].
            from llm_svc.adapters.litellm_extra import LiteLLM  # noqa: PLC0415

            extra: Provider = LiteLLM(name, section.api_key, section.base_url)
            return extra
        case "openai":
            auth: Any = KeyAuth(section.api_key, section.key_header)
            base_url = section.base_url or ""
        case _:
            host = settings.databricks.host
            if not host:
                if llm.mode == "offline":
                    host = "https://offline.invalid"
                else:
                    raise SettingsError(
                        [
                            "DATABRICKS_HOST is missing: set it in the environment or in .env, "
                            "or set llm.base_url, or set llm.mode to offline"
                        ]
                    )
            host = host.rstrip("/") if "://" in host else f"https://{host.rstrip('/')}"
            known = settings.databricks
            auth = DatabricksAuth(host, known.token, known.client_id, known.client_secret)
            base_url = host + llm.base_path
    return OpenAICompatible(name, base_url, auth, connect_timeout=llm.timeouts.connect)


def _default_name(llm: LlmSection) -> str:
    return "openai" if llm.base_url else "databricks"


def _router(llm: LlmSection, providers: Mapping[str, Provider]) -> Router:
    default = _default_name(llm)

    def names(models: list[str]) -> list[ModelName]:
        return [parse_model(model, providers, default) for model in models]

    routes = Routes(
        default=names([llm.endpoint, *llm.fallbacks]),
        named={route: names(models) for route, models in llm.routes.items()},
        tenants={name: frozenset(tenant.providers) for name, tenant in llm.tenants.items()},
    )
    unknown = {
        provider for tenant in routes.tenants.values() for provider in tenant - providers.keys()
    }
    if unknown:
        raise SettingsError([f"llm.tenants: unknown providers {', '.join(sorted(unknown))}"])
    return Router(
        providers,
        routes,
        default_provider=default,
        table=_table(llm),
        prices={
            model: Price(row.input, row.output, row.cached_input)
            for model, row in llm.prices.items()
        },
        policy=BreakerPolicy(**llm.breaker.model_dump()),
        clock=time.monotonic,
    )


def _table(llm: LlmSection) -> CapabilityTable:
    shipped = yaml.safe_load(files("llm_svc").joinpath("capabilities.yaml").read_text("utf-8"))
    rows = [*shipped, *(row.model_dump(exclude_none=True) for row in llm.models)]
    return CapabilityTable(
        (
            row["match"],
            {
                key: StructuredMode(value) if key == "structured" else value
                for key, value in row.items()
                if key != "match"
            },
        )
        for row in rows
    )


def _policy(llm: LlmSection) -> Policy:
    times = llm.timeouts
    return Policy(
        online=llm.mode == "online",
        limits=Limits(times.first_byte, times.gap, times.total, llm.max_answer_bytes),
        retries=RetryPolicy(llm.retries.tries, llm.retries.base, llm.retries.cap),
    )


def _caps(llm: LlmSection) -> Caps:
    def cap(row: CapRow) -> Cap:
        return Cap(None if row.usd is None else round(row.usd * 1_000_000), row.tokens)

    budgets = llm.budgets
    return Caps(cap(budgets.request), cap(budgets.deck), cap(budgets.tenant_day), cap(budgets.day))


def _newest_in_force(book: PromptBook) -> Callable[[], Awaitable[object]]:
    """Fails while the newest edit of the prompts file is refused; the last good one is used."""

    async def check() -> None:
        if book.fault:
            raise PromptsRefused([book.fault])

    return check


def _refresh(book: PromptBook) -> Callable[[], Awaitable[object]]:
    async def refresh() -> None:
        book.refresh()

    return refresh


def _forget(ledger: SqlLedger, keep: timedelta) -> Callable[[], Awaitable[object]]:
    async def forget() -> None:
        await ledger.forget(keep)

    return forget


@asynccontextmanager
async def _repeated(seconds: float, work: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Does the work every so often until the block ends; a failure is logged and tried again."""

    async def run() -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception:
                log.exception("background_work_failed")

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
