# ruff: noqa: SIM905
"""Conditions of a question that every sub-question must keep: periods, names, number limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aislides_analyst.planning import periods
from aislides_analyst.planning.compared import Compared, compared_periods
from aislides_analyst.planning.fillers import is_filler
from aislides_analyst.planning.lexicon import Match
from aislides_analyst.planning.space import Column
from aislides_analyst.planning.words import Word

_PLACED = frozenset(
    (
        "in at for from to of on with by into within out via between among against without versus "
        "vs than excluding except including only near per"
    ).split()
)
_AGAINST = frozenset("with to against versus vs than and".split())
_JOINED = frozenset("and or vs versus &".split())
_LIMIT = re.compile(
    r"\b(?:(?:for|with|where|whose|having|of|in|that (?:have|has|are|were|is))\s+[^,.;?]*?)?"
    r"\b(?:over|above|more than|at least|under|below|less than|at most|greater than|fewer than|"
    r"longer than|shorter than|older than|younger than|larger than|smaller than|exceeding|"
    r"between)\s+[$€£]?\d[\d.,]*(?:\s*(?:and|to)\s*[$€£]?\d[\d.,]*)?"
    r"(?:\s*(?!(?:by|per|in|for|during|since|on|and|or|with|at|over|from)\b)[%a-z]+)?",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|excluding|except(?: for)?|other than|apart from|not including|ignoring)\s+"
    r"[^,.;?]+?(?=\s+(?:by|per|in|for|during|since|over|from|at)\b|[,.;?]|$)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:after|before|until|since|at)\s+\d{1,2}(?::\d\d)?\s*(?:am|pm|h|o'clock)\b", re.IGNORECASE
)
_COUNTED = frozenset(
    ("top bottom first last best worst leading highest lowest largest biggest").split()
)
_COMPARES = re.compile(r"\b(?:compar\w+|vs|versus|against|than|differ\w*)\b", re.I)
_QUOTED = re.compile(r"[\"“']([^\"”']{2,60})[\"”'](?=\W|$)")


@dataclass(frozen=True)
class Conditions:
    """What limits the rows, in the user's words, and which words of the question it used."""

    period: str
    others: tuple[str, ...]
    used: frozenset[int] = field(default_factory=frozenset)
    paired: Compared | None = None
    """Two periods that the question compares, already in `period`."""

    @property
    def versus(self) -> str:
        """Names set against each other, as a question compares them; empty for none."""
        for other in self.others:
            names = re.match(r"(\S+ .+?) (?:and|or|vs\.?|versus) (.+)$", other)
            if names and not re.search(r"\d", other):
                return f"{names[1]} versus {names[2]}"
        return ""

    @property
    def text(self) -> str:
        """All of it, as it goes at the end of a sub-question."""
        return " ".join(part for part in (*self.others, self.period) if part)


NO_CONDITIONS = Conditions("", ())


def read_conditions(question: str, found: Sequence[Word], matches: Sequence[Match]) -> Conditions:
    """Return the conditions of `question`, whose words and matches are given."""
    used: set[int] = set()
    others: list[str] = []
    limits = [m for m in _LIMIT.finditer(question) if not _only_period(m.group())]
    limits += [m for p in (_WITHOUT, _CLOCK) for m in p.finditer(question)]
    for limit in limits:
        used |= _inside(found, limit.span())
        others.append(_placed(limit.group().strip(" ,.?"), "with"))
    spans = [
        (a, b)
        for a, b in periods.periods(question)
        if not any(m.start() < b and a < m.end() for m in limits)
    ]
    for span in spans:
        used |= _inside(found, span)
    paired = compared_periods(question)
    for span in paired.spans if paired else ():
        used |= _inside(found, span)
    names = _names(question, found, matches, used)
    others += _compared(names) if _COMPARES.search(question) else names
    period = " and ".join(_dated(question[a:b].strip()) for a, b in _merged(spans, question))
    if paired:
        period = paired.text
    return Conditions(period, tuple(dict.fromkeys(others)), frozenset(used), paired)


def _only_period(limit: str) -> bool:
    """True for "between 2013 and 2015" and "over 2013", which limit time and not a number."""
    return bool(periods.periods(limit)) and not re.search(
        r"(?:more|less|fewer|greater|longer|shorter|older|younger|larger|smaller) than|at least|"
        r"at most|exceeding|\d\s+[a-z]",
        re.sub(r"\b(?:and|to)\b", "", limit),
        re.I,
    )


def _compared(names: list[str]) -> list[str]:
    """Names set against each other are one condition: "for Delta", "with United"."""
    kept: list[str] = []
    for name in names:
        first, _, rest = name.partition(" ")
        if kept and first.lower() in _AGAINST and not rest.startswith("the "):
            kept[-1] = f"{kept[-1]} and {rest}"
        else:
            kept.append(name)
    return kept


