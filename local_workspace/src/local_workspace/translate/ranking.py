# ruff: noqa: PLR0911, PLR0912, PLR0915 - a rule returns as soon as it knows
"""Rules that read rankings and orders."""

from __future__ import annotations

from local_workspace.translate.draft import MetricWish, Noun
from local_workspace.translate.extremes import is_single, row_columns
from local_workspace.translate.obvious import word_of_top
from local_workspace.translate.qualities import (
    is_part,
    measured_in,
    measures_of,
    mentioned,
    quality,
)
from local_workspace.translate.senses import Sense
from local_workspace.translate.shares import Shares

_SORT_VERBS = ("sort", "rank", "order", "ranking of", "ranking", "ranked", "sorted")


_COUNTING = frozenset(
    {"most", "fewest", "least", "highest", "lowest", "top", "bottom", "busiest", "largest"}
    | {"greatest", "smallest", "biggest", "maximal", "minimal"}
    | {f"{word} number of" for word in ("largest", "highest", "greatest", "lowest", "smallest")}
    | {"most number of", "fewest number of"}
)
"""Superlatives that may rank by a count; "heaviest" or "oldest" need a measure."""
_SIZES = frozenset({"highest", "lowest", "largest", "biggest", "smallest", "greatest"})


class Ranking(Shares):
    """Rules for "top 10", "highest", "sorted by"."""

    def _merge_share(self) -> None:
        """ "share of each category in revenue": the share is one of the measure named later."""
        metrics = self.draft.metrics
        bare = [m for m in metrics if m.share and m.bare and not m.where]
        plain = [m for m in metrics if not m.share]
        if len(metrics) == 2 and bare and plain:
            plain[0].share = True
            metrics.remove(bare[0])

    def _rank_mention(self) -> None:
        """ "airlines with more than 1000 flights": the bare entity is what rows stand for."""
        draft = self.draft
        superlative = draft.rank_metric is not None and draft.rank_metric.superlative
        if isinstance(draft.order_by, MetricWish) and not draft.metrics:
            draft.metrics.append(draft.order_by)
            superlative = "max"
        listed = draft.rank_metric is not None and self._said_by(draft.rank_metric)
        wanted = draft.having or superlative or listed
        if draft.target or draft.groups or draft.bare or not wanted:
            return
        ones = {join.one for join in self.catalog.joins}
        for mention in draft.mentions:
            if all(s.table in ones for s in mention.senses if s.kind == "table"):
                draft.target = mention
                draft.mentions.remove(mention)
                return

    def _said_by(self, metric: MetricWish) -> bool:
        """ "franchises by revenue": the measure after "by" ranks what came before."""
        return self.peek(metric.at - 1).key("by")

    def ranking(self, at: int) -> int | None:
        """ "top 10 destinations", "10 busiest days", "the airline with the most flights"."""
        chunk, draft = self.chunks[at], self.draft
        if is_single(chunk) and self.peek(at + 1).key("super"):
            return at + 1
        count: int | None = None
        place = at
        if chunk.kind == "number" and chunk.text.endswith("%") and self.peek(at - 1).key("super"):
            return None
        if chunk.kind == "number" and self.peek(at + 1).key("super"):
            count, place = int(chunk.number), at + 1
        if not self.chunks[place].key("super"):
            return None
        direction = self.chunks[place].value
        busy = self.chunks[place].text.lower() in (
            "busiest", "most popular", "most common", "most frequent", "quietest", "least popular",
            "least frequent", "least common",
        )  # fmt: skip
        word = self.chunks[place].text.lower()
        draft.top_word = word_of_top(word)
        if quality(word) not in (None, "size"):
            draft.quality = word
        place += 1
        single = is_single(self.peek(place)) or is_single(self.peek(at - 1))
        place += is_single(self.peek(place))
        draft.share_of_top = any(m.share and m.at < at for m in draft.metrics) and count is not None
        if self.peek(place).kind == "number" and any(m.share for m in draft.metrics):
            draft.share_of_top = True
        if count is None and (quality(word) or word in ("highest", "lowest")):
            told = self._row_extreme(place, word, direction)
            if told:
                return told
        if self.peek(place).kind == "number" and count is None:
            amount = self.peek(place)
            if amount.text.endswith("%") or amount.number != int(amount.number):
                return None
            count, place = int(self.peek(place).number), place + 1
        while self.peek(place).key("in") and self.peek(place).text.lower() in ("of", "in"):
            place += 1
        many = draft.target is not None and self.is_table(place) and self.peek(place).plural
        counted = many and word in _COUNTING and not self._says_target(place)
        if count is not None or not (
            self.starts_metric(place) or self.states_rows(place) or counted
        ):
            noun = self.noun(place)
            if noun:
                after = place + noun[1]
                self._target(noun[0], count, direction)
                if busy:
                    draft.rank_metric = MetricWish(chunk.text, at, count=True)
                return after
            if count is not None:
                draft.direction, draft.limit = direction, count
                return place
        if busy and draft.target is not None and not self.starts_metric(place):
            draft.direction, draft.limit = direction, None if draft.target.plural else 1
            draft.rank_metric = MetricWish(chunk.text, at, count=True)
            return place
        metric = self.metric_at(place)
        if metric is None:
            return self._superlative_after(place, direction)
        wish, after = metric
        if busy and not wish.count and not self.senses(place, "measure"):
            return None
        if wish.count and self.peek(place - 1).text.lower() not in _COUNTING:
            return None
        if wish.count and word in _SIZES and self._one_thing(after - 1):
            draft.unclear = f"say by what “{word}” is told, e.g. “with the highest …”"
        wish.superlative = direction
        single = single or self._of_one_row(place)
        if single and not wish.count and any(self.is_measure_column(s) for s in wish.senses):
            wish.aggregation = "max" if direction == "max" else "min"
        noun = self.noun(after)
        before = self.peek(at - 1).key("with") or self.peek(at - 1).text.lower() in ("have", "has")
        if draft.target is None and noun and not self._is_condition(after, noun[1]):
            draft.target, after = noun[0], after + noun[1]
        elif draft.target is None and before and len(draft.bare) == 1 and not draft.groups:
            draft.target = draft.bare.pop()
        draft.rank_metric = wish
        draft.metrics.append(wish)
        return after

    def _one_thing(self, at: int) -> bool:
        """ "highest invoice in each area": one of them, so that it is not their number."""
        after = self.peek(at + 1)
        counted = after.key("count", "agg") or after.text.lower() in ("volume", "volumes")
        return self.is_table(at) and not self.peek(at).plural and not counted

    def _says_target(self, at: int) -> bool:
        """ "which airline is the one of the most popular airlines": the same thing again."""
        target = self.draft.target
        return target is not None and bool(set(target.senses) & set(self.senses(at, "table")))

    def _row_extreme(self, at: int, word: str, direction: str) -> int | None:
        """ "most expensive stay", "largest invoice": the extreme of single rows."""
        place, wishes = at, []
        while adjective := self._adjective(place):
            if self.peek(place).text.lower() == "single":
                self.draft.unclear = "“single” could be a value of the data, or mean one row alone"
            wishes.append(adjective)
            place += 1
        if not self.is_table(place) or not self._is_root_noun(place):
            return None
        if self.peek(place).plural or self.draft.direction:
            return None
        tables = mentioned(self.senses(place, "table"))
        columns = self.quality_columns(word, tables) if quality(word) else ()
        if len(columns) != 1 and len(tables) == 1:
            table = min(tables)
            said = {w for c in self.chunks for w in c.text.lower().split()}
            names = row_columns(word, table, said, self.catalog)
            columns = tuple(Sense("column", table, name) for name in names)
        if len(columns) != 1 and self.peek(place + 1).key("by"):
            return None
        text = f"{word} {self.peek(place).text}"
        parts = [c for c in columns if is_part(self.catalog.column(c.table, c.name), word)]
        if len(columns) != 1 or parts:
            labels = [self.catalog.column(s.table, s.name).label for s in columns]
            by = f"it could be {' or '.join(labels)}" if labels else "no number of the rows does"
            self.draft.unclear = f"say by what “{word}” is told: {by}"
            return place + 1
        wish = MetricWish(text, at, columns, superlative=direction)
        wish.aggregation = "max" if direction == "max" else "min"
        if self.draft.target is not None:
            self.draft.rank_metric = wish
        self.draft.metrics.append(wish)
        self.draft.wishes += wishes
        self.draft.quality = ""
        return place + 1

    def _tell_extreme_once(self) -> None:
        """ "biggest claim ever paid": the word that says which amount is no second number."""
        extremes = [m for m in self.draft.metrics if m.superlative and m.aggregation]
        for told in extremes:
            own = {(s.kind, s.table, s.name) for s in told.senses}
            self.draft.metrics = [
                m
                for m in self.draft.metrics
                if m in extremes
                or m.aggregation
                or own != {(s.kind, s.table, s.name) for s in m.senses}
            ]

    def _of_one_row(self, at: int) -> bool:
        """ "largest placement fee": a number that is named with its row is that of one row."""
        chunk = self.peek(at)
        rows = {self.catalog.tables[s.table].row for s in chunk.senses if s.kind == "column"}
        return not chunk.plural and any(chunk.text.lower().startswith(f"{r} ") for r in rows)

    def quality_columns(self, word: str, tables: frozenset[str]) -> tuple[Sense, ...]:
        """The measure columns that tell a quality; those of a unit that the question names."""
        pairs = measures_of(quality(word) or "", self.catalog, tables)
        senses = tuple(Sense("column", table, name) for table, name in pairs)
        units = [c for c in self.chunks if c.kind == "unit" or (c.kind == "grain" and c.plural)]
        fitting = tuple(s for s in senses if any(self.told_in(s, c.text) for c in units))
        return fitting or senses

    def how_quality(self, at: int) -> int | None:
        """ "how long is a trip": the average of the one measure that tells it."""
        if not self.chunks[at].key("howquality"):
            return None
        named = frozenset(s.table for c in self.chunks for s in c.senses if s.kind == "table")
        columns = self.quality_columns(self.chunks[at].text, named) or self.quality_columns(
            self.chunks[at].text, frozenset()
        )
        if len(columns) != 1:
            self.draft.degree = True
            return at + 1
        wish = MetricWish(self.chunks[at].text, at, columns)
        if not any(chunk.key("agg") for chunk in self.chunks[at:]):
            wish.aggregation = "avg"
        self.draft.metrics.append(wish)
        return at + 1

    def _tell_quality(self) -> None:
        """ "the 3 slowest carriers": ranked by the one average that tells it."""
        draft = self.draft
        ranked = draft.direction and draft.target is not None and draft.rank_metric is None
        if not draft.quality or not ranked or draft.metrics or draft.target is None:
            return
        own = mentioned(draft.target.senses)
        nearest = own or frozenset(s.table for s in draft.target.senses)
        columns = self.quality_columns(draft.quality, nearest) or self.quality_columns(
            draft.quality, frozenset()
        )
        held = [s for s in columns if s.name in self.catalog.tables[s.table].columns]
        if not held and (named := self._named_quality(draft.quality, draft.target.senses)):
            draft.rank_metric = MetricWish(draft.quality, draft.target.at, named)
            draft.metrics.append(draft.rank_metric)
            draft.quality = ""
            return
        averaged = [self.catalog.column(s.table, s.name).aggregate == "avg" for s in columns]
        told = draft.quality_per_row or (columns and columns[0].table in own)
        if len(columns) == 1 and (averaged[0] or told):
            wish = MetricWish(draft.quality, draft.target.at, columns, aggregation="avg")
            draft.rank_metric = wish
            draft.metrics.append(wish)
            draft.quality = ""

    def _named_quality(self, word: str, target: tuple[Sense, ...]) -> tuple[Sense, ...]:
        """ "slowest" of contractors where the space defines the days that their repairs take."""
        owners = {s.table for s in target}
        owners |= {join.many for join in self.catalog.joins if join.one in owners}
        told = tuple(
            Sense("measure", m.table, m.name)
            for m in self.catalog.measures
            if m.table in owners and not m.additive and measured_in(m.unit or "") == quality(word)
        )
        return told if len(told) == 1 else ()

    def _superlative_after(self, at: int, direction: str) -> int | None:
        """ "in which quarter was revenue lowest": the measure came first."""
        draft = self.draft
        ended = (
            not self.peek(at).text or self.peek(at).key("in", "comma") or self.peek(at).key("agg")
        )
        judged = draft.quality and not (draft.metrics or draft.direction or draft.having)
        if judged and ended and draft.target is not None:
            draft.direction = direction
            draft.limit = draft.pending_count or (None if draft.target.plural else 1)
            return at
        if draft.target is None or len(draft.metrics) != 1 or draft.direction or not ended:
            return None
        draft.direction, draft.rank_metric = direction, draft.metrics[0]
        draft.limit = draft.pending_count or (None if draft.target.plural else 1)
        return at

    def _target(self, noun: Noun, count: int | None, direction: str) -> None:
        draft = self.draft
        draft.direction = direction
        limit = count or (1 if not noun.plural else None)
        if draft.target is None:
            draft.target = noun
            draft.limit = limit
        elif draft.target.text == noun.text:
            draft.limit = limit or draft.limit
        else:
            draft.unexplained.append(self.chunks[noun.at])

    def ordering(self, at: int) -> int | None:
        """ "ordered by month", "highest first", "sorted descending"."""
        chunk, draft = self.chunks[at], self.draft
        if chunk.key("order"):
            judged = chunk.text.lower().split()[0]
            if judged in ("best", "worst"):
                draft.direction = judged
            else:
                draft.descending = chunk.value == "desc"
            return at + 1
        if not chunk.key("orderby"):
            return None
        place = at + 1
        sorted_thing = self.noun(place) if chunk.text.lower() in _SORT_VERBS else None
        if sorted_thing:
            draft.bare.append(sorted_thing[0])
            place += sorted_thing[1]
        while self.peek(place).key("by", "in"):
            place += 1
        while True:
            rows = self.is_table(place) and self._is_root_noun(place)
            noun = None if rows else self.noun(place)
            if self.starts_metric(place) and not noun:
                metric = self.metric_at(place)
                if metric is None:
                    break
                draft.order_by = draft.order_by or metric[0]
                if sorted_thing:
                    draft.metrics.append(metric[0])
                place = metric[1]
            elif noun:
                draft.order_by = draft.order_by or noun[0]
                place += noun[1]
            else:
                break
            if self.peek(place).key("and", "comma") and (self.noun(place + 1)):
                place += 1
            else:
                break
        return place

    def counted_noun(self, at: int) -> int | None:
        """ "10 airlines with the most flights"; alone it would be unexplained."""
        chunk = self.chunks[at]
        if chunk.kind != "number" or chunk.number != int(chunk.number):
            return None
        found = self.noun(at + 1)
        if found is None or self.draft.target is not None:
            return None
        self.draft.target = self.subject = found[0]
        self.draft.pending_count = int(chunk.number)
        return at + 1 + found[1]
