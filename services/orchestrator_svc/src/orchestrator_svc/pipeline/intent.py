"""Intent: which questions to ask of the data. A model calls the tool `query_genie`; when no model
answers, rules plan from the question and the space alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import aislides_analyst
from aislides_runtime.errors import Kind, ServiceError

from orchestrator_svc.pipeline.budget import following_up, seconds_left, short_of
from orchestrator_svc.pipeline.run import Run, answered_within
from orchestrator_svc.ports import Space, ToolTurn


@dataclass(frozen=True, slots=True)
class Plan:
    """Questions to ask; or, when there are none, words to the person who asked."""

    intent: str
    questions: tuple[str, ...]
    clarification: str = ""
    suggestions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The plan as a step keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Plan:
        """The plan that `to_json` wrote."""
        return cls(
            intent=data["intent"],
            questions=tuple(data["questions"]),
            clarification=data["clarification"],
            suggestions=tuple(data["suggestions"]),
        )


async def plan_questions(
    run: Run, space: Space, *, round_number: int = 0, turns: Sequence[ToolTurn] = ()
) -> Plan:
    """The questions of one round. `turns` tells what the round before asked and got."""

    async def work() -> dict[str, Any]:
        return (await _plan(run, space, round_number, turns)).to_json()

    return Plan.from_json(await run.steps.step(f"intent:{round_number}", work))


async def _plan(run: Run, space: Space, round_number: int, turns: Sequence[ToolTurn]) -> Plan:
    data = plan_payload(run, space)
    if turns and (short := await short_of(run, following_up(run))):
        run.journal.remark(
            "no-follow-up", f"Questions that brought nothing were not asked anew: {short}."
        )
        return Plan("", ())
    try:
        async with answered_within(seconds_left()):
            answer = await run.llm.plan(
                data=data,
                max_questions=run.max_questions,
                request_id=run.request_id("plan", round_number),
                tenant=run.request.tenant,
                turns=turns,
            )
    except ServiceError as error:
        if error.kind is Kind.CANCELLED:
            raise
        run.journal.remark(
            "plan-by-rules",
            f"No model planned the questions ({error.reason}); rules planned them.",
        )
        return Plan("", ()) if turns else _plan_by_rules(data)
    run.journal.used(f"plan:{round_number}", model=answer.use)
    if answer.questions:
        most = run.max_questions
        if left_out := answer.questions[most:]:
            told = ", ".join(f"“{question[:120]}”" for question in left_out[:3])
            more = f" and {len(left_out) - 3} more" if len(left_out) > 3 else ""
            run.journal.remark(
                f"left-out:{round_number}",
                f"Not asked, because this deck may ask {most}: {told}{more}",
            )
        return Plan(intent=answer.text.strip(), questions=answer.questions[:most])
    return _asked_back(answer.text)


def plan_payload(run: Run, space: Space) -> dict[str, Any]:
    """What a planner is told: the question and what can be asked about."""
    return {
        "task": "plan",
        "question": run.request.question,
        "max_questions": run.max_questions,
        "space": {
            "title": space.title,
            "description": space.description,
            "tables": [
                {
                    "name": table.name,
                    "description": table.description,
                    "columns": [
                        {
                            "name": column.name,
                            "type": column.type_text,
                            "description": column.description,
                        }
                        for column in table.columns
                    ],
                }
                for table in space.tables
            ],
            "sample_questions": list(space.sample_questions),
            "instructions": space.instructions,
        },
    }


def _plan_by_rules(data: dict[str, Any]) -> Plan:
    planned = aislides_analyst.plan(data)
    if planned.get("questions"):
        return Plan(
            intent=planned.get("intent", ""),
            questions=tuple(item["question"] for item in planned["questions"]),
        )
    return Plan(
        intent="",
        questions=(),
        clarification=planned.get("clarification", ""),
        suggestions=tuple(planned.get("suggestions", ())),
    )


def _asked_back(text: str) -> Plan:
    """Words instead of questions: a clarification, as JSON where the model kept to the form."""
    try:
        data = json.loads(text)
    except ValueError:
        data = {}
    if not isinstance(data, dict):
        data = {}
    suggestions = data.get("suggestions", [])
    return Plan(
        intent="",
        questions=(),
        clarification=str(data.get("clarification") or text).strip(),
        suggestions=tuple(str(item) for item in suggestions if isinstance(item, str)),
    )
