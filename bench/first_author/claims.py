"""True sentences: recorded answers of a large model, and wordings over found facts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import recorded_answers
from orchestrator_svc.deck.text import parse_text, template
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext, verify_text
from orchestrator_svc.verify.sentences import ALL_FACTS, sentences
from result_building import result

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
        "{first} reaches {first_value}, which is {gap} more than {last}.",
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
