# ruff: noqa: PLR0912 - one option a line reads better here
"""Cutting a question into chunks: keywords, periods, numbers and phrases of the space."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from local_workspace.spaces.common_words import is_usual
from local_workspace.spaces.names import plural
from local_workspace.translate import dates
from local_workspace.translate.codes import coded
from local_workspace.translate.compounds import compounds
from local_workspace.translate.denials import told_apart
from local_workspace.translate.doing import done_words
from local_workspace.translate.frames import framed
from local_workspace.translate.gathering import gathered_words
from local_workspace.translate.grammar import (
    FILLER,
    FILLER_PHRASES_SET,
    GRAINS,
    KEYWORDS,
    UNITS,
)
from local_workspace.translate.jargon import spelled_out
from local_workspace.translate.lexicon import Lexicon, stem
from local_workspace.translate.senses import Sense
from local_workspace.translate.short_names import short_names
from local_workspace.translate.spans import Span
from local_workspace.translate.words import Token, number, scale, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["key", "sense", "grain", "date", "number", "unit", "unknown"]


@dataclass(slots=True)
class Chunk:
    """One or more tokens with one meaning; `start` is the first token's place.

    The `value` of an unknown one is the short name that it may stand for in part of a name.
    """

    kind: Kind
    text: str
    start: int
    end: int
    name: str = ""
    value: str = ""
    number: float = 0.0
    span: Span | None = None
    senses: tuple[Sense, ...] = ()
    repaired: str | None = None
    plural: bool = False
    alternates: tuple[Sense, ...] = field(default=())
    skipped: tuple[str, ...] = ()
    """The filler words before it."""

    def key(self, *names: str) -> bool:
        """Whether this is a keyword of one of these kinds."""
        return self.kind == "key" and self.name in names


_NAMES = ("US", "IT")
_THINGS = ("column", "table", "dimension")
_EVERY = (["by"], ["per"], ["each"], ["every"])
_MOST = (["least"], ["most"])
"""They take the "at" before them: "arriving at least an hour late"."""
_NOW = frozenset({"now", "currently"})
"""Filler where nothing is counted at moments, such as a stock."""
_ONE_ROW = (["per"], ["each"], ["every"], ["an"], ["a"], ["single"])
"""Before "order", they make it a thing: "units per order by channel"."""


def chunks(question: str, lexicon: Lexicon) -> list[Chunk]:
    """The meaningful chunks of a question, pure filler dropped."""
    framing = framed(compounds(tokens(question), lexicon), lexicon)
    spelled = told_apart(spelled_out(framing, lexicon), lexicon)
    found = gathered_words(done_words(spelled, lexicon), lexicon)
    words = [_repaired(token, lexicon) for token in found]
    lowers = [word or token.lower for word, token in zip(words, found, strict=True)]
    capital = [token.capital for token in found]
    if _expand(lowers, lexicon):
        found = [Token(word, word, capital=False) for word in lowers]
        words = [None] * len(lowers)
        capital = [False] * len(lowers)
    result = _cut(found, lowers, capital, lexicon)
    short = _in_short(result, lowers, lexicon)
    if short:
        for place, word in short.items():
            words[place] = lowers[place] = word
        if _expand(lowers, lexicon):
            found = [Token(word, word, capital=False) for word in lowers]
            words = [None] * len(lowers)
            capital = [False] * len(lowers)
        result = _cut(found, lowers, capital, lexicon)
    for chunk in result:
        for place in range(chunk.start, chunk.end):
            if words[place]:
                chunk.repaired = found[place].text
        if chunk.kind == "unknown":
            chunk.value = short.get(chunk.start, "")
        last = found[chunk.end - 1].lower
        if chunk.kind == "sense" and chunk.end - 1 in short and stem(last) != last:
            chunk.plural = True
    return result


def _cut(
    found: Sequence[Token], lowers: list[str], capital: Sequence[bool], lexicon: Lexicon
) -> list[Chunk]:
    result: list[Chunk] = []
    at = since = 0
    while at < len(lowers):
        chunk = _chunk(found, lowers, capital, at, lexicon)
        if chunk is not None:
            chunk.skipped = tuple(lowers[since : chunk.start])
            result.append(chunk)
            at = since = chunk.end
        else:
            passed = _filler(lowers, at) or 1
            if lexicon.stocked and _NOW & set(lowers[at : at + passed]):
                result.append(
                    Chunk("key", " ".join(lowers[at : at + passed]), at, at + passed, "now")
                )
            at += passed
    return result


def _in_short(found: list[Chunk], words: list[str], lexicon: Lexicon) -> dict[int, str]:
    """The short name of the space for each word that nothing else explains, by its place."""
    names = short_names(lexicon.catalog)
    loose = [c for c in found if c.kind == "unknown" or _is_guess(c, words[c.start], lexicon)]
    short = names.whole(words, {chunk.start for chunk in loose})
    for chunk in loose:
        word = words[chunk.start]
        if chunk.start in short or not word.isalpha() or len(word) < 4:
            continue
        before = words[chunk.start - 1] if chunk.start else ""
        after = words[chunk.end] if chunk.end < len(words) else ""
        if before == "of" and chunk.start > 1:
            before = words[chunk.start - 2]
        if after in ("and", "or", "vs", "versus") and chunk.end + 2 < len(words):
            after = words[chunk.end + 2]
        if name := names.meant(word, before, after):
            short[chunk.start] = plural(name) if stem(word) != word and len(name) > 2 else name
    return short


def _expand(words: list[str], lexicon: Lexicon) -> bool:
    """ "departure and arrival delay" becomes "departure delay and arrival delay"."""
    for at in range(len(words) - 3):
        if words[at + 1] in ("and", "or", "vs", "versus", "&") and all(
            lexicon.measures((words[place], words[at + 3])) for place in (at, at + 2)
        ):
            words.insert(at + 1, words[at + 3])
            return True
    return False


def _is_guess(chunk: Chunk, word: str, lexicon: Lexicon) -> bool:
    """Whether the word is only like what it was taken for: a code of the data, or a near word."""
    if chunk.kind != "sense":
        return False
    if chunk.senses == coded(word, lexicon.catalog):
        return True
    columns = [s for s in chunk.senses if s.weak and s.kind == "column"]
    told = (lexicon.catalog.column(s.table, s.name).label.lower().split() for s in columns)
    alone = len(columns) == len(chunk.senses) and chunk.end == chunk.start + 1
    return alone and not any({word, stem(word)} & {*map(stem, words)} for words in told)


def _repaired(token: Token, lexicon: Lexicon) -> str | None:
    word = token.lower
    if word in FILLER or word in KEYWORDS or word in GRAINS or number(word) is not None:
        return None
    repaired = lexicon.repair(word)
    if repaired and is_usual(stem(word)) and not repaired.startswith(stem(word)):
        repaired = None  # a donation is no slip for a duration, but a repair is told when repaired
    name = short_names(lexicon.catalog).meant(word, "", "") if repaired else None
    # "machine" is no slip for a form of `mach`.
    return name if repaired and name and repaired.startswith(name) else repaired


def _filler(words: Sequence[str], at: int) -> int:
    for length in range(6, 1, -1):
        if " ".join(words[at : at + length]) in FILLER_PHRASES_SET and at + length <= len(words):
            return length
    return 1 if words[at] in FILLER else 0


def _keyword(words: Sequence[str], at: int) -> tuple[int, str, str] | None:
    for length in range(min(6, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + length])
        if length > 1 and phrase.endswith(" at") and words[at + length : at + length + 1] in _MOST:
            continue
        for spelled in (phrase, phrase.replace(" - ", " "), phrase.replace(" - ", "-")):
            if spelled in KEYWORDS:
                return length, *KEYWORDS[spelled]
    return None


def _thanked(lexicon: Lexicon) -> bool:
    """Whether rows know when somebody was thanked, so that "to thank" is no politeness."""
    return any(
        column.role == "time" and "thanked" in f"{column.label} {' '.join(column.synonyms)}".lower()
        for table in lexicon.catalog.tables.values()
        for column in table.columns.values()
    )


def _percentile(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """ "90th percentile of", "p95": the share of rows below and how many words it takes."""
    short = re.fullmatch(r"p(\d{1,2})", words[at])
    long = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", words[at])
    end = at + 1
    if long and words[end : end + 1] in (["percentile"], ["pctl"], ["percentiles"]):
        end += 1
    elif not short:
        return None
    number = int((short or long).group(1))  # type: ignore[union-attr]
    if not 1 <= number <= 99:
        return None
    end += words[end : end + 1] == ["of"]
    return number / 100, end - at


def _grain(words: Sequence[str], at: int) -> tuple[int, str] | None:
    for length in range(min(4, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + length])
        if phrase in GRAINS:
            return length, GRAINS[phrase]
    return None


def _sense(
    words: list[str], at: int, written: str, lexicon: Lexicon
) -> tuple[int, tuple[Sense, ...]] | None:
    """What the words mean in the space; "by day" is a breakdown, whatever else is called so."""
    breakdown = words[at] == "by" and _grain(words, at + 1)
    return None if breakdown else lexicon.find(words, at, written)


def _sense_rank(sense: tuple[int, tuple[Sense, ...]], span: Span | None) -> int:
    """A name such as the term "Autumn 2023", or what the space calls evening, wins over dates."""
    named = sense[0] > 1 and any(s.kind == "value" and not s.weak for s in sense[1])
    hours = span is not None and span.kind == "hours"
    defined = hours and any(s.kind == "filter" and not s.weak for s in sense[1])
    return 7 if named or defined else 5


def _grain_rank(words: Sequence[str], at: int, senses: tuple[Sense, ...]) -> int:
    """ "by day" is a breakdown even where "day" is the opposite of what the space calls night."""
    thing = any(s.kind in _THINGS for s in senses)
    return 6 if words[at - 1 : at] in _EVERY and not thing else 4


def _unexplained(text: str, word: str, at: int, lexicon: Lexicon) -> Chunk:
    """A word that nothing explains, unless it is what a code of the data is short for."""
    senses = coded(word, lexicon.catalog)
    kind: Kind = "sense" if senses else "unknown"
    plural = bool(senses) and stem(word) != word
    return Chunk(kind, text, at, at + 1, senses=senses, plural=plural)


def _chunk(
    found: Sequence[Token],
    words: list[str],
    capital: Sequence[bool],
    at: int,
    lexicon: Lexicon,
) -> Chunk | None:
    """The longest chunk at `at`; ties go to the space's own words, then to grammar.

    A value such as the term "Autumn 2023" is meant before the dates that its words name.
    """
    options: list[tuple[int, int, Chunk]] = []

    def offer(length: int, priority: int, kind: Kind, **more: object) -> None:
        text = " ".join(token.text for token in found[at : at + length])
        chunk = Chunk(kind, text, at, at + length, **more)  # type: ignore[arg-type]
        options.append((length, priority, chunk))

    shouting = all(token.text == token.text.upper() for token in found)
    written = "" if shouting else found[at].text
    span = dates.read(words, at, capital)
    if span and not (words[at] == "the" and lexicon.names(words, at + 1, span[1])):
        offer(span[1] - at, 6, "date", span=span[0])
    sense = _sense(words, at, written, lexicon)
    if sense:
        last = words[at + sense[0] - 1]
        rank = 3 if lexicon.only_time(sense[1]) else _sense_rank(sense, span[0] if span else None)
        offer(sense[0], rank, "sense", senses=sense[1], plural=stem(last) != last)
    grain = _grain(words, at)
    if grain:
        rank = _grain_rank(words, at, sense[1] if sense else ())
        many = words[at + grain[0] - 1].endswith("s")
        offer(grain[0], rank, "grain", value=grain[1], plural=many)
    percentile = _percentile(words, at)
    if percentile:
        offer(percentile[1], 5, "key", name="agg", value="percentile", number=percentile[0])
    keyword = _keyword(words, at)
    if keyword and keyword[1] == "orderby" and sense and words[at - 1 : at] in _ONE_ROW:
        keyword = None
    if keyword:
        offer(keyword[0], 3, "key", name=keyword[1], value=keyword[2])
    amount = number(words[at])
    if amount is not None:
        factor = scale(words[at + 1]) if at + 1 < len(words) else None
        offer(2 if factor else 1, 2, "number", number=amount * (factor or 1))
        if words[at + 1 : at + 2] in (["percent"], ["pct"]):
            offer(2, 2, "number", number=amount / 100)
    if words[at] in UNITS:
        offer(1, 1, "unit", value=words[at])
    filler = 0 if found[at].text in _NAMES and not shouting else _filler(words, at)
    if filler == 1 and at > 0 and (lexicon.holds(words[at]) or lexicon.told_by(words[at])):
        filler = 0
    asked = words[at] == "thank" and words[at + 1 : at + 2] != ["you"]
    if filler == 1 and asked and at > 0 and _thanked(lexicon):
        filler = 0
    best = max(options, key=lambda option: option[:2], default=None)
    if best is not None and filler <= best[0]:
        return best[2]
    if filler:
        return None
    if words[at] in "()#,;:?&+/-<>=%":
        return None
    return _unexplained(found[at].text, words[at], at, lexicon)
