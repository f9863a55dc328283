"""Exact strings: spaces that do not break are part of the format."""

from datetime import date, datetime

import pytest
from aislides.deck.v1.fact_pb2 import Format, FormatKind, Scale, TimeGrain
from orchestrator_svc.deck.formats import display
from orchestrator_svc.deck.values import from_python

K = FormatKind
G = TimeGrain
LOCALES = ["en-US", "en-GB", "de-DE", "fr-FR", "ja-JP"]
DAY = date(2025, 3, 31)


def dated(grain):
    return Format(kind=K.FORMAT_KIND_DATE, grain=grain)


def money(unit, scale):
    return Format(kind=K.FORMAT_KIND_CURRENCY, unit=unit, scale=scale, decimals=1)


NUMBER = Format(kind=K.FORMAT_KIND_NUMBER, decimals=1)
COUNT = Format(kind=K.FORMAT_KIND_COUNT)
PERCENT = Format(kind=K.FORMAT_KIND_PERCENT, decimals=1)
POINTS = Format(kind=K.FORMAT_KIND_PERCENTAGE_POINT, decimals=1, signed=True)
NAME = Format(kind=K.FORMAT_KIND_NAME)

EXPECTED = [
    (
        -1234567.5,
        NUMBER,
        ["−1,234,567.5", "−1,234,567.5", "−1.234.567,5", "−1\u202f234\u202f567,5", "−1,234,567.5"],
    ),
    (336776, COUNT, ["336,776", "336,776", "336.776", "336\u202f776", "336,776"]),
    (0.143, PERCENT, ["14.3%", "14.3%", "14,3\u00a0%", "14,3\u202f%", "14.3%"]),
    (
        0.031,
        POINTS,
        ["+3.1\u00a0pp", "+3.1\u00a0pp", "+3,1\u00a0PP", "+3,1\u00a0pt", "+3.1ポイント"],
    ),
    (
        44_200_000,
        money("EUR", Scale.SCALE_MILLION),
        [
            "EUR\u00a044.2m",
            "EUR\u00a044.2m",
            "EUR\u00a044,2\u00a0Mio.",
            "EUR\u00a044,2\u00a0M",
            "EUR\u00a044.2百万",
        ],
    ),
    (
        1_050_000_000,
        money("JPY", Scale.SCALE_BILLION),
        [
            "JPY\u00a01.1bn",
            "JPY\u00a01.1bn",
            "JPY\u00a01,1\u00a0Mrd.",
            "JPY\u00a01,1\u00a0Md",
            "JPY\u00a01.1十億",
        ],
    ),
    (
        DAY,
        dated(G.TIME_GRAIN_DAY),
        ["Mar 31, 2025", "31 Mar 2025", "31. März 2025", "31 mars 2025", "2025年3月31日"],
    ),
    (
        DAY,
        dated(G.TIME_GRAIN_WEEK),
        ["Mar 31, 2025", "31 Mar 2025", "31. März 2025", "31 mars 2025", "2025年3月31日"],
    ),
    (
        DAY,
        dated(G.TIME_GRAIN_MONTH),
        ["Mar 2025", "Mar 2025", "März 2025", "mars 2025", "2025年3月"],
    ),
    (
        DAY,
        dated(G.TIME_GRAIN_QUARTER),
        ["Q1 2025", "Q1 2025", "Q1 2025", "T1 2025", "2025年第1四半期"],
    ),
    (DAY, dated(G.TIME_GRAIN_YEAR), ["2025", "2025", "2025", "2025", "2025年"]),
    (12, dated(G.TIME_GRAIN_MONTH), ["December", "December", "Dezember", "décembre", "12月"]),
    (3, dated(G.TIME_GRAIN_QUARTER), ["Q3", "Q3", "Q3", "T3", "第3四半期"]),
    (27, dated(G.TIME_GRAIN_WEEK), ["week 27", "week 27", "KW 27", "semaine 27", "第27週"]),
    (
        datetime(2025, 3, 31, 7, 5),
        dated(G.TIME_GRAIN_HOUR),
        [
            "Mar 31, 2025 07:05",
            "31 Mar 2025 07:05",
            "31. März 2025 07:05",
            "31 mars 2025 07:05",
            "2025年3月31日 07:05",
        ],
    ),
    (True, NAME, ["yes", "yes", "ja", "oui", "はい"]),
    (float("nan"), NUMBER, ["n/a", "n/a", "k. A.", "n. d.", "該当なし"]),
    (None, NUMBER, ["–"] * 5),
    (" ", NAME, ["(blank)", "(blank)", "(leer)", "(vide)", "（空白）"]),
]


@pytest.mark.parametrize(("value", "fmt", "texts"), EXPECTED)
def test_nf4_nf9_each_locale_prints_its_own_numbers_and_periods(value, fmt, texts):
    assert [display(from_python(value), fmt, locale) for locale in LOCALES] == texts


def test_a_region_that_is_unknown_falls_back_to_its_language():
    fmt = dated(G.TIME_GRAIN_DAY)
    assert display(from_python(DAY), fmt, "de_AT") == "31. März 2025"
    assert display(from_python(DAY), fmt, "en-ZA") == "31 Mar 2025"
