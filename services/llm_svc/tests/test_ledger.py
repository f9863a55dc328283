"""The ledger under callers that leave."""

import asyncio
import gc
import random

from llm_svc.domain.completion import Usage
from llm_svc.ledger.database import open_ledger
from llm_svc.ports import Entry

ENTRY = Entry("r", "t", "d", "write", "p", "v", "p", "m", Usage(1, 1, calls=1), 0.1, "ok")


async def test_what_was_begun_is_written_and_no_connection_is_lost(tmp_path):
    dice = random.Random(3)
    async with open_ledger(f"sqlite+aiosqlite:///{tmp_path}/l.db") as ledger:
        for _ in range(20):
            callers = [asyncio.create_task(ledger.record([ENTRY])) for _ in range(10)]
            await asyncio.sleep(dice.random() * 0.01)
            for caller in callers:
                caller.cancel()
            await asyncio.gather(*callers, return_exceptions=True)
        await ledger.settle()
        spent = await ledger.spent(since=None)
    assert spent.tokens == 20 * 10 * (ENTRY.usage.input_tokens + ENTRY.usage.output_tokens)
    gc.collect()  # a lost connection would warn, and warnings are errors


async def test_closing_waits_for_what_was_begun(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/l.db"
    async with open_ledger(url) as ledger:
        caller = asyncio.create_task(ledger.record([ENTRY]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        caller.cancel()
    async with open_ledger(url) as ledger:
        assert (await ledger.spent(since=None)).tokens == 2
