"""Units, their usual spellings, and exact factors between those that measure one thing."""

from __future__ import annotations

_SPELLED = {
    "min": "minutes", "mins": "minutes", "minute": "minutes", "mile": "miles", "%": "percent",
    "hour": "hours", "dollar": "USD", "dollars": "USD", "usd": "USD",
    "degree": "degrees fahrenheit", "degrees": "degrees fahrenheit",
    "fahrenheit": "degrees fahrenheit", "inch": "inches", "ft": "feet",
    "foot": "feet", "eur": "EUR", "euro": "EUR", "euros": "EUR", "unit": "units", "item": "items",
    "$": "USD", "kilogram": "kg", "kilograms": "kg", "kilo": "kg", "kilos": "kg", "kgs": "kg",
    "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km", "kms": "km",
    "hr": "hours", "hrs": "hours", "second": "seconds", "sec": "seconds", "secs": "seconds",
    "week": "weeks", "month": "months", "quarter": "quarters", "year": "years", "night": "nights",
    "pound": "GBP", "pounds": "GBP", "£": "GBP", "€": "EUR", "day": "days", "gbp": "GBP",
    "quid": "GBP", "cent": "cents", "ct": "cents", "penny": "pence", "pennies": "pence",
    "gram": "g", "grams": "g", "gramme": "g", "grammes": "g", "gr": "g",
    "tonne": "tonnes", "ton": "tonnes", "tons": "tonnes", "t": "tonnes", "tn": "tonnes",
    "metre": "metres", "meter": "metres", "meters": "metres", "m": "metres",
    "millisecond": "ms", "milliseconds": "ms", "msec": "ms", "s": "seconds",
    "litre": "litres", "liter": "litres", "liters": "litres", "l": "litres",
    "m2": "sqm", "sq": "sqm", "m3": "cubic metres", "cbm": "cubic metres",
    "square metres": "sqm", "square metre": "sqm", "square meters": "sqm",
    "millilitre": "ml", "millilitres": "ml", "milliliters": "ml", "lb": "lbs",
}  # fmt: skip
_SCALES: tuple[dict[str, float], ...] = (
    {"ms": 0.001, "seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800},
    {"months": 1, "quarters": 3, "years": 12},
    {"g": 1, "kg": 1000, "tonnes": 1_000_000},
    {"mm": 0.001, "cm": 0.01, "metres": 1, "km": 1000},
    {"ml": 0.001, "cl": 0.01, "litres": 1},
    {"cents": 0.01, "eur": 1}, {"cents": 0.01, "usd": 1}, {"pence": 0.01, "gbp": 1},
    {"wh": 0.001, "kwh": 1, "mwh": 1000, "gwh": 1_000_000},
    {"bytes": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12},
)  # fmt: skip
_COUNTS = {"thousands": 1e3, "millions": 1e6}
SMALL_MONEY = {"cents": ("eur", "usd"), "pence": ("gbp",)}
"""Small coins that data count exactly in, and the money that people talk of."""


def plain_unit(word: str) -> str:
    """The unit in the form that columns have: "pounds" are gbp."""
    return _SPELLED.get(word.lower(), word).lower()


def measures_something(word: str) -> bool:
    """Whether the word is a unit that others measure too: "tonnes", "kilos", "hours"."""
    return any(plain_unit(word) in scale for scale in _SCALES) and len(word) > 1


def factor(own: str, wanted: str) -> float | None:
    """What turns numbers in one unit into the other; None where they measure other things."""
    one, other = plain_unit(own), plain_unit(wanted)
    if other in _COUNTS:
        return None if one in _COUNTS else 1 / _COUNTS[other]
    for scale in _SCALES:
        if one in scale and other in scale:
            return scale[one] / scale[other]
    return None
