"""How often pure noise yields a fact that claims more than chance: by kind, and per deck.

A noise deck has four results, as a real one: a monthly series over two years, a daily series with
autocorrelation 0.7, a monthly series by region, and a ranking with counts. Rankings and peaks are
descriptions, true of any data; what must stay silent are trend, season, outlier and level shift.

    python bench/false_alarms.py [decks]
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from datetime import date, timedelta

from aislides.deck.v1.fact_pb2 import FactKind
from aislides.deck.v1.result_pb2 import Result
from aislides.deck.v1.table_pb2 import ColumnType
from orchestrator_svc.deck.values import PythonValue, from_python
from orchestrator_svc.facts import find_facts

GOAL = 0.05
TESTED = {
    FactKind.FACT_KIND_TREND,
    FactKind.FACT_KIND_OUTLIER,
    FactKind.FACT_KIND_LEVEL_SHIFT,
}
TYPES = {
    date: ColumnType.COLUMN_TYPE_DATE,
    str: ColumnType.COLUMN_TYPE_TEXT,
    int: ColumnType.COLUMN_TYPE_INTEGER,
    float: ColumnType.COLUMN_TYPE_NUMBER,
}


def result(name: str, columns: list[str], rows: list[list[PythonValue]]) -> Result:
    """A result whose column types follow the first row."""
    made = Result(id=name, row_count=len(rows))
    for column, cell in zip(columns, rows[0], strict=True):
        made.columns.add(name=column, type=TYPES[type(cell)])
    for row in rows:
        made.rows.add(values=[from_python(cell) for cell in row])
    return made


def noise(rng: random.Random, count: int, memory: float) -> list[float]:
    """A series around 100 with standard deviation 10 and the given autocorrelation."""
    values, last = [], rng.gauss(0, 10)
    for _ in range(count):
        values.append(100.0 + last)
        last = memory * last + rng.gauss(0, 10 * (1 - memory**2) ** 0.5)
    return values


def deck(rng: random.Random) -> list[Result]:
    """Four results without any finding in them."""
    months = [date(2023 + at // 12, at % 12 + 1, 1) for at in range(24)]
    days = [date(2023, 1, 1) + timedelta(days=at) for at in range(180)]
    monthly = [[month, value] for month, value in zip(months, noise(rng, 24, 0.0), strict=True)]
    daily = [[day, value] for day, value in zip(days, noise(rng, 180, 0.7), strict=True)]
    by_region = [
        [month, region, value]
        for region in ("East", "West", "South")
        for month, value in zip(months, noise(rng, 24, 0.5), strict=True)
    ]
    ranking = [[f"group {at}", rng.gauss(100, 10), rng.randint(50, 500)] for at in range(12)]
    return [
        result("r1", ["month", "avg_delay_minutes"], monthly),
        result("r2", ["day", "total_revenue"], daily),
        result("r3", ["month", "region", "total_cost"], by_region),
        result("r4", ["group", "avg_score", "visits"], ranking),
    ]


def main() -> int:
    """Prints how many decks and which kinds fire."""
    decks = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    rng = random.Random(7)
    fired: Counter[str] = Counter()
    bad = 0
    started = time.process_time()
    for _ in range(decks):
        told = {
            "season" if fact.kind == FactKind.FACT_KIND_SEASONALITY else FactKind.Name(fact.kind)
            for fact in find_facts(deck(rng))
            if fact.kind in TESTED
            or (fact.kind == FactKind.FACT_KIND_SEASONALITY and "recurs" in fact.says)
        }
        fired.update(told)
        bad += bool(told)
    milliseconds = (time.process_time() - started) / decks * 1000
    print(f"{decks} decks of pure noise, seed 7")
    for kind, count in fired.most_common():
        print(f"  {kind.removeprefix('FACT_KIND_').lower():<14} {count / decks:6.1%}")
    print(f"  {'any':<14} {bad / decks:6.1%}   goal <= {GOAL:.0%}")
    print(f"  {milliseconds:.0f} ms CPU a deck")
    figures = {"decks": decks, "any": bad / decks, "cpu_ms": round(milliseconds, 1)}
    figures.update({kind: count / decks for kind, count in fired.items()})
    ok = bad / decks <= GOAL
    print(
        json.dumps({"bench": "false_alarms", "figures": figures, "goals": {"any": GOAL}, "ok": ok})
    )
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
