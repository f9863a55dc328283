# ruff: noqa: SIM905
"""How values are printed: one format per column, decided once, and the printing itself."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from aislides.deck.v1.fact_pb2 import Format, FormatKind, Polarity, Scale, TimeGrain
from aislides.deck.v1.table_pb2 import ColumnType, Value

from orchestrator_svc.deck.labels import (
    COUNT_ALONE,
    label_for_column,
    singular,
    things_counted,
)
from orchestrator_svc.deck.locales import NBSP, Locale, locale_of
from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.units import (
    CURRENCIES,
    SHARE_WORDS,
    SHARES_BY_NAME,
    printed_unit,
    unit_in_name,
)
from orchestrator_svc.deck.values import PythonValue, number_of, to_python

__all__ = ["display", "format_for_column", "format_for_numbers", "label_for_column", "refine"]

MINUS = "−"
NO_VALUE = "–"
# Looked up once: an enum wrapper finds a name anew each time, and every cell is displayed.
_COUNT = FormatKind.FORMAT_KIND_COUNT
_CURRENCY = FormatKind.FORMAT_KIND_CURRENCY
_DATE = FormatKind.FORMAT_KIND_DATE
_HOUR = FormatKind.FORMAT_KIND_HOUR
_MULTIPLE = FormatKind.FORMAT_KIND_MULTIPLE
_NAME = FormatKind.FORMAT_KIND_NAME
_NUMBER = FormatKind.FORMAT_KIND_NUMBER
_PERCENT = FormatKind.FORMAT_KIND_PERCENT
_PERCENTAGE_POINT = FormatKind.FORMAT_KIND_PERCENTAGE_POINT
_UNSPECIFIED = FormatKind.FORMAT_KIND_UNSPECIFIED
_YEARLY = TimeGrain.TIME_GRAIN_YEAR
_QUARTERLY = TimeGrain.TIME_GRAIN_QUARTER
_MONTHLY = TimeGrain.TIME_GRAIN_MONTH
_WEEKLY = TimeGrain.TIME_GRAIN_WEEK
_DAILY = TimeGrain.TIME_GRAIN_DAY
_HOURLY = TimeGrain.TIME_GRAIN_HOUR
_NO_GRAIN = TimeGrain.TIME_GRAIN_UNSPECIFIED
_MORE = Polarity.POLARITY_MORE_IS_BETTER
_LESS = Polarity.POLARITY_LESS_IS_BETTER
_NEITHER = Polarity.POLARITY_UNSPECIFIED
_SCALES = {
    Scale.SCALE_UNSPECIFIED: 1.0,
    Scale.SCALE_THOUSAND: 1e3,
    Scale.SCALE_MILLION: 1e6,
    Scale.SCALE_BILLION: 1e9,
}
_LESS_IS_BETTER = frozenset(
    (
        "delay delays late cost costs expense expenses churn cancelled cancellation "
        "cancellations complaints complaint defects defect errors error returns refunds "
        "downtime latency loss losses wait waiting backlog overdue incidents accidents "
        "failures failure resolution response handling absences absence attrition leavers "
        "lateness injuries bounce emissions fraud overtime stockouts breakdown breakdowns leakage "
        "abandonment abandoned readmission readmissions injury scrap theft"
    ).split()
)
_MORE_IS_BETTER = frozenset(
    (
        "revenue profit margin sales income satisfaction rating score uptime retention "
        "conversion conversions growth bookings nps csat grade grades yield punctuality "
        "utilisation utilization productivity sold attendance occupancy"
    ).split()
)
_NOT_THINGS = frozenset(("sales status address bonus gross loss process access mass plus").split())
_RATES = frozenset(("avg average mean median min max minimum maximum rate share ratio").split())
_COUNTING = frozenset({"count", "num", "number", "cnt", "n"})


def display(value: Value, fmt: Format, locale: str) -> str:
    """The value as slides print it. Never `None`, `NaN`, `null` or `Infinity`.

    NULL gives an en dash, a value that is no number where one is needed gives `n/a`.
    """
    exact = to_python(value)
    if exact is None:
        return NO_VALUE
    habits = locale_of(locale)
    if fmt.kind == _DATE:
        return _period(exact, fmt.grain, habits)
    if fmt.kind == _HOUR:
        return _hour(exact, habits)
    if fmt.kind in (_NAME, _UNSPECIFIED):
        return _name(exact, habits)
    number = number_of(exact)
    if number is None:
        return _name(exact, habits) if isinstance(exact, str) else habits.not_available
    return _number(exact, number, fmt, habits)


def format_for_column(table: Table, name: str) -> Format:
    """The one format of a column: kind, decimals, unit and scale, from its type, unit and cells.

    The table keeps it: do not change it. Raises KeyError when the table has no such column.
    """
    if name not in table.formats:
        table.formats[name] = _format_for_column(table, name)
    return table.formats[name]


def _format_for_column(table: Table, name: str) -> Format:
    axis = table.axis(name)
    spec = table.spec(name)
    if axis is not None:
        if axis.grain == _HOURLY and axis.cyclic:
            return Format(kind=_HOUR, grain=axis.grain)
        weekday = axis.cyclic and axis.grain == _DAILY
        kind = _NAME if weekday else _DATE
        return Format(kind=kind, grain=axis.grain)
    if not table.is_numeric(name):
        return Format(kind=_NAME)
    whole = spec.type == ColumnType.COLUMN_TYPE_INTEGER
    return format_for_numbers(name, spec.unit, table.numbers(name), whole=whole)


def format_for_numbers(
    name: str, unit: str, numbers: Sequence[float | None], *, whole: bool = False
) -> Format:
    """The format of numbers that a column of this name and declared unit would get."""
    words = set(name_tokens(name))
    sizes = [abs(number) for number in numbers if number is not None]
    largest = max(sizes, default=0.0)
    printed = printed_unit(unit) or unit_in_name(name)
    fmt = Format(polarity=_polarity(words))
    by_name = SHARE_WORDS & words or (not printed and not whole and SHARES_BY_NAME & words)
    fraction = largest <= 1.0 and (printed in {"%", "share"} or bool(by_name))
    if fraction and not (whole and largest > 0 and printed == ""):
        fmt.kind = _PERCENT
        fmt.decimals = 1 if largest >= 0.01 or largest == 0 else 2
        return fmt
    if printed in CURRENCIES:
        fmt.kind, fmt.unit = _CURRENCY, printed
        fmt.scale = _scale(largest)
    elif whole and _is_count(name, words, printed):
        fmt.kind = _COUNT
        fmt.unit = printed or things_counted(name)[:24]
        fmt.scale = _scale(largest) if largest >= 1e6 else Scale.SCALE_UNSPECIFIED
    else:
        fmt.kind = _NUMBER
        fmt.unit = "" if printed == "share" else printed
        fmt.scale = _scale(largest) if largest >= 1e5 else Scale.SCALE_UNSPECIFIED
    scaled = [size / _SCALES[fmt.scale] for size in sizes]
    fmt.decimals = _decimals(scaled)
    if fmt.kind == _COUNT and not fmt.scale:
        fmt.decimals = 0
    return fmt


def refine(fmt: Format, value: float | None) -> Format:
    """The format with enough decimals for `value` not to print as zero, at most 6.

    A scale that is far too large for the value is given up; one that is too small is raised, so
    that a total of many cells still prints in 3 to 4 digits.
    """
    fine = Format()
    fine.CopyFrom(fmt)
    if value is None or value == 0 or not math.isfinite(value):
        return fine
    if fine.scale and abs(value) < _SCALES[fine.scale]:
        fine.scale = _scale(abs(value)) if abs(value) >= 1e5 else Scale.SCALE_UNSPECIFIED
        fine.decimals = _decimals([abs(value) / _SCALES[fine.scale]])
        if fine.kind == _COUNT and not fine.scale:
            fine.decimals = 0 if abs(value) >= 1 and float(value).is_integer() else fine.decimals
    scaling = (_NUMBER, _CURRENCY)
    large = abs(value) / _SCALES[fine.scale] >= (1e3 if fine.scale else 1e5)
    if large and fine.kind in scaling and fine.scale < _scale(abs(value)):
        fine.scale = _scale(abs(value))
        fine.decimals = _decimals([abs(value) / _SCALES[fine.scale]])
    size = abs(value) / _SCALES[fine.scale]
    if fine.scale and size < 10 and fine.decimals == 0:
        fine.decimals = 1
    size *= 100 if fine.kind in _PERCENTS else 1
    while size > 0 and fine.decimals < 6 and size < 0.5 * 10**-fine.decimals:
        fine.decimals += 1
    return fine


_PERCENTS = (_PERCENT, _PERCENTAGE_POINT)
_NONZERO = re.compile("[1-9]")


def _number(exact: PythonValue, number: float, fmt: Format, habits: Locale) -> str:
    kind = fmt.kind
    if fmt.scale and abs(number) / _SCALES[fmt.scale] >= 1e15:
        fmt = Format(kind=fmt.kind, unit=fmt.unit, signed=fmt.signed)
    scaled: float | Decimal = number / _SCALES[fmt.scale]
    if isinstance(exact, int | Decimal) and kind not in _PERCENTS and not fmt.scale:
        scaled = Decimal(exact)
    if kind in _PERCENTS:
        scaled = Decimal(repr(number)) * 100
    size = scaled.copy_abs() if isinstance(scaled, Decimal) else abs(scaled)
    digits = _digits(size, min(max(fmt.decimals, 0), 6), habits)
    zero = not _NONZERO.search(digits)
    if zero and number != 0 and (finer := refine(fmt, number)) != fmt:
        return _number(exact, number, finer, habits)
    sign = MINUS if number < 0 and not zero else ""
    if fmt.signed and not sign and not zero:
        sign = "+"
    if fmt.scale:
        digits += habits.scales[fmt.scale - 1]
    return f"{sign}{_with_unit(digits, fmt, habits)}"


def _with_unit(digits: str, fmt: Format, habits: Locale) -> str:
    if fmt.kind == _PERCENT or fmt.unit == "%":
        return f"{digits}{habits.percent}%"
    if fmt.kind == _PERCENTAGE_POINT:
        return f"{digits}{habits.points}"
    if fmt.kind == _MULTIPLE:
        return f"{digits}×"
    if not fmt.unit:
        return digits
    if fmt.kind == _CURRENCY:
        return f"{fmt.unit}{NBSP}{digits}"
    unit = singular(fmt.unit) if fmt.kind == _COUNT and digits == "1" else fmt.unit
    return f"{digits}°" if unit == "°" else f"{digits}{NBSP}{unit}"


_EXACT_DIGITS = 1e15


def _digits(size: float | Decimal, decimals: int, habits: Locale) -> str:
    if size >= 1e15:
        mantissa, _, exponent = f"{size:.2e}".partition("e")
        return f"{mantissa.replace('.', habits.point)}e{int(exponent)}"
    # Half away from zero, as people round; the shortest decimal of a float is what they see.
    if isinstance(size, float) and not _needs_decimal(size, decimals):
        return f"{size:,.{decimals}f}".translate({44: habits.group, 46: habits.point})
    plain = Decimal(repr(size)) if isinstance(size, float) else size
    rounded = plain.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")
    return f"{rounded:,.{decimals}f}".translate({44: habits.group, 46: habits.point})


def _needs_decimal(size: float, decimals: int) -> bool:
    """Whether a float may print otherwise than its shortest decimal does.

    It does where that decimal is half-way between two that are printed: a half-way point between
    the two would be as short and stand for the same float, and so be the shortest itself. And it
    does beyond the digits that a float has.
    """
    if size * 10.0**decimals >= _EXACT_DIGITS:
        return True
    shortest = repr(size)
    fraction = len(shortest) - shortest.find(".") - 1
    return "e" in shortest or (fraction == decimals + 1 and shortest[-1] == "5")


def _period(  # noqa: PLR0911 - one return for each type
    exact: PythonValue, grain: TimeGrain.ValueType, habits: Locale
) -> str:
    if isinstance(exact, str):
        exact = _parse_period(exact)
    if isinstance(exact, int | float | Decimal) and not isinstance(exact, bool):
        return _numbered_period(number_of(exact), grain, habits)
    if not isinstance(exact, date):
        return _name(exact, habits)
    month = habits.months[exact.month - 1]
    if grain == _YEARLY:
        return habits.year.format(year=exact.year)
    if grain == _QUARTERLY:
        return habits.quarter.format(number=(exact.month - 1) // 3 + 1, year=exact.year)
    if grain == _MONTHLY:
        return habits.month.format(month=month, year=exact.year)
    if grain == _WEEKLY:
        exact = exact - timedelta(days=exact.weekday())
        month = habits.months[exact.month - 1]
    day = habits.day.format(day=exact.day, month=month, year=exact.year)
    if isinstance(exact, datetime) and grain in (
        _HOURLY,
        _NO_GRAIN,
    ):
        return f"{day} {exact:%H:%M}"
    return day


def _numbered_period(number: float | None, grain: TimeGrain.ValueType, habits: Locale) -> str:
    if number is None:
        return habits.not_available
    whole = int(number)
    if grain == _MONTHLY and 1 <= whole <= 12:
        return habits.long_months[whole - 1]
    if grain == _QUARTERLY and 1 <= whole <= 4:
        return habits.any_quarter.format(number=whole)
    if grain == _WEEKLY:
        return habits.any_week.format(number=whole)
    if grain == _YEARLY:
        return habits.year.format(year=whole)
    return str(whole)


def _parse_period(text: str) -> PythonValue:
    """A date for `2013-07`, `2013-Q3`, `2013-07-05`; else the text."""
    found = re.fullmatch(r"(\d{4})[-/](0?[1-9]|1[0-2])", text.strip())
    if found:
        return date(int(found[1]), int(found[2]), 1)
    found = re.fullmatch(r"(\d{4})[-/ ]?[Qq]([1-4])", text.strip())
    if found:
        return date(int(found[1]), int(found[2]) * 3 - 2, 1)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return text


def _hour(exact: PythonValue, habits: Locale) -> str:
    if isinstance(exact, datetime):
        return f"{exact:%H:%M}"
    number = number_of(exact)
    if number is None:
        return habits.not_available
    return f"{int(number)}:{round(number % 1 * 60):02d}"


def _name(  # noqa: PLR0911 - one return for each type
    exact: PythonValue, habits: Locale
) -> str:
    if isinstance(exact, bool):
        return habits.yes if exact else habits.no
    if isinstance(exact, date):
        midnight = isinstance(exact, datetime) and (exact.hour, exact.minute) == (0, 0)
        grain = _DAILY if midnight else _NO_GRAIN
        return _period(exact, grain, habits)
    if isinstance(exact, bytes):
        return habits.bytes_of.format(number=len(exact))
    if isinstance(exact, float):
        if not math.isfinite(exact):
            return habits.not_available
        digits = _digits(abs(exact), 0 if exact.is_integer() else 2, habits)
        return MINUS + digits if exact < 0 else digits
    if isinstance(exact, Decimal):
        return f"{exact:f}".replace("-", MINUS) if exact.is_finite() else habits.not_available
    if isinstance(exact, int):
        return str(exact).replace("-", MINUS)
    if exact is None:
        return NO_VALUE
    return exact if exact.strip() else habits.blank


def _scale(largest: float) -> Scale.ValueType:
    if largest >= 1e9:
        return Scale.SCALE_BILLION
    if largest >= 1e6:
        return Scale.SCALE_MILLION
    return Scale.SCALE_THOUSAND if largest >= 1e4 else Scale.SCALE_UNSPECIFIED


def _decimals(sizes: Sequence[float]) -> int:
    """Digits after the point for 3 significant digits of the largest, no more than the data has."""
    largest = max(sizes, default=0.0)
    if largest <= 0:
        return 0
    wanted = min(max(2 - math.floor(math.log10(largest)), 0), 6)
    most = 0
    for size in sizes:
        most = max(most, _places(size))
        if most >= wanted:
            return wanted
    return most


def _places(size: float) -> int:
    written = f"{size:.6f}".rstrip("0")
    return len(written.partition(".")[2])


def _is_count(name: str, words: set[str], printed: str) -> bool:
    if printed in CURRENCIES or printed in {"%", "share"} or _RATES & words:
        return False
    ordered = name_tokens(name)
    # `visits_with_rating` counts visits.
    ordered = ordered[: ordered.index("with")] if "with" in ordered[1:] else ordered
    last = ordered[-1] if ordered else ""
    if _COUNTING & words or name.lower() in COUNT_ALONE or "count(" in name.lower():
        return True
    plural_noun = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return plural_noun and last not in _NOT_THINGS and (printed in ("", last))


def _polarity(words: set[str]) -> Polarity.ValueType:
    if {"service", "level"} <= words:
        return _MORE
    if words & _LESS_IS_BETTER:
        return _LESS
    return _MORE if words & _MORE_IS_BETTER else _NEITHER
