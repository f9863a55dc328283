# ruff: noqa: E501 - patterns read best on one line
"""English words right around a figure, and between names: what they make of both."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.en_spans import COUNTS
from orchestrator_svc.verify.lexicon.shape import FrameWords

_NEARLY = r"(?:(?:about|around|roughly|nearly|almost|only|just|some|exactly|at least|an?|a further|another|well over|more than|less than|over|under)\s+)*"

FRAMES = FrameWords(
    by=re.compile(rf"\bby\s+{_NEARLY}$"),
    followed=frozenset(
        ("followed", "preceded", "divided", "split", "month", "week", "day", "year", "hour")
    ),
    at=re.compile(rf"\b(?:at|reach(?:ed|es|ing)?|total(?:s|led)|averag(?:es|ed))\s+{_NEARLY}$"),
    of_a_move=re.compile(
        r"\b(?:gap|lead|swing|difference|distance|margin|spread|change|growth|rise|increase|gain|fall|decline|drop|decrease|improvement|effect|pace|rate|part|contribution|moves?|rose|fell|grew|grow(?:s|ing)?|ris(?:es|ing)|fall(?:s|ing)|declin\w+|climb\w*|trend\w*|shr[aiu]nk\w*|increas\w+|decreas\w+|drift\w*|eas(?:es|ed|ing)|improv\w+|wors\w+)\b[^.;]*$"
    ),
    compared=re.compile(r"⟦\d+⟧ (?:more|less|fewer|above|below|ahead|behind|[a-z]+er)\b"),
    over_usual=re.compile(
        r"⟦\d+⟧ (?:more|less|fewer|over|above|below|under|beyond|[a-z]+er)(?: than)? (?:the |its |is )?(?:usual|normal|typical|ordinary)"
    ),
    mix=re.compile(r"\b(?:mix|shift\w*|composition|between|towards?|movements?|weights?)\b"),
    within=re.compile(r"\b(?:within|own|inside|themselves|itself|rates?)\b"),
    of_it=re.compile(r"⟦\d+⟧ of (?:it|this|that)\b"),
    last_place=re.compile(r"\b(?:bottom|last|lowest|smallest|weakest|end)\b"),
    next_place=re.compile(r"\b(?:runner-up|second|next(?! to)|closest|nearest|rival|follower)\b"),
    that_moved=re.compile(
        r"\s*⟦\d+⟧ (?:fell|rose|lost|gained|grew|shrank|dropped|declined|increased|did|went)\b"
    ),
    from_to=re.compile(
        r"from\s+(?:an?\s+|the\s+)*⟦(\d+)⟧[^.;⟦]{0,40}?\bto\s+(?:an?\s+|the\s+)*⟦(\d+)⟧"
    ),
    grain=re.compile(
        r"(?<![\w⟦-])(?:(half|one|a|an|\d+|"
        + "|".join(COUNTS)
        + r"|twenty|thirty|several|many|few|both|dozens of|hundred) (?:a |an )?)?(?:(?:whole|full|entire|past|last|next|single|consecutive|straight|usual|typical|normal) )*"
        r"(hour|day|week|fortnight|month|quarter|year|decade|century|centurie|generation)s?(?![\w-])(?! (?:by|on|to|after) (?:hour|day|week|month|quarter|year))"
    ),
    grain_months={
        "hour": 1 / 730,
        "day": 1 / 30.44,
        "week": 0.23,
        "fortnight": 0.46,
        "month": 1.0,
        "quarter": 3.0,
        "year": 12.0,
        "decade": 120.0,
        "century": 1200.0,
        "centurie": 1200.0,
        "generation": 300.0,
    },
    counted_grain={word: number for number, word in enumerate(COUNTS, 2)}
    | {"both": 2, "twenty": 20, "thirty": 30},
    over_two=re.compile(
        r"⟦(\d+)⟧ (?:on average |in total |in all |each |both |twice |steady )*(?:from|over|between|in|for|across)(?: both)?\s+⟦(\d+)⟧ (?:to|and|and in|until|as well as)\s+⟦(\d+)⟧"
    ),
    pair=re.compile(r"\b(?:between|from)\s+⟦(\d+)⟧\s+(?:and|to|until)\s+⟦(\d+)⟧"),
    as_usual=re.compile(
        r"\b(?:is|are|was|were|in|on|as|a) (?:the )?(?:usual(?:ly)?|normal|typical|ordinary)\b(?! ⟦)"
    ),
)
