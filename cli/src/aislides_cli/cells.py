"""Cells on a terminal, as the deck would print the column: percent, periods, thousands. Unlike on a
slide no digit is scaled away: 1,234,567.89 stays that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from aislides.deck.v1.fact_pb2 import Format, FormatKind, TimeGrain
from aislides.deck.v1.result_pb2 import Result
from aislides.deck.v1.table_pb2 import Column, Row
from orchestrator_svc.deck.formats import MINUS, display, format_for_column
from orchestrator_svc.deck.locales import NBSP
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import from_python

LOCALE: Final = "en-GB"
_PERIODS: Final[dict[int, Callable[[date], str]]] = {
    TimeGrain.TIME_GRAIN_YEAR: lambda day: f"{day:%Y}",
    TimeGrain.TIME_GRAIN_QUARTER: lambda day: f"{day:%Y} Q{(day.month + 2) // 3}",
    TimeGrain.TIME_GRAIN_MONTH: lambda day: f"{day:%Y-%m}",
}
_IN_WORDS: Final = (FormatKind.FORMAT_KIND_DATE, FormatKind.FORMAT_KIND_HOUR)


def written(column: Column, values: Sequence[Any]) -> list[str]:
    """The cells of one column, NULL as nothing."""
    fmt = format_of(column, values)
    one = _writer(fmt, values)
    return ["" if value is None else one(value) for value in values]


def format_of(column: Column, values: Sequence[Any]) -> Format:
    """How the deck would print the column."""
    return format_for_column(table_of(column, values), column.name)


def table_of(column: Column, values: Sequence[Any]) -> Table:
    """The column alone, as decks see tables."""
    rows = [Row(values=[from_python(value)]) for value in values]
    return Table(Result(columns=[column], rows=rows))


def is_percent(fmt: Format) -> bool:
    """Whether the cells carry the percent sign, so that the header needs no unit."""
    return fmt.kind == FormatKind.FORMAT_KIND_PERCENT or fmt.unit == "%"


def plain(text: str) -> str:
    """Without control characters: data must not steer the terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)


def _writer(fmt: Format, values: Sequence[Any]) -> Callable[[Any], str]:
    if fmt.kind == FormatKind.FORMAT_KIND_PERCENT:
        return lambda value: _as_in_a_deck(value, fmt)
    if fmt.kind in _IN_WORDS:
        period = _PERIODS.get(fmt.grain, _day)
        return lambda value: period(value) if isinstance(value, date) else _as_in_a_deck(value, fmt)
    fractions = [abs(value) for value in values if isinstance(value, float)]
    form = ",.4f" if max(fractions, default=1.0) < 1 else ",.2f"
    unit = "%" if fmt.unit == "%" else ""
    return lambda value: _cell(value, form) + unit


def _as_in_a_deck(value: Any, fmt: Format) -> str:
    """What programs and spreadsheets read as well: plain spaces, the minus of keyboards."""
    told = display(from_python(value), fmt, LOCALE)
    return plain(told.replace(NBSP, " ").replace(MINUS, "-"))


def _cell(value: Any, form: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, float):
        return format(value, form)
    return f"{value:,}" if isinstance(value, int | Decimal) else plain(str(value))


def _day(value: date) -> str:
    if not isinstance(value, datetime) or value.time() == time.min:
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m-%d %H:%M:%S}"
