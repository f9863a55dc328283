"""Dates written in one or several formats, and whether 03/04 is in March or in April."""

from __future__ import annotations

from collections.abc import Sequence

from local_workspace.own_data import shapes
from local_workspace.own_data.counts import Counts
from local_workspace.own_data.decision import CELL, Guess


def day_first_of(columns: Sequence[Counts]) -> bool | None:
    """What the columns with clear dates say; None when nothing or both."""
    said: set[bool] = set()
    for one in columns:
        for form, n in one.formats.items():
            other = one.formats.get(_swapped(form) or "", 0)
            if form.startswith("%d.") or (_swapped(form) and n > other):
                said.add(form.startswith("%d"))
    return said.pop() if len(said) == 1 else None


def guess_dates(counts: Counts, day_first: bool | None) -> Guess:
    """The formats that together read every cell, or text when none do."""
    formats, found = dict(counts.formats), Guess()
    for form in list(formats):
        other = _swapped(form)
        if other is None or form not in formats or other not in formats:
            continue
        if formats[form] == formats[other]:
            first = bool(day_first)
            kept = form if form.startswith("%d") == first else other
            doubt = "2 March, as “02/03”" if first else "3 February, as “02/03”"
            why = "as other columns of the file suggest" if day_first is not None else "a guess"
            found.check.append(
                f"day and month could be exchanged; the {'day' if first else 'month'} is taken as "
                f"first ({doubt}): {why}. Use --dates day-first or --dates month-first"
            )
        else:
            kept = max(form, other, key=lambda one: formats[one])
        del formats[other if kept == form else form]
    whole = [form for form, n in formats.items() if n == counts.filled]
    if whole:
        formats = {whole[0]: counts.filled}
    if sum(formats.values()) < counts.filled:
        found.almost = "dates"
        found.read_as = "text: not all cells are dates"
        found.almost_sql = f"{_read(formats)} IS NOT NULL"
        return found
    shown = ", ".join(f"{_said(form)} ({n:,} cells)" for form, n in formats.items())
    timed = any("%H" in form or "%I" in form for form in formats)
    found.type = "TIMESTAMP" if timed else "DATE"
    found.sql = f"CAST({_read(formats)} AS {found.type})"
    only = next(iter(formats))
    found.read_as = f"{'times' if timed else 'dates'} written {_said(only)}"
    if len(formats) > 1:
        found.read_as = f"dates in {len(formats)} formats"
        found.check.append(f"dates in {len(formats)} formats: {shown}")
    elif only in shapes.MONTHS:
        found.read_as = f"months written {_said(only)}, as their first day"
    return found


def _read(formats: dict[str, int]) -> str:
    tried = sorted(formats, key=lambda form: -formats[form])
    return f"coalesce({', '.join(shapes.moment(CELL, form) for form in tried)})"


def _swapped(form: str) -> str | None:
    day, space, time = form.partition(" ")
    other = shapes.SWAPPED.get(day)
    return None if other is None else other + space + time


def _said(form: str) -> str:
    """The format as people write it."""
    words = (
        ("%Y", "YYYY"), ("%y", "YY"), ("%m", "MM"), ("%d", "DD"), ("%b", "Mon"), ("%B", "Month"),
        ("%H", "hh"), ("%I", "hh"), ("%M", "mm"), ("%S", "ss"), ("%f", "fff"), ("%p", "AM"),
    )  # fmt: skip
    for code, word in words:
        form = form.replace(code, word)
    return form
