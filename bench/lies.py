"""Seeded lies against the verifier: how many ship unmarked, and how many true sentences it marks.

True sentences are the recorded answers of a large model and wordings over found facts. Each lie is
a true sentence with one thing made false: a digit, unit, sign, rounding, period, value, name, id,
direction, superlative, comparison, fraction, multiple, universal, or order in time.

Sentences of a second to a fifth author follow, written before reading the verifier:
files that it was tuned on afterwards (the second author's `held_out.txt` is one by now), and those
of `BLIND`, on which it was not and must not be.

    python bench/lies.py [--show]
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent / "services/orchestrator_svc/tests"
sys.path[:0] = [
    str(folder)
    for folder in (
        TESTS / "facts",
        TESTS / "verify",
        HERE / "first_author",
    )
]

from adversary.fill import passing  # noqa: E402
from claims import Claim, true_claims  # noqa: E402
from fifth_author import domains as fifth  # noqa: E402
from fifth_author import held_out_domains as fifth_held_out  # noqa: E402
from fourth_author import domains as fourth  # noqa: E402
from fourth_author import held_out_domains as fourth_held_out  # noqa: E402
from kinds import LIES  # noqa: E402
from second_author import domains as second  # noqa: E402
from second_author.sentences import count  # noqa: E402
from third_author import domains as third  # noqa: E402

GOALS = {"unmarked": 0, "wrongly_marked": 0.01, "lies": 500}


class Clock:
    """CPU time of the verifier alone."""

    def __init__(self) -> None:
        self.seconds, self.sentences = 0.0, 0

    def marked(self, claim: Claim) -> list[str]:
        """The faults of one sentence, with the time that they took counted."""
        started = time.process_time()
        faults = claim.marked()
        self.seconds += time.process_time() - started
        self.sentences += 1
        return faults

    @property
    def ms_a_sentence(self) -> float:
        """Milliseconds of CPU for one sentence, on average."""
        return self.seconds / self.sentences * 1000


FILES = (
    ("second_author/first_half", second),
    ("second_author/second_round", second),
    ("second_author/third_round", second),
    ("second_author/held_out", second),
    ("third_author/development", third),
    ("third_author/second_development", third),
    ("third_author/third_development", third),
    ("fourth_author/development", fourth),
    ("truths/second", second),
    ("truths/third", third),
    ("truths/fourth", fourth),
    ("truths/slides", fourth_held_out),
    ("adversary/slides", fourth),
    ("adversary/third_slides", third),
    ("adversary/fourth_slides", fourth_held_out),
    ("adversary/fifth_slides", fifth),
    ("fourth_author/held_out", fourth_held_out),
    ("fifth_author/development", fifth),
    ("fifth_author/held_out", fifth_held_out),
)
"""Files of sentences, each with the businesses that it speaks of."""

BLIND: tuple[str, ...] = ("fifth_held_out",)
"""Files whose failures nobody reads, so that they go on telling how new sentences fare."""


def other_authors(figures_: dict[str, float], *, show: bool) -> bool:
    """Prints what became of other authors' sentences; whether the goals hold for all."""
    print(f"{'other authors':<28}{'lies':>6}{'unmarked':>10}{'true':>6}{'marked':>8}")
    good = True
    for name, domains in FILES:
        found = count(HERE / f"{name}.txt", domains.context, domains.fact_ids)
        passed, marked = len(found.passed), len(found.marked)
        print(f"{name:<28}{found.lies:>6}{passed:>10}{found.true:>6}{marked:>8}")
        author, _, file = name.partition("_author/")
        key = f"{author}_{file}" if author != "second" else file
        key = key.strip("_").replace("/", "_")
        figures_ |= {
            f"{key}_lies": found.lies,
            f"{key}_unmarked": passed,
            f"{key}_true": found.true,
            f"{key}_wrongly_marked": round(marked / max(found.true, 1), 3),
        }
        if found.crashed:
            print(f"{name:<28}a check fails on {found.crashed}")
        good &= not found.crashed
        good &= passed == 0 and marked / max(found.true, 1) <= GOALS["wrongly_marked"]
        if show and key not in BLIND:
            print("\n".join([f"UNMARKED {one}" for one in found.passed]))
            print("\n".join([f"WRONGLY MARKED {one}" for one in found.marked]))
    return good


def adversary(figures_: dict[str, float], *, show: bool) -> bool:
    """Prints how many of the adversary's lies over all known facts pass; whether none does."""
    known = (one.context(name) for one in (second, third, fourth) for name in one.QUESTIONS)
    told, passed = passing(known)
    figures_ |= {"adversary_lies": sum(told.values()), "adversary_unmarked": len(passed)}
    print(f"{'adversary':<28}{sum(told.values()):>6}{len(passed):>10}")
    if show:
        for (kind, wording), many in Counter(passed).items():
            print(f"UNMARKED {many} {kind} {wording}")
    return not passed


def main() -> int:
    """Prints lies by kind and how many ship unmarked; true sentences and how many are marked."""
    show = "--show" in sys.argv
    truths = list(true_claims())
    clock = Clock()
    wrong = [(claim, faults) for claim in truths if (faults := clock.marked(claim))]
    rng = random.Random(2013)
    told: Counter[str] = Counter()
    shipped: Counter[str] = Counter()
    faulty = {id(claim) for claim, _ in wrong}
    believed = [claim for claim in truths if id(claim) not in faulty]
    for kind, lie in LIES.items():
        for claim in believed:
            for text in lie(claim, rng):
                if text == claim.text:
                    continue
                told[kind] += 1
                if not clock.marked(claim.but(text)):
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
    print(f"{'all':<16}{lies:>6}{unmarked:>10}   goal 0 of {GOALS['lies']} or more")
    print(f"true sentences {len(truths)}, wrongly marked {len(wrong)} ({share:.1%}), goal <= 1%")
    print(f"{clock.ms_a_sentence:.2f} ms CPU a sentence")
    figures_ = {
        "lies": lies,
        "unmarked": unmarked,
        "true_sentences": len(truths),
        "wrongly_marked": share,
        "ms_a_sentence": round(clock.ms_a_sentence, 3),
    }
    seeded = unmarked == 0 and share <= GOALS["wrongly_marked"] and lies >= GOALS["lies"]
    figures_["seeded_ok"] = seeded
    ok = other_authors(figures_, show=show) and seeded
    ok &= adversary(figures_, show=show)
    print(json.dumps({"bench": "lies", "figures": figures_, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
