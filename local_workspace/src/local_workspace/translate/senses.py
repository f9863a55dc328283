"""What a phrase can mean in a catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "table",
    "column",
    "value",
    "measure",
    "filter",
    "dimension",
    "role",
    "toward",
    "event",
    "rate",
    "verb",
    "band",
]


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a phrase can mean.

    `raw` asks for a key itself, not for its label. `weak` counts only where nothing else is meant.
    An "event" is what a time column dates ("cancellations"); a "rate" the share of rows that a
    filter or a yes-or-no column marks; a "verb" what is done to a row ("shipped" of a shipment);
    a "band" is a number column to group by, in bands of the width `value` where it has one.
    """

    kind: Kind
    table: str = ""
    name: str = ""
    value: str = ""
    negated: bool = False
    raw: bool = False
    weak: bool = False
