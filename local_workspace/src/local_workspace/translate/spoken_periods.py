"""Rules that read periods of time, alone or side by side."""

from __future__ import annotations

from local_workspace.translate.draft import Noun, Wish
from local_workspace.translate.numbers import Numbers
from local_workspace.translate.senses import Sense
from local_workspace.translate.spans import Span, before_this, same_year


class SpokenPeriods(Numbers):
    """Rules for when; `time_of` is the date column that the last condition is told by."""

    def period(self, at: int) -> int | None:
        """One period, or several joined by and, or, versus."""
        chunk = self.chunks[at]
        if chunk.kind != "date" or chunk.span is None:
            return None
        years = self._this_and_last_year(at)
        if years:
            return years
        spans, place, joined = [chunk.span], at + 1, ""
        while True:
            after, word = place, ""
            while self.peek(after).key("and", "or", "comma", "compare", "to", "in", "with") or (
                self.draft.compare and self.peek(after).text.lower() == "to"
            ):
                word = self.peek(after).name if not self.peek(after).key("in", "comma") else word
                if self.peek(after).key("compare") or (
                    self.peek(after).key("to", "with") and self.draft.compare
                ):
                    self.draft.compare = True
                after += 1
            span = self.peek(after).span
            linked = any(
                self.peek(p).key("and", "or", "comma", "compare", "to") for p in range(place, after)
            )
            linked = linked or self.draft.compare
            if not linked or span is None:
                break
            spans.append(span)
            joined = word or joined or "and"
            place = after + 1
        spans = before_this(same_year(spans))
        wish = Wish("date", ", ".join(s.words for s in spans), at, spans=tuple(spans))
        wish.senses, self.time_of = ((self.time_of,) if self.time_of else ()), ()
        wish.negated, self.negated = self.negated, False
        wish.joined = joined
        self.draft.wishes.append(wish)
        self.role = ()
        return place

    def _this_and_last_year(self, at: int) -> int | None:
        """ "this year vs last year" without a word for growth: the two years side by side."""
        span, following = self.chunks[at].span, self.peek(at + 1)
        spoken_of = any(chunk.key("growth") for chunk in self.chunks)
        if span is None or span.kind != "this" or span.unit != "year" or spoken_of:
            return None
        if not following.key("change") or not following.text.lower().endswith("year"):
            return None
        both = Span("this", "this year and the year before", numbers=(1,), unit="year")
        self.draft.wishes.append(Wish("date", both.words, at, spans=(both,)))
        self.draft.groups.append(Noun("year", at, grain="year"))
        return at + 2

    time_of: tuple[Sense, ...] = ()
