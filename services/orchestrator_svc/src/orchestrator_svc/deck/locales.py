# ruff: noqa: SIM905
"""How locales write numbers and dates. A new locale is one line here."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Locale:
    """The habits of one locale.

    `group` separates thousands, `point` decimals, `percent` stands before the percent sign.
    `scales` are the suffixes of thousand, million, billion, with their leading space if any.
    """

    group: str = ","
    point: str = "."
    percent: str = ""
    scales: tuple[str, str, str] = ("k", "m", "bn")
    months: tuple[str, ...] = tuple(_EN_MONTHS)
    long_months: tuple[str, ...] = tuple(_EN_LONG)
    day: str = "{day} {month} {year}"
    not_available: str = "n/a"


_ENGLISH = Locale()
_GERMAN = Locale(
    group=".",
    point=",",
    percent=NBSP,
    scales=(f"{NBSP}Tsd.", f"{NBSP}Mio.", f"{NBSP}Mrd."),
    months=tuple(_DE_MONTHS),
    long_months=tuple(_DE_LONG),
    day="{day}. {month} {year}",
    not_available="k. A.",
)
_SWISS_GERMAN = Locale(
    group="’",
    point=".",
    percent="",
    scales=_GERMAN.scales,
    months=_GERMAN.months,
    long_months=_GERMAN.long_months,
    day=_GERMAN.day,
    not_available=_GERMAN.not_available,
)
_FRENCH = Locale(
    group=NARROW,
    point=",",
    percent=NARROW,
    scales=(f"{NBSP}k", f"{NBSP}M", f"{NBSP}Md"),
    months=tuple(_FR_MONTHS),
    long_months=tuple(_FR_LONG),
    not_available="n. d.",
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
    "de": _GERMAN,
    "de-CH": _SWISS_GERMAN,
    "fr": _FRENCH,
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


def locale_of(tag: str) -> Locale:
    """The habits for a BCP 47 tag; its language's when the region is unknown, else English."""
    normal = tag.replace("_", "-")
    return _LOCALES.get(normal) or _LOCALES.get(normal.split("-")[0].lower()) or _ENGLISH
