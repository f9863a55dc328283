"""What a reader of a deck's HTML sees, checked against the rows by a recomputation of our own.

Shares no code with the verifier, the facts or the formula language: formulas are read with Python's
parser and computed here, over the rows that the test handed out.
"""

from __future__ import annotations

import ast
import calendar
import html.parser
import json
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

VOID = {"meta", "br", "img", "input", "link", "hr"}
FURNITURE = {"number", "kicker", "source", "chart", "sparkline", "appendix", "basis"}
"""Classes of elements whose figures are not sentences: page numbers, axes, cells."""


class Reader(html.parser.HTMLParser):
    """Collects the figures with a reference, and the words outside of them, slide by slide."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.evidence = ""
        self.cells: list[tuple[dict[str, str], str]] = []
        self._open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        assert not any(name.startswith("on") for name in given), given
        if tag in VOID:
            return
        self._open.append((tag, given))
        if "data-ref" in given:
            self.figures.append((given["data-ref"], ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        classes = {name for _, given in self._open for name in given.get("class", "").split()}
        tags = [tag for tag, _ in self._open]
        if "script" in tags and any(given.get("id") == "evidence" for _, given in self._open):
            self.evidence += data
        if "style" in tags or "script" in tags or "head" in tags:
            return
        tag, given = self._open[-1] if self._open else ("", {})
        # A cell has its row and result from itself or from what it stands in.
        told = {name: text for _, around in self._open for name, text in around.items()}
        if tag == "td" and "data-column" in given and "data-row" in told:
            self.cells.append((told, data))
        elif any("data-ref" in given for _, given in self._open):
            ref, text = self.figures[-1]
            self.figures[-1] = (ref, text + data)
        elif not classes & FURNITURE and not {"svg", "table"} & set(tags):
            self.words.append(data)


def check(page: str, rows: Mapping[str, Any], allowed: Sequence[str] = ()) -> int:
    """Fails unless each figure that the page prints follows from the rows; how many there were.

    `rows` are the results by id. `allowed` are words with digits that are names in the data.
    """
    reader = Reader()
    reader.feed(page)
    assert "script" in reader.tags
    assert not reader.tags & {"iframe", "object", "embed", "form", "img"}, reader.tags
    evidence = json.loads(reader.evidence)["figures"]
    for ref, shown in reader.figures:
        found = evidence[ref]
        exact = compute(found["formula"], rows[found["result"]])
        assert prints(exact, shown), f"{ref}: {shown!r} is not {exact!r} ({found['formula']})"
    for given, shown in reader.cells:
        exact = cell_of(rows[given["data-result"]], given["data-row"], given["data-column"])
        assert prints(exact, shown), f"{given}: {shown!r} is not {exact!r}"
    text = " ".join(reader.words)
    for word in allowed:
        text = text.replace(word, " ")
    # What a scale begins with is a tick that stands in words.
    # A period that the facts leave out is named below its chart, as it is on the axis.
    text = re.sub(r"(?:(?:\d+ )?[A-Z]\w+(?: \d{4})?|\d{4})\s+is not complete", "", text)
    text = re.sub(r"Prepared \d+ \w+ \d{4}|and \d+ more|Axis starts at (?:[A-Z]{3} )?\S+", "", text)
    typed = re.findall(r"\S*\d\S*", text)
    around = re.findall(r".{0,60}\d.{0,40}", text)
    assert not typed, f"figures without a reference: {typed} in {around}"
    return len(reader.figures) + len(reader.cells)


def cell_of(result: Any, row: str, column: str) -> Any:
    """One cell of the rows that were handed out."""
    names = names_of(result)
    return _cell(result.rows[int(row)].values[names.index(column)])


def names_of(result: Any) -> list[str]:
    """The names that a deck must tell the columns by: none twice, none empty."""
    names: list[str] = []
    for number, column in enumerate(result.columns, 1):
        name = column.name.strip() or f"column_{number}"
        names.append(f"{name}_2" if name in names else name)
    return names


def prints(exact: Any, shown: str) -> bool:
    """Whether the printed text is the value at the precision that it prints."""
    shown = shown.replace("\u00a0", " ").replace("−", "-").strip()
    if exact is None:
        return shown == "no data"
    if isinstance(exact, str):
        moment = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2}).*", exact)
        if moment:
            return _prints_date(date(*map(int, moment.groups())), shown)
        return _prints_name(exact, shown)
    if shown in calendar.month_name:
        return exact == list(calendar.month_name).index(shown)
    found = re.search(r"[-+]?[\d,]+(?:\.\d+)?(?:e-?\d+)?", shown)
    if found is None:
        return False
    digits, _, power = found[0].replace(",", "").partition("e")
    scale = {"k": 1_000, "m": 10**6, "bn": 10**9}.get(shown[found.end() :].strip(), 1)
    percent = shown[found.end() :].strip()[:2] in {"%", "pp"}
    unit = scale * Fraction(10) ** int(power or 0) / (100 if percent else 1)
    told, step = Fraction(digits) * unit, unit * Fraction(10) ** -len(digits.partition(".")[2])
    # `fell by 4.5%` says the sign in words.
    meant = Fraction(exact) if found[0][0] in "+-" else abs(Fraction(exact))
    if abs(told - meant) <= step / 2 * Fraction(1_000_001, 1_000_000):
        return True
    return bool(re.fullmatch(r"\d+:00", shown))


def _prints_name(exact: str, shown: str) -> bool:
    """Names print as they are, begin a sentence with a capital, and are cut when they are long."""
    start = shown.removesuffix("…").rstrip()
    begins = exact[:1].upper() + exact[1:]
    cut = start != shown and len(start) > 20
    return shown in (exact, begins) or (
        cut and (exact.startswith(start) or begins.startswith(start))
    )


def _prints_date(day: date, shown: str) -> bool:
    parts = {str(day.year), str(day.day), day.strftime("%b"), day.strftime("%B")}
    parts.add(f"Q{(day.month + 2) // 3}")
    return all(word in parts for word in shown.split())


class Column(list):
    """Cells that compare and compute cell by cell."""

    def _each(self, other: Any, work: Any) -> Column:
        others = other if isinstance(other, Column) else [other] * len(self)
        return Column(work(a, b) for a, b in zip(self, others, strict=True))

    def __eq__(self, other: Any) -> Any:  # type: ignore[override]
        return self._each(other, lambda a, b: a == b)

    def __ne__(self, other: Any) -> Any:  # type: ignore[override]
        return self._each(other, lambda a, b: a != b)

    def __ge__(self, other: Any) -> Any:
        return self._each(other, lambda a, b: a is not None and a >= b)

    def __le__(self, other: Any) -> Any:
        return self._each(other, lambda a, b: a is not None and a <= b)

    def __gt__(self, other: Any) -> Any:
        return self._each(other, lambda a, b: a is not None and a > b)

    def __lt__(self, other: Any) -> Any:
        return self._each(other, lambda a, b: a is not None and a < b)

    def __and__(self, other: Any) -> Any:
        return self._each(other, lambda a, b: a and b)

    __hash__ = None  # type: ignore[assignment]


class Groups(dict):
    """A number for each group, which compares group by group."""

    def __gt__(self, other: Any) -> Any:
        return {name: number > other for name, number in self.items()}

    def __lt__(self, other: Any) -> Any:
        return {name: number < other for name, number in self.items()}


class _Bitwise(ast.NodeTransformer):
    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        joined = node.values[0]
        for value in node.values[1:]:
            joined = ast.BinOp(joined, ast.BitAnd(), value)
        return joined


def compute(formula: str, result: Any) -> Any:
    """The value of a formula over a result's rows, exactly."""
    columns = {
        name: Column(_cell(row.values[at]) for row in result.rows)
        for at, name in enumerate(names_of(result))
    }
    tree = ast.fix_missing_locations(_Bitwise().visit(ast.parse(formula, mode="eval")))
    size = len(result.rows)
    names = {**_functions(size), **columns, "col": columns.__getitem__}
    return eval(compile(tree, "formula", "eval"), {"__builtins__": {}}, names)