def _dated(period: str) -> str:
    """A period with its preposition: "2013" is asked for as "in 2013"."""
    period = re.sub(r"^(?:in|during|over) (?=(?:the )?(?:last|past|previous|this) )", "", period)
    first = period.split(maxsplit=1)[0].lower()
    if first in ("last", "past", "previous", "this", "the", "recent", "latest", "current"):
        return period
    if first in _PLACED | {"during", "since", "until", "before", "after", "over", "throughout"}:
        return re.sub(r"^(?:of|for|during|throughout|over)\s+(?=(?:19|20)\d\d$)", "in ", period)
    if first == "across":
        return f"in {period.split(' ', 1)[1]}"
    return f"in {period}"


def _merged(spans: list[tuple[int, int]], question: str) -> list[tuple[int, int]]:
    """Distinct periods; the same words said twice count once."""
    kept: dict[str, tuple[int, int]] = {}
    for start, end in spans:
        key = re.sub(r"^\W*(?:in|during|for|over|of)\s+", "", question[start:end].lower().strip())
        kept.setdefault(key, (start, end))
    return list(kept.values())


def _names(
    question: str, found: Sequence[Word], matches: Sequence[Match], used: set[int]
) -> list[str]:
    """Conditions that name something, such as "from JFK" or "in the West region"."""
    exact = {i: m for m in matches if not m.value for i in m.span}
    values = _single_values(matches)
    quoted = [m.span() for m in _QUOTED.finditer(question)]
    texts: list[str] = []
    at = 0
    while at < len(found):
        value = values.get(at)
        if not value and not _starts_name(found, at, exact, used, quoted):
            at += 1
            continue
        last = value.last if value else at + 1
        while last < len(found) and _goes_on(found, last, exact, used, quoted):
            last += 1
        end = last
        if (
            last in exact
            and exact[last].first == last
            and exact[last].exact
            and found[last - 1].end + 1 == found[last].start
        ):
            end = exact[last].last if _is_singular(found, exact[last]) else last
        first = at
        while first and found[first - 1].lower in ("the", "a", "an"):
            first -= 1
        placed = first > 0 and found[first - 1].lower in _PLACED
        first -= placed
        text = re.sub(r"['’]s?$", "", question[found[first].start : found[end - 1].end])
        texts.append(
            text
            if placed and found[first].lower not in ("by", "of")
            else _placed(re.sub(r"^(?:by|of)\s+", "", text), "for")
        )
        used |= set(range(first, end))
        at = end
    return texts


def _single_values(matches: Sequence[Match]) -> dict[int, Match]:
    """Values that stand alone for their column; two of one column ask for a comparison."""
    values = [m for m in matches if m.value]
    columns = [m.targets[0] for m in values]
    return {m.first: m for m in values if columns.count(m.targets[0]) == 1}


def _starts_name(
    found: Sequence[Word],
    at: int,
    exact: dict[int, Match],
    used: set[int],
    quoted: list[tuple[int, int]],
) -> bool:
    word = found[at]
    if at in used or at in exact:
        return False
    if _is_quoted(word, quoted):
        return True
    if not word.is_name or (at == 0 and is_filler(word.lower)):
        return False
    if word.text.isdigit():
        return _is_number_of_one(found, at)
    if is_filler(word.lower):
        return word.text.isupper() and word.lower in ("it", "us", "is", "me", "or")
    # What opens a question before "by" is measured, such as an unknown abbreviation.
    measured = at == 0 and len(found) > 1 and found[1].lower in ("by", "per")
    return not measured and (at > 0 or not word.text.istitle())


def _is_quoted(word: Word, quoted: list[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in quoted)


def _is_number_of_one(found: Sequence[Word], at: int) -> bool:
    """True for "store 12", false for "top 5"."""
    before = found[at - 1].lower if at else ""
    return before not in _COUNTED and (at + 1 == len(found) or before in ("store", "number", "no"))


def _goes_on(
    found: Sequence[Word],
    at: int,
    exact: dict[int, Match],
    used: set[int],
    quoted: list[tuple[int, int]],
) -> bool:
    word = found[at]
    if at in used or at in exact:
        return False
    if _is_quoted(word, quoted):
        return True
    if word.is_name and not is_filler(word.lower):
        return True
    joins = word.lower in _JOINED | {"of", "de", "the"}
    return joins and at + 1 < len(found) and _goes_on_name(found, at + 1, exact, used)


def _goes_on_name(found: Sequence[Word], at: int, exact: dict[int, Match], used: set[int]) -> bool:
    word = found[at]
    return at not in used and at not in exact and word.is_name and not is_filler(word.lower)


def _is_singular(found: Sequence[Word], match: Match) -> bool:
    """True for "West region", where the noun belongs to the name; false for "Delta flights"."""
    if any(isinstance(t, Column) and t.role in ("measure", "flag") for t in match.targets):
        return False
    return match.last - match.first == 1 and not found[match.first].lower.endswith("s")


def _inside(found: Sequence[Word], span: tuple[int, int]) -> set[int]:
    return {i for i, w in enumerate(found) if w.start >= span[0] and w.end <= span[1]}


def _placed(text: str, preposition: str) -> str:
    first = text.split(" ", 1)[0].lower()
    keeps = _PLACED | set(
        "where whose having over under above below that after before until since excluding except "
        "other apart not ignoring without".split()
    )
    return text if first in keeps else f"{preposition} {text}"
