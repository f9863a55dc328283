"""The adversary's lies over every fact of the other authors' businesses.

`wordings.txt` words them as a sloppy model would, by kind of fact: a line is `KIND | sentence`,
false of every fact of that kind. The values are the fact's own: what is false is what the words
make of them. `{measure}` is the measure in words, `{split}` what the fact is split by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from aislides.deck.v1.fact_pb2 import Fact, FactKind
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.verify import VerifyContext, verify_text

PARTS = {
    "COUNTER": ("CONTRIBUTION", "counter"),
    "CONTRIBUTION_SHARE": ("CONTRIBUTION", "share"),
    "LEVEL_CHANGE": ("LEVEL", "previous"),
    "LEVEL_TOTAL": ("LEVEL", "total"),
    "LEVEL_MEAN": ("LEVEL", "mean"),
}
"""Sets of wordings for facts that hold a certain value."""

LIES = [
    tuple(line.split(" | ", 1))
    for line in Path(__file__).with_name("wordings.txt").read_text().splitlines()
]


def passing(contexts: Iterator[VerifyContext]) -> tuple[Counter[str], list[tuple[str, str]]]:
    """How many lies were told of each kind of fact, and those that no check marked."""
    told: Counter[str] = Counter()
    passed: list[tuple[str, str]] = []
    for context in contexts:
        for fact in context.facts.values():
            for kind, wording in LIES:
                text = _of(wording, fact) if _fits(fact, kind) else None
                if text is None:
                    continue
                told[kind] += 1
                if not verify_text(parse_text(text), [fact.id], context):
                    passed.append((kind, wording))
    return told, passed


def _fits(fact: Fact, kind: str) -> bool:
    wanted, value = PARTS.get(kind, (kind, ""))
    if fact.kind != FactKind.Value(f"FACT_KIND_{wanted}"):
        return False
    return not value or value in {one.name for one in fact.values}


def _of(wording: str, fact: Fact) -> str | None:
    """The wording with references to the fact's values; None where it lacks one."""
    split = fact.dimension.rpartition("_")[2]
    text = wording.replace("{split}", split).replace("{measure}", fact.measure.replace("_", " "))
    names = {one.name for one in fact.values}
    for part in text.split("{")[1:]:
        name = part.split("}")[0]
        if name not in names:
            return None
        text = text.replace(f"{{{name}}}", f"{{{fact.id}.{name}}}")
    return text
