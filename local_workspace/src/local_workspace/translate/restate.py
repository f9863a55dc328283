# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Saying in plain English what a plan computes, naming every choice made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.naming import bare, group_words, metric_words, rows_words
from local_workspace.translate.plan import (
    Beside,
    Compared,
    Condition,
    During,
    Known,
    Linked,
    Metric,
    Moving,
    Named,
    OneOf,
    PartIs,
    Plan,
    Running,
    Tally,
    TopShare,
)
from local_workspace.translate.reached import reached_words
from local_workspace.translate.restate_shapes import (
    amount,
    beside_title,
    beside_words,
    having_words,
    ordinal,
    periods_words,
    rows_title,
    rows_words_of,
    tally_title,
    tally_words,
    top_share_title,
    top_share_words,
    window_title,
    window_words,
)
from local_workspace.translate.support import ratio_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_workspace.spaces.catalog import Catalog


def title(plan: Plan, catalog: Catalog) -> str:
    """A short heading: "Average departure delay by month"."""
    what = _join([metric_words(m, plan, catalog) for m in plan.metrics])
    by = _join([group_words(g, catalog) for g in plan.groups])
    text = f"{what} by {by}" if what and by else what or f"list of {by}"
    if plan.rows:
        text = rows_title(plan, catalog)
    if isinstance(plan.shape, Tally):
        text = tally_title(plan, plan.shape, catalog)
    if isinstance(plan.shape, Running | Moving):
        text += window_title(plan, plan.shape)
    if isinstance(plan.shape, TopShare):
        text = top_share_title(plan, catalog)
    if isinstance(plan.shape, Beside):
        text = beside_title(plan, plan.shape, catalog)
    if plan.nth and plan.order and not plan.rows:
        word = "highest" if plan.order.descending else "lowest"
        text += f", the {ordinal(plan.nth)} {word}"
    if plan.difference:
        text += ", and the first less the second"
    if plan.change:
        text += ", change from the year before" if plan.change == "year" else ", change by period"
    return text[:1].upper() + text[1:]


def description(plan: Plan, catalog: Catalog, notes: Sequence[str] = ()) -> str:
    """One to a few sentences that name measures, groups, conditions, order and guesses."""
    sentences = [_main(plan, catalog)]
    sentences += periods_words(plan, catalog)
    sentences += reached_words(plan, catalog)
    definitions = _definitions(plan, catalog)
    if definitions:
        sentences.append(f"Here {_join(definitions)}.")
    sentences += [f"{note[:1].upper()}{note[1:]}." for note in notes]
    missing = _coverage(plan, catalog)
    if missing:
        sentences.append(missing)
    return " ".join(sentences)


def _main(plan: Plan, catalog: Catalog) -> str:
    text = rows_words_of(plan, catalog) if plan.rows else title(plan, catalog)
    conditions = [say_condition(condition, catalog) for condition in plan.where]
    rows = rows_words(plan, catalog)
    if conditions:
        text += f", for {rows} with {_join(conditions)}"
    elif not any(m.aggregation == "count" or (m.share and m.where) for m in plan.metrics):
        text += f", over all {rows}"
    if plan.having and not isinstance(plan.shape, Tally):
        for having in plan.having:
            text += f", keeping groups with {having_words(having, plan, catalog)}"
    if isinstance(plan.shape, Tally):
        text += tally_words(plan, plan.shape, catalog)
    if isinstance(plan.shape, Running | Moving):
        text += window_words(plan, plan.shape, catalog)
    if isinstance(plan.shape, Beside):
        text += beside_words(plan, plan.shape, catalog)
        own = [c for c in plan.shape.other.where if c not in plan.where]
        if own:
            text += f"; the second with {_join([say_condition(c, catalog) for c in own])}"
    if isinstance(plan.shape, TopShare):
        return text + top_share_words(plan, catalog) + "."
    if plan.order and (plan.limit or plan.limit_per) and not plan.rows:
        names = [metric_words(m, plan, catalog) for m in plan.metrics]
        by = names[plan.order.index] if plan.order.by == "metric" and names else "time"
        word = "highest" if plan.order.descending else "lowest"
        count = plan.limit or plan.limit_per
        text += f", ranked by {by}" if plan.nth else f", the {count} {word} by {by}"
        if plan.limit_per:
            text += f" within each {group_words(plan.groups[0], catalog)}"
    return text + "."


