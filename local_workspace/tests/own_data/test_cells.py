"""What cells of a text file become, and which guesses a person is asked to confirm."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from local_workspace.own_data import counts


@pytest.mark.parametrize("thousands", ["2 000", "2’000", "2'000", "2\u00a0000"])
def test_whole_numbers_with_thousands_separators(column, thousands):
    report, values = column(["1", thousands])
    assert (report.type, values) == ("BIGINT", [1, 2000])


def test_decimal_commas_and_points_keep_their_exact_value(column):
    report, values = column(["1.234,50", "-7,25", "(3,5)", "12"], delimiter=";")
    assert report.type == "DECIMAL(18,2)"
    assert values == [Decimal("1234.50"), Decimal("-7.25"), Decimal("-3.50"), Decimal(12)]
    assert report.check == []
    report, values = column(["1,234.5", ".25", "−2.75"])
    assert values == [Decimal("1234.50"), Decimal("0.25"), Decimal("-2.75")]


def test_thousands_or_decimals_is_asked_and_the_rest_of_the_file_decides(column, read):
    report, values = column(["1.234", "5.678"])
    assert values[0] == Decimal("1.234")
    assert "decimal points or thousands?" in report.check[0]
    told, rows = read("a;b\n1.234;0,5\n5.678;1,25\n")
    assert (rows[0][0], rows[0][1]) == (1234, Decimal("0.50"))
    assert told.columns[0].check
    assert not told.columns[1].check


def test_points_and_commas_mixed_stay_text(column):
    report, values = column(["1.5", "1,5", "2.5"])
    assert (report.type, values[1]) == ("VARCHAR", "1,5")
    assert "mixed" in report.check[0]


def test_very_long_and_very_fine_numbers(column):
    report, values = column(["1.23456789012", "2"])
    assert (report.type, values[1]) == ("DOUBLE", 2.0)
    report, values = column(["1e-5", "2.5E3", "7"])
    assert values == [1e-5, 2500.0, 7.0]
    report, values = column(["1234567890123456789012", "2"])
    assert (report.type, values[0]) == ("VARCHAR", "1234567890123456789012")


@pytest.mark.parametrize(
    ("cells", "unit", "check"),
    [
        (["12,30 €", "€ 7,00"], "EUR", ""),
        (["$1,200.50", "-$3.25"], "USD", "taken as USD"),
        (["CHF 1.5", "2.25 CHF"], "CHF", ""),
        (["12.5 %", "13%"], "%", ""),
        (["12.5 %", "13.5"], "%", "no percent sign"),
        (["£2.50", "3.75"], "GBP", "name no currency"),
    ],
)
def test_currency_and_percent_become_units(column, cells, unit, check):
    report, values = column(cells)
    assert report.unit == unit
    assert all(isinstance(value, Decimal) for value in values)
    assert check in " ".join(report.check)
    assert bool(report.check) == bool(check)


def test_several_currencies_stay_text(column):
    report, values = column(["1.50 €", "$2.25", "3.75 €"])
    assert (report.type, report.unit, values[1]) == ("VARCHAR", None, "$2.25")
    assert "several currencies: € (2), $ (1)" in report.check[0]


def test_codes_with_leading_zeros_stay_text(column):
    report, values = column(["01234", "99999"])
    assert values == ["01234", "99999"]
    assert "leading zeros" in report.read_as


def test_spellings_of_nothing_are_null(column):
    report, values = column(["1", "NA", "N/A", "-", "", "null", "#N/A", "  "])
    assert values == [1, *[None] * 7]
    assert report.empty == 7
    report, values = column(["north", "n/a", "None", "-", "south"])
    assert values == ["north", None, "None", None, "south"]


def test_na_among_two_letter_codes_is_a_value(column):
    report, values = column(["EU", "US", "NA", "JP"])
    assert "NA" in values
    assert "“NA” was kept" in report.check[0]
    _, values = column(["alpha", "NA", "beta"])
    assert values == ["alpha", None, "beta"]


@pytest.mark.parametrize("pair", [("yes", "no"), ("TRUE", "False"), ("ja", "nein"), ("Y", "N")])
def test_yes_and_no(column, pair):
    report, values = column([*pair, "", pair[0]])
    assert (report.type, values) == ("BOOLEAN", [True, False, None, True])


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["2024-02-01", "2024-12-31"], date(2024, 2, 1)),
        (["01.02.2024", "31.12.2024"], date(2024, 2, 1)),
        (["13/02/2024", "01/03/2024"], date(2024, 2, 13)),
        (["02/13/2024", "03/01/2024"], date(2024, 2, 13)),
        (["1 Feb 2024", "31 Dec 2024"], date(2024, 2, 1)),
        (["Feb 1, 2024", "Dec 31, 2024"], date(2024, 2, 1)),
        (["2024-02", "2024-03"], date(2024, 2, 1)),
        (["Feb 2024", "May 2024"], date(2024, 2, 1)),
        (["2024-02-01T10:30:00Z", "2024-02-02T00:00:00Z"], datetime(2024, 2, 1, 10, 30)),
        (["01.02.2024 10:30", "02.02.2024 00:00"], datetime(2024, 2, 1, 10, 30)),
        (["2/13/2024 1:05 PM", "3/1/2024 1:05 AM"], datetime(2024, 2, 13, 13, 5)),
    ],
)
def test_dates_and_times(column, cells, first):
    report, values = column(cells)
    assert values[0] == first
    assert report.check == []


def test_dates_in_three_formats_are_read_and_told(column):
    report, values = column(["2024-03-04", "05.03.2024", "03/16/2024"])
    assert values == [date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 16)]
    assert "dates in 3 formats" in report.check[0]
    assert "MM/DD/YYYY (1 cells)" in report.check[0]


def test_days_without_separators_are_dates_and_other_numbers_are_not(column):
    report, values = column(["20240131", "20241201"])
    assert values == [date(2024, 1, 31), date(2024, 12, 1)]
    assert "20240131" in report.check[0]
    assert column(["20240131", "20241301"])[1] == [20240131, 20241301]
    report, values = column(["20240131", "20240231", "20240301"])
    assert (report.type, values[1]) == ("VARCHAR", "20240231")
    assert "1 of 3 cells are no dates" in report.check[-1]


def test_day_or_month_first_is_asked_unless_something_tells(column, read):
    report, values = column(["03/04/2024", "05/06/2024"])
    assert values[0] == date(2024, 3, 4)
    assert "--dates day-first" in report.check[0]
    _, values = column(["03/04/2024", "05/06/2024"], day_first=True)
    assert values[0] == date(2024, 4, 3)
    told, rows = read("a,b\n03/04/2024,25/12/2024\n01/02/2024,01/01/2024\n")
    assert rows[0][0] == date(2024, 4, 3)
    assert "as other columns of the file suggest" in told.columns[0].check[0]


def test_day_first_and_month_first_in_one_column_stay_text(column):
    report, values = column(["25/12/2024", "24/12/2024", "12/25/2024"])
    assert (report.type, values[2]) == ("VARCHAR", "12/25/2024")
    assert "1 of 3 cells are no dates" in report.check[0]


def test_mixed_types_stay_text_with_the_count_of_cells_that_broke(column):
    report, values = column([*map(str, range(40)), "abc", "n.a.x"])
    assert (report.type, values[40]) == ("VARCHAR", "abc")
    assert report.check == [
        "2 of 42 cells are no numbers, the first “abc” in row 41. The column stays text; mend "
        "these cells to compute with it"
    ]


def test_one_odd_cell_outside_the_sample_is_found(read, monkeypatch):
    monkeypatch.setattr(counts, "MOST_SAMPLED", 100)
    monkeypatch.setattr(counts, "FEWEST_SAMPLED", 50)
    rows = [[str(number), "2024-01-01"] for number in range(2_000)]
    rows[1_501] = ["oops", "02.01.2024"]
    report, kept = read("x,d\n" + "\n".join(map(",".join, rows)) + "\n")
    assert report.columns[0].type == "VARCHAR"
    assert "1 of 2,000 cells" in report.columns[0].check[0]
    assert kept[1_501] == ("oops", date(2024, 1, 2))
    assert "dates in 2 formats" in report.columns[1].check[0]


def test_a_column_without_any_value_is_told(column):
    report, values = column(["", "NA"])
    assert values == [None, None]
    assert report.check == ["every cell is empty"]
