# ruff: noqa: SIM102 - a rule returns as soon as it knows
"""Rules that read shares: "share of cancelled flights", "in-store revenue share"."""

from __future__ import annotations

from local_workspace.translate.aggregates import Aggregates
from local_workspace.translate.draft import MetricWish, Wish
from local_workspace.translate.forms import is_participle

_BE = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "go", "goes", "went",
     "come", "comes", "came", "turned", "end", "ended"}
)  # fmt: skip


class Shares(Aggregates):
    """Rules for shares."""

    def share_wish(self, at: int) -> tuple[MetricWish, int]:
        """The share that is asked for, and the chunk after it."""
        place, of_total = at + 1, self.peek(at).value == "all"
        while self.peek(place).key("in", "oftotal") or (
            self.peek(place).key("agg") and self.peek(place).value == "sum"
        ):
            of_total = of_total or not self.peek(place).key("in")
            place += 1
        plain: tuple[MetricWish, int] | None
        plain = self._count(place) if self.peek(place).key("count") else self._plain(place)
        if plain:
            plain[0].share, plain[0].of_total = True, of_total
            plain[0].at = at
            return plain
        return MetricWish(self.chunks[at].text, at, share=True, bare=True), at + 1

    def share_metric(self, at: int) -> int | None:
        """ "share of cancelled flights", "what percentage of revenue"."""
        if not self.chunks[at].key("share"):
            return None
        before = self.peek(at - 1)
        last = self.draft.metrics[-1] if self.draft.metrics else None
        if last and before.key("in") and before.text.lower() == "as" and not last.share:
            over = self._ratio_to(at)
            if over:
                return over
            last.share = True
            return at + 1
        if last and not last.share and self.senses(at - 1, "measure", "column") and last.senses:
            if last.senses[0] in self.peek(at - 1).senses:
                return self._share_after(last, at)
        following = at + 1
        while self.peek(following).key("in"):
            following += 1
        if self.peek(following).key("super"):
            return None
        wish, after = self.share_wish(at)
        part = self.draft.wishes[-1] if self.draft.wishes else None
        if part and part.kind == "value" and part.at == at - 1 and not wish.where:
            wish.where = [self.draft.wishes.pop()]
        self.draft.metrics.append(wish)
        return after

    def _share_after(self, metric: MetricWish, at: int) -> int:
        """ "in-store revenue share", "revenue share of Camping": the value is the part."""
        metric.share = True
        for wish in list(self.draft.wishes):
            if wish.kind == "value" and wish.at == metric.at - 1:
                metric.where = [*metric.where, wish]
                self.draft.wishes.remove(wish)
        if self.peek(at).text.lower().endswith(" of") or self.peek(at + 1).text.lower() == "of":
            place = at + 1 + self.peek(at + 1).key("in")
            part = self._adjective(place)
            if part and not metric.where:
                metric.where = [part]
                return place + 1
        return at + 1

    def _tell_predicates(self) -> None:
        """ "share of fire claims that were settled": what is said of the rows is the part."""
        shares = [metric.at for metric in self.draft.metrics if metric.share]
        whole = [m for m in self.draft.metrics if m.share and m.bare and self._rows_before(m.at)]
        found = False
        for wish in sorted(self.draft.wishes, key=lambda w: w.at):
            if not shares or wish.kind == "date":
                continue
            joined = found and self.peek(wish.at - 1).key("and", "or", "comma", "not")
            after = any(self.is_table(at) for at in range(shares[0], wish.at))
            part = bool(whole) and wish.at > whole[0].at
            wish.said = joined or part or (after and self._predicate(wish.at))
            found = found or wish.said
            if after and not wish.said and not found:
                self._check_done(wish, shares[0])
        self._tell_manner()

    def _check_done(self, wish: Wish, share: int) -> None:
        """ "share of cancelled bookings made on the web": of the cancelled, or of the web's?"""
        place = wish.at
        while self.peek(place).key("in", "from", "by") or place == wish.at:
            if any(is_participle(word) for word in self.peek(place).skipped):
                break
            place -= 1
        else:
            return
        adjectives = any(self.senses(at, "value", "filter") for at in range(share + 1, place))
        told = any(share < w.at < wish.at and w.kind != "date" for w in self.draft.wishes)
        if (adjectives and self.is_table(place - 1)) or told:
            self.draft.unclear = (
                f"whether “{wish.text}” is the part or the whole of the share is not clear; say "
                "“share of … that were …”"
            )

    def _rows_before(self, at: int) -> bool:
        """ "of the closed matters, what share …": the whole stands before, and has a comma."""
        place = at - 1
        while place > 0 and self.peek(place).key("which", "in"):
            place -= 1
        rows = self.is_table(place - 1) or bool(self.senses(place - 1, "filter"))
        return self.peek(place).key("comma", "with") and rows

    def _predicate(self, at: int) -> bool:
        """Whether a form of "be", or a clause, leads to the condition at this chunk."""
        if self._introduced(at)[0]:
            return True
        place = at
        while True:
            if _BE & set(self.peek(place).skipped):
                return True
            place -= 1
            if self.senses(place, "verb") and is_participle(self.peek(place).text.lower()):
                return True
            leads = self.peek(place).key("in", "from", "to", "not", "by")
            if not (leads or self.is_toward(place)):
                return False

    def _tell_manner(self) -> None:
        """ "share of tickets sold online": how they were sold, where no more is said of them."""
        wishes = self.draft.wishes
        done = {wish.at for wish in wishes if wish.kind == "happened" and wish.said}
        if any(wish.said and wish.at not in done for wish in wishes):
            return
        for wish in wishes:
            place = wish.at - 1
            while self.peek(place).key("in", "from", "to", "not") or self.is_toward(place):
                place -= 1
            wish.said = wish.said or (wish.kind != "date" and place in done)
