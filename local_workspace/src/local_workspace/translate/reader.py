# ruff: noqa: PLR0911, PLR0912 - a rule returns as soon as it knows
"""Reading the chunks of a question from left to right into a draft.

Every chunk must be explained by a rule. What no rule explains is kept, and a question with
something unexplained is asked back, never answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.flags import is_flag
from local_workspace.spaces.names import singular, spoken
from local_workspace.translate.afterwards import Afterwards
from local_workspace.translate.draft import Draft, MetricWish, Noun, Wish
from local_workspace.translate.forms import is_participle
from local_workspace.translate.qualities import is_money
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_KINDS = frozenset({"type", "types", "mode", "modes", "kind", "name", "names", "group", "category"})
_GLUE = ("in", "comma", "paren", "and", "with")


class Reader(Afterwards):
    """One reading of one question; use `read` once."""

    def __init__(self, catalog: Catalog, chunks: list[Chunk]) -> None:
        self.catalog = catalog
        self.chunks = chunks
        self.draft = Draft()
        self.negated = False
        self.role: tuple[str, ...] = ()
        self.subject: Noun | None = None

    def read(self) -> Draft:
        """The draft of the whole question."""
        at = 0
        rules = (
            self.intent,
            self.average_condition,
            self.new_rows,
            self.ranking,
            self.share_metric,
            self.how_quality,
            self.count_metric,
            self.aggregate_metric,
            self.by_groups,
            self.which_target,
            self.with_some,
            self.some_of,
            self.number_condition,
            self.direction_word,
            self.negation,
            self.period,
            self.rate_metric,
            self.happening,
            self.verb,
            self.value,
            self.filter_condition,
            self.measure_metric,
            self.ordering,
            self.counted_noun,
            self.bare_noun,
            self.glue,
        )
        while at < len(self.chunks):
            for rule in rules:
                after = rule(at)
                if after is not None and after > at:
                    at = after
                    break
            else:
                self.draft.unexplained.append(self.chunks[at])
                at += 1
        self._count_limited()
        self._list_with_numbers()
        self._tell_when_done()
        self._tell_by_state()
        self._tell_theirs()
        self._tell_rate_beside()
        self._tell_no_shows()
        self._ask_about_bare()
        self._tell_quality()
        self._rank_mention()
        self._merge_share()
        self._tell_extreme_once()
        self._tell_predicates()
        self._check_they()
        return self.draft

    def intent(self, at: int) -> int | None:
        """Words that ask for a change, a trend, a comparison, or for what no query can say."""
        chunk, draft = self.chunks[at], self.draft
        if chunk.key("why", "beyond") and not self._of_a_trip(at):
            draft.refusal = draft.refusal or f"{chunk.name}:{chunk.text}"
        elif chunk.key("change"):
            draft.change = "year" if chunk.value == "year" else "previous"
            draft.change_text = chunk.text
        elif chunk.key("growth"):
            draft.growth = True
        elif chunk.key("trend"):
            draft.trend = True
        elif chunk.key("compare"):
            draft.compare = True
        elif chunk.key("difference"):
            draft.difference = draft.compare = True
        elif chunk.key("each_respectively"):
            draft.each = True
        elif chunk.key("both") or self._in_percent(at):
            pass
        elif chunk.key("oftotal"):
            over = self._ratio_to(at) or self._of_its_rows(at)
            if over:
                return over
            draft.of_total = not any(m.fixed for m in draft.metrics)
            self._part_before()
        elif chunk.key("range"):
            draft.range_asked = True
        elif chunk.key("breakdown"):
            spread = chunk.text.lower().startswith("distribution")
            if spread and any(self.is_measure_column(s) for s in self.peek(at + 1).senses):
                return None
            draft.spread = True
        elif chunk.key("degree"):
            draft.degree = True
        elif chunk.key("last"):
            noun = self.noun(at + 1)
            if (noun and not noun[0].grain) or self.senses(at + 1, "table"):
                draft.first_or_last = chunk.value
            else:
                return None
        else:
            return None
        return at + 1

    def _of_a_trip(self, at: int) -> bool:
        """ "drive time": how long somebody drove, and not what drives a number."""
        return self.peek(at).text.lower() == "drive" and self.peek(at + 1).text.lower() == "time"

    def _in_percent(self, at: int) -> bool:
        """ "growth in percent": the unit to show it in, which is no share of a whole."""
        said = self.chunks[at].text.lower() in ("in percent", "in %", "percent", "%")
        grows = self.draft.growth or self.draft.change is not None
        return said and grows and self.chunks[at].key("oftotal")

    def which_target(self, at: int) -> int | None:
        """ "which airline", "list the categories", "what month"."""
        if not self.chunks[at].key("which"):
            return None
        place = at + 1
        while self.peek(place).key("in", "distinct"):
            place += 1
        if at == 0 and self.chunks[at].text.lower() == "who":
            self.draft.open_question = "who"
        if self.peek(place).key("super", "share", "count", "agg"):
            return place
        if self.peek(place).kind == "number":
            found = self.noun(place + 1)
            if found:
                self.draft.pending_count = int(self.peek(place).number)
                place += 1
        relative = self.chunks[at].text.lower() in ("who", "which") and at > 0
        if relative and (self.happened(place) or self.senses(place, "verb")):
            return place
        if self.chunks[at].text.lower() == "who" and self.is_table(place):
            return place
        found = self.noun(place)
        if at == 0 and found and self.draft.open_question == "who" and self._is_dated(found[0]):
            return place
        if relative and found and self.is_table(at - 1) and self._is_condition(place, found[1]):
            return place
        if found and self._said_of(place):
            return place if at else None
        if found and self._dates_of(found[0], place + found[1]):
            return place + found[1]
        if found and self.draft.target is None and not self._is_condition(place, found[1]):
            self.draft.target, self.draft.which = found[0], True
            self.subject = found[0]
            place += found[1]
            while self.peek(place).key("and", "comma"):
                more = self.noun(place + 1)
                if not more or self.starts_metric(place + 1):
                    break
                self.draft.groups.append(more[0])
                place += 1 + more[1]
            return place
        if self.chunks[at].text.lower() in ("which", "who", "which of", "whose"):
            self.draft.open_question = self.chunks[at].text.lower()
        return place if place > at else at + 1

    def _is_dated(self, noun: Noun) -> bool:
        """ "who completed …": when they did is nobody."""
        columns = [s for s in noun.senses if s.kind == "column"]
        return (
            bool(columns)
            and not noun.grain
            and all(self.catalog.column(s.table, s.name).role == "time" for s in columns)
        )

    def bare_noun(self, at: int) -> int | None:
        """A table, column or grain that no preposition introduced."""
        if self.is_table(at):
            chunk = self.chunks[at]
            noun = Noun(chunk.text, at, chunk.senses, role=self.role, plural=chunk.plural)
            self.role = ()
            if self._names_value(noun, at + 1):
                return at + 1
            if noun.plural and self._is_root_noun(at) and self._beside_metric(at):
                wish = MetricWish(chunk.text, at, self.senses(at, "table"), count=True)
                self.draft.metrics.append(wish)
                return at + 1
            self.draft.mentions.append(noun)
            self.subject = noun
            return at + 1
        found = self.noun(at)
        if found is None or self._runs_on(at) or self._unit_of_time(at) or self._length_of(at):
            return None
        if self._said_of(at):
            return None
        if self._names_value(found[0], at + found[1]):
            return at + found[1] + int(self.peek(at + found[1]).key("cmp"))
        if self._dates_of(found[0], at + found[1]):
            return at + found[1]
        if self._arrivals(found[0], at) or self._days_so_spent(at):
            return at + found[1]
        self.draft.bare.append(found[0])
        self.subject = found[0]
        return at + found[1]

    def _beside_metric(self, at: int) -> bool:
        """ "orders, units and revenue": in a list of numbers, rows are counted."""
        before = self.peek(at - 1).key("and", "comma") and self.starts_metric(at - 2)
        after = self.peek(at + 1).key("and", "comma") and self.peek(at + 1).text != ":"
        after = after and self.starts_metric(at + 2) and not self.peek(at + 2).key("count")
        return (before and bool(self.draft.metrics)) or (after and not self.is_table(at + 2))

    def _check_they(self) -> None:
        """ "clients by the year they joined": when others joined is not what is asked."""
        counted = {s.table for m in self.draft.metrics if m.count for s in m.senses}
        for at, chunk in enumerate(self.chunks if counted else ()):
            dates = [
                s
                for s in self.senses(at, "column")
                if self.catalog.column(s.table, s.name).role == "time"
            ]
            if dates and "they" in chunk.skipped and not any(s.table in counted for s in dates):
                self.draft.unclear = f"the data do not say when they {chunk.text}"

    def _arrivals(self, noun: Noun, at: int) -> bool:
        """ "arrivals in August by hotel": rows are counted, told by the date of that name."""
        draft = self.draft
        times = all(
            s.kind == "column" and self.catalog.column(s.table, s.name).role == "time"
            for s in noun.senses
        )
        word = self.peek(at).text.lower()
        named = not noun.plural or noun.grain or word.endswith(("dates", "days", "times"))
        ranked = self._ranked_rows(noun)
        busy = draft.metrics or draft.groups or draft.mentions or draft.target or draft.which
        if ranked and times and not named and noun.senses:
            draft.event, ranked.senses = noun.senses, rows_of(noun)
            draft.metrics.append(ranked)
            ranked.where = [Wish("happened", noun.text, at, (noun.senses,))]
            return True
        if not times or named or busy or not noun.senses:
            return False
        rows = rows_of(noun)
        draft.event = noun.senses
        wish = Wish("happened", noun.text, at, (noun.senses,))
        counted = MetricWish(noun.text, at, rows, count=True, where=[wish])
        draft.metrics.append(counted)
        draft.rank_metric = counted if draft.rank_metric else None
        return True

    def _ranked_rows(self, noun: Noun) -> MetricWish | None:
        """ "busiest month for arrivals": what is ranked by a number of rows nobody has named."""
        draft = self.draft
        told = draft.target is not None and draft.target.grain and not draft.target.senses
        free = told and not (draft.metrics or draft.groups or draft.mentions)
        return draft.rank_metric if free and self._busy() and noun.plural else None

    def _said_of(self, at: int) -> bool:
        """ "patients who are insured": a yes or no that is said of rows is no breakdown."""
        before = self.peek(at - 1)
        columns = self.senses(at, "column")
        truth = any(is_flag(self.catalog.column(s.table, s.name)) for s in columns)
        return truth and before.key("which", "with", "or", "not")

    def _runs_on(self, at: int) -> bool:
        """ "by engine type" with columns engine and type: two words side by side are one thing."""
        before = {s.table for s in self.senses(at - 1, "column")}
        here = {s.table for s in self.senses(at, "column")}
        adjacent = self.peek(at - 1).end == self.peek(at).start
        return adjacent and bool(before & here) and self.noun(at - 1) is not None

    def _dates_of(self, noun: Noun, at: int) -> bool:
        """ "signed up in 2022": the period is one of this column, not of the main one."""
        times = tuple(
            s
            for s in noun.senses
            if s.kind == "column" and self.catalog.column(s.table, s.name).role == "time"
        )
        place = at
        while self.peek(place).key("in", "from"):
            place += 1
        led = self.peek(noun.at - 1).text.lower() == "for" and bool(self.draft.mentions)
        many = noun.plural and not led
        if not times or noun.grain or many or self.peek(place).kind != "date":
            return False
        self.time_of = times
        return True

    def _names_value(self, noun: Noun, at: int) -> bool:
        """ "region East", "paid with visa": the noun only says what the value is."""
        while self.peek(at).key("in") and self.peek(at).text.lower() in ("of", "in", "as", "for"):
            return False
        at += self.peek(at).key("cmp") and self.peek(at).value == "="
        columns = {(s.table, s.name) for s in noun.senses if s.kind == "column"}
        labels = {
            (s.table, self.catalog.tables[s.table].label) for s in noun.senses if s.kind == "table"
        }
        return any((s.table, s.name) in columns | labels for s in self.senses(at, "value"))

    def glue(self, at: int) -> int | None:
        """Prepositions and conjunctions whose work a neighbour has done."""
        chunk = self.chunks[at]
        if chunk.key("paren") and self.draft.groups:
            return max(self._gloss(at), at + 1)
        if chunk.text.lower() in ("among", "amongst", "of those"):
            self.draft.among = self.draft.among or any(m.share for m in self.draft.metrics)
        asked = at == 0 or (at == 1 and not self.draft.metrics and not self.draft.mentions)
        if chunk.key("with") and chunk.text.lower() in ("where", "when") and asked:
            self.draft.open_question = chunk.text.lower()
        if chunk.key("and") and at == len(self.chunks) - 1 and chunk.text.lower() == "alongside":
            return None
        if chunk.key(*_GLUE):
            return at + 1
        if chunk.key("from") or (chunk.key("to") and at > 0):
            after = self.peek(at + 1)
            each = after.text.lower() in ("each", "every") and bool(self.noun(at + 2))
            follows = each or after.kind in ("sense", "date") or after.key("not")
            return at + 1 if follows else None
        if chunk.key("breakdown", "by") and at == len(self.chunks) - 1:
            return None
        if chunk.kind == "unit" or self._unit_of_time(at) or self._unit_named(at):
            return at + 1 if self.unit_fits(chunk) else None
        return at + 1 if self._says_again(at) else None

    def _says_again(self, at: int) -> bool:
        """ "kilometres driven" of `km_driven`, "transport mode" of `transport`: nothing new."""
        chunk, before = self.peek(at), self.peek(at - 1)
        if chunk.kind != "unknown" or before.end != chunk.start:
            return False
        word = chunk.text.lower()
        if self._owns_number(at) or self._money_again(at):
            return True
        columns = [s for s in before.senses if s.kind == "column"]
        names = {w for s in columns for w in spoken(s.name).split()}
        told = self.is_kind(columns) and word in _KINDS
        return bool(columns) and (told or (is_participle(word) and word in names))

    def _money_again(self, at: int) -> bool:
        """ "sales value", "fee income figures": money is an amount."""
        told = [self.catalog.column(s.table, s.name) for s in self._measured(at - 1)]
        said = self.peek(at).text.lower() in ("value", "amount", "amounts", "figure", "figures")
        return said and bool(told) and all(map(is_money, told))

    def _measured(self, at: int) -> tuple[Sense, ...]:
        return tuple(s for s in self.peek(at).senses if self.is_measure_column(s))

    def _owns_number(self, at: int) -> bool:
        """ "average age of stroke patients" of the patient age: the name's own other word.

        "biggest delivery in cases" of the cases delivered: its unit.
        """
        told = self.draft.metrics[-1].senses if self.draft.metrics else ()
        unit = self.peek(at - 1).key("in") and self.peek(at - 1).text.lower() == "in"
        after = unit or self.senses(at - 1, "value", "filter")
        if len(told) != 1 or told[0].kind != "column" or not after:
            return False
        column = self.catalog.column(told[0].table, told[0].name)
        names = {w for name in (column.label, *column.synonyms) for w in name.lower().split()}
        word = singular(self.peek(at).text.lower())
        return word in names or (unit and word in {singular(name) for name in names})

    def is_kind(self, columns: list[Sense]) -> bool:
        """Whether the columns tell groups, so that "type" or "mode" behind them adds nothing."""
        return all(self.catalog.column(s.table, s.name).role == "dimension" for s in columns)


def rows_of(noun: Noun) -> tuple[Sense, ...]:
    """The rows that the columns of a noun are of."""
    return tuple(Sense("table", s.table) for s in noun.senses)
