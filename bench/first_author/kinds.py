"""Kinds of lie: each makes one thing of a true sentence false."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from claims import REFERENCE, Claim
from orchestrator_svc.deck.text import print_value
from orchestrator_svc.verify.entities import is_name, is_period, mates, number, same_unit

Lie = Callable[[Claim, random.Random], Iterator[str]]


def figures(claim: Claim) -> Iterator[tuple[re.Match[str], object, object, str]]:
    """The references of a claim that print a number."""
    for found in REFERENCE.finditer(claim.text):
        fact, value = claim.value(found[1], found[2])
        if not is_name(value) and number(value) is not None:
            yield found, fact, value, print_value(value, "en-US").replace("\u00a0", " ")


def swap(claim: Claim, found: re.Match[str], new: str) -> str:
    return claim.text[: found.start()] + new + claim.text[found.end() :]


def altered_digit(claim: Claim, rng: random.Random) -> Iterator[str]:
    for found, _, _, shown in figures(claim):
        places = [at for at, letter in enumerate(shown) if letter.isdigit()]
        at = rng.choice(places[:2])
        digit = str((int(shown[at]) + rng.randint(1, 8)) % 10)
        yield swap(claim, found, shown[:at] + digit + shown[at + 1 :])


def other_unit(claim: Claim, _: random.Random) -> Iterator[str]:
    for found, _fact, _value, shown in figures(claim):
        bare = re.sub(r"[^\d.,]+$", "", re.sub(r"^[A-Z]{3} ", "", shown))
        for unit in ("min", "%", " hours", " pp"):
            if unit.strip() not in shown:
                yield swap(claim, found, bare + (unit if unit[0] in " %" else f" {unit}"))
                break


def wrong_sign(claim: Claim, _: random.Random) -> Iterator[str]:
    for found, _fact, _value, shown in figures(claim):
        yield swap(
            claim, found, "−" + shown.lstrip("+") if "−" not in shown else shown.replace("−", "")
        )


def wrong_rounding(claim: Claim, _: random.Random) -> Iterator[str]:
    for found, _fact, _value, shown in figures(claim):
        digits = re.search(r"[\d,]+(?:\.\d+)?", shown)
        if digits is None or "." not in digits[0]:
            continue
        step = 10 ** -len(digits[0].partition(".")[2])
        moved = f"{float(digits[0].replace(',', '')) + step:.{len(digits[0].partition('.')[2])}f}"
        yield swap(claim, found, shown.replace(digits[0], moved))


def wrong_period(claim: Claim, rng: random.Random) -> Iterator[str]:
    months = [
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
    ]
    for found in REFERENCE.finditer(claim.text):
        _, value = claim.value(found[1], found[2])
        if is_period(value):
            shown = print_value(value, "en-US")
            others = [month for month in months if month[:3] not in shown]
            yield swap(claim, found, rng.choice(others))
            yield swap(claim, found, "2009")


def swapped_value(claim: Claim, _: random.Random) -> Iterator[str]:
    """Another entity's figure of the same unit, beside a name it does not belong to."""
    for found, fact, value, _ in figures(claim):
        own = mates(fact, value)
        named = [one[2] for one in REFERENCE.finditer(claim.text) if one[1] == fact.id]
        if len(own) < 2 or not any(name in own for name in named if name != value.name):
            continue
        for other in fact.values:
            if (
                other.name not in own
                and len(mates(fact, other)) > 1
                and same_unit(other, value)
                and number(other) != number(value)
            ):
                yield swap(claim, found, f"{{{fact.id}.{other.name}}}")
                break


def invented_id(claim: Claim, rng: random.Random) -> Iterator[str]:
    for found in REFERENCE.finditer(claim.text):
        yield swap(
            claim,
            found,
            rng.choice([f"{{f{rng.randint(60, 99)}.{found[2]}}}", f"{{{found[1]}.{found[2]}x}}"]),
        )


