"""Units: of columns, of numbers that were said, and of measures whose unit nobody wrote down."""

from __future__ import annotations

from dataclasses import replace

from local_workspace.spaces.computed import converted, unit_of
from local_workspace.spaces.conversions import factor, plain_unit
from local_workspace.spaces.money import money_column
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.draft import MetricWish
from local_workspace.translate.phrases import Phrases
from local_workspace.translate.qualities import CURRENCIES, measured_in, measures_of
from local_workspace.translate.senses import Sense


class Units(Phrases):
    """Questions about units."""

    def unit_of(self, sense: Sense) -> str:
        """The unit of a column or a measure in its plain form."""
        if sense.kind == "measure":
            return plain_unit(self.catalog.measure(sense.name).unit or "")
        return unit_of(self.catalog.column(sense.table, sense.name))

    def unit_fits(self, chunk: Chunk) -> bool:
        """Whether a lone unit is that of a number already named, or one that it is told in now."""
        if any(self.unit_of_metric(metric, chunk.text) for metric in self.draft.metrics):
            return True
        for metric in self.draft.metrics:
            self._value_of_rows(metric, chunk.text)
        turned = [(m, self._turned(m, chunk.text)) for m in self.draft.metrics]
        for metric, senses in turned:
            metric.senses = senses or metric.senses
        return any(senses for _, senses in turned)

    def _value_of_rows(self, metric: MetricWish, unit: str) -> None:
        """ "the average invoice in euros": the money of each, where it is counted in cents."""
        tables = [self.catalog.tables[s.table] for s in metric.senses if s.kind == "table"]
        money = money_column(tables[0]) if len(tables) == 1 else None
        mean = metric.count and metric.aggregation in ("avg", "median", "max", "min")
        if mean and metric.per is None and money and factor(unit_of(money), unit):
            metric.senses, metric.count = (Sense("column", money.table, money.name),), False
            metric.per_row = True

    def _turned(self, metric: MetricWish, unit: str) -> tuple[Sense, ...]:
        """The columns and measures of a number, told in another unit of the same thing."""
        wanted = plain_unit(unit)
        wanted = wanted.upper() if wanted in CURRENCIES else wanted
        return tuple(
            replace(s, name=converted(s.name, wanted))
            for s in metric.senses
            if s.kind in ("column", "measure") and factor(self.unit_of(s), wanted)
        )

    def of_unit(self, at: int, metric: MetricWish | None) -> tuple[Sense, ...]:
        """The one measure told in a unit, beside another measure: "cost per kilogram"."""
        unit = self.peek(at).text.lower()
        named = self.peek(at).kind in ("unit", "grain", "unknown")
        if (
            metric is None
            or metric.count
            or not named
            or unit in ("day", "month", "week", "year", "quarter")
        ):
            return ()
        tables = {s.table for s in metric.senses}
        measures = [
            column
            for name in sorted(tables)
            for column in self.catalog.tables[name].columns.values()
            if column.role == "measure"
        ]
        found = [
            Sense("column", c.table, c.name) for c in measures if unit_of(c) == plain_unit(unit)
        ] or [
            Sense("column", c.table, converted(c.name, plain_unit(unit)))
            for c in measures
            if factor(unit_of(c), unit) and measured_in(plain_unit(unit)) != "price"
        ]
        return tuple(found) if len(found) == 1 and found[0] not in metric.senses else ()

    def told_in(self, sense: Sense, unit: str) -> bool:
        """Whether the column is told in that unit."""
        return self.unit_of(sense) == plain_unit(unit.lower())

    def unit_of_metric(self, metric: MetricWish, unit: str) -> bool:
        """Whether the number comes in that unit."""
        wanted = plain_unit(unit.lower())
        for sense in metric.senses:
            if sense.kind == "column" and self.unit_of(sense) == wanted:
                return True
            if sense.kind == "measure":
                measure = self.catalog.measure(sense.name)
                percent = measure.format == "percent" and wanted == "percent"
                if percent or plain_unit(measure.unit or "") == wanted:
                    return True
        return False

    def unit_may_be(self, metric: MetricWish, unit: str) -> bool:
        """Whether the number comes in that unit, or in one that nobody wrote down."""
        columns = [s for s in metric.senses if s.kind == "column"]
        kind = measured_in(plain_unit(unit.lower()))
        unsaid = [s for s in columns if not self.unit_of(s) and kind and self._tells(s, kind)]
        turned = any(
            factor(unit, self.unit_of(s)) for s in metric.senses if s.kind in ("column", "measure")
        )
        return bool(unsaid) or turned or self.unit_of_metric(metric, unit)

    def _tells(self, sense: Sense, kind: str) -> bool:
        return (sense.table, sense.name) in measures_of(
            kind, self.catalog, frozenset({sense.table})
        )

    def likely_in(self, unit: str) -> tuple[Sense, ...]:
        """ "over 500 miles" where nobody wrote down the unit of the one distance there is."""
        kind = measured_in(plain_unit(unit.lower()))
        found: list[Sense] = []
        for table in self.catalog.tables.values() if kind else ():
            senses = [
                Sense("column", table.name, name)
                for owner, name in measures_of(kind, self.catalog, frozenset({table.name}))
                if owner == table.name
            ]
            fitting = [
                s
                for s in senses
                if not self.unit_of(s)
                or factor(self.unit_of(s), unit)
                or self.unit_of(s) == plain_unit(unit)
            ]
            money = money_column(table) if kind == "price" else None
            if money and len(fitting) > 1:
                fitting = [s for s in fitting if s.name == money.name]
            if len(fitting) > 1:
                return ()
            found += fitting
        return tuple(found)
