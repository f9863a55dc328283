"""SQL that tells what the text of a cell looks like: empty, a number, a date, yes or no.

Every function takes a column as SQL (already quoted) and returns an SQL expression of DuckDB.
"""

from __future__ import annotations

EMPTY = (
    "", "na", "n/a", "#n/a", "null", "(null)", "none", "nan", "nil", "-", "--", "–", "—", "#nv",
    "k.a.", "#value!", "#div/0!", "#ref!", "missing",
)  # fmt: skip
CODES = "EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CZK|INR|CAD|AUD|CNY|BRL|kr|zł|R\\$|[$€£¥₹]"
SPACE = "[ \\x{00a0}\\x{202f}\\x{2009}]"
THOUSANDS = f"(?:{SPACE}|['’])"
WHOLE = f"\\d+|\\d{{1,3}}(?:{THOUSANDS}\\d{{3}})+"
DOT = f"\\d*\\.\\d+|\\d{{1,3}}(?:,\\d{{3}})+(?:\\.\\d+)?|\\d{{1,3}}(?:{THOUSANDS}\\d{{3}})+\\.\\d+"
COMMA = DOT.replace("\\.", "\0").replace(",\\d{3}", "\\.\\d{3}").replace("\0", ",")
TRUE = ("true", "yes", "y", "t", "ja", "j", "wahr", "oui", "vrai", "sí", "si", "x")
FALSE = ("false", "no", "n", "f", "nein", "falsch", "non", "faux", "")
PAIRS = (
    ("true", "false"), ("yes", "no"), ("y", "n"), ("t", "f"), ("ja", "nein"), ("j", "n"),
    ("wahr", "falsch"), ("oui", "non"), ("vrai", "faux"), ("si", "no"), ("sí", "no"),
)  # fmt: skip
TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
ISO_TIMES = ("T%H:%M", "T%H:%M:%S", "T%H:%M:%S.%f", "T%H:%M:%SZ", "T%H:%M:%S.%fZ")
DAYS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y",
    "%m/%d/%y", "%d-%m-%Y", "%m-%d-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y",
    "%d-%b-%Y", "%d-%b-%y", "%d. %B %Y",
)  # fmt: skip
MONTHS = ("%Y-%m", "%m/%Y", "%b %Y", "%B %Y", "%b-%y", "%b-%Y")
FORMATS = (
    *(day + time for day in DAYS for time in TIMES),
    *("%Y-%m-%d" + time for time in ISO_TIMES),
    *MONTHS,
)
COMPACT_DAY = "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
SWAPPED = {
    day: day.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
    for day in ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%Y", "%m-%d-%Y")
}
"""The same date with day and month exchanged."""


def text(value: str) -> str:
    """SQL of a text."""
    return "'" + value.replace("'", "''") + "'"


def is_empty(cell: str) -> str:
    """Whether a trimmed cell says that there is no value."""
    short = f"lower({cell}) IN ({', '.join(map(text, EMPTY))})"
    return f"CASE WHEN length({cell}) > {max(map(len, EMPTY))} THEN false ELSE {short} END"


def outline(cell: str) -> str:
    """The cell with every digit as 9, a leading zero kept: few of these stand for many cells."""
    nines = f"translate({cell}, '012345678', '999999999')"
    return f"CASE WHEN {cell} LIKE '0%' THEN '0' || substr({nines}, 2) ELSE {nines} END"


def looks_like(cell: str, number: str) -> str:
    """Whether a cell is such a number, alone or with a sign, a currency or a percent sign."""
    pattern = (
        f"(?i)\\(?[-+−]?{SPACE}*(?:(?:{CODES}){SPACE}*)?[-+−]?(?:{number}){SPACE}*"
        f"(?:{CODES}|%)?-?\\)?"
    )
    return f"regexp_full_match({cell}, {text(pattern)})"


def is_scientific(cell: str) -> str:
    """Whether a cell is written like 1.5e-7."""
    return f"regexp_full_match({cell}, '[-+]?\\d+(\\.\\d+)?[eE][-+]?\\d+')"


def digits(cell: str, decimal: str) -> str:
    """The number's digits with a point: `1.234,50 €` is `1234.50`."""
    bare = f"regexp_replace({cell}, {text('(?i)' + CODES)}, '', 'g')"
    kept = f"regexp_replace({bare}, '[^0-9{decimal}]', '', 'g')"
    return f"replace({kept}, ',', '.')" if decimal == "," else kept


def negative(cell: str) -> str:
    """Whether a minus stands before or behind the number, or brackets around it."""
    return f"regexp_matches({cell}, '^\\(|[-−]')"


def moment(cell: str, form: str) -> str:
    """The cell as TIMESTAMP in a strptime format; NULL when it is not of that form."""
    parsed = f"try_strptime({cell}, {text(form)})"
    return f"CASE WHEN year({parsed}) BETWEEN 1000 AND 2999 THEN {parsed} END"