def say_condition(condition: Condition, catalog: Catalog) -> str:
    """One condition in words."""
    if isinstance(condition, Named):
        item = catalog.named_filter(condition.name)
        return f"“{item.name}” {'not ' if condition.negated else ''}true"
    if isinstance(condition, Linked):
        return _linked(condition, catalog)
    label = catalog.column(condition.ref.table, condition.ref.column).label
    if condition.ref.path:
        join = catalog.join(condition.ref.path[-1])
        role = join.name.replace("_", " ").removesuffix(f" {label}")
        label = f"{role} {label}" if join.shared else label
    if isinstance(condition, OneOf):
        values = _join(
            [str(v).lower() if isinstance(v, bool) else v for v in condition.values], "or"
        )
        return f"{label} {'other than' if condition.negated else '='} {values}"
    if isinstance(condition, Compared):
        return f"{label} {amount(condition)}"
    if isinstance(condition, Known):
        return f"{label} {'missing' if condition.negated else 'known'}"
    if isinstance(condition, During):
        word = "outside" if condition.negated else ""
        return f"{label} {word} {condition.words}".replace("  ", " ")
    assert isinstance(condition, PartIs)
    return f"{label} {'not ' if condition.negated else ''}{condition.words}"


def _linked(linked: Linked, catalog: Catalog) -> str:
    """ "no orders with order date 2024", "at least one of the orders of all time"."""
    rows = rows_words(Plan(linked.table), catalog)
    told = _join([say_condition(condition, catalog) for condition in linked.where])
    which = f" with {told}" if told else ""
    return f"no {rows}{which} at all" if linked.negated else f"at least one of the {rows}{which}"


def _definitions(plan: Plan, catalog: Catalog) -> list[str]:
    found: list[str] = []
    for metric in (*plan.metrics, *(h.metric for h in plan.having if h.metric.where)):
        if metric.until:
            found.append(f"{metric.until} is the last date in the data")
        if metric.measure:
            measure = catalog.measure(metric.measure)
            if measure.description:
                found.append(f"{measure.name} means {_lower(measure.description)}")
        if metric.ref and (told := catalog.column(metric.ref.table, metric.ref.column).converted):
            found.append(f"{metric_words(metric, plan, catalog)} was turned, {told}")
        if metric.per:
            told = metric.per_grain or bare(
                catalog.column(metric.per.table, metric.per.column).label
            )
            rows = rows_words(plan, catalog)
            found.append(f"the average is over each {told} that has any such {rows}")
        if gaps := ratio_gaps(metric, catalog):
            told = _join([catalog.column(ref.table, ref.column).label for ref in gaps])
            words = metric_words(metric, plan, catalog)
            found.append(f"{words} counts only {rows_words(plan, catalog)} with known {told}")
        if metric.where:
            told = _join([say_condition(condition, catalog) for condition in metric.where])
            part = "is the part with" if metric.share else "counts only"
            found.append(
                f"{metric_words(metric, plan, catalog)} {part} {told}{_whole(metric, catalog)}"
            )
    for condition in plan.where:
        if isinstance(condition, Named):
            item = catalog.named_filter(condition.name)
            if item.description:
                found.append(f"“{item.name}” means {_lower(item.description)}")
    return list(dict.fromkeys(found))


def _whole(metric: Metric, catalog: Catalog) -> str:
    """What rows are left out of a share: those of which the limited number is not known."""
    limited = [c.ref for c in metric.where if isinstance(c, Compared)] if metric.share else []
    columns = [catalog.column(ref.table, ref.column) for ref in limited]
    gaps = [c.label for c in columns if c.nulls and c.made_of]
    return f", of those where {_join(gaps)} is known" if gaps else ""


def _numbers(plan: Plan) -> set[str]:
    """Columns of the numbers: where they are known, how many rows match at large says nothing."""
    return {m.ref.column for m in plan.metrics if m.ref}


def _coverage(plan: Plan, catalog: Catalog) -> str:
    parts = []
    for group in plan.groups:
        if group.ref and group.ref.path:
            join = catalog.join(group.ref.path[-1])
            told = {c.ref.column for c in plan.where if isinstance(c, Known)}
            if join.matched < 1 and join.many_column not in told and not told & _numbers(plan):
                ending = f"and are shown as “(not in {join.one})”"
                if isinstance(plan.shape, Tally):
                    ending = "and are left out" if plan.shape.among else "but count by their key"
                share = f"{1 - join.matched:.1%} of {rows_words(plan, catalog)}"
                parts.append(f"{share} have no entry in {join.one} {ending}.")
    return " ".join(dict.fromkeys(parts))


def _lower(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]


def _join(items: Sequence[str], word: str = "and") -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
