"""Units: of columns, of numbers that were said, and of measures whose unit nobody wrote down."""

from __future__ import annotations

from local_workspace.spaces.money import money_column
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.draft import MetricWish
from local_workspace.translate.phrases import Phrases
from local_workspace.translate.qualities import measured_in, measures_of
from local_workspace.translate.senses import Sense

_LENGTHS = frozenset({"minutes", "hours", "days", "seconds", "miles"})
_CLOCK = frozenset({"seconds", "minutes", "hours"})
_UNITS = {
    "min": "minutes", "mins": "minutes", "minute": "minutes", "mile": "miles", "%": "percent",
    "hour": "hours", "dollar": "USD", "dollars": "USD", "usd": "USD",
    "degree": "degrees fahrenheit", "degrees": "degrees fahrenheit",
    "fahrenheit": "degrees fahrenheit", "inch": "inches", "ft": "feet",
    "foot": "feet", "eur": "EUR", "euro": "EUR", "euros": "EUR", "unit": "units", "item": "items",
    "$": "USD", "kilogram": "kg", "kilograms": "kg", "kilo": "kg", "kilos": "kg",
    "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km",
    "hr": "hours", "hrs": "hours", "second": "seconds", "week": "weeks", "month": "months",
    "quarter": "quarters", "year": "years", "night": "nights",
    "pound": "GBP", "pounds": "GBP", "£": "GBP", "€": "EUR", "day": "days", "gbp": "GBP",
    "quid": "GBP",
}  # fmt: skip


class Units(Phrases):
    """Questions about units."""

    def unit_of(self, sense: Sense) -> str:
        """The unit of a column in its plain form."""
        column = self.catalog.column(sense.table, sense.name)
        words = column.label.lower().split()
        told = next((word for word in (words[-1], words[0]) if word in _LENGTHS), "")
        return plain_unit(column.unit or told)

    def unit_fits(self, chunk: Chunk) -> bool:
        """Whether a lone unit only repeats the unit of a number already named."""
        if any(self.unit_of_metric(metric, chunk.text) for metric in self.draft.metrics):
            return True
        columns = [s for m in self.draft.metrics for s in m.senses if s.kind == "column"]
        own = {self.unit_of(s) for s in columns}
        if len(own) != 1 or not own | {plain_unit(chunk.text)} <= _CLOCK:
            return False
        self.draft.unclear = f"the data tell this in {own.pop()}; ask without “{chunk.text}”"
        return True

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
        found = [
            Sense("column", table.name, column.name)
            for table in self.catalog.tables.values()
            for column in table.columns.values()
            if table.name in tables
            and column.role == "measure"
            and self.unit_of(Sense("column", table.name, column.name)) == plain_unit(unit)
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
        return bool(unsaid) or self.unit_of_metric(metric, unit)

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
                s for s in senses if not self.unit_of(s) or self.unit_of(s) == plain_unit(unit)
            ]
            money = money_column(table) if kind == "price" else None
            if money and len(fitting) > 1:
                fitting = [s for s in fitting if s.name == money.name]
            if len(fitting) > 1:
                return ()
            found += fitting
        return tuple(found)


def plain_unit(word: str) -> str:
    """The unit in the form that columns have: "pounds" are GBP."""
    return _UNITS.get(word.lower(), word).lower()
