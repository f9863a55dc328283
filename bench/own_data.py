"""How fast a large file becomes a space, and in how much memory: CSV and Parquet.

    OWN_DATA_MB=1000 OWN_DATA_MEMORY=256 python bench/own_data.py

Files of OWN_DATA_MB (100) are generated, then imported as `aislides data add` does it: a child with
OWN_DATA_MEMORY (512) MB for the engine, then the check that asks every suggested question. Peak
memory is what the process and its children hold of their own together (anonymous pages), sampled.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import psutil
from local_workspace.own_data.checking import check_space
from local_workspace.own_data.in_child import ImportLimits
from local_workspace.own_data.shelf import Shelf
from local_workspace.own_data.text_file import Choices

MEGABYTES = float(os.environ.get("OWN_DATA_MB", "100"))
MEMORY = int(os.environ.get("OWN_DATA_MEMORY", "512"))
GOALS = {
    "csv_cpu_s_per_100_mb": 45,
    "parquet_cpu_s_per_100_mb": 15,
    "peak_mb_above_limit": 300,
    "questions": 8,
}
DAYS = [(date(2022, 1, 1) + timedelta(n)).isoformat() for n in range(1_096)]
REMARKS = ["", "left at the door", "gift, wrapped", "asked for an invoice"]


@dataclass
class Used:
    """What a stretch of work took."""

    seconds: float = 0.0
    cpu: float = 0.0
    peak_mb: float = 0.0


def write_csv(path: Path) -> None:
    """Orders: ids, dates, names, codes, exact numbers, percentages, quoted remarks."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "order_id,order_date,customer,city,units,unit_price,revenue,discount,express,remark\n"
        )
        number = 0
        while file.tell() < MEGABYTES * 1e6:
            lines = []
            for _ in range(10_000):
                number += 1
                units, price = chance.randrange(1, 12), chance.randrange(300, 20_000) / 100
                lines.append(
                    f"{number},{chance.choice(DAYS)},Customer {chance.randrange(50_000):05d},"
                    f"{chance.choice(['Bonn', 'Paris', 'Oslo', 'Rome', 'Lyon'])},{units},{price},"
                    f"{units * price:.2f},{chance.choice((0, 5, 10))}%,"
                    f'{chance.choice(("yes", "no"))},"{chance.choice(REMARKS)}"\n'
                )
            file.write("".join(lines))


def write_parquet(path: Path) -> None:
    """Numbers that do not compress, so that the file is as large as it says."""
    rows = int(MEGABYTES * 1e6 / 30)
    with duckdb.connect(config={"memory_limit": "512MiB", "threads": 2}) as connection:
        connection.execute(
            f"""COPY (SELECT i AS order_id,
                DATE '2022-01-01' + (i * 7919 % 1096)::INT AS order_date,
                ['Bonn', 'Paris', 'Oslo', 'Rome'][1 + (i * 31 % 4)::INT] AS city,
                1 + (i % 11)::INT AS units, random() * 200 AS unit_price,
                random() * 2000 AS revenue, random() * 1500 AS cost FROM range({rows}) t(i))
            TO '{path}' (FORMAT parquet)"""
        )


def main() -> int:
    figures: dict[str, float] = {"megabytes": MEGABYTES, "memory_limit_mb": MEMORY}
    print(
        f"{'file':10}{'MB':>8}{'add s':>8}{'cpu s':>8}{'peak MB':>9}{'check s':>9}{'questions':>11}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for kind, write in (("csv", write_csv), ("parquet", write_parquet)):
            path = Path(folder) / f"orders.{kind}"
            write(path)
            size = path.stat().st_size / 1e6
            shelf, data = Shelf(Path(folder) / "data"), Path(folder) / "data"
            with watched() as adding:
                space, _ = shelf.add(
                    f"big {kind}", [path], Choices(), limits=ImportLimits(MEMORY * 2**20)
                )
            path.unlink()
            with watched() as checking:
                checked = asyncio.run(check_space(space, data))
            answered = sum(bool(one.rows) for one in checked.likely)
            print(f"{kind:10}{size:8.0f}{adding.seconds:8.1f}{adding.cpu:8.1f}{adding.peak_mb:9.0f}"
                  f"{checking.seconds:9.1f}{answered:11}")  # fmt: skip
            figures |= {
                f"{kind}_mb": round(size, 1),
                f"{kind}_add_s": round(adding.seconds, 1),
                f"{kind}_cpu_s_per_100_mb": round(adding.cpu * 100 / size, 1),
                f"{kind}_peak_mb": round(adding.peak_mb),
                f"{kind}_check_s": round(checking.seconds, 1),
                f"{kind}_check_peak_mb": round(checking.peak_mb),
                f"{kind}_questions": answered,
            }
    ok = all(
        figures[f"{kind}_cpu_s_per_100_mb"] <= GOALS[f"{kind}_cpu_s_per_100_mb"]
        and max(figures[f"{kind}_peak_mb"], figures[f"{kind}_check_peak_mb"])
        <= MEMORY + GOALS["peak_mb_above_limit"]
        and figures[f"{kind}_questions"] >= GOALS["questions"]
        for kind in ("csv", "parquet")
    )
    print(json.dumps({"bench": "own_data", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


@contextmanager
def watched() -> Iterator[Used]:
    """Seconds, CPU of this process and its children, and their peak memory."""
    used, done = Used(), threading.Event()

    def sample() -> None:
        while not done.wait(0.1):
            used.peak_mb = max(used.peak_mb, held_mb())

    sampler = threading.Thread(target=sample)
    sampler.start()
    began, before = time.perf_counter(), os.times()
    try:
        yield used
    finally:
        after = os.times()
        used.seconds = time.perf_counter() - began
        used.cpu = sum(after[:4]) - sum(before[:4])
        done.set()
        sampler.join()


def held_mb() -> float:
    """Resident memory less what is mapped from files, of this process and its children."""
    total = 0
    me = psutil.Process()
    for process in (me, *me.children(recursive=True)):
        try:
            memory = process.memory_info()
        except psutil.NoSuchProcess:
            continue
        total += memory.rss - memory.shared
    return total / 1e6


if __name__ == "__main__":
    sys.exit(main())
