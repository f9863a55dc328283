# ruff: noqa: SIM905
"""How locales write numbers and dates. A new locale is one line here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

NBSP: Final = "\u00a0"
NARROW: Final = "\u202f"

_EN_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_EN_LONG = (
    "January February March April May June July August September October November December"
).split()
_DE_MONTHS = "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split()
_DE_LONG = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
).split()
_FR_MONTHS = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()
_FR_LONG = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_ES_MONTHS = "ene feb mar abr may jun jul ago sep oct nov dic".split()
_ES_LONG = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()
_IT_MONTHS = "gen feb mar apr mag giu lug ago set ott nov dic".split()
_IT_LONG = (
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
).split()
_JA_MONTHS = tuple(f"{number}月" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class Locale:
    """The habits of one locale.

    `group` separates thousands, `point` decimals, `percent` stands before the percent sign,
    `points` after a number of percentage points. `scales` are the suffixes of thousand, million,
    billion, with their leading space if any. Periods are templates of `{day}`, `{month}` (a short
    name), `{number}` (of the month, quarter or week) and `{year}`.
    """

    group: str = ","
    point: str = "."
    percent: str = ""
    scales: tuple[str, str, str] = ("k", "m", "bn")
    months: tuple[str, ...] = tuple(_EN_MONTHS)
    long_months: tuple[str, ...] = tuple(_EN_LONG)
    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    quarter: str = "Q{number} {year}"
    year: str = "{year}"
    any_quarter: str = "Q{number}"
    any_week: str = "week {number}"
    points: str = f"{NBSP}pp"
    not_available: str = "n/a"
    blank: str = "(blank)"
    yes: str = "yes"
    no: str = "no"
    bytes_of: str = "{number} bytes"


_ENGLISH = Locale()
_AMERICAN = Locale(day="{month} {day}, {year}")
_GERMAN = Locale(
    group=".",
    point=",",
    percent=NBSP,
    scales=(f"{NBSP}Tsd.", f"{NBSP}Mio.", f"{NBSP}Mrd."),
    months=tuple(_DE_MONTHS),
    long_months=tuple(_DE_LONG),
    day="{day}. {month} {year}",
    any_week="KW {number}",
    points=f"{NBSP}PP",
    not_available="k. A.",
    blank="(leer)",
    yes="ja",
    no="nein",
    bytes_of="{number} Bytes",
)
_SWISS_GERMAN = replace(_GERMAN, group="’", point=".", percent="")
_FRENCH = Locale(
    group=NARROW,
    point=",",
    percent=NARROW,
    scales=(f"{NBSP}k", f"{NBSP}M", f"{NBSP}Md"),
    months=tuple(_FR_MONTHS),
    long_months=tuple(_FR_LONG),
    quarter="T{number} {year}",
    any_quarter="T{number}",
    any_week="semaine {number}",
    points=f"{NBSP}pt",
    not_available="n. d.",
    blank="(vide)",
    yes="oui",
    no="non",
    bytes_of="{number} octets",
)
_JAPANESE = Locale(
    scales=("千", "百万", "十億"),
    months=_JA_MONTHS,
    long_months=_JA_MONTHS,
    day="{year}年{month}{day}日",
    month="{year}年{month}",
    quarter="{year}年第{number}四半期",
    year="{year}年",
    any_quarter="第{number}四半期",
    any_week="第{number}週",
    points="ポイント",
    not_available="該当なし",
    blank="（空白）",
    yes="はい",
    no="いいえ",
    bytes_of="{number}バイト",
)
_SPANISH = Locale(
    group=".",
    point=",",
    percent=NBSP,
    scales=(f"{NBSP}mil", f"{NBSP}M", f"{NBSP}mil{NBSP}M"),
    months=tuple(_ES_MONTHS),
    long_months=tuple(_ES_LONG),
    not_available="n. d.",
)
_ITALIAN = Locale(
    group=".",
    point=",",
    percent="",
    scales=(f"{NBSP}mila", f"{NBSP}Mln", f"{NBSP}Mrd"),
    months=tuple(_IT_MONTHS),
    long_months=tuple(_IT_LONG),
    not_available="n. d.",
)
_DOT_COMMA = Locale(group=".", point=",")
_SPACE_COMMA = Locale(group=NBSP, point=",", percent=NBSP)

_LOCALES: Final = {
    "en": _ENGLISH,
    "en-US": _AMERICAN,
    "de": _GERMAN,
    "de-CH": _SWISS_GERMAN,
    "fr": _FRENCH,
    "ja": _JAPANESE,
    "es": _SPANISH,
    "it": _ITALIAN,
    "nl": _DOT_COMMA,
    "pt": _DOT_COMMA,
    "da": _DOT_COMMA,
    "sv": _SPACE_COMMA,
    "nb": _SPACE_COMMA,
    "fi": _SPACE_COMMA,
    "pl": _SPACE_COMMA,
    "cs": _SPACE_COMMA,
}


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """The habits for a BCP 47 tag; its language's when the region is unknown, else English."""
    normal = tag.replace("_", "-")
    return _LOCALES.get(normal) or _LOCALES.get(normal.split("-")[0].lower()) or _ENGLISH
