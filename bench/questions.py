"""How well the rules translate: right, declined and wrong, with a space file and inferred only.

    python bench/questions.py [--half dev|test] [--wave N] [--show]

The first wave has no number in its file names. Opened waves are development in full, waves 2 and 3
are split by seed, and closed waves are a test in full: nobody looks at them while tuning. `--show`
lists misses of the development half only. A question with `after` follows up on the questions named
there. `docs/adr/0079` has the first-run figures of each wave.
Tables without a file of their space's name are asked as data that nobody has described.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sys
import time
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import sqlglot
import yaml
from local_workspace.spaces import demo_space_files, infer_space, load_space, profile_space
from local_workspace.translate import Answer, translate

FOLDER = Path(__file__).parent / "questions"
sys.path.insert(0, str(FOLDER))
import tables  # noqa: E402
import tables_5  # noqa: E402
import tables_6  # noqa: E402
import tables_7  # noqa: E402
import tables_8  # noqa: E402
import tables_9  # noqa: E402
import tables_10  # noqa: E402
import tables_11  # noqa: E402
import tables_12  # noqa: E402
import tables_13  # noqa: E402
import tables_14  # noqa: E402
import tables_16  # noqa: E402
import tables_17  # noqa: E402
from macros import MACROS  # noqa: E402

SEED = 20261121
CLOSED = (7, 16)
"""Waves that are a test in full: only their counts are printed."""
OPENED = (1, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18)
"""Waves that are development in full: their test half was opened after a measured run."""
GOALS = {"file_right": 0.90, "file_wrong": 0.02, "inferred_right": 0.65, "inferred_wrong": 0.04,
         "out_of_scope_declined": 1.0}  # fmt: skip


def plain(value):
    """Comparable form: numbers to 3 places, dates as text, labels of missing rows as nothing."""
    if isinstance(value, (Decimal, float)):
        return round(round(float(value), 9), 3)  # 2.0624999999999996 is 2.0625 added up elsewhere
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if str(value).startswith("(not in ") else str(value)


def rows_of(connection, sql):
    return [tuple(plain(v) for v in row) for row in connection.execute(sql).fetchall()]


def key(row):
    return tuple((v is None, str(type(v)), v if v is not None else 0) for v in row)


def matches(answer, reference, ranked):
    """Some choice of the answer's columns equals the reference as a multiset (or list)."""
    if len(answer) != len(reference):
        return False
    if not reference:
        return True
    wanted = reference if ranked else sorted(reference, key=key)
    width = len(reference[0])
    for columns in itertools.permutations(range(len(answer[0])), width):
        chosen = [tuple(row[c] for c in columns) for row in answer]
        if ranked and same_ranking(chosen, wanted):
            return True
        if not ranked and sorted(chosen, key=key) == wanted:
            return True
        if year_rows(chosen) == wanted or sorted(year_rows(chosen), key=key) == wanted:
            return True
    return False


def same_ranking(rows, wanted):
    """Whether two rankings agree: rows that tie may stand in either order, and a limit that cuts
    a tie may keep any of it. Rankings without numbers agree when they are the same."""
    order = [tuple(v for v in row if isinstance(v, float)) for row in wanted]
    if [tuple(v for v in row if isinstance(v, float)) for row in rows] != order:
        return False
    if not order[0]:
        return rows == wanted
    above = [
        sorted((r for r, n in zip(side, order, strict=True) if n != order[-1]), key=key)
        for side in (rows, wanted)
    ]
    return above[0] == above[1] and (len(set(order)) > 1 or rows == wanted)


def year_rows(rows):
    """Years as dates, or as a period of them was called ("H1 2023"), equal years as numbers."""
    return [tuple(year_of(v) for v in row) for row in rows]


def year_of(value):
    if isinstance(value, str) and value.endswith("-01-01"):
        return float(value[:4])
    called = isinstance(value, str) and re.fullmatch(
        r"(?:[HQ][1-4]|[a-z]{3,9}) (20\d\d)", value, re.I
    )
    return float(called.group(1)) if called else value


def builder(space):
    """The function that loads a space's tables."""
    for module in (
        tables,
        tables_5,
        tables_6,
        tables_7,
        tables_8,
        tables_9,
        tables_10,
        tables_11,
        tables_12,
        tables_13,
        tables_14,
        tables_16,
        tables_17,
    ):
        if hasattr(module, space):
            return getattr(module, space)
    raise KeyError(space)


def load(space):
    found = []
    for path in sorted(FOLDER.glob(f"{space}*.yaml")):
        wave = int(path.stem.partition("_")[2] or 1)
        items = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [{**item, "wave": wave} for item in items]
    for item in found:
        item["space"] = space
        for number, sql in enumerate(item.get("sql", ())):
            for macro, text in MACROS[space].items():
                sql = sql.replace(macro, text)
            item["sql"][number] = sql
    return found


