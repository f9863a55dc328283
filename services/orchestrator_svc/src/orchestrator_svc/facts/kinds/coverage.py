"""Coverage: cells that are missing, rows that were cut, groups that matched nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, TimeGrain

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.labels import label_for_name
from orchestrator_svc.deck.table import Table
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.formula import column_name, literal
from orchestrator_svc.facts.roles import Roles
from orchestrator_svc.facts.series import Series, group_noun, period_noun
from orchestrator_svc.facts.wording import COUNT, PERCENT

_UNMATCHED = re.compile(r"\(?(not in |unknown|unmatched|no match|missing|none\)|null\))", re.I)
_EXCLUDED = re.compile(r"\b(null|missing|excluded|cancel+ed|without|unknown|invalid)\b")


def coverages(table: Table, roles: Roles) -> Iterator[Draft]:
    """What the result does not show."""
    if table.truncated:
        yield _truncated(table)
    for measure in roles.measures:
        yield from _nulls(table, measure.name)
    for group in roles.groups:
        yield from _unmatched(table, roles, group)
    yield from _excluded(table, roles)


def partial_periods(along_time: Sequence[Series]) -> Iterator[Draft]:
    """The first or last period that is left out because its data are not complete.

    Told once for each grain, of the first measure.
    """
    told: set[str] = set()
    for series in along_time:
        weeks = series.grain == TimeGrain.TIME_GRAIN_WEEK and not series.axis.plain
        if not (series.dropped_first or series.dropped_last) or weeks:
            continue
        if series.axis.formula not in told and series.times is not None:
            told.add(series.axis.formula)
            yield _partial(series)


def _partial(series: Series) -> Draft:
    assert series.times is not None  # asked before
    keyed = [(key, row) for row, key in enumerate(series.times.keys) if key is not None]
    draft = _draft(
        series.table, series.measure.name, series.dimension, "period left out as partial"
    )
    named = []
    for name, dropped, (_, row) in (
        ("first_partial", series.dropped_first, min(keyed)),
        ("last_partial", series.dropped_last, max(keyed)),
    ):
        if dropped:
            period = f"cell({series.axis.formula}, {row})"
            draft.add(name, period, series.axis.format, f"partial {period_noun(series)}")
            named.append(f"{{{name}}}")
    draft.lead = "Partial period left out" if len(named) == 1 else "Partial periods left out"
    # That a period is short of its usual is a sign, and no proof, that days of it are missing.
    draft.headline = f"The data for {' and '.join(named)} look partial and are left out over time"
    draft.sentence = f"{draft.headline}."
    draft.impact = 0.4
    return draft


def _draft(table: Table, measure: str, dimension: str, says: str) -> Draft:
    draft = Draft(FactKind.FACT_KIND_COVERAGE, table, measure, dimension, says)
    draft.specificity = 0.6
    return draft


def _truncated(table: Table) -> Draft:
    draft = _draft(table, "", "", "the result was cut by a row limit, so nothing is totalled")
    draft.add("kept", "rows()", COUNT, "rows that were kept")
    draft.lead = "Cut by row limit"
    draft.headline = "The result was cut by a row limit at {kept} rows"
    draft.sentence = "The result was cut at {kept} rows, so it is not totalled."
    draft.impact = 0.5
    return draft


def _nulls(table: Table, name: str) -> Iterator[Draft]:
    missing = sum(value is None for value in table.column(name))
    if not missing or not len(table):
        return
    label = label_for_name(name)
    draft = _draft(table, name, "", f"rows without {label}")
    draft.add("missing", f"nulls({column_name(name)})", COUNT, f"rows without {label}")
    draft.add("rows", "rows()", COUNT, "rows in all")
    share = f"nulls({column_name(name)}) / rows()"
    draft.add("share", share, PERCENT, f"share of rows without {label}")
    draft.claim(ClaimKind.CLAIM_KIND_SHARE, "missing", measured_by="share")
    draft.lead = "Missing values"
    if missing == len(table):
        draft.claim(ClaimKind.CLAIM_KIND_ALL, "missing")
        draft.claim(ClaimKind.CLAIM_KIND_NONE, "missing")
        draft.headline = f"None of the {{rows}} rows has a value for {label}"
    else:
        draft.headline = f"{{share}} of rows have no {label}"
    draft.sentence = f"{{missing}} of {{rows}} rows have no {label} and are left out."
    draft.impact = missing / len(table)
    yield draft


def _unmatched(table: Table, roles: Roles, group: str) -> Iterator[Draft]:
    """Rows whose group is empty, such as keys that a join did not find."""
    labels = table.column(group)
    bad = {label for label in labels if label is None or _is_unmatched(label)}
    if len(bad) != 1:
        return
    if not roles.weight and len(set(labels)) == len(labels):
        # One row a group: how much of the data lies behind it is not known.
        return
    label = bad.pop()
    noun, column = group_noun(group), column_name(group)
    where = f"{column} == {literal(label)}"
    draft = _draft(table, roles.weight, group, f"part of the data that has no known {noun}")
    if roles.weight and not table.truncated:
        weight, fmt = column_name(roles.weight), format_for_column(table, roles.weight)
        draft.add("unmatched", f"sum({weight}, where={where})", fmt, f"without known {noun}")
        share = f"sum({weight}, where={where}) / sum({weight})"
    else:
        draft.add("unmatched", f"rows(where={where})", COUNT, f"rows without known {noun}")
        share = f"rows(where={where}) / rows()"
    part = draft.add_number("share", share, PERCENT, f"share without known {noun}")
    draft.claim(ClaimKind.CLAIM_KIND_SHARE, "unmatched", measured_by="share")
    draft.lead = "Unknown groups"
    draft.headline = f"{{share}} of the data has no known {noun}"
    draft.sentence = f"{{unmatched}}, or {{share}}, have no known {noun}."
    draft.impact = part or 0.0
    yield draft


def _is_unmatched(label: object) -> bool:
    return isinstance(label, str) and bool(_UNMATCHED.match(label.strip()))


def _excluded(table: Table, roles: Roles) -> Iterator[Draft]:
    """Counts of rows that means leave out, where the query brought them along."""
    if not roles.weight or table.truncated:
        return
    for measure in roles.measures:
        words = measure.label.replace("_", " ")
        if measure.name == roles.weight or not measure.additive or not _EXCLUDED.search(words):
            continue
        column, weight = column_name(measure.name), column_name(roles.weight)
        draft = _draft(table, measure.name, "", f"{measure.label}, as part of all")
        counted = draft.add_number("excluded", f"sum({column})", measure.format, measure.label)
        if not counted:
            continue
        fmt = format_for_column(table, roles.weight)
        draft.add("count", f"sum({weight})", fmt, fmt.unit or "rows in all")
        share = draft.add_number(
            "share", f"sum({column}) / sum({weight})", PERCENT, f"{measure.label} as share"
        )
        if share is None or share > 1:
            continue
        draft.claim(ClaimKind.CLAIM_KIND_SHARE, "excluded", measured_by="share")
        draft.lead = "Part left out"
        draft.headline = "{excluded} came to {share} of {count}"
        draft.sentence = "{excluded} came to {share} of {count}."
        draft.impact = min(1.0, share * 4)
        yield draft
