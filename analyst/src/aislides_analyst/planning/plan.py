"""Plan the data of a deck: a plan payload in, questions or a clarification out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from aislides_analyst.planning.asked import main_table
from aislides_analyst.planning.clarify import clarification, suggestions
from aislides_analyst.planning.outcomes import default_measure
from aislides_analyst.planning.questions import planned_questions
from aislides_analyst.planning.reading import Reading, read_question
from aislides_analyst.planning.space import Space, read_space

_DEFAULT_QUESTIONS = 4
_ABOUT_ALL = re.compile(
    r"\b(?:overview|summary|summari[sz]e|insights?|findings?|interesting|notable|story|data|"
    r"dataset|everything|anything|tell me|what (?:should|can|could) (?:i|we)|stands? out|"
    r"unusual|exceptional|outliers?|anomal\w+|"
    r"(?:are|were|did) we (?:doing|do|perform\w*)|how (?:is|was|did) (?:the )?(?:business|it)|"
    r"performing|doing|faring|"
    r"performance|review|status|state of)\b",
    re.I,
)
_REFUSED = re.compile(
    r"^\W*(?:please )?(?:delete|drop table|truncate|update|insert|alter|remove|erase|grant)\b", re.I
)
_FORECAST = re.compile(
    r"\b(?:predict|prediction|forecast|next (?:year|month|quarter|week)|tomorrow|"
    r"will \w+ (?:be|rise|fall|grow|drop|reach|look)|going to (?:be|rise|fall|grow))\b",
    re.I,
)
_OVER_TIME = re.compile(
    r"\b(?:develop\w*|over time|evol\w+|trend\w*|(?:by|per|each|every|last|this|past) "
    r"(?:day|week|month|quarter|year)s?|getting|growing|rising|falling|grew|rose|fell)\b",
    re.I,
)
_SLOTTED = re.compile(
    r"\b(?:by|per|each|every|which|for each|across|how many|number of)\s+(?:the\s+)?$", re.I
)


def plan(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the analytical questions for a plan payload, or a clarification.

    Either {"intent": str, "questions": [{"question": str, "why": str}]} with one to
    `max_questions` questions (4 when missing), or {"clarification": str, "suggestions": [str]}
    when the space holds nothing that the question asks for. Never raises on odd payloads.
    """
    question = " ".join(str(payload.get("question") or "").split())
    raw = payload.get("space")
    space = read_space(raw if isinstance(raw, Mapping) else {})
    limit = payload.get("max_questions")
    limit = limit if isinstance(limit, int) and limit > 0 else _DEFAULT_QUESTIONS
    reading = read_question(question, space) if space.tables else Reading(question)
    if _REFUSED.search(question):
        text = "This space is only read from: it answers questions about what its data shows."
        return {"clarification": text, "suggestions": suggestions(reading, space)}
    if _FORECAST.search(question):
        text = "The data shows what happened, and holds no forecast."
        return {"clarification": text, "suggestions": suggestions(reading, space)}
    if _OVER_TIME.search(question) and reading.table and _is_timeless(reading, space):
        text = "The data holds no dates, so it does not show how anything developed."
        return {"clarification": text, "suggestions": suggestions(reading, space)}
    if not _answerable(reading):
        text, suggested = clarification(reading, space)
        return {"clarification": text, "suggestions": suggested}
    planned = planned_questions(reading, space, limit)
    return {
        "intent": _intent(reading, space),
        "questions": [{"question": p.question, "why": p.why} for p in planned],
    }


def _is_timeless(reading: Reading, space: Space) -> bool:
    """True when no table holds a time and the question asks for nothing but a course."""
    timed = any(t.of_role("time", "period", "hour") for t in space.tables)
    return not timed and not reading.groups


def _answerable(reading: Reading) -> bool:
    """True when the data holds what the question measures and splits by."""
    if reading.table is None:
        return False
    if any(_is_asked_split(reading.question, word) for word in reading.unknown):
        return False
    if reading.measures:
        return len(reading.unknown) <= 2 or len(reading.unknown) <= len(reading.measures)
    if reading.unknown:
        return False
    dated = bool(reading.conditions.period)
    return dated or reading.matched or bool(_ABOUT_ALL.search(reading.question))


def _is_asked_split(question: str, word: str) -> bool:
    """True for a word that the question wants a breakdown by, such as "planet" in "by planet"."""
    return any(
        _SLOTTED.search(question[: m.start()])
        for m in re.finditer(rf"\b{re.escape(word)}", question)
    )


def _intent(reading: Reading, space: Space) -> str:
    measures = reading.measures or (default_measure(space, reading.table or main_table(space)),)
    measured = " and ".join(m.phrase for m in measures)
    parts = [f"Show {measured}"]
    if reading.groups:
        parts.append(f"by {', '.join(reading.groups)}")
    if reading.conditions.text:
        parts.append(reading.conditions.text)
    text = " ".join(parts) + "."
    if reading.unknown:
        words = ", ".join(f"“{w}”" for w in dict.fromkeys(reading.unknown))
        text += f" The data does not name {words}; that part is left out."
    return text
