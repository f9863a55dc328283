"""Numbers told over several periods: running totals and moving averages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.plan import Moving, Running
from local_workspace.translate.shapes.reading import AskedBack, adds_up, keyword

if TYPE_CHECKING:
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_SO_FAR = ("running total", "cumulative", "cumulated", "running", "cumulative total")
_GRAINS = ("year", "quarter", "month", "week", "day")
_MOST = 60


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan by period with what is told over several of them; None where nothing is."""
    for at, chunk in enumerate(found):
        said = chunk.text.lower()
        so_far = said in _SO_FAR and (chunk.key("beyond") or chunk.value == "sum")
        if so_far and (said != "running" or _leads_to_number(found, at)):
            return _running(found[:at] + _after(found, at + 1, "sum"), reading)
        if chunk.key("beyond") and said in ("moving average", "rolling"):
            return _moving(found, at, reading)
        if _to_date(chunk) and any(c.kind == "grain" and c.value in _GRAINS for c in found):
            return _so_far_this_year(found, reading)
    return None


def _leads_to_number(found: list[Chunk], at: int) -> bool:
    """ "running revenue by month", but not "machines still running"."""
    after = found[at + 1 : at + 2]
    return any(c.key("agg", "count") or bool(c.senses) for c in after)


def _after(found: list[Chunk], at: int, aggregation: str) -> list[Chunk]:
    """What follows: "running [total of] revenue", "rolling [average]"."""
    if found[at : at + 1] and found[at].key("agg") and found[at].value == aggregation:
        at += 1
    while found[at : at + 1] and found[at].key("in") and found[at].text.lower() in ("of", "for"):
        at += 1
    return found[at:]


def _to_date(chunk: Chunk) -> bool:
    return chunk.kind == "date" and chunk.text.lower() in ("ytd", "year to date")


def _running(rest: list[Chunk], reading: Reading) -> Plan:
    timed = any(chunk.kind == "grain" or chunk.key("trend", "by") for chunk in rest)
    plain = reading.plan(rest if timed else [*rest, keyword("trend", "over time")])
    _check(plain)
    lost = [m for m in plain.metrics if not adds_up(m, reading.catalog)]
    if lost:
        raise Unbound("averages, ratios and different ones have no running total; totals do")
    return replace(plain, shape=Running())


def _so_far_this_year(found: list[Chunk], reading: Reading) -> Plan | None:
    """ "year to date by month": the months, and what they add up to; plain if nothing adds up."""
    try:
        return _running(found, reading)
    except (AskedBack, Unbound):
        return None


def _check(plan: Plan) -> None:
    if sum(1 for group in plan.groups if group.grain) != 1 or not plan.metrics:
        raise Unbound("a running figure needs a measure and a period, e.g. “… by month”")
    ranked = plan.limit or plan.limit_per or plan.having or plan.change or plan.difference
    if ranked or any(metric.share == "total" for metric in plan.metrics):
        raise Unbound("a running figure is told of all periods; ask without a ranking or a limit")


def _moving(found: list[Chunk], at: int, reading: Reading) -> Plan:
    before, after = found[:at], _after(found, at + 1, "avg")
    window, before, after = _window(before, after)
    if window is None:
        raise Unbound("say over how many periods the average moves, e.g. “3-month moving average”")
    count, grain = window
    if not 2 <= count <= _MOST:
        raise Unbound(f"an average moves over 2 to {_MOST} periods")
    rest = [*before, *after]
    if not any(chunk.kind == "grain" for chunk in rest):
        rest += [keyword("by", "by"), replace(grain, text=grain.value, plural=False)]
    plain = reading.plan(rest)
    _check(plain)
    if not any(group.grain == grain.value for group in plain.groups):
        raise Unbound(f"an average over {grain.text} needs figures by {grain.value}")
    return replace(plain, shape=Moving(count))


def _window(
    before: list[Chunk], after: list[Chunk]
) -> tuple[tuple[int, Chunk] | None, list[Chunk], list[Chunk]]:
    """How many periods of which grain: "3-month", "over 3 months", "rolling 12 month average"."""
    for side in (before, after):
        for at in range(len(side) - 1):
            grain = at + 1 + side[at + 1].key("minus")
            whole = side[at].kind == "number" and side[at].number == int(side[at].number)
            if not whole or grain >= len(side) or side[grain].value not in _GRAINS:
                continue
            first = at - 1 if at and side[at - 1].text.lower() in ("over", "of", "in") else at
            kept = [*side[:first], *_after(side, grain + 1, "avg")]
            found = (int(side[at].number), side[grain])
            return (found, kept, after) if side is before else (found, before, kept)
    return None, before, after
