# ruff: noqa: PLR0911, PLR0912, SIM102 - a rule returns as soon as it knows
"""Rules that read aggregates: "average delay", "total number of flights", "median and mean fee"."""

from __future__ import annotations

from local_workspace.translate.draft import MetricWish, Noun
from local_workspace.translate.metrics import Metrics


class Aggregates(Metrics):
    """Rules for aggregates."""

    def aggregate_wish(self, at: int) -> tuple[MetricWish, int] | None:
        """ "average delay", "total number of flights", "average daily revenue"."""
        aggregation = self.peek(at).value
        percentile = self.peek(at).number if aggregation == "percentile" else None
        place = at + 1
        per: Noun | None = None
        while self.peek(place).key("in") or self.peek(place).key("agg"):
            if self.peek(place).key("agg") and self.peek(place).value != "sum":
                aggregation = self.peek(place).value
            place += 1
        if self.peek(place).kind == "grain" and aggregation == "avg":
            if self.starts_metric(place + 1, table_counts=True):
                per = Noun(self.peek(place).text, place, grain=self.peek(place).value)
                place += 1
        if self.peek(place).key("count"):
            found: tuple[MetricWish, int] | None = self._count(place)
        else:
            found = self._plain(place)
        if found is None:
            return None
        wish, after = found
        wish.text = f"{self.peek(at).text} {wish.text}"
        wish.at = at
        wish.aggregation = aggregation  # type: ignore[assignment]
        wish.percentile = percentile
        wish.per = wish.per or per
        return wish, after

    def aggregate_metric(self, at: int) -> int | None:
        """ "average departure delay"; alone it modifies the number before it."""
        chunk = self.chunks[at]
        if chunk.key("howmuch"):
            found = self._plain(at + 1)
            if found and not found[0].count:
                self.draft.metrics.append(found[0])
                return found[1]
            return None
        if not chunk.key("agg"):
            return None
        found = self.aggregate_wish(at)
        if found:
            self._check_theirs(chunk)
            self._list_owners(at)
            wish, after = found
            having = self.compare_after(after)
            if having:
                operator, low, high, end = having
                self.having(wish, operator, low, high)
                return end
            self._average_of_grain(wish, at)
            self.draft.metrics.append(wish)
            return self._more_of_same(wish, after)
        last = self.draft.metrics[-1] if self.draft.metrics else None
        if chunk.value == "sum" and last and self.peek(at - 1).key("and"):
            return None
        if last and last.count and chunk.value == "avg" and last.per and last.per.at == last.at + 1:
            return None
        if last and last.aggregation is None:
            if last.count and chunk.value == "avg":
                last.aggregation = "avg"
                if last.per is None and self.draft.per_grain is not None:
                    last.per = self.draft.per_grain
                    self.draft.groups.remove(last.per)
            elif self._per_grain_after(last, chunk.value):
                last.aggregation, last.per = "avg", self.draft.per_grain
                self.draft.groups.remove(self.draft.per_grain)  # type: ignore[arg-type]
            elif not last.count or chunk.value != "sum":
                last.aggregation = chunk.value  # type: ignore[assignment]
                last.percentile = chunk.number or None
            return at + 1
        if last is None and chunk.value == "avg" and self._rows_per_grain(at):
            return at + 1
        if chunk.value == "sum":
            lengths = self.peek(at + 1).kind == "grain" and self.peek(at + 1).plural
            trails = chunk.text.lower() == "total" and self.is_table(at - 1)
            return None if lengths or (trails and not self.starts_metric(at + 1)) else at + 1
        following = next(
            (p for p in range(at + 1, len(self.chunks)) if self.starts_metric(p)), None
        )
        if following is not None and following - at <= 2 and self.peek(at + 1).key("and", "comma"):
            return self._two_aggregates(at, following)
        return None

    def _per_grain_after(self, last: MetricWish, aggregation: str) -> bool:
        """ "order value per day on average": the mean of the days' totals."""
        grouped = self.draft.per_grain in self.draft.groups
        return aggregation == "avg" and grouped and last.per is None and self.is_additive(last)

    def _rows_per_grain(self, at: int) -> bool:
        """ "tickets per day on average": how many rows a day has."""
        draft, grain = self.draft, self.draft.per_grain
        rows = draft.mentions[-1] if draft.mentions else None
        if grain is None or rows is None or not rows.plural or grain not in draft.groups:
            return False
        senses = tuple(s for s in rows.senses if s.kind == "table")
        wish = MetricWish(rows.text, at, senses, count=True, aggregation="avg", per=grain)
        draft.groups.remove(grain)
        draft.metrics.append(wish)
        return True

    def _average_of_grain(self, wish: MetricWish, at: int) -> None:
        """ "daily average kwh by building" is the average of the days' totals."""
        bare = self.draft.bare[-1] if self.draft.bare else None
        if bare is None or bare.at != at - 1 or not bare.grain or bare.senses:
            return
        if wish.aggregation == "avg" and wish.per is None and self.is_additive(wish):
            wish.per = self.draft.bare.pop()

    def _two_aggregates(self, at: int, following: int) -> int | None:
        """ "average and median delay": one measure, two aggregates."""
        found = self.metric_at(following)
        if found is None or not self.chunks[following].key("agg"):
            return None
        wish, after = found
        first = MetricWish(wish.text, at, wish.senses, where=list(wish.where))
        first.aggregation = self.chunks[at].value  # type: ignore[assignment]
        first.percentile = self.chunks[at].number or None
        self.draft.metrics += [first, wish]
        return after

    def _more_of_same(self, wish: MetricWish, after: int) -> int:
        """ "average departure delay and arrival delay": the aggregate reaches on."""
        place = after
        while self.peek(place).key("and", "comma"):
            place += 1
        columns = tuple(s for s in self.peek(place).senses if self.is_measure_column(s))
        joined = place > after and columns and not self.senses(place, "measure")
        chunk = self.peek(place)
        joined = joined and not chunk.text.lower().startswith("average ")
        if joined and self.compare_after(place + 1) is None and not wish.count:
            more = MetricWish(chunk.text, place, columns, aggregation=wish.aggregation)
            more.percentile = wish.percentile
            self.draft.metrics.append(more)
            return self._more_of_same(more, place + 1)
        return after
