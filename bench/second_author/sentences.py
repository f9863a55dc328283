"""Sentences of authors who had not read the verifier: how many lies pass, how many truths it marks.

A line reads `T domain facts | sentence` when it is true, `L:kind domain facts | sentence` when not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aislides.deck.v1.fact_pb2 import Fact, FactKind
from orchestrator_svc.deck.text import parse_text, print_value
from orchestrator_svc.verify import VerifyContext, verify_text


@dataclass
class Count:
    """What the verifier made of one file of sentences."""

    lies: int = 0
    true: int = 0
    passed: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)


def count(
    file: Path,
    context: Callable[[str], VerifyContext],
    fact_ids: Callable[[str], Mapping[str, str]],
) -> Count:
    """The sentences of one file, checked against the domains that they speak of."""
    found = Count()
    for true, line, faults in _checked(file.read_text().splitlines(), context, fact_ids):
        if true:
            found.true += 1
            if faults:
                found.marked.append(f"{line} {faults}")
        else:
            found.lies += 1
            if not faults:
                found.passed.append(line)
    return found


def _checked(
    lines: list[str],
    context: Callable[[str], VerifyContext],
    fact_ids: Callable[[str], Mapping[str, str]],
) -> Iterator[tuple[bool, str, list[str]]]:
    for line in lines:
        head, text = line.split(" | ", 1)
        verdict, domain, *names = head.split()
        ids = fact_ids(domain)
        written = text
        for name, fact_id in ids.items():
            written = written.replace(f"{{{name}.", f"{{{fact_id}.")
        facts = [ids[name] for name in names]
        faults = verify_text(parse_text(written), facts, context(domain))
        yield verdict == "T", line, [f"{one.code}({one.words})" for one in faults]


def named(facts: Iterable[Fact], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Ids of facts by the short names that sentences use.

    A short name stands for kind, measure, dimension, a value, and, where several facts are alike
    up to there, the last period and the result.
    """
    among = list(facts)
    return {name: _find(among, *words) for name, words in wanted.items()}


def _find(
    facts: list[Fact],
    kind: str,
    measure: str,
    dimension: str,
    value: str,
    last: str = "",
    source: str = "",
) -> str:
    wanted = (FactKind.Value(f"FACT_KIND_{kind}"), measure, dimension)
    for fact in facts:
        values = {one.name: one for one in fact.values}
        if (fact.kind, fact.measure, fact.dimension) != wanted or value not in values:
            continue
        if source and source not in fact.result_ids:
            continue
        if not last or print_value(values["last_period"], "en-GB") == last:
            return fact.id
    raise LookupError(f"no {kind} of {measure} by {dimension}")
