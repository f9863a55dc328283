# ruff: noqa: PLR0912, SIM102 - one condition a line reads better here
"""Binding senses to columns: which column, reached over which joins, from a given table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.named_ids import by_name
from local_workspace.translate.plan import Group, Ref
from local_workspace.translate.things import happens

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, JoinInfo
    from local_workspace.translate.draft import Noun
    from local_workspace.translate.lexicon import Lexicon
    from local_workspace.translate.senses import Sense


_BEGINNINGS = frozenset(
    {"launch", "birth", "born", "join", "joined", "hire", "hired", "founded", "built", "release"}
    | {"released", "registered", "registration", "installed", "commissioned", "since", "signup"}
)


class Unbound(Exception):
    """The table cannot answer; `reason` says why in words for people."""

    def __init__(self, reason: str, *, ambiguous: bool = False) -> None:
        self.reason = reason
        self.ambiguous = ambiguous
        super().__init__(reason)


class Binder:
    """Binds senses as seen from one fact table. `cost` grows with joins and guesses."""

    def __init__(self, catalog: Catalog, lexicon: Lexicon, root: str) -> None:
        self.catalog = catalog
        self.root = root
        self.paths = lexicon.paths[root]
        self.cost = 0.0
        self.when: Ref | None = None

    def join(self, name: str) -> JoinInfo:
        """The join of that name."""
        return self.catalog.join(name)

    def role_fits(self, ref: Ref, role: tuple[str, ...]) -> bool:
        """Whether the column is reached through, or is the key of, one of the joins."""
        if not role:
            return True
        for name in role:
            join = self.join(name)
            if name in ref.path:
                return True
            if ref.table == join.many and ref.column == join.many_column:
                return True
        return False

    def column_refs(self, sense: Sense) -> list[Ref]:
        """Every way to the column of a sense."""
        return [Ref(path, sense.table, sense.name) for path in self.paths.get(sense.table, ())]

    def labelled(self, ref: Ref) -> Ref:
        """The label of the entity a key points to, or the column itself."""
        for join in self.catalog.joins:
            if join.many == ref.table and join.many_column == ref.column:
                label = self.catalog.tables[join.one].label
                if label:
                    return Ref((*ref.path, join.name), join.one, label)
        table = self.catalog.tables[ref.table]
        if ref.path and table.label and table.key == ref.column:
            return Ref(ref.path, ref.table, table.label)
        return ref

    def noun(self, noun: Noun) -> Group:
        """What to group by for a noun; raises Unbound."""
        if noun.grain:
            return self._grain(noun)
        options: list[tuple[float, Group]] = []
        for sense in by_name(noun.senses, self.catalog):
            options += self._noun_options(sense, noun)
        self._check_guesses(noun)
        return self._cheapest(options, noun.text)

    def _check_guesses(self, noun: Noun) -> None:
        """ "by type" of rows that lead to two types, neither of which is called just that."""
        within = {s for s in noun.senses if s.kind == "column" and s.table in self.paths}
        if len({s.table for s in within}) > 1 and all(s.weak for s in within):
            told = " or ".join(sorted(self.catalog.column(s.table, s.name).label for s in within))
            raise Unbound(f"“{noun.text}” could mean {told}", ambiguous=True)

    def _noun_options(self, sense: Sense, noun: Noun) -> list[tuple[float, Group]]:
        if sense.kind == "dimension":
            return [(0.0, Group(dimension=sense.name))] if sense.table == self.root else []
        if sense.kind == "role":
            if sense.table not in self.paths:
                return []
            join = self.join(sense.name)
            label = self.catalog.tables[join.one].label or join.one_column
            found = []
            for path in self.paths[sense.table]:
                if sense.raw or not self.catalog.tables[join.one].label:
                    ref = Ref(path, join.many, join.many_column)
                else:
                    ref = Ref((*path, join.name), join.one, label)
                found.append((len(path) * 1.0 + (0.5 if path else 0.0), Group(ref=ref)))
            return found
        if sense.kind == "table":
            return self._entity_options(sense, noun)
        if sense.kind == "band":
            width = float(sense.value) if sense.value else None
            refs = self.column_refs(sense)
            return [(len(r.path) + self.default_cost(r), Group(ref=r, band=width)) for r in refs]
        found = []
        for ref in self.column_refs(sense):
            if not self.role_fits(ref, noun.role):
                continue
            cost = len(ref.path) + (0.5 if sense.weak else 0.0) + self.default_cost(ref)
            column = self.catalog.column(ref.table, ref.column)
            if column.role == "time":
                whole = "year" if column.family == "integer" else "day"
                found.append((cost, Group(ref=ref, grain=whole)))  # type: ignore[arg-type]
            elif column.role == "hour":
                found.append((cost, Group(ref=ref)))
            else:
                found.append((cost, Group(ref=ref if sense.raw else self.labelled(ref))))
        return found

    def _entity_options(self, sense: Sense, noun: Noun) -> list[tuple[float, Group]]:
        table = self.catalog.tables[sense.table]
        column = table.label or table.key
        if column is None or sense.table == self.root:
            if column is None or sense.table != self.root or table.label is None:
                return []
        found = []
        for path in self.paths.get(sense.table, ()):
            ref = Ref(path, sense.table, table.key if sense.raw and table.key else column)
            if self.role_fits(ref, noun.role):
                found.append((len(path) + self.default_cost(ref), Group(ref=ref)))
        return found

    def default_cost(self, ref: Ref) -> float:
        """Roles of a shared table: the default one is free, the others cost a guess."""
        cost = 0.0
        for name in ref.path:
            join = self.join(name)
            siblings = [j for j in self.catalog.joins if j.many == join.many]
            if len(siblings) > 1 and not join.default:
                cost += 0.25 if any(j.default for j in siblings) else 0.0
        return cost

    def _cheapest(self, options: list[tuple[float, Group]], text: str) -> Group:
        if not options:
            raise Unbound(f"“{text}” does not belong to {self.catalog.tables[self.root].row} data")
        best = min(cost for cost, _ in options)
        groups = {group for cost, group in options if cost == best}
        if len(groups) > 1:
            names = " or ".join(sorted(_said(group) for group in groups))
            raise Unbound(f"“{text}” could mean {names}", ambiguous=True)
        self.cost += best
        return groups.pop()

    def time(self) -> Ref:
        """The time column questions mean; raises Unbound when there is none."""
        if self.when is not None:
            return self.when
        table = self.catalog.tables[self.root]
        if table.time:
            return Ref((), self.root, table.time)
        found = [
            (name, Ref(paths[0], name, other))
            for name, paths in self.paths.items()
            if (other := self.catalog.tables[name].time) and len(paths) == 1 and len(paths[0]) == 1
        ]
        found = [option for option in found if not self._begins(option[1])]
        if not found:
            raise Unbound(f"{table.row} data has no date")
        return max(found, key=lambda option: self._happened_with(option[0]))[1]

    def _begins(self, ref: Ref) -> bool:
        """Whether the date tells since when there is a thing: no row of another table is of it."""
        label = self.catalog.column(ref.table, ref.column).label.lower()
        thing = not happens(ref.table, self.catalog)
        return thing and bool(_BEGINNINGS & set(label.split()))

    def _happened_with(self, name: str) -> tuple[bool, bool, bool]:
        """Lines are dated by their order, not by when their product was launched.

        An order happened to somebody and lends its lines its name; a product is a thing.
        """
        points = any(join.many == name for join in self.catalog.joins)
        own, other = (set(self.catalog.tables[t].row.lower().split()) for t in (self.root, name))
        return happens(name, self.catalog), points, bool(own & other)

    def _grain(self, noun: Noun) -> Group:
        refs = [ref for sense in noun.senses for ref in self.column_refs(sense)]
        if noun.senses and not refs:
            raise Unbound(f"“{noun.text}” does not belong to {self.root}")
        grain = noun.grain
        if grain == "hour":
            return Group(ref=self.hour(), part="hour")
        ref = refs[0] if refs else self.time()
        if grain != "year" and self.catalog.column(ref.table, ref.column).family == "integer":
            raise Unbound(f"the data knows years only, no {noun.text}", ambiguous=True)
        if grain in ("weekday", "month_of_year", "quarter_of_year"):
            return Group(ref=ref, part=grain)  # type: ignore[arg-type]
        return Group(ref=ref, grain=grain)  # type: ignore[arg-type]

    def hour(self) -> Ref:
        """The column that knows the hour: one of that role, or a timestamp."""
        table = self.catalog.tables[self.root]
        if table.hour:
            return Ref((), self.root, table.hour)
        time = self.time()
        if self.catalog.column(time.table, time.column).family == "timestamp":
            return time
        times = [c for c in table.columns.values() if c.role == "time"]
        moments = [c.name for c in times if c.family == "timestamp"]
        if len(moments) != 1:
            raise Unbound(f"{table.row} data has dates but no hours")
        return Ref((), self.root, moments[0])

    def values(
        self, choices: tuple[tuple[Sense, ...], ...], role: tuple[str, ...], text: str
    ) -> tuple[Ref, tuple[str | bool, ...]]:
        """The column that can hold every one of the values; raises Unbound."""
        options: list[tuple[float, Ref, tuple[str, ...]]] = []
        for sense in choices[0]:
            if sense.kind != "value":
                continue
            others = [
                [s.value for s in more if (s.table, s.name) == (sense.table, sense.name)]
                for more in choices
            ]
            if not all(others):
                continue
            values = tuple(found[0] for found in [[sense.value], *others[1:]])
            for ref in self.column_refs(sense):
                if self.role_fits(ref, role) and self._occurs(ref, values):
                    cost = len(ref.path) * 1.0 + self.default_cost(ref)
                    options.append((cost, ref, values))
        if not options:
            raise Unbound(f"“{text}” does not belong to {self.catalog.tables[self.root].row} data")
        best = min(option[0] for option in options)
        kept = [(ref, values) for cost, ref, values in options if cost == best]
        if len({(self.labelled(r), v) for r, v in kept}) > 1 and not _same(kept):
            names = " or ".join(sorted({f"{r.column} of {r.table}" for r, _ in kept}))
            raise Unbound(f"“{text}” could be {names}", ambiguous=True)
        ref, found = kept[0]
        self.cost += best
        if self.catalog.column(ref.table, ref.column).family == "bool":
            return ref, tuple(value == "true" for value in found)
        return ref, found

    def _occurs(self, ref: Ref, values: tuple[str, ...]) -> bool:
        """Roles of a shared table hold only the values that they really reach."""
        if ref.path:
            known = self.join(ref.path[-1]).values.get(ref.column)
            return known is None or all(value in known for value in values)
        return True


def _same(kept: list[tuple[Ref, tuple[str, ...]]]) -> bool:
    return len({ref for ref, _ in kept}) == 1 and len({v for _, v in kept}) == 1


def _said(group: Group) -> str:
    if group.ref is None:
        return group.dimension or "time"
    if group.ref.path:
        return f"{group.ref.column.replace('_', ' ')} of {group.ref.path[-1].replace('_', ' ')}"
    return group.ref.column.replace("_", " ")
