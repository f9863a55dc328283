"""How files are recognised, and what is said about those that cannot be used."""

import pytest


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings(read, encoding, said):
    report, rows = read("Größe,Preis\nüber,1\nklein,2\n", encoding=encoding)
    assert report.format.split(",")[0] == said
    assert report.columns[0].name == "Größe"
    assert rows[0] == ("über", 1)


@pytest.mark.parametrize(
    ("delimiter", "word"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_delimiters(read, delimiter, word):
    report, rows = read(f'a{delimiter}b\n"x, y; z"{delimiter}1\n"q""q"{delimiter}2\n')
    assert word in report.format
    assert rows == [("x, y; z", 1), ('q"q', 2)]


def test_tsv_by_its_name_and_one_column_and_line_ends(read):
    assert read("a\tb\r\n1,5\t2\r\n", name="t.tsv")[1][0][1] == 2
    assert read("only\n3\n\n4\n")[1] == [(3,), (4,)]
    assert read("a,b\r1,2\r3,4\r")[1] == [(1, 2), (3, 4)]


def test_line_breaks_in_quotes_belong_to_the_cell(read):
    report, rows = read('a,b\n"x\ny",1\nz,2\n')
    assert (report.rows, rows[0]) == (2, ("x\ny", 1))


def test_headers_are_made_unique_and_every_change_is_told(read):
    report, _ = read('id,Name,name,, "a.b",select,😀,💰 sum\n' + ",".join("12345678") + "\n")
    names = [column.name for column in report.columns]
    assert names == ["id", "Name", "name_2", "column_4", "a b", "select", "😀", "💰 sum"]
    told = [column.name for column in report.columns if column.check]
    assert told == ["name_2", "column_4", "a b"]
    assert "column 3 repeats the header “name”" in report.columns[2].check[0]
    assert "column 4 has no header" in report.columns[3].check[0]


def test_a_file_without_headers_is_noticed_or_told(read):
    report, rows = read("1,x,2.5\n2,y,3.5\n3,z,4.5\n")
    assert [column.name for column in report.columns] == ["column_1", "column_2", "column_3"]
    assert len(rows) == 3
    assert "looks like data" in report.check[0]
    assert len(read("1,x,2.5\n2,y,3.5\n", header=True)[1]) == 1
    report, rows = read("x,y\nu,v\n", header=False)
    assert (len(rows), report.check) == (2, [])
    report, _ = read("region,2023,2024\nNorth,1,2\nSouth,3,4\n")
    assert [column.name for column in report.columns] == ["region", "2023", "2024"]


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_files_are_refused(refused, content):
    assert "the file is empty" in refused(content)


def test_headers_without_rows_are_refused_with_their_line(refused):
    assert refused("a,b\n").endswith(
        "t.csv:1: headers but no rows; the file needs at least one row"
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04" + bytes(100), "an Excel workbook"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"a,b\n1,2\n\x00\x01\x02\x03" * 9, ":3: binary data"),
        (bytes(range(1, 32)) * 50, "binary data"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b'[{"a": 1}]\n', "JSON"),
        (b"\n<!DOCTYPE html><html></html>", "a web page"),
    ],
)
def test_binary_files_are_refused_by_what_they_are(refused, content, words):
    assert words in refused(content)


def test_broken_utf16_is_refused_with_its_line(refused):
    text = "a,b\n1,2\n3,4\n".encode("utf-16") + b"\x00\xd8x"
    assert "no utf-16 text" in refused(text)


def test_ragged_rows_are_refused_with_file_and_line(refused):
    said = refused('a,b\n"x\ny",1\n1,2,3\n4\n5,6\n')
    assert "t.csv:4: 3 cells, the first line has 2" in said
    assert "t.csv:5: 1 cells" in said
    assert "--lenient" in said
    many = refused("a,b\n" + "1\n" * 20)
    assert "... and 15 more lines" in many


def test_lenient_pads_and_cuts_and_says_how_many(read):
    report, rows = read("a,b\n1,2,3\n4\n5,6\n", lenient=True)
    assert rows == [(1, 2), (4, None), (5, 6)]
    assert report.check == ["2 ragged rows were padded or cut, the first at line 2"]


def test_quotes_that_never_close_are_refused_where_they_open(refused, read):
    assert "t.csv:3: a quote is opened here and never closed" in refused('a,b\n1,2\n"x,3\n4,5\n')
    assert ":3: " in refused('a,b\n1,2\n"x"y,3\n')
    assert read('a,b\n1,2\n"x"y,3\n', lenient=True)[1][1] == ("xy", 3)


def test_excels_own_first_line_names_the_delimiter(read):
    report, rows = read("sep=;\r\na;b\r\n1,5;2\r\n")
    assert "semicolons" in report.format
    assert [column.name for column in report.columns] == ["a", "b"]
    assert float(rows[0][0]) == 1.5
    assert report.check == []


EXCEL = """Monthly sales report;;;
Exported 12.01.2025;;;
;;;
Month;Region;Revenue;Units
01.01.2024;North;1.234,50;3
01.02.2024;South;2.000,25;4
;;;
Total;;3.234,75;7
;;;
"""


def test_titles_blank_rows_and_the_total_of_an_excel_export_are_left_out_and_told(read):
    report, rows = read(EXCEL.replace("\n", "\r\n"), encoding="utf-8-sig")
    assert [column.name for column in report.columns] == ["Month", "Region", "Revenue", "Units"]
    assert [(float(row[2]), row[3]) for row in rows] == [(1234.5, 3), (2000.25, 4)]
    titles, blank, total = report.check
    assert "“Monthly sales report”, “Exported 12.01.2025”" in titles
    assert blank == "2 rows without any value were left out"
    assert total.startswith("line 8 (“Total”) adds up the rows above it; left out")


def test_what_only_resembles_titles_or_totals_stays(read):
    report, rows = read("a,b,c,d\n1,,,\n2,,,\n3,x,y,z\n")
    assert (len(rows), report.check) == (3, [])
    report, rows = read("region,sales\nTotal,3\nNorth,1\n")
    assert [row[0] for row in rows] == ["Total", "North"]
    report, rows = read("Title\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n")
    assert ([column.name for column in report.columns], len(rows)) == (["a", "b", "c"], 3)


def test_a_letter_alone_is_not_taken_for_yes_or_no(column):
    assert column(["N", "N"])[0].type == "VARCHAR"
    assert column(["N", "Y"])[0].type == "BOOLEAN"
    assert column(["yes", "yes"])[0].type == "BOOLEAN"


def test_more_than_2_000_columns_are_refused(refused):
    wide = ",".join(f"c{number}" for number in range(2_001))
    assert "2,001 columns; at most 2,000" in refused(f"{wide}\n{wide}\n")