def _cell(value: Any) -> Any:
    kind = value.WhichOneof("kind")
    if kind is None:
        return None
    cell = getattr(value, kind)
    if "timestamp" in kind or kind == "date":
        return re.sub(
            r"[T ]00:00:00.*", "", cell if isinstance(cell, str) else str(cell.ToJsonString())
        )
    return Fraction(str(cell)) if kind in {"integer", "number", "decimal"} else cell


def _kept(column: Sequence[Any], where: Any) -> list[tuple[int, Any]]:
    return [
        (at, cell)
        for at, cell in enumerate(column)
        if cell is not None and (where is None or where[at])
    ]


def _functions(size: int) -> dict[str, Any]:
    def summary(work: Any) -> Any:
        def apply(column: Any, *more: Any, by: Any = None, where: Any = None) -> Any:
            if isinstance(column, dict):
                return work([c for name, c in column.items() if where is None or where[name]])
            kept = _kept(column, where)
            if by is None:
                return work([cell for _, cell in kept], *more)
            groups: dict[Any, list[Any]] = defaultdict(list)
            for at, cell in kept:
                groups[by[at]].append(cell)
            return Groups((name, work(cells)) for name, cells in groups.items())

        return apply

    def values(of: Any, where: Any) -> list[Any]:
        return list(of.values()) if isinstance(of, dict) else [c for _, c in _kept(of, where)]

    def extreme(*, largest: bool) -> Any:
        def pick(of: Any, place: int = 1, *, where: Any = None) -> Any:
            return sorted(values(of, where), reverse=largest)[int(place) - 1]

        return pick

    def named(*, largest: bool) -> Any:
        def pick(names: Any, of: Any, place: int = 1, *, where: Any = None) -> Any:
            pairs = (
                [(cell, key) for key, cell in of.items()]
                if isinstance(of, dict)
                else [(cell, names[at]) for at, cell in _kept(of, where)]
            )
            pairs.sort(key=lambda pair: -pair[0] if largest else pair[0])
            return pairs[int(place) - 1][1]

        return pick

    def weighted_mean(column: Any, weights: Any, *, where: Any = None) -> Any:
        both = [(c, weights[at]) for at, c in _kept(column, where) if weights[at] is not None]
        return sum(c * w for c, w in both) / sum(w for _, w in both)

    def changes(column: Any, *weights: Any, by: Any, before: Any, after: Any) -> Any:
        def each(inside: Any) -> dict[Any, Any]:
            found: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
            for at, cell in _kept(column, inside):
                weight = weights[0][at] if weights else 1
                if by[at] is not None and weight is not None and weight > 0:
                    found[by[at]].append((cell * weight, weight))
            share = [(name, sum(c for c, _ in rows)) for name, rows in found.items()]
            whole = {name: sum(w for _, w in rows) for name, rows in found.items()}
            return {name: size / whole[name] if weights else size for name, size in share}

        first, last = each(before), each(after)
        return Groups((name, last[name] - first[name]) for name in first if name in last)

    def at(column: Any, names: Any, label: Any) -> Any:
        return next(c for c, n in zip(column, names, strict=True) if n == label)

    def top_sum(column: Any, k: int) -> Any:
        return sum(sorted(values(column, None), reverse=True)[: int(k)])

    def groups_to_share(column: Any, share: float) -> int:
        total, so_far = sum(values(column, None)), Fraction(0)
        for count, cell in enumerate(sorted(values(column, None), reverse=True), 1):
            so_far += cell
            if so_far >= total * Fraction(str(share)):
                return count
        return size

    def slope(column: Any, times: Any, cycle: int = 1, *, where: Any = None) -> Any:
        kept = [(_period(times[at], times), cell) for at, cell in _kept(column, where)]
        return statistics.median(list(_slopes(kept, int(cycle))))

    return {
        "sum": summary(sum),
        "mean": summary(lambda cells: sum(cells) / len(cells)),
        "median": summary(statistics.median),
        "count": summary(len),
        "distinct": summary(lambda cells: len(set(cells))),
        "nulls": lambda column: sum(cell is None for cell in column),
        "max": extreme(largest=True),
        "min": extreme(largest=False),
        "argmax": named(largest=True),
        "argmin": named(largest=False),
        "weighted_mean": weighted_mean,
        "at": at,
        "changes": changes,
        "cell": lambda column, row: column[int(row)],
        "rows": lambda where=None: size if where is None else sum(map(bool, where)),
        "top_sum": top_sum,
        "groups_to_share": groups_to_share,
        "slope": slope,
        "abs": abs,
        "month_of": lambda column: Column(int(str(cell)[5:7]) for cell in column),
        "None": None,
    }


def _slopes(points: list[tuple[int, Any]], cycle: int) -> Iterator[Any]:
    for at, (one, first) in enumerate(points):
        for other, second in points[at + 1 :]:
            if other != one and (other - one) % cycle == 0:
                yield (second - first) / (other - one)


def _period(time: Any, times: Sequence[Any]) -> int:
    """The number of a period: of its month, of its week, or of its day."""
    if not isinstance(time, str):
        return int(time)
    days = [date.fromisoformat(one[:10]) for one in times if one]
    day = date.fromisoformat(time[:10])
    if all(one.day == 1 for one in days):
        return day.year * 12 + day.month
    return day.toordinal() // 7 if len({one.weekday() for one in days}) == 1 else day.toordinal()
