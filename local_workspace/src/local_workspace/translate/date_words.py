"""The words of periods: months, days, seasons, holidays."""

from __future__ import annotations

from local_workspace.translate.words import NUMBER_WORDS

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTH = (
    {m: i + 1 for i, m in enumerate(MONTHS)}
    | {m[:3]: i + 1 for i, m in enumerate(MONTHS)}
    | {"sept": 9}
)
DAY = {d: i + 1 for i, d in enumerate(DAYS)} | {d + "s": i + 1 for i, d in enumerate(DAYS)}
ORDINAL = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3,
            "fourth": 4, "4th": 4,
            "last": -1, "final": -1}  # fmt: skip
SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "fall": (9, 10, 11),
            "winter": (12, 1, 2)}  # fmt: skip
HOLIDAYS = {
    ("christmas", "day"): (12, 25),
    ("christmas", "eve"): (12, 24),
    ("christmas",): (12, 25),
    ("new", "year", "day"): (1, 1),
    ("new", "year", "eve"): (12, 31),
    ("new", "years", "eve"): (12, 31),
    ("independence", "day"): (7, 4),
    ("valentine", "day"): (2, 14),
    ("valentines", "day"): (2, 14),
    ("halloween",): (10, 31),
}
UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "quarter": 90,
          "quarters": 90, "year": 365, "years": 365}  # fmt: skip
COUNTS = {word: int(value) for word, value in NUMBER_WORDS.items() if value <= 12}
RELATIVE = {"last", "past", "previous", "latest", "recent", "prior", "trailing"}
AMBIGUOUS = {"may", "march", "sun", "mar", "sat", "fall", "second", "dec", "jan"}
LEADS = {"in", "for", "since", "during", "of", "from", "to", "until", "till", "through", "and",
          "between", "before", "after", "by", "vs", "versus", "or", ",", "on", "early", "late",
          "this", "last", "each", "every", "with", "thru", "-"}  # fmt: skip


WORDS = (
    frozenset(MONTH)
    | frozenset(DAY)
    | frozenset(SEASONS)
    | frozenset(
        [
            "christmas",
            "halloween",
            "independence",
            "valentine",
            "yesterday",
            "today",
            "tomorrow",
            "weekend",
            "weekends",
            "noon",
            "midday",
        ]
    )
)
JOINERS = {"and", "to", "through", "until", "till", "-", "thru"}
"""Words between the two ends of a period."""
