"""How numbers and periods are printed on charts: short, in one scale, without the unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from aislides.deck.v1 import fact_pb2, table_pb2

from orchestrator_svc.deck.formats import display, refine
from orchestrator_svc.deck.locales import locale_of
from orchestrator_svc.deck.values import PythonValue, from_python
from orchestrator_svc.render.phrases import phrases

_WITH_UNIT: Final = frozenset(
    (
        fact_pb2.FORMAT_KIND_COUNT,
        fact_pb2.FORMAT_KIND_NUMBER,
        fact_pb2.FORMAT_KIND_CURRENCY,
    )
)
_PERCENT: Final = fact_pb2.FORMAT_KIND_PERCENT
_NUMBER: Final = fact_pb2.FORMAT_KIND_NUMBER
_SCALES: Final = (1.0, 1e3, 1e6, 1e9)
_TINY: Final = 1e-6
_MOST_DECIMALS: Final = 6


def show_number(value: float | None, fmt: fact_pb2.Format, locale: str) -> str:
    """A number on a chart: the caption names the unit, so the label does not."""
    if value is None:
        return phrases(locale)["no-data-mark"]
    if 0 < abs(value) < _TINY:
        sign = "+" if fmt.signed and value > 0 else ""
        return sign + _scientific(value, locale)
    bare = refine(fmt, value)
    if value == 0:
        # Nothing has no scale.
        bare.scale = fact_pb2.SCALE_UNSPECIFIED
        bare.decimals = 0
    if bare.kind in _WITH_UNIT:
        bare.kind = _NUMBER
        bare.unit = ""
    return display(table_pb2.Value(number=value), bare, locale)


def show_change(value: float | None, fmt: fact_pb2.Format, locale: str) -> str:
    """A difference, with its sign; shares differ by percentage points."""
    if value is None:
        return "n/a"
    signed = fact_pb2.Format()
    signed.CopyFrom(fmt)
    signed.signed = True
    if signed.kind == _PERCENT:
        signed.kind = fact_pb2.FORMAT_KIND_PERCENTAGE_POINT
    return show_number(value, signed, locale)


def show_share(value: float, locale: str, *, signed: bool = False, decimals: int = 0) -> str:
    """A fraction of one as a percentage."""
    fmt = fact_pb2.Format(kind=_PERCENT, decimals=decimals, signed=signed)
    return display(table_pb2.Value(number=value), fmt, locale)


def show_ticks(ticks: Sequence[float], fmt: fact_pb2.Format, locale: str) -> list[str]:
    """The values of an axis, all with the same scale and as many decimals as they need."""
    if any(0 < abs(tick) < _TINY for tick in ticks):
        return ["0" if tick == 0 else _scientific(tick, locale) for tick in ticks]
    percent = fmt.kind == _PERCENT
    bare = fact_pb2.Format(kind=_PERCENT if percent else _NUMBER, scale=fmt.scale)
    largest = max((abs(tick) for tick in ticks), default=0.0)
    # The column's own scale suits its numbers; sums and cut axes can be far from them.
    while bare.scale and largest < _SCALES[bare.scale]:
        bare.scale -= 1  # type: ignore[assignment]
    while bare.scale < len(_SCALES) - 1 and largest >= 1e4 * _SCALES[bare.scale]:
        bare.scale += 1  # type: ignore[assignment]
    factor = 100.0 if percent else 1 / _SCALES[bare.scale]
    if percent:
        bare.scale = fact_pb2.SCALE_UNSPECIFIED
    bare.decimals = max((_decimals(tick * factor) for tick in ticks), default=0)
    return [
        "0" if tick == 0 and not percent else display(table_pb2.Value(number=tick), bare, locale)
        for tick in ticks
    ]


def short_period(cell: PythonValue, fmt: fact_pb2.Format, locale: str) -> str:
    """A period as axes print it: `Jan ’25`; what has no short form as everywhere else."""
    if isinstance(cell, date) and locale.lower().startswith("en"):
        year = f"’{cell.year % 100:02d}"
        if fmt.grain == fact_pb2.TIME_GRAIN_MONTH:
            return f"{locale_of(locale).months[cell.month - 1]} {year}"
        if fmt.grain == fact_pb2.TIME_GRAIN_QUARTER:
            return f"Q{(cell.month + 2) // 3} {year}"
        if fmt.grain in (fact_pb2.TIME_GRAIN_DAY, fact_pb2.TIME_GRAIN_WEEK):
            return display(from_python(cell), fmt, locale).replace(f" {cell.year}", f" {year}")
    return display(from_python(cell), fmt, locale)


def _decimals(value: float) -> int:
    for decimals in range(_MOST_DECIMALS):
        if math.isclose(round(value, decimals), value, rel_tol=1e-9, abs_tol=1e-12):
            return decimals
    return _MOST_DECIMALS


def _scientific(value: float, locale: str) -> str:
    mantissa, _, power = f"{abs(value):.1e}".partition("e")
    sign = "−" if value < 0 else ""
    power = str(int(power)).replace("-", "−")
    return f"{sign}{mantissa.replace('.', locale_of(locale).point)}e{power}"
