"""Figures that were typed: found in plain text, and compared with exact values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aislides.deck.v1.fact_pb2 import FactValue, FormatKind

from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.entities import number

_FIGURE = re.compile(
    r"(?<![\w⟦.,])(?P<sign>[-−–+])?(?P<currency>[$€£]|[a-z]{3} (?=\d))?"
    r"(?P<digits>\d{1,3}(?:[,\u202f\u00a0 ’']\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<rest>[\w%°×:/-]*)(?:[ \u00a0](?P<unit>[a-z%°×]+))?"
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "mn": 1e6, "bn": 1e9}
_SCALES["billion"] = 1e9
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP"}


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """One figure as typed: where, its text, value, decimals, and the unit word after it."""

    start: int
    end: int
    text: str
    value: float
    decimals: int
    unit: str
    scale: float

    def equals(self, value: FactValue) -> bool:
        """Whether the figure is the value, rounded as typed, in the value's unit."""
        exact = number(value)
        if exact is None or re.match(r"[-−–+]?0\d", self.text):
            return False
        kind = value.format.kind
        shown = exact
        if kind == FormatKind.FORMAT_KIND_PERCENT:
            if self.unit != "%":
                return False
            shown = exact * 100
        elif kind == FormatKind.FORMAT_KIND_PERCENTAGE_POINT:
            if self.unit != "pp":
                return False
            shown = exact * 100
        elif (self.unit and self.unit != _unit_of(value)) or (
            kind != FormatKind.FORMAT_KIND_COUNT and _unit_of(value) and not self.unit
        ):
            return False
        return self._is_rounding_of(shown)

    def _is_rounding_of(self, shown: float) -> bool:
        typed = self.value * self.scale
        step = self.scale * 10**-self.decimals
        written = re.sub(r"\D", "", self.text).lstrip("0")
        digits = len(written if self.decimals else written.rstrip("0"))
        if abs(typed - shown) <= 1e-9 * max(1.0, abs(shown)):
            return True
        return digits >= 2 and abs(typed - shown) <= step / 2 * (1 + 1e-9)


def typed_figures(flat: str, context: VerifyContext) -> Iterator[TypedFigure]:
    """The figures in a reading's text that are no part of a name, date or number it may hold."""
    units = context.lexicon.units
    for found in _FIGURE.finditer(flat):
        start, end = found.start("digits"), found.end("rest")
        word = found["digits"] + found["rest"]
        rest, follows = found["rest"].strip("-:/"), found["unit"] or ""
        if _permitted(word.strip("-:/").lower(), context, flat, start):
            continue
        unit, scale = "", 1.0
        for part in (rest, follows):
            if part in _SCALES and scale == 1.0 and units.get(part) in ("k", "m", "bn"):
                scale = _SCALES[part]
            elif part in units and not unit:
                unit = units[part]
                end = found.end("unit") if part == follows and follows else end
        if rest and rest not in units:
            unit = rest
        currency = (found["currency"] or "").strip()
        if currency in _SYMBOLS:
            unit, start = _SYMBOLS[currency], found.start("currency")
        elif currency and currency == currency.lower() and currency in ("usd", "eur", "gbp"):
            unit, start = currency.upper(), found.start("currency")
        sign = -1.0 if found["sign"] in ("-", "−", "–") and found["sign"] else 1.0
        if found["sign"] and start == found.start("digits"):
            start = found.start("sign")
        plain = re.sub(r"[,\u202f\u00a0 ’']", "", found["digits"])
        decimals = len(plain.partition(".")[2])
        value = sign * float(plain)
        yield TypedFigure(start, end, flat[start:end], value, decimals, unit, scale)


def _permitted(word: str, context: VerifyContext, flat: str, position: int) -> bool:
    """Whether the word stands in the question, the space or a name, or is a year of the data."""
    if re.fullmatch(r"(?:19|20)\d{2}s?", word):
        return int(word[:4]) in context.years
    if word in context.words_with_digits:
        return True
    whole = (*context.names, *context.labels_with_digits)
    longer = [name for name in whole if word in name and len(name) > len(word)]
    return any(_covers(name, flat, position, position + len(word)) for name in longer)


def _covers(name: str, flat: str, start: int, end: int) -> bool:
    """Whether the name stands in the text around these positions."""
    return 0 <= flat.find(name, max(0, end - len(name)), start + len(name)) <= start


def _unit_of(value: FactValue) -> str:
    if value.format.kind == FormatKind.FORMAT_KIND_MULTIPLE:
        return "×"
    return value.format.unit if value.format.kind != FormatKind.FORMAT_KIND_COUNT else ""
