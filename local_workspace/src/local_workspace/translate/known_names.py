"""Names that people write in several ways: countries, and what follows a company's name."""

from __future__ import annotations

COMPANY = frozenset(
    [
        "inc",
        "co",
        "corporation",
        "corp",
        "ltd",
        "llc",
        "gmbh",
        "plc",
        "ag",
        "sa",
        "company",
        "limited",
        "airlines",
        "airways",
    ]
)

_SAME_COUNTRY = (
    ("usa", "us", "united states", "united states of america", "america"),
    ("uk", "united kingdom", "great britain", "britain"),
    ("germany", "deutschland"),
    ("netherlands", "holland", "the netherlands"),
    ("uae", "united arab emirates"),
    ("south korea", "korea"),
)
COUNTRIES = {
    name: tuple(n for n in names if n != name) for names in _SAME_COUNTRY for name in names
}
