"""The checks of a sentence, each in its own file; a new one is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.verify.checks.aggregates import check_aggregates
from orchestrator_svc.verify.checks.attribution import check_attribution
from orchestrator_svc.verify.checks.bindings import check_bindings
from orchestrator_svc.verify.checks.breadth import check_breadth
from orchestrator_svc.verify.checks.comparatives import check_comparatives
from orchestrator_svc.verify.checks.comparisons import check_comparisons
from orchestrator_svc.verify.checks.contrasts import check_contrasts
from orchestrator_svc.verify.checks.contributions import check_contributions
from orchestrator_svc.verify.checks.degrees import check_degrees
from orchestrator_svc.verify.checks.dimensions import check_dimensions
from orchestrator_svc.verify.checks.directions import check_directions
from orchestrator_svc.verify.checks.durations import check_durations
from orchestrator_svc.verify.checks.equals import check_equals
from orchestrator_svc.verify.checks.figures import check_figures
from orchestrator_svc.verify.checks.form import check_form
from orchestrator_svc.verify.checks.frames import check_frames
from orchestrator_svc.verify.checks.grains import check_grains
from orchestrator_svc.verify.checks.judgements import check_judgements
from orchestrator_svc.verify.checks.licences import check_licences
from orchestrator_svc.verify.checks.multiples import check_multiples
from orchestrator_svc.verify.checks.negations import check_negations
from orchestrator_svc.verify.checks.offsets import check_offsets
from orchestrator_svc.verify.checks.order import check_order
from orchestrator_svc.verify.checks.owners import check_owners
from orchestrator_svc.verify.checks.periods import check_periods
from orchestrator_svc.verify.checks.quantities import check_quantities
from orchestrator_svc.verify.checks.rankings import check_rankings
from orchestrator_svc.verify.checks.relations import check_relations
from orchestrator_svc.verify.checks.roles import check_roles
from orchestrator_svc.verify.checks.scopes import check_scopes
from orchestrator_svc.verify.checks.spans import check_spans
from orchestrator_svc.verify.checks.superlatives import check_superlatives
from orchestrator_svc.verify.checks.supposed import check_suppositions
from orchestrator_svc.verify.checks.things import check_things
from orchestrator_svc.verify.checks.universals import check_universals
from orchestrator_svc.verify.checks.vocabulary import check_vocabulary
from orchestrator_svc.verify.checks.wholes import check_wholes
from orchestrator_svc.verify.reading import Reading

CHECKS: Final[tuple[Callable[[Reading], Iterator[Fault]], ...]] = (
    check_form,
    check_scopes,
    check_figures,
    check_periods,
    check_attribution,
    check_breadth,
    check_directions,
    check_licences,
    check_superlatives,
    check_suppositions,
    check_offsets,
    check_judgements,
    check_comparisons,
    check_equals,
    check_contrasts,
    check_comparatives,
    check_quantities,
    check_multiples,
    check_universals,
    check_order,
    check_rankings,
    check_degrees,
    check_spans,
    check_wholes,
    check_bindings,
    check_aggregates,
    check_things,
    check_contributions,
    check_owners,
    check_roles,
    check_grains,
    check_frames,
    check_durations,
    check_dimensions,
    check_relations,
    check_negations,
    check_vocabulary,
)