def words(pairs: str) -> Lie:
    """A lie that exchanges words for their opposites."""
    table = [tuple(pair.split("=")) for pair in pairs.split("; ")]

    def tell(claim: Claim, _: random.Random) -> Iterator[str]:
        for one, other in table:
            for found in re.finditer(rf"\b{one}\b", claim.text):
                if claim.text[: found.start()].count("{") == claim.text[: found.start()].count("}"):
                    yield swap(claim, found, other)

    return tell


def universal(claim: Claim, _: random.Random) -> Iterator[str]:
    if not REFERENCE.search(claim.text) or not re.search(
        r"\b(averag|had|has|peak|rose|fell|reach|was)", claim.text
    ):
        return
    yield "In every case, " + claim.text
    yield "Without exception, " + claim.text
    yield claim.text.rstrip(".") + ", as it always did."


def multiple(claim: Claim, _: random.Random) -> Iterator[str]:
    for found, _fact, value, shown in figures(claim):
        ratio = number(value) or 0.0
        if shown.endswith("×") and claim.text[found.end() :].startswith((" the", " its")):
            for word, size in (
                ("twice", 2.0),
                ("three times", 3.0),
                ("ten times", 10.0),
                ("half", 0.5),
            ):
                if abs(ratio / size - 1) > 0.2:
                    yield swap(claim, found, word)


def fraction(claim: Claim, _: random.Random) -> Iterator[str]:
    swaps = {
        "more than half": "less than a quarter",
        "More than half": "Less than a quarter",
        "Most of": "A minority of",
        "most flights": "less than half of flights",
    }
    for one, other in swaps.items():
        if one in claim.text:
            yield claim.text.replace(one, other)
    for found, _fact, value, shown in figures(claim):
        share = number(value) or 0.0
        follows = claim.text[found.end() :].startswith(" of ")
        if shown.endswith("%") and follows and 0 < share < 0.4:
            yield swap(claim, found, "more than half")
        if shown.endswith("%") and follows and share > 0.6:
            yield swap(claim, found, "less than half")


def swapped_names(claim: Claim, _: random.Random) -> Iterator[str]:
    """First and last exchanged in a sentence that ranks or compares them."""
    found = [
        one for one in REFERENCE.finditer(claim.text) if is_name(claim.value(one[1], one[2])[1])
    ]
    rank = re.search(
        r"highest|longest|lowest|leads|peaked|more than|above|below|most delayed|largest",
        claim.text,
    )
    if len(found) == 2 and rank and found[0][0] != found[1][0] and found[0][1] == found[1][1]:
        one, other = found
        yield (
            claim.text[: one.start()]
            + other[0]
            + claim.text[one.end() : other.start()]
            + one[0]
            + claim.text[other.end() :]
        )


def markup(claim: Claim, rng: random.Random) -> Iterator[str]:
    if rng.random() < 0.1:
        yield claim.text + " <script>alert(1)</script>"
        yield claim.text + " See https://example.com"


LIES: dict[str, Lie] = {
    "altered digit": altered_digit,
    "unit": other_unit,
    "sign": wrong_sign,
    "rounding": wrong_rounding,
    "period": wrong_period,
    "swapped value": swapped_value,
    "swapped names": swapped_names,
    "invented id": invented_id,
    "direction": words(
        "rose=fell; grew=shrank; grows=declines; rises=falls; built up=eased; builds up=declines; "
        "build up=decline; build through=decline through; climbed back=dropped; "
        "increased=decreased; "
        "upward=downward; build daily=ease daily; rebounded=fell; rise=decline"
    ),
    "superlative": words(
        "highest=lowest; lowest=highest; longest=shortest; peaked=bottomed; bottomed=peaked; "
        "largest=smallest; most delayed=least delayed; peaks=bottoms; leads=comes last; "
        "comes last=leads; least=most"
    ),
    "comparison": words(
        "above=below; below=above; more than {=less than {; smaller than=larger than; "
        "differ more=differ less; ahead of {=behind {; longer on average=shorter on average"
    ),
    "fraction": fraction,
    "multiple": multiple,
    "universal": universal,
    "order in time": words("followed by=preceded by; before {=after {"),
    "markup": markup,
}
