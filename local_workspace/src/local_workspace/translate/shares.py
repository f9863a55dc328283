# ruff: noqa: SIM102 - a rule returns as soon as it knows
"""Rules that read shares: "share of cancelled flights", "in-store revenue share"."""

from __future__ import annotations

from local_workspace.translate.aggregates import Aggregates
from local_workspace.translate.draft import MetricWish

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
        found = False
        for wish in sorted(self.draft.wishes, key=lambda w: w.at):
            if not shares or wish.kind == "date":
                continue
            joined = found and self.peek(wish.at - 1).key("and", "or", "comma", "not")
            after = any(self.is_table(at) for at in range(shares[0], wish.at))
            wish.said = joined or (after and self._predicate(wish.at))
            found = found or wish.said
        self._tell_manner()

    def _predicate(self, at: int) -> bool:
        """Whether a form of "be", or a clause, leads to the condition at this chunk."""
        if self._introduced(at)[0]:
            return True
        place = at
        while True:
            if _BE & set(self.peek(place).skipped):
                return True
            place -= 1
            if not (self.peek(place).key("in", "from", "to", "not") or self.is_toward(place)):
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