def halves(items):
    """Waves 2 and 3 are shuffled together, as they were when first split; opened waves are
    development in full, closed ones test in full."""
    halves = {"dev": [item for item in items if item["wave"] in OPENED], "test": []}
    split = [item for item in items if item["wave"] in (2, 3)]
    shuffled = sorted(split, key=lambda item: item["id"])
    random.Random(SEED).shuffle(shuffled)
    halves["dev"] += shuffled[::2]
    halves["test"] += shuffled[1::2]
    halves["test"] += [item for item in items if item["wave"] in CLOSED]
    return halves


def converse(questions, catalog):
    """The answer to the last question of a conversation."""
    previous = answer = None
    for question in questions:
        answer = translate(question, catalog, previous)
        previous = answer.plan if isinstance(answer, Answer) else previous
    return answer


def judge(item, catalog, connection):
    """("right" | "declined" | "wrong", detail)."""
    try:
        answer = converse([*item.get("after", ()), item["q"]], catalog)
    except Exception as error:  # noqa: BLE001 - a crash is a result to report
        return "wrong", f"crashed: {error!r}"
    if not isinstance(answer, Answer):
        return ("right" if item.get("decline") else "declined"), answer.text
    if item.get("decline"):
        return "wrong", f"answered: {answer.sql}"
    try:
        found = rows_of(connection, sqlglot.transpile(answer.sql, "databricks", "duckdb")[0])
    except Exception as error:  # noqa: BLE001
        return "wrong", f"does not run: {error} {answer.sql}"
    for sql in item["sql"]:
        if matches(found, rows_of(connection, sql), item.get("ranked", False)):
            return "right", ""
    return "wrong", f"{answer.sql}\n   {found[:3]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=["dev", "test"])
    parser.add_argument("--wave", type=int, help="only the questions of one wave")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    catalogs = {}
    questions = []
    files = demo_space_files() | {path.stem: path for path in (FOLDER / "spaces").glob("*.yaml")}
    for space in MACROS:
        connection = duckdb.connect(
            config={"threads": 1}
        )  # sums of floats in one order, run after run
        names = builder(space)(connection)
        with_file = profile_space(load_space(files[space]), connection) if space in files else None
        inferred = profile_space(infer_space(space, names, connection), connection)
        catalogs[space] = (connection, with_file, inferred)
        questions += load(space)
    figures = {"questions": len(questions), "seed": SEED}
    print(
        f"{'half':6}{'space':10}{'asked':>6}{'right':>8}{'declined':>10}{'wrong':>7}{'precision':>11}"
    )
    began, count = time.perf_counter(), 0
    for half, items in halves(questions).items():
        if asked.half and half != asked.half:
            continue
        items = [item for item in items if asked.wave in (None, item["wave"])]
        for mode, place in (("file", 1), ("inferred", 2)):
            tally, outside = Counter(), Counter()
            for item in items:
                entry = catalogs[item["space"]]
                if entry[place] is None:
                    continue
                verdict, detail = judge(item, entry[place], entry[0])
                count += 1
                (outside if item.get("decline") else tally)[verdict] += 1
                if asked.show and half == "dev" and verdict != "right":
                    print(f"  [{mode}] {verdict} {item['id']}: {item['q']}\n   {detail}")
            total = max(1, sum(tally.values()))
            answered = tally["right"] + tally["wrong"]
            print(f"{half:6}{mode:10}{total:6}{tally['right'] / total:8.1%}"
                  f"{tally['declined'] / total:10.1%}{tally['wrong'] / total:7.1%}"
                  f"{tally['right'] / max(1, answered):11.1%}"
                  f"   out of scope {outside['right']}/{sum(outside.values())}")  # fmt: skip
            figures[f"{half}_{mode}_right"] = round(tally["right"] / total, 4)
            figures[f"{half}_{mode}_wrong"] = round(tally["wrong"] / total, 4)
            figures[f"{half}_{mode}_out_of_scope_declined"] = round(
                outside["right"] / max(1, sum(outside.values())), 4
            )
    figures["ms_per_question_with_execution"] = round(
        (time.perf_counter() - began) * 1000 / max(1, count), 2
    )
    ok = all(
        figures.get(f"test_{mode}_right", 1) >= GOALS[f"{mode}_right"]
        and figures.get(f"test_{mode}_wrong", 0) <= GOALS[f"{mode}_wrong"]
        and figures.get(f"test_{mode}_out_of_scope_declined", 1) >= 1
        for mode in ("file", "inferred")
    )
    print(json.dumps({"bench": "questions", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
