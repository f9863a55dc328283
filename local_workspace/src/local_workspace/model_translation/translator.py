"""A question's second chance: a model's SQL, tried, mended once; else the rules' question back."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from local_workspace.model_translation.chat import ModelAway, complete
from local_workspace.model_translation.prompt import messages
from local_workspace.settings import TranslatorSettings
from local_workspace.spaces import Catalog
from local_workspace.translate.plan import Answer, Clarification

log = logging.getLogger(__name__)
Trial = Callable[[str], Awaitable[str]]
"""Runs SQL as the asker, behind the parse check and in the sandbox; why it failed, or ""."""
LONGEST = 600


class ModelTranslator:
    """Asks the endpoint of the settings; whatever fails, the rules' own reply stays."""

    def __init__(self, settings: TranslatorSettings) -> None:
        self._settings = settings

    async def answer(
        self,
        question: str,
        catalog: Catalog,
        asked_back: Clarification,
        trial: Trial,
        *,
        with_values: bool = True,
    ) -> Answer | Clarification:
        """SQL that has run once, with the model named as its author, or a question back."""
        turns = messages(question, catalog, asked_back.text, with_values=with_values)
        try:
            async with asyncio.timeout(2 * self._settings.seconds):
                for _ in range(2):
                    text = await asyncio.to_thread(complete, self._settings, turns)
                    reply = self._read(text, asked_back)
                    if isinstance(reply, Clarification):
                        return reply
                    wrong = reply if isinstance(reply, str) else await trial(reply.sql)
                    if isinstance(reply, Answer) and not wrong:
                        return reply
                    turns += [
                        {"role": "assistant", "content": text},
                        {"role": "user", "content": f"That failed: {wrong[:LONGEST]} Mend it."},
                    ]
        except (ModelAway, TimeoutError) as error:
            log.warning("no translation by model: %s", error)
            return asked_back
        log.warning("no translation by model: its SQL failed twice: %s", wrong[:LONGEST])
        return asked_back

    def _read(self, text: str, asked_back: Clarification) -> Answer | Clarification | str:
        """The reply, or what is wrong with its form."""
        try:
            data: Any = json.loads(text[text.index("{") : text.rindex("}") + 1])
        except ValueError:
            return "the answer must be one JSON object."
        if isinstance(data.get("clarification"), str) and data["clarification"].strip():
            return Clarification(data["clarification"].strip()[:LONGEST], asked_back.suggestions)
        sql = data.get("sql")
        if not isinstance(sql, str) or not sql.strip():
            return 'the JSON object must have "sql" or "clarification" as text.'
        said = str(data.get("description") or "").strip()[:LONGEST]
        return Answer(
            sql=sql.strip().rstrip(";"),
            title=str(data.get("title") or "Answer").strip()[:120],
            description=f"{said} SQL written by the model {self._settings.model}.".strip(),
            plan=None,
            # Two sources are known to the rules; this one has a model's name in it.
            source=cast(Any, f"the model {self._settings.model}"),
        )
