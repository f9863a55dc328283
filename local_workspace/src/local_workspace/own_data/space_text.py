"""Writes an inferred space as YAML that invites its owner to edit it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import yaml

from local_workspace.own_data.headers import said
from local_workspace.own_data.report import FileReport
from local_workspace.spaces.model import Join, Measure, NamedFilter, Space, Table
from local_workspace.spaces.names import label_and_unit, spoken

MOST_LISTED = 300
HEAD = """\
# {title}: what people may ask, and the words they use. Written by `aislides data add` from the
# data itself; everything here is a guess that you may edit. After an edit:
#   aislides data check {name}
#
# Worth the most, in this order:
#   description  of tables and columns: what a row is, what a number means
#   synonyms     other words that people use: [turnover, sales]
#   unit         of every value of a column: EUR, kWh, minutes, %
#   role         time, measure (added up or averaged), dimension (grouped by), id or hidden
#   aggregate    how a measure adds up: sum, avg, max, min or median
#   measures     named formulas, such as a rate: {{name, table, sql, synonyms, format: percent}}
#   examples     verified questions with their SQL: {{question, sql}}
"""


def space_text(
    space: Space, reports: Sequence[FileReport], sample_questions: Sequence[str] = ()
) -> str:
    """The whole file; `parse_space` reads it back as the same space."""
    lines = [HEAD.format(title=" ".join(space.title.split()), name=space.name)]
    lines += [f"name: {space.name}", f"title: {_flow(space.title)}"]
    files = ", ".join(report.file.rsplit("/", 1)[-1] for report in reports)
    lines += [f"description: {_flow(space.description or f'Data of {files}.')}", "", "tables:"]
    for table in space.tables:
        report = next((one for one in reports if one.table == table.name), None)
        lines += _table(table, report)
    lines += _many_to_one(space.joins)
    lines += _named(
        "measures", "Numbers by name; a ratio guards its denominator with nullif.", space.measures
    )
    lines += _named("filters", "Conditions by name.", space.filters)
    lines += ["", "# Questions shown to people; `aislides data check` says which are answered."]
    lines.append(f"sample_questions: {'' if sample_questions else '[]'}")
    lines += [f"  - {_flow(question)}" for question in sample_questions]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(table: Table, report: FileReport | None) -> Iterable[str]:
    yield f"  - name: {_flow(table.name)}"
    if report is not None:
        yield f"    # {report.rows:,} rows of {_comment(report.file.rsplit('/', 1)[-1])}"
    yield "    description: ''"
    yield f"    row: {_flow(table.row)}  # what one row is, in the singular"
    yield f"    synonyms: {_flow(table.synonyms)}"
    if table.label:
        yield f"    label: {_flow(table.label)}  # the column that names a row for people"
    if table.time:
        yield f"    time: {_flow(table.time)}"
    yield "    columns:"
    told = {column.name: column for column in report.columns} if report else {}
    for column in table.columns[:MOST_LISTED]:
        known = told.get(column.name)
        parts = {"name": column.name}
        words, unit = label_and_unit(column.name)
        bare = words if words != spoken(column.name) else None
        label = column.label or said(column.name) or bare
        if label:
            parts["label"] = label
        parts |= {"role": column.role or "dimension"}
        unit = (known.unit if known is not None else None) or unit
        if unit and column.role == "measure":
            parts["unit"] = unit
        if column.aggregate:
            parts["aggregate"] = column.aggregate
        listed = f"{_flow(parts)[1:-1]}, synonyms: {_flow(list(column.synonyms))}"
        yield f"      - {{{listed}}}"
        for doubt in known.check if known is not None else ():
            yield f"        # check: {_comment(doubt)}"
    if len(table.columns) > MOST_LISTED:
        rest = len(table.columns) - MOST_LISTED
        yield f"      # {rest:,} more columns are in the data; list those that need words"


def _many_to_one(joins: Sequence[Join]) -> Iterable[str]:
    yield ""
    yield "# Each row of `many` finds at most one row of `one`; joins may not lead in a circle."
    yield f"joins: {'' if joins else '[]'}"
    for join in joins:
        yield f"  - {_flow(join.model_dump(exclude_defaults=True))}"


def _named(key: str, comment: str, items: Sequence[Measure | NamedFilter]) -> Iterable[str]:
    yield ""
    yield f"# {comment}"
    yield f"{key}: {'' if items else '[]'}"
    for item in items:
        yield f"  - {_flow(item.model_dump(exclude_defaults=True))}"


def _flow(value: object) -> str:
    """The value on one line of YAML."""
    text: str = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _comment(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
