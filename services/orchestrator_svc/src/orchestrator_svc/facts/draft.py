"""A fact in the making: values are added as formulas, sentences as templates with bare names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aislides.deck.v1.fact_pb2 import Claim, ClaimKind, Fact, FactKind, FactValue, Format, RowFilter

from orchestrator_svc.deck.formats import refine
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import parse_text, print_value
from orchestrator_svc.deck.values import PythonValue, from_python, number_of
from orchestrator_svc.facts.formula import evaluate

_BARE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(slots=True)
class Draft:
    """One candidate fact.

    Templates use `{first}`; the fact's id is put in front when the fact gets one. `p` is the
    uncorrected p-value, None where no chance is involved.
    """

    kind: FactKind.ValueType
    table: Table
    measure: str
    dimension: str
    says: str
    impact: float = 0.0
    specificity: float = 1.0
    p: float | None = None
    scope: tuple[str, ...] = ()
    lead: str = ""
    headline: str = ""
    sentence: str = ""
    caveats: list[str] = field(default_factory=list)
    filters: list[RowFilter] = field(default_factory=list)
    values: list[FactValue] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def add(self, name: str, formula: str, fmt: Format, label: str) -> PythonValue:
        """Computes the value by its formula, keeps it, and returns it."""
        computed = evaluate(formula, self.table)
        self.values.append(
            FactValue(
                name=name,
                value=from_python(computed.value),
                format=refine(fmt, number_of(computed.value)),
                provenance=computed.provenance,
                label=label[:80],
            )
        )
        return computed.value

    def add_number(self, name: str, formula: str, fmt: Format, label: str) -> float | None:
        """Like `add`, for values that are needed as numbers."""
        return number_of(self.add(name, formula, fmt, label))

    def claim(self, kind: ClaimKind.ValueType, *subjects: str, measured_by: str = "") -> None:
        """Allows sentences that cite the fact to claim this."""
        self.claims.append(Claim(kind=kind, subjects=subjects, measured_by=measured_by))

    def prints_alike(self, one: str, other: str) -> bool:
        """Whether two of the values look the same to a reader, whatever their last digits."""
        printed = {value.name: print_value(value, "en-US") for value in self.values}
        return printed[one] == printed[other]

    def names(self) -> set[str]:
        """The names of the values so far."""
        return {value.name for value in self.values}

    def finished(self, fact_id: str, *, adjusted_p: float, score: float) -> Fact:
        """The fact under its id, with templates that refer to it."""
        significance = 1.0 if self.p is None else max(0.0, 1.0 - adjusted_p)
        return Fact(
            id=fact_id,
            kind=self.kind,
            says=self.says,
            result_ids=[self.table.id],
            measure=self.measure,
            dimension=self.dimension,
            values=self.values,
            claims=self.claims,
            sentence=parse_text(_qualified(self.sentence, fact_id)),
            headline=parse_text(_qualified(self.headline, fact_id)),
            lead=self.lead,
            score=score,
            impact=self.impact,
            significance=significance,
            specificity=self.specificity,
            adjusted_p=0.0 if self.p is None else adjusted_p,
            caveats=[parse_text(_qualified(caveat, fact_id)) for caveat in self.caveats],
            filters=self.filters,
            scope=self.scope,
        )


def _qualified(template: str, fact_id: str) -> str:
    return _BARE.sub(lambda found: "{" + f"{fact_id}.{found[1]}" + "}", template)


def capitalised(text: str) -> str:
    """The text with its first letter large; text that starts with a reference stays as it is."""
    return text[:1].upper() + text[1:]
