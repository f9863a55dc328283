"""Rules for words of what happened: "cancellations", "damage rate", "shipped", "never rated"."""

from __future__ import annotations

from dataclasses import replace

from local_workspace.translate.draft import HavingWish, MetricWish, Noun, Wish
from local_workspace.translate.forms import is_participle, says_done
from local_workspace.translate.ranking import Ranking
from local_workspace.translate.senses import Sense


class Happenings(Ranking):
    """Rules for verbs and nouns of events that a time column dates."""

    def happening(self, at: int) -> int | None:
        """ "shipped", "admitted", "cancellations": rows that have such a date, told by it."""
        columns = self.happened(at)
        if not columns:
            return None
        chunk = self.chunks[at]
        place = at + 1
        while self.peek(place).key("in", "from"):
            place += 1
        counted = chunk.plural and self.senses(at, "event") and not self.draft.metrics
        counted = counted and not is_participle(chunk.text.lower())
        if self.peek(place).kind == "date" and not self.negated and not counted:
            self.time_of = columns
            return place
        if not says_done(chunk.text) and not self.negated:
            metric = self.event_metric(at)
            if metric is None:
                return None
            self.draft.metrics.append(metric)
            return at + 1
        if self.peek(at + 1).key("and", "or", "comma") and self.happened(at + 2):
            self.draft.unexplained.append(chunk)
            return at + 1
        wish = Wish("happened", chunk.text, at, (columns,), negated=self.negated)
        self.negated = False
        self.draft.wishes.append(wish)
        if not wish.negated:
            self.draft.event = columns
        return at + 1

    def average_condition(self, at: int) -> int | None:
        """ "revenue above average", "an above-average number of admissions": kept groups."""
        chunk, draft = self.chunks[at], self.draft
        if not chunk.key("cmp") or chunk.value not in ("<", "<=", ">", ">="):
            return None
        place = at + 1
        while self.peek(place).key("in", "minus"):
            place += 1
        if not self.peek(place).key("agg") or self.peek(place).value != "avg":
            return None
        found = self.metric_at(place + 1)
        if found and not self.starts_metric(at - 1):
            metric, after = found
        elif draft.metrics and self.starts_metric(at - 1) and not found:
            metric, after = draft.metrics[-1], place + 1
        else:
            return None
        draft.having.append(HavingWish(metric, chunk.value, 0.0, mean=True))  # type: ignore[arg-type]
        return after

    def new_rows(self, at: int) -> int | None:
        """ "new subscriptions": the rows themselves, told by the date they began."""
        word, following = self.peek(at), at + 1
        if word.kind != "unknown" or word.text.lower() not in ("new", "newly"):
            return None
        if self.peek(following).plural and self.senses(following, "event"):
            return following
        rows = self.senses(following, "table")
        dated = [s for s in rows if self.catalog.tables[s.table].time]
        if not dated or not self.is_table(following):
            return None
        self.draft.verbs.append(Noun(word.text, at, tuple(dated)))
        return following

    def verb(self, at: int) -> int | None:
        """ "stores selling …", "total weight shipped": what is done to the rows that count."""
        verbs = self.senses(at, "verb")
        if not verbs or len(verbs) < len(self.peek(at).senses):
            return None
        self.draft.verbs.append(Noun(self.peek(at).text, at, verbs))
        return at + 1

    def rate_metric(self, at: int) -> int | None:
        """ "damage rate": the share of rows that are damaged."""
        metric = self.rate_wish(at)
        if metric is None:
            return None
        of = at + 1
        while self.peek(of).key("in"):
            of += 1
        whole = tuple(s for s in self.peek(of).senses if self.is_measure_column(s))
        if of > at + 1 and (self.senses(of, "measure") or whole):
            part = MetricWish(
                metric.text, at, self.senses(of, "measure") or whole, where=metric.where
            )
            part.share = part.fixed = True  # "export share of tonnage"
            self.draft.metrics.append(part)
            return of + 1
        self.draft.metrics.append(metric)
        return at + 1

    def happened(self, at: int) -> tuple[Sense, ...]:
        """The time columns that the word at `at` is the verb or noun of."""
        events = self.senses(at, "event")
        if events:
            return tuple(replace(s, kind="column") for s in events) if self._is_event(at) else ()
        senses = self.peek(at).senses
        times = all(
            s.kind == "column" and self.catalog.column(s.table, s.name).role == "time"
            for s in senses
        )
        verb = says_done(self.peek(at).text)
        return senses if senses and times and verb else ()

    def _is_event(self, at: int) -> bool:
        """ "hires", "discharged", "cancellation", but not "open" or "close"."""
        word = self.peek(at).text.lower()
        noun = word.endswith(("tion", "sion", "al", "ery", "ure", "ment", "pt", "iry"))
        return self.peek(at).plural or is_participle(word) or noun

    def event_metric(self, at: int) -> MetricWish | None:
        """The number of rows that an event noun counts; it is told over the event's own dates."""
        events = self.senses(at, "event")
        if not events or not self._is_event(at):
            return None
        columns = tuple(replace(s, kind="column") for s in events)
        rows = tuple(Sense("table", s.table) for s in events)
        self.draft.event = columns
        text = self.peek(at).text
        wish = Wish("happened", text, at, (columns,))
        return MetricWish(text, at, rows, count=True, where=[wish])

    def _happened_rows(self, at: int) -> MetricWish | None:
        """ "fewer than 10 cancellations"."""
        return self.event_metric(at) if self.peek(at).plural else None

    def rate_wish(self, at: int) -> MetricWish | None:
        """The share that a word such as "readmission rate" names."""
        rates = self.senses(at, "rate")
        if not rates:
            return None
        sense, text = rates[0], self.peek(at).text
        rows = (Sense("table", sense.table),)
        if sense.value == "filter":
            part = Wish("filter", text, at, ((Sense("filter", sense.table, sense.name),),))
        else:
            held = sense.value[1:] if sense.value.startswith("=") else "true"
            marked = Sense("value", sense.table, sense.name, held)
            part = Wish("value", text, at, ((marked,),))
        return MetricWish(text, at, rows, count=True, share=True, fixed=True, where=[part])
