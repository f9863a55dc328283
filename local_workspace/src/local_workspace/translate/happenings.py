"""Rules for words of what happened: "cancellations", "damage rate", "shipped", "never rated"."""

from __future__ import annotations

from dataclasses import replace

from local_workspace.translate.draft import MetricWish, Wish
from local_workspace.translate.forms import is_participle
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
        if self.peek(place).kind == "date" and not self.negated:
            self.time_of = columns
            return place
        if not is_participle(chunk.text.lower()) and not self.negated:
            metric = self.event_metric(at)
            if metric is None:
                return None
            self.draft.metrics.append(metric)
            return at + 1
        wish = Wish("happened", chunk.text, at, (columns,), negated=self.negated)
        self.negated = False
        self.draft.wishes.append(wish)
        self.draft.event = columns
        return at + 1

    def rate_metric(self, at: int) -> int | None:
        """ "damage rate": the share of rows that are damaged."""
        metric = self.rate_wish(at)
        if metric is None:
            return None
        self.draft.metrics.append(metric)
        return at + 1

    def happened(self, at: int) -> tuple[Sense, ...]:
        """The time columns that the word at `at` is the verb or noun of."""
        events = self.senses(at, "event")
        if events:
            return tuple(replace(s, kind="column") for s in events)
        senses = self.peek(at).senses
        times = all(
            s.kind == "column" and self.catalog.column(s.table, s.name).role == "time"
            for s in senses
        )
        verb = is_participle(self.peek(at).text.lower())
        return senses if senses and times and verb else ()

    def event_metric(self, at: int) -> MetricWish | None:
        """The number of rows that an event noun counts; it is told over the event's own dates."""
        events = self.senses(at, "event")
        if not events:
            return None
        columns = tuple(replace(s, kind="column") for s in events)
        rows = tuple(Sense("table", s.table) for s in events)
        self.draft.event = columns
        text = self.peek(at).text
        wish = Wish("happened", text, at, (columns,))
        return MetricWish(text, at, rows, count=True, where=[wish])

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
            marked = Sense("value", sense.table, sense.name, "true")
            part = Wish("value", text, at, ((marked,),))
        return MetricWish(text, at, rows, count=True, share=True, fixed=True, where=[part])
