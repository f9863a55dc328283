"""Time in questions: the period asked about, and the grain of its breakdown."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:19|20)\d\d"
_DAY = rf"(?:{YEAR}-\d\d(?:-\d\d)?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+{YEAR})?)"
_US_DAY = rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{YEAR})?"
_QUARTER = (
    rf"(?:(?:{YEAR}[\s-]?)?q[1-4](?:[\s-]?{YEAR})?|(?:the\s+)?"
    rf"(?:first|second|third|fourth)\s+(?:quarter|half)(?:\s+of\s+{YEAR})?)"
)
_SEASON = rf"(?:the\s+)?(?:spring|summer|autumn|fall|winter)(?:\s+(?:of\s+)?{YEAR})"
POINT = (
    rf"(?:{_DAY}|{_US_DAY}|{_MONTH}(?:\s+(?:of\s+)?{YEAR})?|{_QUARTER}|{_SEASON}|"
    rf"(?:(?:fy|the\s+(?:fiscal\s+)?year)\s*)?{YEAR})"
)
_RELATIVE = (
    r"(?:the\s+)?(?:last|past|previous|recent|latest|this|current)\s+"
    r"(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+)?"
    r"(?:full\s+|calendar\s+|fiscal\s+)?(?:days?|weeks?|months?|quarters?|years?)"
)
_PERIOD = re.compile(
    rf"\b(?:between\s+{POINT}\s+and\s+{POINT}"
    rf"|from\s+{POINT}\s+(?:to|until|till|through|-|–)\s+{POINT}"
    rf"|(?:in|during|for|over|throughout|within|of|on|since|until|before|after|from|across)\s+"
    rf"(?:{POINT}(?:\s*(?:and|to|-|–|or|vs\.?|versus)\s+{POINT})?|{_RELATIVE})"
    rf"|{_RELATIVE}|{YEAR}\s*(?:-|–|to|and|vs\.?|versus)\s*{YEAR}|{_QUARTER}"
    rf"|{_MONTH}\s+{YEAR}|{YEAR})\b",
    re.IGNORECASE,
)
_GRAINS = (
    (
        "day",
        re.compile(
            r"\b(?:daily|day by day|(?:by|per|each|every) (?:day|date)|"
            r"(?:unusual|exceptional|odd|outlier|which|worst|best|busiest) days)\b(?! of)",
            re.I,
        ),
    ),
    ("week", re.compile(r"\b(?:weekly|week by week|(?:by|per|each|every) week)\b", re.I)),
    (
        "month",
        re.compile(r"\b(?:monthly|month by month|(?:by|per|each|every|which) months?)\b", re.I),
    ),
    ("quarter", re.compile(r"\b(?:quarterly|(?:by|per|each|every|which) quarters?)\b", re.I)),
    (
        "year",
        re.compile(
            r"\b(?:yearly|annual(?:ly)?|(?:by|per|each|every|which) years?|"
            r"year[- ](?:over|on|by)[- ]year|yoy)\b",
            re.I,
        ),
    ),
)
_WEEKDAY = re.compile(r"\b(?:weekdays?|days? of (?:the )?week|weekends?)\b", re.I)
_HOUR = re.compile(
    r"\b(?:hourly|(?:by|per|each|every|which|what) hours?|hours? of (?:the )?day|"
    r"times? of (?:the )?day|(?:over|during|through|throughout) the day)\b",
    re.I,
)
_ONE_MONTH = re.compile(
    rf"^(?:in|during|for|of|on|over|throughout|within)?\s*(?:the\s+)?"
    rf"(?:{_MONTH}(?:\s+(?:of\s+)?{YEAR})?|{YEAR}-\d\d|(?:last|past|this|previous)\s+month)$",
    re.I,
)
_ONE_YEAR = re.compile(rf"^(?:in|during|for|of|over|throughout)\s+({YEAR})$", re.I)
_YEARS = re.compile(rf"\b{YEAR}\b")


def periods(question: str) -> list[tuple[int, int]]:
    """Where the question names periods, as spans of the text, in order."""
    found = [m.span() for m in _PERIOD.finditer(question)]
    return [s for s in found if question[slice(*s)].strip().lower() not in ("may", "of may")]


def grain(question: str) -> str | None:
    """The grain the question asks for: day, week, month, quarter or year."""
    return next((name for name, pattern in _GRAINS if pattern.search(question)), None)


def grain_spans(question: str) -> list[tuple[int, int]]:
    """Where the question names a grain, a day of the week or an hour of the day."""
    patterns = [p for _, p in _GRAINS] + [_WEEKDAY, _HOUR]
    return [m.span() for p in patterns for m in p.finditer(question)]


def asks_weekday(question: str) -> bool:
    """True when it asks for days of the week."""
    return bool(_WEEKDAY.search(question))


def asks_hour(question: str) -> bool:
    """True when it asks for hours of the day."""
    return bool(_HOUR.search(question))


def fitting_grain(period: str) -> str:
    """The grain that shows a course inside the period: days of a month, else months."""
    return "day" if _ONE_MONTH.match(period.strip()) else "month"


def years(text: str) -> list[int]:
    """Years named in a text, ascending."""
    return sorted({int(y) for y in _YEARS.findall(text)})


def year_before(period: str) -> str:
    """A period of one whole year together with the year before it; empty for other periods."""
    named = _ONE_YEAR.match(period.strip())
    return f"from {int(named[1]) - 1} to {named[1]}" if named else ""
