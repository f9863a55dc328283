# ruff: noqa: PLR0911, PLR0912, PLR0915 - a rule returns as soon as it knows
"""Rules for "by", "per" and "as a share of": breakdowns, ratios and averages per thing."""

from __future__ import annotations

import re

from local_workspace.spaces.money import SUMS_OF_MONEY
from local_workspace.translate.draft import MetricWish, Noun
from local_workspace.translate.happenings import Happenings
from local_workspace.translate.senses import Sense


class Grouping(Happenings):
    """Rules for what a number is broken down by or divided by."""

    def _by_count(self) -> bool:
        """ "least sold product": ranked by a count, until a measure is named."""
        ranked = self.draft.rank_metric
        return ranked is not None and ranked.count and ranked.superlative is not None

    def _busy(self) -> bool:
        """ "busiest airport by departures": the rows counted are named later."""
        ranked = self.draft.rank_metric
        return ranked is not None and ranked.count and not ranked.senses

    def _rank_by(self, metric: MetricWish, after: int) -> int:
        """ "least sold product by units": the measure takes the place of the count."""
        ranked = self.draft.rank_metric
        metric.superlative = ranked.superlative if ranked else None
        self.draft.metrics = [m for m in self.draft.metrics if m is not ranked] + [metric]
        self.draft.rank_metric = metric
        return after

    def _ratio_to(self, at: int) -> int | None:
        """ "cost as a percentage of revenue": one total over another, and no part of a whole."""
        place = at + 1
        last = self.draft.metrics[-1] if self.draft.metrics else None
        while self.peek(place).key("in", "oftotal", "agg"):
            place += 1
        columns = tuple(s for s in self.peek(place).senses if self.is_measure_column(s))
        named = self.senses(place, "measure")
        if named and last and last.senses and not set(named) & set(last.senses) and not columns:
            self.draft.unexplained.append(self.chunks[at])
            return place + 1
        before = at - 1 - int(self.peek(at - 1).text.lower() == "as")
        if last is None or not columns or last.senses == columns or not self.starts_metric(before):
            return None
        if last.count or last.share or any(s.kind != "column" for s in last.senses):
            self.draft.unexplained.append(self.chunks[at])
            return place + 1
        last.over, last.of_whole, last.aggregation = columns, True, None
        return place + 1

    def _of_its_rows(self, at: int) -> int | None:
        """ "justified complaints as a share of all complaints": a share of those rows."""
        last = self.draft.metrics[-1] if self.draft.metrics else None
        place = at + 1
        while self.peek(place).key("in", "oftotal", "agg"):
            place += 1
        rows = {s.table for s in self.senses(place, "table")}
        if last is None or last.count or last.share or not rows:
            return None
        counted = [s for s in last.senses if s.kind == "measure" and s.table in rows]
        if not counted or len(self.draft.metrics) > 1 or not self.starts_metric(at - 1):
            return None
        if not self.catalog.measure(counted[0].name).template.startswith("COUNT_IF("):
            return None
        last.share, last.text = True, f"{last.text} of {self.peek(place).text}"
        return place + 1

    def _part_before(self) -> None:
        """ "sea freight cost as a percentage of all": the adjective is the part."""
        metrics, wishes = self.draft.metrics, self.draft.wishes
        if len(metrics) != 1 or not wishes or metrics[0].where:
            return
        if wishes[-1].kind == "value" and wishes[-1].at == metrics[0].at - 1:
            metrics[0].where = [wishes.pop()]
            metrics[0].share, metrics[0].fixed = True, True
            self.draft.of_total = False

    def _of_one_sale(self, at: int) -> bool:
        """ "quantity per sale" where sales are an amount of money, and no rows are called so."""
        word = self.peek(at)
        money = any(self.is_measure_column(s) for s in word.senses) and not word.plural
        if word.text.lower() not in SUMS_OF_MONEY or not money or self.senses(at, "table"):
            return False
        self.draft.unclear = (
            f"no rows are called “{word.text}”; say what there is one {word.text} of"
        )
        return True

    def by_groups(self, at: int) -> int | None:
        """ "by month and airline", "for each origin", "per customer"."""
        chunk, draft = self.chunks[at], self.draft
        if not chunk.key("by"):
            return None
        place = at + 1
        if self._of_one_sale(place):
            return place + 1
        if chunk.text.lower() == "per" and draft.metrics and self.of_unit(place, draft.metrics[-1]):
            return place + 1 if self._divides(place) else None
        judged = draft.quality and draft.direction and not draft.metrics
        if judged and chunk.text.lower() == "per" and self._is_root_noun(place):
            draft.quality_per_row = True
            return place + 1
        while self.peek(place).key("by", "in", "breakdown") or self.is_toward(place):
            if self.is_toward(place):
                self.role = self.toward(place)
            place += 1
        ranked = draft.direction is not None or draft.limit is not None or self._by_count()
        coarse = tuple(s for s in self.peek(place).senses if self.is_coarse(s))
        grouped = chunk.text.lower() not in ("per", "of each")
        if (
            grouped
            and coarse
            and draft.metrics
            and not ranked
            and not self.senses(place, "measure", "table")
        ):
            draft.groups.append(Noun(self.peek(place).text, place, coarse))
            return place + 1
        stated = ranked and draft.target is not None and self._rows_of_state(place)
        if stated or self.starts_metric(place, table_counts=ranked and draft.target is not None):
            said = any(m.plural and self._is_root_noun(m.at) for m in draft.mentions)
            if said and chunk.text.lower() == "by" and not draft.target and not draft.metrics:
                return None
            measured = self.noun(place) is None or self.peek(place).key("count", "agg", "share")
            measured = measured or stated
            if chunk.text.lower() in ("per", "for each", "for every") and self._divides(place):
                return place + 1
            if chunk.text.lower() == "per" and self._per_counted(place):
                return self._limited(place + 1)
            if measured and (chunk.text.lower() != "by" or (draft.metrics and not ranked)):
                return None
            if measured:
                metric = self.metric_at(place)
                if metric and self._by_count():
                    return self._rank_by(metric[0], metric[1])
                if metric:
                    draft.metrics.append(metric[0])
                    if ranked or chunk.text.lower() == "by":
                        draft.rank_metric = draft.rank_metric or metric[0]
                    return metric[1]
        if chunk.text.lower() in ("per", "for each", "for every") and self._per_row(place):
            return self._limited(place + 1)
        all_rows = chunk.text.lower() in ("across all", "across the", "across", "of each")
        if all_rows and self.is_table(place) and self._is_root_noun(place):
            return place
        if chunk.text.lower() == "by" and self._doers(place):
            doers = self.peek(place).text
            draft.unclear = (
                f"“by {doers} …” could mean one row for each of them, or only what they did; say "
                f"“for each of the {doers} …” or “of {doers} …”"
            )
            return place
        found = self.noun(place)
        if found is None:
            value_follows = self.peek(place).kind in ("sense", "date")
            self.role = self.role if value_follows else ()
            return place if value_follows and chunk.text.lower() in _SOFT_BY else None
        if (
            ranked
            and draft.target is not None
            and self.is_table(place)
            and chunk.text.lower() == "by"
            and (draft.rank_metric is None or (self._busy() and self._is_root_noun(place)))
        ):
            metric = self.metric_at(place)
            if metric:
                draft.rank_metric = None
                draft.metrics.append(metric[0])
                draft.rank_metric = draft.rank_metric or metric[0]
                return metric[1]
        per = chunk.text.lower() in ("per", "for each", "for every")
        last = draft.metrics[-1] if draft.metrics else None
        each = chunk.text.lower() in ("each", "every", "in each", "on each", "in every")
        counted = each and found[0].grain and last is not None and last.count
        if (per or counted) and self._average_per(found[0]):
            return place + found[1]
        if chunk.text.lower() == "per" and not ranked:
            draft.per_noun = found[0]
        if per and found[0].grain:
            draft.per_grain = found[0]
        picked = draft.rank_metric is not None and bool(
            draft.rank_metric.superlative or draft.direction
        )
        each_of = draft.target is not None and (picked or (ranked and chunk.text.lower() != "by"))
        draft.groups.append(found[0])
        if each_of:
            draft.per_target = True
        place = self._gloss(place + found[1])
        while True:
            after, joined = place, False
            while self.peek(after).key("and", "comma", "in", "by", "or", "with", "compare"):
                joined = joined or not self.peek(after).key("in")
                after += 1
            if not joined:
                break
            if self.peek(after).key("count", "agg", "share", "super") or self.starts_metric(after):
                break
            if self.is_toward(after):
                self.role = self.toward(after)
                after += 1
            more = self.noun(after)
            if more is None or self._is_condition(after, more[1]):
                break
            draft.groups.append(more[0])
            place = self._gloss(after + more[1])
        return place

    def _rows_of_state(self, at: int) -> bool:
        """ "reps by wins", "reps by won leads": rows that are so rank whose they are."""
        rows = bool(self.senses(at, "value")) and self.is_table(at + 1)
        return self.states_rows(at) or (rows and self._is_root_noun(at + 1))

    def _doers(self, at: int) -> bool:
        """ "orders by customers from Canada": a breakdown, or those who ordered? Ask."""
        if not (self.is_table(at) and self.peek(at).plural) or self.draft.direction:
            return False
        place = at + 1
        while self.peek(place).key("in", "from", "with", "which", "to") or self.is_toward(place):
            place += 1
        told = self.senses(place, "value", "filter") or self.peek(place).key("not")
        return place > at + 1 and bool(told)

    def _gloss(self, at: int) -> int:
        """ "airline (carrier code and name)" is still one group: skip what only restates it."""
        if not (self.peek(at).key("paren") and self.peek(at).value == "("):
            return at
        place = at + 1
        while self.peek(place).text and not self.peek(place).key("paren"):
            found = self.noun(place)
            if found is None and not self.peek(place).key("and", "comma", "or", "code", "which"):
                return at
            place += found[1] if found else 1
        said = " ".join(chunk.text for chunk in self.chunks[at + 1 : place])
        self.draft.notes.append(f"groups are shown by name only ({said} was asked)")
        return place + 1

    def _per_row(self, at: int) -> bool:
        """ "revenue per order", "average quantity per order": an average over rows."""
        metric = self.draft.metrics[-1] if self.draft.metrics else None
        if metric and self._averages_own(metric, at):
            return True
        if metric and self._total_per_row(metric, at):
            return True
        columns = metric and any(self.is_measure_column(s) for s in metric.senses)
        tables = {s.table for s in self.senses(at, "table")}
        if metric is None or not columns or not tables & {s.table for s in metric.senses}:
            return False
        own = {s.table for s in metric.senses} == tables and self._averages_rows(metric, at)
        if metric.aggregation in (None, "avg") and (self._is_root_noun(at) or own):
            metric.aggregation, metric.per_row = "avg", True
            return True
        return False

    def _per_counted(self, at: int) -> bool:
        """ "quantity per order" of lines, whose orders are counted by their number."""
        metric = self.draft.metrics[-1] if self.draft.metrics else None
        named = [self.catalog.measure(s.name) for s in self.senses(at, "measure")]
        counted = _COUNTED.fullmatch(named[0].template) if len(named) == 1 else None
        if metric is None or counted is None or metric.count or not self.is_additive(metric):
            return False
        if metric.aggregation not in (None, "sum", "avg"):
            return False
        key = Sense("column", named[0].table, counted.group(1))
        metric.aggregation, metric.per = "avg", Noun(self.peek(at).text, at, (key,))
        return True

    def _limited(self, at: int) -> int:
        """ "channels with revenue per booking over 12": groups are kept by the average."""
        limit = self.compare_after(at)
        kept = self.draft.target or self.draft.groups or self.draft.mentions or self.draft.bare
        if limit is None or not kept:
            return at
        operator, low, high, end = limit
        self.having(self.draft.metrics.pop(), operator, low, high)
        return end

    def _total_per_row(self, metric: MetricWish, at: int) -> bool:
        """ "revenue per booking" where the space defines revenue as a total over bookings."""
        rows = {s.table for s in self.senses(at, "table")}
        named = [self.catalog.measure(s.name) for s in metric.senses if s.kind == "measure"]
        whole = metric.aggregation in (None, "avg") and not metric.share
        single = self._is_root_noun(at) or self._averages_rows(metric, at)
        if not named or not whole or not single:
            return False
        if not all(measure.additive and measure.table in rows for measure in named):
            return False
        metric.aggregation, metric.per_row = "avg", True
        return True

    def _averages_own(self, metric: MetricWish, at: int) -> bool:
        """ "average fee per visit" where the space defines the average fee of visits."""
        own = {s.table for s in self.senses(at, "table")}
        named = [self.catalog.measure(s.name) for s in metric.senses if s.kind == "measure"]
        return bool(named) and all(
            m.table in own and m.template.upper().startswith("AVG(") for m in named
        )

    def _averages_rows(self, metric: MetricWish, at: int) -> bool:
        """ "average seats per plane", "seats per plane by maker"; "budget per appeal" lists it."""
        return metric.aggregation == "avg" or self.peek(at + 1).key("by")

    def _divides(self, at: int) -> bool:
        """ "cost per kwh", "revenue per unit": one total over another."""
        metric = self.draft.metrics[-1] if self.draft.metrics else None
        columns = tuple(s for s in self.peek(at).senses if self.is_measure_column(s))
        of_unit = () if columns else self.of_unit(at, metric)
        columns = columns or of_unit
        adjacent = metric is not None and self.starts_metric(at - 2)
        if metric is None or not columns or not adjacent or metric.count or metric.share:
            return False
        sums = bool(of_unit) or all(
            self.catalog.column(s.table, s.name).aggregate == "sum" for s in columns
        )
        whole = metric.aggregation in (None, "sum", "avg") and self.is_additive(metric)
        if not sums or not whole or self.senses(at, "measure", "table"):
            return False
        metric.over, metric.aggregation = columns, None
        return True

    def _average_per(self, noun: Noun) -> bool:
        """Whether "average revenue per customer" divides instead of grouping."""
        metric = self.draft.metrics[-1] if self.draft.metrics else None
        told = metric is None or metric.per is not None or metric.per_row
        if told or metric is None or metric.aggregation != "avg":
            return False
        entity = noun.grain or any(s.kind in ("table", "role") for s in noun.senses)
        keyed = any(
            s.kind == "column" and self.catalog.column(s.table, s.name).role == "id"
            for s in noun.senses
        )
        if not (entity or keyed or metric.count):
            return False
        additive = metric.count or self.is_additive(metric)
        if additive:
            metric.per = noun
        return additive


_SOFT_BY = frozenset({"by", "of", "from", "across", "across all", "across the", "at each"})
_COUNTED = re.compile(r"COUNT\(DISTINCT \{t\}`?(\w+)`?\)(?:\{f\})?", re.IGNORECASE)
