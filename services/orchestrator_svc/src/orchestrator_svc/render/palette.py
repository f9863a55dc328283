"""What colour tokens must hold, and the nearest ones that do, each within its own hue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from orchestrator_svc.render.colour import SIGHTS, contrast, difference, shades

TEXT: Final = 4.5
MARK: Final = 3.0
APART: Final = 15.0
"""Least contrast of text and of marks, and least CIE76 distance of two data colours (TK2)."""
SERIES: Final = ("series-1", "series-2", "series-3", "series-4")
_GROUNDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ink": ("surface", "panel", "tint"),
    "ink-2": ("surface", "panel", "tint"),
    "accent": ("surface", "panel", "tint"),
    "positive": ("surface", "panel", "tint"),
    "negative": ("surface", "panel", "tint"),
}
_MARKS: Final = ("mute", "axis", *SERIES)


@dataclass(frozen=True, slots=True)
class Fault:
    """A token that is hard to see or to tell apart, in words for the theme's author."""

    token: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A colour that was moved within its hue, and why."""

    token: str
    given: str
    used: str
    reason: str

    def __str__(self) -> str:
        return f"{self.token}: {self.given} became {self.used}: {self.reason}"


def faults(colours: Mapping[str, str]) -> list[Fault]:
    """Every rule of TK2 that the colours of one mode break; empty for a sound set."""
    found = [
        fault
        for token in (*_GROUNDS, *_MARKS)
        if (fault := _unclear(token, colours[token], colours)) is not None
    ]
    for one, other in combinations((*SERIES, "ink"), 2):
        near = _confused(colours[one], [colours[other]])
        if near:
            found.append(Fault(one, f"is hard to tell from {other}: {near}"))
    return found


def corrected(
    colours: Mapping[str, str], tokens: Sequence[str]
) -> tuple[dict[str, str], list[Correction]]:
    """The colours with these tokens moved, each within its hue, until all rules hold.

    Data colours are moved together, the first of them least. Where no shades of their hues can be
    told apart they stay as given, so look at `faults` of what comes back.
    """
    made = dict(colours)
    for token in (token for token in tokens if token not in SERIES):
        made[token] = next(_clear(token, made), made[token])
    data = [token for token in SERIES if token in tokens]
    still = {token: made[token] for token in SERIES if token not in data}
    found = _apart(data, made, [made["ink"], *still.values()], _Budget())
    made.update(zip(data, found, strict=False))
    moves = [
        Correction(token, colours[token], made[token], _why(token, made | {token: colours[token]}))
        for token in tokens
        if made[token] != colours[token]
    ]
    return made, moves


@dataclass(slots=True)
class _Budget:
    """Shades that may still be tried, so that a hopeless palette ends soon."""

    left: int = 20_000


def _apart(
    tokens: Sequence[str], colours: Mapping[str, str], taken: list[str], budget: _Budget
) -> list[str]:
    """A shade for each token that differs from all taken ones; empty when there is no such set."""
    if not tokens:
        return []
    clear = list(_clear(tokens[0], colours))
    # Every third shade is fine enough, and lets the search reach the far ones.
    for shade in clear[:1] + clear[1::3]:
        budget.left -= 1
        if budget.left < 0:
            return []
        if _confused(shade, taken):
            continue
        rest = _apart(tokens[1:], colours, [*taken, shade], budget)
        if len(rest) == len(tokens) - 1:
            return [shade, *rest]
    return []


def _clear(token: str, colours: Mapping[str, str]) -> Iterator[str]:
    for shade in shades(colours[token]):
        if _unclear(token, shade, colours) is None:
            yield shade


def _why(token: str, colours: Mapping[str, str]) -> str:
    unclear = _unclear(token, colours[token], colours)
    others = [colours["ink"], *(colours[name] for name in SERIES if name != token)]
    told = unclear.reason if unclear else _confused(colours[token], others)
    return told or "so that the data colours differ from each other in every sight"


def _unclear(token: str, colour: str, colours: Mapping[str, str]) -> Fault | None:
    wanted, grounds = (TEXT, _GROUNDS[token]) if token in _GROUNDS else (MARK, ("surface",))
    for ground in grounds:
        has = contrast(colour, colours[ground])
        if has < wanted:
            text = f"contrast {has:.1f}:1 on {ground} {colours[ground]}, {wanted:g}:1 is needed"
            return Fault(token, text)
    return None


def _confused(colour: str, others: Sequence[str]) -> str:
    for other in others:
        for sight in SIGHTS:
            has = difference(colour, other, sight)
            if has < APART:
                return f"distance {has:.0f} from {other} in {sight} sight, {APART:g} is needed"
    return ""
