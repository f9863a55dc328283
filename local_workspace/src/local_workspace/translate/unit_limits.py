"""Limits told in one unit of columns that are told in another: "over £50" of pence."""

from __future__ import annotations

from local_workspace.spaces.conversions import SMALL_MONEY, factor, plain_unit
from local_workspace.translate.senses import Sense
from local_workspace.translate.units import Units

SPANS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years"})
_LONG = ("months", "quarters", "years")
_TWO_DAYS = 48


class UnitLimits(Units):
    """Looking at the units of limits. `unit` is the one that was said last."""

    unit = ""

    def in_own_unit(
        self, senses: tuple[Sense, ...], low: float, high: float | None, text: str = ""
    ) -> tuple[float, float | None] | None:
        """The limits in the unit of what they limit; None when nothing turns them into it."""
        times = self._factor(senses, text)
        if times is None:
            return None
        told = _exact(low * times), (_exact(high * times) if high is not None else None)
        if times != 1 and (low or high) and self.unit != "percent":
            own = min(map(self.unit_of, senses))
            said = self.unit or {"pence": "pounds"}.get(own, "whole euros or dollars")
            self.draft.notes.append(f"{low:,.10g} {said} = {told[0]:,.10g} {own}")
        return told

    def _factor(self, senses: tuple[Sense, ...], text: str) -> float | None:
        """What turns the unit that was said into the column's own; None when nothing does."""
        own = {self.unit_of(s) for s in senses}
        small = own <= set(SMALL_MONEY)
        if not self.unit:
            coins = {plain_unit(word) for word in text.lower().split()}
            return 1.0 if not own or not small or coins & own else 100.0
        if any(s.kind == "column" and self._is_hour(s) for s in senses):
            return None
        said = plain_unit(self.unit)
        if said in own:
            return 1.0
        if own == {""}:
            return 1.0 if said not in SPANS or self._may_last(senses, said) else None
        if len(own) == 1 and (times := factor(said, min(own))):
            return times
        return 1.0 if said == "percent" else None

    def _is_hour(self, sense: Sense) -> bool:
        return self.catalog.column(sense.table, sense.name).role == "hour"

    def _may_last(self, senses: tuple[Sense, ...], unit: str) -> bool:
        """Whether a number that nobody wrote a unit for may be one of that time.

        "over 2 hours" of a delay that goes to 900 is none: nobody knows whether it is in minutes.
        """
        for sense in senses:
            if sense.kind != "column":
                return False
            column = self.catalog.column(sense.table, sense.name)
            words = set(column.label.lower().split())
            if unit in _LONG:
                fits = bool(words & {"year", "years", "age", "month", "months", "tenure"})
            else:
                fits = self._tells(sense, "time") or "delay" in words
            if not fits or (unit == "hours" and (column.high or 0) > _TWO_DAYS):
                return False
        return True

    def _convertible(self, unit: str) -> tuple[Sense, ...]:
        """ "over an hour" where one column is told in minutes."""
        return tuple(
            Sense("column", table.name, column.name)
            for table in self.catalog.tables.values()
            for column in table.columns.values()
            if column.role == "measure" and factor(unit, column.unit or "")
        )

    def _is_total(self, sense: Sense) -> bool:
        return self.catalog.column(sense.table, sense.name).aggregate == "sum"


def _exact(value: float) -> float:
    """Without the dust of a division: 0.1 times 3 is 0.3."""
    return float(f"{value:.12g}")
