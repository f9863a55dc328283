"""Fault rules at run time, for benches and chaos tests. Not part of the Databricks API."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from local_workspace.faults.rules import FaultRule
from local_workspace.routes.access import Caller, Served

router = APIRouter(prefix="/local/faults")


class Rules(BaseModel):
    """The rules in force, in order, and Genie's budget (null: no limit)."""

    rules: list[FaultRule]
    questions_a_minute: int | None = None


@router.get("")
async def get_rules(workspace: Served, _: Caller) -> Rules:
    """What is in force."""
    budget = workspace.genie.budget.questions_a_minute
    return Rules(rules=workspace.faults.rules, questions_a_minute=budget)


@router.put("")
async def put_rules(rules: Rules, workspace: Served, _: Caller) -> dict[str, Any]:
    """Puts these rules in the place of all others."""
    workspace.faults.replace(rules.rules)
    workspace.genie.budget.questions_a_minute = rules.questions_a_minute
    return {}


@router.delete("")
async def delete_rules(workspace: Served, _: Caller) -> dict[str, Any]:
    """No faults any more."""
    workspace.faults.replace([])
    return {}
