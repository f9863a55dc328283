# ruff: noqa: PLR0912 - one condition a line reads better here
"""Resolving metrics: what is counted or added up, and which conditions narrow it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.money import SUMS_OF_MONEY, money_column
from local_workspace.spaces.names import plural, quoted
from local_workspace.translate.binding import Unbound
from local_workspace.translate.draft import HavingWish, MetricWish, Noun, Wish
from local_workspace.translate.lexicon import stem
from local_workspace.translate.named_ids import key_beside
from local_workspace.translate.plan import Compared, Condition, Having, Metric, Ref
from local_workspace.translate.things import things
from local_workspace.translate.where import Where

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo

_LEVELS = frozenset(
    {"price", "rate", "share", "percent", "percentage", "ratio", "discount", "temperature", "temp"}
    | {"age", "score", "rating", "satisfaction", "humidity", "pressure", "speed", "latitude"}
    | {"longitude", "altitude", "margin"}
)


_CHARGED_ONCE = frozenset({"price", "fee", "fare", "bill", "charge", "rent", "salary", "wage"})
_BULK = frozenset({"weight", "tonnage", "mass", "distance", "mileage"})


def _of_one(text: str) -> bool:
    """ "the highest fee": each row has one, so that the extreme is one of rows."""
    return text.lower().split(" ")[-1] in _CHARGED_ONCE


def _never_adds(label: str) -> bool:
    return bool(_LEVELS & set(label.lower().split()))


class Measuring(Where):
    """Metrics of one draft as seen from the binder's table."""

    def _claim_conditions(self, metrics: list[MetricWish], wishes: list[Wish]) -> None:
        """Give the conditions that narrow one metric only to that metric."""
        if len(metrics) > 1:
            for metric, following in zip(metrics, [*metrics[1:], None], strict=True):
                for wish in list(wishes):
                    inside = following is not None and metric.at < wish.at < following.at
                    inside = inside and not (following and following.theirs)
                    tail = following is None and wish.at > metric.at
                    last = tail and (metric.share or wish.local)
                    if (inside or last) and wish.kind in ("filter", "number", "known"):
                        metric.where = [*metric.where, wish]
                        wishes.remove(wish)
        elif (len(metrics) == 1 and not metrics[0].share and not metrics[0].count) or (
            len(metrics) == 1 and not metrics[0].share
        ):
            wishes.extend(metrics[0].where)
            metrics[0] = replace(metrics[0], where=[])
        if len(metrics) == 1 and metrics[0].share:
            self._claim_share(metrics, wishes)

    def _claim_share(self, metrics: list[MetricWish], wishes: list[Wish]) -> None:
        """Which conditions are the part and which are the whole of a share."""
        metric = metrics[0]
        if self.draft.among and not metric.where:
            raise Unbound(
                "which part of which rows is meant is not clear; say “share of … that …, by …”",
                ambiguous=True,
            )
        loose = [w for w in wishes if w.kind != "date"]
        strong = [w for w in loose if w.kind in ("filter", "number", "known", "happened")]
        grouped = bool(self.draft.groups or self.draft.target or self.draft.bare)
        if metric.fixed:
            return
        said = [w for w in loose if w.said and w.kind != "happened"]
        if said and (metric.where or len(said) < len(loose)):
            metrics[0] = replace(metric, where=said)
            wishes[:] = [*(w for w in wishes if w not in said), *metric.where]
            return
        if metric.where:
            others = [w for w in loose if w.kind != "happened"]
            if others and all(w.kind == "happened" for w in metric.where):
                raise Unbound(
                    f"whether “{others[0].text}” is the part or the whole of the share is not "
                    "clear; say “share of … that are …, by …”",
                    ambiguous=True,
                )
            if all(w.kind == "value" for w in metric.where) and strong:
                wishes.extend(metric.where)
                metrics[0] = replace(metric, where=strong)
                for wish in strong:
                    wishes.remove(wish)
            return
        dates = [w for w in wishes if w.kind == "date"]
        if strong:
            part = strong
        elif dates and not loose and not grouped and len(dates) == 1:
            part = dates
        elif loose and grouped and (said := [w for w in loose if self._said_of_rows(w, metric)]):
            part = said
        elif loose and not grouped:
            if len(loose) > 1:
                raise Unbound(
                    "which condition is the part of the share is not clear", ambiguous=True
                )
            part = loose
        else:
            return
        metrics[0] = replace(metric, where=part)
        for wish in part:
            wishes.remove(wish)

    def _nouns(self) -> list[Noun]:
        return [n for n in (*self.draft.groups, *self.draft.bare, self.draft.target) if n]

    def _said_of_rows(self, wish: Wish, metric: MetricWish) -> bool:
        """ "share of admissions that came as transfers": a clause tells the part.

        "share of flights by airline from JFK" has a preposition, which tells the whole; between
        both, as in "share of Enterprise by country", the question is asked back.
        """
        if wish.kind != "value" or wish.role:
            return False
        if wish.negated:
            return wish.said and not any(n.at < wish.at for n in self._nouns())
        nouns = self._nouns()
        timed = all(noun.grain for noun in nouns) and all(wish.at < noun.at for noun in nouns)
        if wish.clause or wish.at == metric.at - 1 or timed:
            return True
        after = any(noun.at < wish.at for noun in nouns)
        if not wish.led or not after:
            raise Unbound(
                f"whether “{wish.text}” is the part or the whole of the share is not clear; say "
                "“share of … that are …, by …”",
                ambiguous=True,
            )
        return False

    def metric(self, wish: MetricWish) -> Metric:
        """The metric of a wish as seen from this table; raises Unbound."""
        where = tuple(self.condition(w) for w in wish.where if not self.certain(w))
        base = self._base(wish)
        for part in wish.where if wish.share else ():
            if len(part.senses) > 1 and part.joined == "and":
                raise Unbound(
                    f"the share of {part.text} each, or together? Ask “share of … by …”, or say "
                    "“or” for together",
                    ambiguous=True,
                )
        where = tuple(c for c in where if not self._implied(c, base))
        share = ("where" if where else "total") if wish.share else None
        if base.share == "where" or (wish.share and self._is_ratio(base)):
            share = base.share
        per, per_grain = None, None
        if wish.aggregation == "avg" and wish.per is not None:
            group = self.binder.noun(wish.per)
            if group.grain:
                per, per_grain = group.ref, group.grain
            elif group.ref is not None and group.part is None:
                per = self._key_of(group.ref)
            else:
                raise Unbound(f"an average per {wish.per.text} is not known")
        if per and base.aggregation == "distinct":
            raise Unbound(f"how many different ones each has cannot be averaged ({wish.text})")
        over = self._over(wish)
        told = replace(base, where=where, share=share, per=per, per_grain=per_grain, over=over)  # type: ignore[arg-type]
        return replace(told, of_whole=wish.of_whole and over is not None)

    def _over(self, wish: MetricWish) -> Ref | None:
        """The column whose total divides the metric."""
        if not wish.over:
            return None
        names = {s.name for s in wish.over if s.table == self.root}
        if len(names) != 1:
            raise Unbound(f"what “{wish.text}” is divided by is not one column of {self.root}")
        return Ref((), self.root, names.pop())

    def _base(self, wish: MetricWish) -> Metric:
        if wish.count or wish.bare:
            return self._count(wish)
        measures = [s for s in wish.senses if s.kind == "measure" and s.table == self.root]
        if measures and wish.share and not wish.of_total:
            if wish.where and self.catalog.measure(measures[0].name).additive:
                return Metric("measure", measure=measures[0].name)
            return self._share_of_measure(measures[0].name, wish.text)
        if measures:
            if (
                wish.aggregation in ("avg", "min", "max", "median", "percentile", "stddev")
                and wish.per is None
                and not wish.per_row
            ):
                named = self.catalog.measure(measures[0].name)
                if named.additive or wish.aggregation != "avg":
                    raise Unbound(
                        f"“{wish.text}” is not defined: “{named.name}” is already a total"
                    )
            return Metric("measure", measure=measures[0].name, per_row=wish.per_row)
        columns = [s for s in wish.senses if s.kind == "column" and s.table == self.root]
        if not columns:
            raise Unbound(f"“{wish.text}” does not belong to {self.root}")
        strong = [s for s in columns if not s.weak] or columns
        names = {s.name for s in strong}
        if len(names) > 1:
            said = " or ".join(self.catalog.column(self.root, n).label for n in sorted(names))
            raise Unbound(f"“{wish.text}” could mean {said}", ambiguous=True)
        column = self.catalog.column(self.root, strong[0].name)
        ref = Ref((), self.root, column.name)
        aggregation = wish.aggregation
        if aggregation == "sum" and column.aggregate == "avg" and _never_adds(column.label):
            raise Unbound(f"a total of {column.label} means nothing; ask for the average")
        if aggregation is None and wish.superlative and self.draft.target is None:
            ungrouped = not self.draft.groups and not self.draft.bare
            if (ungrouped and (column.aggregate != "sum" or _of_one(wish.text))) or (
                self._ranks(wish) and column.aggregate != "sum"
            ):
                aggregation = "max" if wish.superlative == "max" else "min"
        if aggregation == "avg" and wish.per is not None:
            return Metric("sum", ref)
        if aggregation is None and not wish.superlative:
            self._check_bulk(column)
        return Metric(aggregation or column.aggregate, ref, percentile=wish.percentile)

    def _check_bulk(self, column: ColumnInfo) -> None:
        """ "weight by month" of tables that nobody described: all of it, or of each row? Ask."""
        written = [
            c.aggregate
            for table in self.catalog.space.tables
            for c in table.columns
            if table.name == column.table and c.name == column.name
        ]
        bulk = set(column.label.lower().split()) & _BULK
        if bulk and column.aggregate == "avg" and not any(written):
            raise Unbound(f"the total {column.label} or the average? Say which", ambiguous=True)

    def _implied(self, condition: Condition, metric: Metric) -> bool:
        """Whether a named measure already holds the condition in its definition."""
        if not metric.measure or not isinstance(condition, Compared) or condition.ref.path:
            return False
        said = f"{{t}}{quoted(condition.ref.column)} {condition.operator} {condition.low:g}"
        return f"WHEN {said} THEN" in self.catalog.measure(metric.measure).template

    def _adds_up(self, metric: Metric) -> bool:
        if metric.over or metric.per_row:
            return False
        if metric.measure:
            return self.catalog.measure(metric.measure).additive
        return metric.aggregation in ("count", "sum")

    def _is_ratio(self, metric: Metric) -> bool:
        return bool(metric.measure) and not self.catalog.measure(metric.measure or "").additive

    def _share_of_measure(self, name: str, text: str) -> Metric:
        """ "share of cancelled flights" is the ratio the space defines for that count."""
        template = self.catalog.measure(name).template
        counts = template.startswith("COUNT_IF(")
        rows = self.catalog.tables[self.root]
        nouns = {stem(w) for noun in (rows.row, *rows.synonyms) for w in noun.split()}
        if counts and not nouns & {stem(word) for word in text.lower().split()}:
            raise Unbound(
                f"a share of “{text}” could mean the share of {plural(rows.row)}, or each group's "
                f"part of all {text}; say “share of {plural(rows.row)} …” or “{text} as a share of "
                "total”",
                ambiguous=True,
            )
        for other in self.catalog.measures:
            ratio = other.format == "percent" and other.template.startswith(template + " /")
            if counts and other.table == self.root and ratio:
                return Metric("measure", measure=other.name)
        return Metric("measure", measure=name, share="where" if counts else None)

    def _count(self, wish: MetricWish) -> Metric:
        if wish.per is not None and wish.per.grain and wish.aggregation is None:
            group = self.binder.noun(wish.per)
            narrowed = any(w.kind in ("number", "known") for w in self.draft.wishes)
            if narrowed or self.draft.having or len(self.draft.metrics) > 1:
                raise Unbound(f"counting {wish.text} above or below a limit is not possible")
            if group.grain == "day" and group.ref:
                return Metric("distinct", group.ref)
            raise Unbound(f"counting {wish.text} is not possible")
        tables = [s for s in wish.senses if s.kind == "table"]
        if wish.aggregation not in (None, "sum") and (value := self._value_of_one(wish)):
            if wish.per is not None:
                raise Unbound(f"“{wish.text}”: how many, or how much? Say which", ambiguous=True)
            return value
        if wish.aggregation not in (None, "sum") and wish.per is None:
            raise Unbound(f"“{wish.text}” needs a “per …”, e.g. per day")
        if not wish.senses:
            return Metric("count")
        if any(s.table == self.root for s in tables) and not wish.role:
            row = self.catalog.tables[self.root].row
            other = len(tables) == len(wish.senses) and "row" not in wish.text.lower()
            if row.endswith(" row") and other:
                raise Unbound(
                    f"a row here is not one of “{wish.text}”; “number of {row}s” counts rows"
                )
            entity = self.root in things(self.catalog)
            timed = any(w.kind == "date" and not w.senses for w in self.draft.wishes) or any(
                g.grain and not g.senses for g in (*self.draft.groups, *self.draft.bare)
            )
            if entity and (wish.distinct or timed):
                self.binder.cost += 4
            return Metric("count")
        noun = Noun(wish.text, wish.at, wish.senses, role=wish.role)
        self.binder.cost += 2
        group = self.binder.noun(noun)
        if group.ref is None:
            raise Unbound(f"“{wish.text}” cannot be counted")
        if self.catalog.column(group.ref.table, group.ref.column).family == "bool":
            raise Unbound(f"say what to count, e.g. “number of … with {wish.text}”")
        roles = [j for j in self.catalog.joins if j.many == self.root and j.one == group.ref.table]
        if tables and len(roles) > 1 and not wish.role:
            names = " or ".join(join.name.replace("_", " ") for join in roles)
            raise Unbound(f"“{wish.text}” could count {names}", ambiguous=True)
        return Metric("distinct", self._key_of(group.ref))

    def _value_of_one(self, wish: MetricWish) -> Metric | None:
        """ "the average gift", "the largest claim": a thing that is money is told by its money."""
        table = self.catalog.tables[self.root]
        money, one = money_column(table), wish.text.lower().split(" ")[-1]
        own = any(s.kind == "table" and s.table == self.root for s in wish.senses)
        if money is None or not own or one not in SUMS_OF_MONEY or wish.aggregation == "stddev":
            return None
        return Metric(wish.aggregation or "avg", Ref((), self.root, money.name))

    def _key_of(self, ref: Ref) -> Ref:
        """Counting entities counts their keys in the fact table, not their names."""
        table = self.catalog.tables[ref.table]
        if ref.path and ref.column == table.label:
            join = self.catalog.join(ref.path[-1])
            return Ref(ref.path[:-1], join.many, join.many_column)
        beside = key_beside(table, ref.column)
        return Ref(ref.path, ref.table, beside) if beside else ref

    def _having(self, wish: HavingWish) -> Having:
        metric, low, high = self.metric(wish.metric), wish.low, wish.high
        named = self.catalog.measure(metric.measure) if metric.measure else None
        if named and named.format == "percent" and low > 1:
            low, high = low / 100, (high / 100 if high else high)
        return Having(metric, wish.operator, low, high, wish.mean)

    def _ranks(self, wish: MetricWish) -> bool:
        ranked = self.draft.rank_metric
        return ranked is not None and ranked.at == wish.at
