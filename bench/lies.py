"""Seeded lies against the verifier: how many ship unmarked, and how many true sentences it marks.

True sentences are the recorded answers of a large model and wordings over found facts. Each lie is
a true sentence with one thing made false: a digit, unit, sign, rounding, period, value, name, id,
direction, superlative, comparison, fraction, multiple, universal, or order in time.

Sentences of a second author follow, written before reading the verifier: two files that it was
tuned on afterwards, and `held_out.txt`, on which it was not and must not be.

    python bench/lies.py [--show]
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TESTS = Path(__file__).parents[1] / "services/orchestrator_svc/tests"
SECOND = Path(__file__).parent / "second_author"
sys.path[:0] = [str(TESTS / "facts"), str(TESTS / "verify"), str(SECOND)]

import recorded_answers  # noqa: E402
from count import count  # noqa: E402
from orchestrator_svc.deck.text import parse_text, print_value, template  # noqa: E402
from orchestrator_svc.facts import find_facts  # noqa: E402
from orchestrator_svc.verify import VerifyContext, verify_text  # noqa: E402
from orchestrator_svc.verify.entities import is_name, is_period, mates, number, same_unit  # noqa: E402
from orchestrator_svc.verify.sentences import ALL_FACTS, sentences  # noqa: E402
from result_building import result  # noqa: E402

GOALS = {"unmarked": 0, "wrongly_marked": 0.01, "lies": 500}
REFERENCE = re.compile(r"\{(\w+)\.(\w+)\}")


@dataclass(frozen=True)
class Claim:
    """One true sentence with the facts it may rely on."""

    text: str
    fact_ids: tuple[str, ...]
    context: VerifyContext

    def value(self, fact_id: str, name: str):
        fact = self.context.facts[fact_id]
        return fact, next(one for one in fact.values if one.name == name)

    def marked(self) -> list[str]:
        faults = verify_text(parse_text(self.text), self.fact_ids, self.context)
        return [f"{fault.code}({fault.words})" for fault in faults]

    def but(self, text: str) -> Claim:
        return Claim(text, self.fact_ids, self.context)


WORDINGS = {
    "leader": [
        "{first} had the highest value at {first_value}.",
        "{last} had the lowest value, {last_value}.",
        "{first} averages {first_value}, which is {gap} more than {last}.",
        "{first} leads with {first_value}, ahead of {second} with {second_value}.",
        "{last_value} at {last} is below {first_value} at {first}.",
        "Values range from {last_value} at {last} to {first_value} at {first}.",
        "The gap between {first} and {last} is {gap}.",
        "{first} lies above {second}, and {last} comes last.",
        "{second} has the second-highest value, {second_value}.",
    ],
    "season": [
        "The measure peaked in {peak_period} at {peak}.",
        "It was lowest in {low_period} at {low}.",
        "{peak_period} reached {peak}, well above {low} in {low_period}.",
        "The swing from low to peak was {swing}.",
        "It bottomed at {low} in {low_period} and peaked at {peak} in {peak_period}.",
    ],
    "trend": [
        "The measure rose from {start} in {start_period} to {end} in {end_period}.",
        "It grew by about {pace} a month.",
        "The trend was upward from {start_period} to {end_period}.",
        "{end_period} closed at {end}, above {start} in {start_period}.",
    ],
    "growth": [
        "The total rose from {previous} in {previous_period} to {last} in {last_period}.",
        "In {last_period} it increased by {change_share}, to {last}.",
        "{last} in {last_period} is more than {previous} in {previous_period}.",
    ],
    "concentration": [
        "{few} of {groups} products made up {share} of the total.",
        "Most of the total, {share}, comes from {few} products.",
        "More than half of the total comes from {few} products.",
        "{first} is the largest with {first_share}.",
    ],
    "contribution": [
        "{first} made {share} of the rise.",
        "More than half of the rise came from {first}.",
        "The total grew by {change_share}, and {first} made {share} of it.",
    ],
    "outlier": [
        "{first_period} stood out with {first_value}, far above the usual {usual}.",
        "An exceptional {first_value} was reached in {first_period}.",
    ],
}


def made_up() -> VerifyContext:
    """Facts over data with a leader, a season, a trend, a concentration and an outlier in it."""
    rng = random.Random(11)
    months = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(36)]
    wave = {11: 300, 12: 420, 2: -250}
    rows = []
    for at, day in enumerate(months):
        for channel, pace in (("Online", 24.0), ("Store", 2.0)):
            noise = rng.gauss(0, 12)
            rows.append([day, channel, 900 + pace * at + wave.get(day.month, 0) + noise])
    weeks = [date.fromordinal(date(2024, 1, 1).toordinal() + 7 * at) for at in range(52)]
    usage = [
        [week, 200 + rng.gauss(0, 4) + (160 if at == 30 else 0)] for at, week in enumerate(weeks)
    ]
    products = [
        [f"Product {name}", amount]
        for name, amount in zip("ABCDEFGH", (510, 290, 60, 40, 30, 30, 20, 20), strict=True)
    ]
    regions = [["North", 41.5, 900], ["South", 38.2, 800], ["East", 22.9, 950], ["West", 17.3, 870]]
    hours = [[hour, 3.0 + 1.5 * (hour - 6) if hour <= 18 else 40.0 - hour] for hour in range(6, 24)]
    results = [
        result("month channel revenue", rows, id="r1"),
        result("week energy_kwh_total", usage, id="r2"),
        result("product total_revenue", products, id="r3"),
        result("region avg_wait_minutes visits", regions, id="r4"),
        result("hour avg_load_share", [[hour, load / 100] for hour, load in hours], id="r5"),
    ]
    return VerifyContext(find_facts(results), results, "How did revenue develop?")


def true_claims() -> Iterator[Claim]:
    """The recorded sentences, the templates of found facts, and wordings over them."""
    recorded = VerifyContext(
        recorded_answers.facts(), recorded_answers.results(), recorded_answers.QUESTION
    )
    for answer in (1, 2):
        for slide in recorded_answers.slides(answer):
            for sentence in sentences(slide):
                ids = sentence.fact_ids
                ids = tuple(recorded.facts) if ALL_FACTS in ids else ids
                yield Claim(template(sentence.text), ids, recorded)
    context = made_up()
    for fact in context.facts.values():
        names = {value.name for value in fact.values}
        yield Claim(template(fact.headline), (fact.id,), context)
        yield Claim(template(fact.sentence), (fact.id,), context)
        for wordings in WORDINGS.values():
            for wording in wordings:
                if set(re.findall(r"\{(\w+)\}", wording)) <= names and fits(fact, wording):
                    text = re.sub(r"\{(\w+)\}", rf"{{{fact.id}.\1}}", wording)
                    yield Claim(text, (fact.id,), context)


def fits(fact, wording: str) -> bool:
    """Whether the wording is true of this fact: wordings are written for one kind each."""
    kinds = {
        5: "outlier",
        6: "leader",
        7: "concentration",
        8: "contribution",
        3: "season",
        2: "trend",
    }
    kind = (
        "growth"
        if fact.kind == 1 and "previous" in fact.says + "year before"
        else kinds.get(fact.kind)
    )
    kind = "outlier" if fact.kind == 4 else kind
    if kind == "growth" and "year before" not in fact.says:
        return False
    ups = {claim.kind for claim in fact.claims}
    if kind in ("trend", "growth") and 1 not in ups:
        return False
    if kind == "season" and "builds up" in fact.says:
        return "{low" not in wording
    return kind is not None and wording in WORDINGS.get(kind, ())


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


def second_author(figures_: dict[str, float], *, show: bool) -> bool:
    """Prints what became of the second author's sentences; whether the goals hold for all."""
    print(f"{'second author':<16}{'lies':>6}{'unmarked':>10}{'true':>6}{'marked':>8}")
    good = True
    for name in ("first_half", "second_round", "third_round", "held_out"):
        found = count(f"{name}.txt")
        passed, marked = len(found.passed), len(found.marked)
        print(f"{name:<16}{found.lies:>6}{passed:>10}{found.true:>6}{marked:>8}")
        figures_ |= {
            f"{name}_lies": found.lies,
            f"{name}_unmarked": passed,
            f"{name}_true": found.true,
            f"{name}_wrongly_marked": round(marked / found.true, 3),
        }
        good &= passed == 0 and marked / found.true <= GOALS["wrongly_marked"]
        if show and name != "held_out":
            print("\n".join([f"UNMARKED {one}" for one in found.passed]))
            print("\n".join([f"WRONGLY MARKED {one}" for one in found.marked]))
    return good


