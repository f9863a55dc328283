"""Sentences of authors who had not read the verifier: how many lies pass, how many truths it marks.

A line reads `T domain facts | sentence` when it is true, `L:kind domain facts | sentence` when not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.verify import VerifyContext, verify_text
from orchestrator_svc.verify.faults import Code


@dataclass
class Count:
    """What the verifier made of one file of sentences."""

    lies: int = 0
    true: int = 0
    crashed: int = 0
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
        found.crashed += any(one.startswith(Code.UNREADABLE) for one in faults)
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
        yield verdict == "T", line, _faults(written, facts, context(domain))


def _faults(written: str, facts: list[str], context: VerifyContext) -> list[str]:
    return [f"{one.code}({one.words})" for one in verify_text(parse_text(written), facts, context)]
