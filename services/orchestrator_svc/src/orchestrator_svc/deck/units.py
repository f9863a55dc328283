# ruff: noqa: SIM905
"""Units of columns: from the declared unit, or from the words of the column's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from orchestrator_svc.deck.periods import name_tokens

CURRENCIES: Final = frozenset(
    (
        "USD EUR GBP CHF JPY CNY INR CAD AUD NZD SEK NOK DKK PLN CZK HUF BRL MXN ZAR SGD "
        "HKD KRW TRY ILS AED SAR THB RUB"
    ).split()
)
"""Currency codes that are recognised in a unit or a column name."""

PERCENT_WORDS: Final = frozenset({"pct", "percent", "percentage", "%"})
SHARE_WORDS: Final = frozenset({"share", "fraction", "proportion", "rate", "ratio", "probability"})

_PRINTED: Final = {
    "minutes": "min",
    "minute": "min",
    "mins": "min",
    "min": "min",
    "hours": "h",
    "hour": "h",
    "hrs": "h",
    "seconds": "s",
    "second": "s",
    "secs": "s",
    "sec": "s",
    "milliseconds": "ms",
    "millis": "ms",
    "ms": "ms",
    "days": "days",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
    "miles": "mi",
    "mi": "mi",
    "mph": "mph",
    "kilometers": "km",
    "kilometres": "km",
    "km": "km",
    "meters": "m",
    "metres": "m",
    "feet": "ft",
    "ft": "ft",
    "kilograms": "kg",
    "kg": "kg",
    "tonnes": "t",
    "tons": "t",
    "lbs": "lb",
    "liters": "l",
    "litres": "l",
    "gallons": "gal",
    "celsius": "°C",
    "degc": "°C",
    "fahrenheit": "°F",
    "degf": "°F",
    "degrees": "°",
    "kwh": "kWh",
    "mwh": "MWh",
    "gwh": "GWh",
    "twh": "TWh",
    "kw": "kW",
    "mw": "MW",
    "gw": "GW",
    "kt": "kt",
    "mt": "Mt",
    "mg": "mg",
    "mm": "mm",
    "cm": "cm",
    "ml": "ml",
    "hl": "hl",
    "l": "l",
    "kwp": "kWp",
    "ha": "ha",
    "sqm": "m²",
    "m2": "m²",
    "sqft": "ft²",
    "m3": "m³",
    "rpm": "rpm",
    "ppm": "ppm",
    "kmh": "km/h",
    "meur": "m EUR",
    "keur": "k EUR",
    "teur": "k EUR",
    "musd": "m USD",
    "kusd": "k USD",
    "mgbp": "m GBP",
    "kgbp": "k GBP",
    "gb": "GB",
    "mb": "MB",
    "kb": "kB",
    "bytes": "bytes",
}
_AMBIGUOUS: Final = frozenset({"min", "mi", "hour", "minute", "second", "feet", "m"})
# Ambiguous words are units only where a unit is declared, never in a name.
_NAME_UNITS: Final = {word: unit for word, unit in _PRINTED.items() if word not in _AMBIGUOUS}
_AREAS: Final = frozenset({"m²", "ft²", "ha"})
"""What a unit before them is told per: `irradiance_kwh_m2` is in kWh/m²."""
_AGGREGATES: Final = frozenset("avg average mean median total sum min max number of".split())
_OF_THEIR_OWN_UNIT: Final = frozenset({"change", "growth"})
_BEFORE_UNIT: Final = frozenset({"in", "of"})


def printed_unit(declared: str) -> str:  # noqa: PLR0911 - one return for each spelling
    """A declared unit as slides print it: `minutes` is `min`; a currency is its code.

    `share`, `fraction` and the like are no printed unit and give `share`; percent gives `%`.
    """
    unit = declared.strip()
    if unit.upper() in CURRENCIES:
        return unit.upper()
    low = unit.lower()
    if low in {"$", "us$", "dollars", "dollar"}:
        return "USD"
    if low in {"€", "euro", "euros"}:
        return "EUR"
    if low in {"£", "pounds"}:
        return "GBP"
    if low in PERCENT_WORDS:
        return "%"
    if low in SHARE_WORDS:
        return "share"
    return _PRINTED.get(low, unit[:24])


def unit_in_name(name: str) -> str:
    """The printed unit that a column's name ends with, empty for none.

    `avg_departure_delay_minutes` gives `min`, `revenue_usd` gives `USD`, `cancelled_pct` gives `%`.
    """
    words = name_tokens(name)
    # `visits_with_chair_minutes` counts visits, and no minutes.
    words = words[: words.index("with")] if "with" in words[1:] else words
    last = words[-1] if words else ""
    if last.upper() in CURRENCIES and len(words) > 1:
        return last.upper()
    if PERCENT_WORDS & set(words):
        return "%"
    if _is_divided(words):
        return ""
    unit = _NAME_UNITS.get(last, "")
    before = _NAME_UNITS.get(words[-2], "") if len(words) > 2 else ""
    return f"{before}/{unit}" if before and unit in _AREAS else unit


def _is_divided(words: Sequence[str]) -> bool:
    """Whether the last word is what is divided by: `cost_per_km`, `litres_per_100_km` are no km."""
    before = words[:-2] if len(words) > 1 and words[-2].isdigit() else words[:-1]
    return bool(before) and before[-1] == "per"


_TIMES: Final = frozenset({"h", "s", "ms", "min", "days", "weeks"})
_TIMELY: Final = frozenset(
    (
        "delay delays time times duration wait waiting latency tenure age lateness stay length "
        "lag overtime downtime uptime late early left remaining elapsed period hold"
    ).split()
)
"""Words that say already that a time is measured."""
SHARES_BY_NAME: Final = frozenset(
    (
        "humidity discount margin growth tax interest occupancy utilisation utilization coverage "
        "attendance yield inflation unemployment share turnout completion conversion uptime "
        "retention churn efficiency availability"
    ).split()
)
"""What is told in percent by its nature: "humidity" and no "humidity share"."""


def words_without_unit(name: str) -> Sequence[str]:
    """The words of a column's name without its trailing unit; never empty for a named column.

    Where only the unit said that a time is measured, "time" takes its place: `resolution_hours`
    is "resolution time".
    """
    words = list(name_tokens(name))
    for place, after in enumerate(words[1:]):
        # `revenue_usd_change_share` is about revenue, whatever it was counted in.
        if place and words[place].upper() in CURRENCIES and after in _OF_THEIR_OWN_UNIT:
            del words[place]
            break
    if _is_divided(words):
        return words
    timed = False
    while len(words) > 1 and (words[-1].upper() in CURRENCIES or words[-1] in _NAME_UNITS):
        timed = timed or _NAME_UNITS.get(words[-1], "") in _TIMES
        words = words[:-1]
        if len(words) > 1 and words[-1] in _BEFORE_UNIT:
            words = words[:-1]
    if timed and not _TIMELY & set(words) and words[-1] not in _AGGREGATES:
        words = [*words, "time"]
    if len(words) > 1 and words[-1] in PERCENT_WORDS:
        words = words[:-1]
        if words[-1] not in SHARES_BY_NAME and "share" not in words:
            words = [*words, "share"]
    return words