def main() -> int:
    """Prints lies by kind and how many ship unmarked; true sentences and how many are marked."""
    show = "--show" in sys.argv
    started = time.process_time()
    truths = list(true_claims())
    wrong = [(claim, faults) for claim in truths if (faults := claim.marked())]
    rng = random.Random(2013)
    told: Counter[str] = Counter()
    shipped: Counter[str] = Counter()
    believed = [claim for claim in truths if not claim.marked()]
    for kind, lie in LIES.items():
        for claim in believed:
            for text in lie(claim, rng):
                if text == claim.text:
                    continue
                told[kind] += 1
                if not claim.but(text).marked():
                    shipped[kind] += 1
                    if show:
                        print(f"UNMARKED {kind}: {text}   <- {claim.text}  {claim.fact_ids}")
    if show:
        for claim, faults in wrong:
            print("WRONGLY MARKED", claim.text, claim.fact_ids, faults)
    print(f"{'kind of lie':<16}{'told':>6}{'unmarked':>10}")
    for kind in LIES:
        print(f"{kind:<16}{told[kind]:>6}{shipped[kind]:>10}")
    lies, unmarked = sum(told.values()), sum(shipped.values())
    share = len(wrong) / len(truths)
    seconds = time.process_time() - started
    print(f"{'all':<16}{lies:>6}{unmarked:>10}   goal 0 of {GOALS['lies']} or more")
    print(f"true sentences {len(truths)}, wrongly marked {len(wrong)} ({share:.1%}), goal <= 1%")
    checked = lies + 2 * len(truths)
    print(f"{seconds / checked * 1000:.2f} ms CPU a sentence")
    figures_ = {
        "lies": lies,
        "unmarked": unmarked,
        "true_sentences": len(truths),
        "wrongly_marked": share,
        "ms_a_sentence": round(seconds / checked * 1000, 3),
    }
    ok = unmarked == 0 and share <= GOALS["wrongly_marked"] and lies >= GOALS["lies"]
    ok &= second_author(figures_, show=show)
    print(json.dumps({"bench": "lies", "figures": figures_, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
