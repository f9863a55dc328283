# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""What a column is for, guessed from its name, type and distinct values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.names import spoken

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Family
    from local_workspace.spaces.model import Aggregate, Role

_HIGHEST = frozenset({"peak", "maximum", "highest", "max"})
_EXTREMES = _HIGHEST | {"minimum", "lowest"}
_SUMMED = re.compile(r"\b(total|amount|revenue|sales|cost|costs|quantity|count)\b")
_REDUCED = re.compile(r"^discount (eur|usd|gbp|chf)\b")
"""A discount in money is what was taken off, of which there is so much in all."""
_EACH = re.compile(r"\bunit (cost|amount)|\b(cost|amount|revenue|sales|quantity) per\b")
"""What one thing costs or takes is no part of a total."""
_ID_WORDS = frozenset(
    [
        "id",
        "key",
        "no",
        "code",
        "nr",
        "uuid",
        "guid",
        "zip",
        "postcode",
        "phone",
        "number",
        "num",
        "sku",
    ]
)
_PERIOD_WORDS = frozenset(["year", "month", "quarter", "week", "day", "weekday", "since"])
_SORTS = frozenset(
    {"class", "pclass", "tier", "category", "group", "segment", "cluster", "zone", "district"}
    | {"ward", "floor", "season", "round", "stage", "phase", "lane", "gate", "platform", "type"}
    | {"quartile", "decile", "cohort", "shift", "batch", "semester", "term", "generation", "kind"}
    | {"section", "chapter", "episode", "room", "aisle", "store", "branch", "region", "department"}
    | {"product", "item", "agent", "company", "team", "line", "version", "model", "label", "route"}
)
"""Whole numbers that only tell one of these from another."""
_FEW = 400
_LOCATION = frozenset(["lat", "lon", "lng", "latitude", "longitude"])
_AVERAGED = re.compile(
    r"\b(price|rate|ratio|delay|temperature|temp|age|score|rating|percent|percentage|share|"
    r"csat|ces|sentiment|ranking|average|avg|mean|index|speed|pressure|humidity|visibility|duration|wait|transit|lead|turnaround|response|latency|stay|grade|weight|height|"
    r"length|width|depth|discount|margin|tenure|satisfaction|nps|gpa|salary|wage|bmi|level|"
    r"experience|per|mpg|horsepower|expectancy|efficiency|power|density|velocity|acceleration|intensity|"
    r"irradiance|abv|ibu|occupancy|utilisation|utilization|completion|uptime|humidity|"
    r"oxygen|ph|ppm|mg|percentile|stars|grade|mark|marks|progress|runtime|handover|queue|life|lifetime|probability|concentration|frequency|voltage|elevation|altitude|distance|size|capacity|dewp|dew)\b"
)


def guess_role(name: str, family: Family, rows: int, distinct: int) -> Role:
    """The role of a column nobody described."""
    words = in_english(spoken(name)).split()
    if family in ("date", "timestamp"):
        return "time"
    if family in ("text", "bool"):
        last = words[-1] if words else ""
        if family == "text" and last in ("id", "uuid", "guid") and distinct > 50:
            return "id"
        return "dimension"
    if family == "other":
        return "hidden"
    if words and (words[-1] in _ID_WORDS and words != ["number"]):
        return "id"
    if words == ["rank"] and family == "integer":
        return "id"
    if words == ["hour"] or words[-2:] == ["departure", "hour"]:
        return "hour"
    period = words and words[-1] in _PERIOD_WORDS and "per" not in words
    if _LOCATION & set(words) or period:
        return "dimension"
    if words[:1] == ["year"] and family == "integer":
        return "dimension"
    if words and words[-1] in _SORTS and family == "integer" and distinct <= _FEW:
        return "dimension"
    if family == "integer" and re.search(r"ID$|Id$", name):
        return "id"
    return "measure"


def default_aggregate(name: str, label: str, *, fractions: bool = False) -> Aggregate:
    """Average for names of prices, rates, delays and the like; sum for everything else.

    `fractions`: the values lie between 0 and 1, so that they are rates by whatever name.
    """
    words = f"{in_english(spoken(name))} {in_english(label.lower())}"
    if extreme := _EXTREMES & set(words.split()):
        return "max" if extreme & _HIGHEST else "min"
    if _REDUCED.search(words):
        return "sum"
    if _SUMMED.search(words) and not _EACH.search(words):
        return "sum"
    levels = "%" in name or _AVERAGED.search(words) or _EACH.search(words)
    return "avg" if fractions or levels else "sum"
