"""Data with headers in other languages answers questions in English."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.spaces.foreign_headers import in_english
from local_workspace.translate import Answer, Clarification, translate


@pytest.mark.parametrize(
    ("header", "english"),
    [("umsatz netto", "net revenue"), ("date de commande", "order date"), ("fecha", "date"),
     ("chiffre d affaires", "revenue"), ("numéro de client", "number customer"),
     ("insurance quote", "insurance quote"), ("tag", "tag")],
)  # fmt: skip
def test_headers_are_read_as_english(header, english):
    assert in_english(header) == english


@pytest.fixture(scope="module")
def bestellungen():
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE kunden("Kundennr" INT, "Kundenname" VARCHAR, "Stadt" VARCHAR);
        INSERT INTO kunden VALUES (1, 'Adler', 'Bonn'), (2, 'Huber', 'Linz');
        CREATE TABLE bestellungen("Bestellnummer" INT, "Bestelldatum" DATE, "Kundennr" INT,
          "Umsatz" DECIMAL(9,2), "Stückpreis" DECIMAL(9,2), "Menge" INT, "Kosten" DECIMAL(9,2));
        INSERT INTO bestellungen VALUES (1, '2024-01-05', 1, 100, 10, 10, 60),
          (2, '2024-01-09', 2, 60, 20, 3, 30), (3, '2024-02-01', 2, 40, 20, 2, 10);
        """
    )
    space = infer_space("Bestellungen", ["kunden", "bestellungen"], connection)
    return connection, profile_space(space, connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("revenue by customer", [("Adler", 100), ("Huber", 100)]),
        ("quantity by city", [("Bonn", 10), ("Linz", 5)]),
        ("average unit price", [(50 / 3,)]),
        ("how many orders in January 2024", [(2,)]),
        ("profit margin by month", [(0.4375, 2), (0.75, 1)]),
        ("total Umsatz by Stadt", [("Bonn", 100), ("Linz", 100)]),
    ],
)
def test_english_questions_find_foreign_columns(rows_of, bestellungen, question, rows):
    connection, catalog = bestellungen
    found = rows_of(question, catalog, connection)
    assert [row[-len(rows[0]) :] for row in found] == rows


def test_a_price_is_averaged_and_a_number_of_an_order_is_no_amount(bestellungen):
    _, catalog = bestellungen
    assert catalog.column("bestellungen", "Stückpreis").aggregate == "avg"
    assert catalog.column("bestellungen", "Bestellnummer").role == "id"
    assert catalog.tables["kunden"].label == "Kundenname"
    assert catalog.tables["bestellungen"].row == "order"


def test_two_columns_that_share_a_reading_are_asked_back():
    connection = duckdb.connect()
    connection.execute('CREATE TABLE verkauf("Umsatz netto" INT, "Umsatz brutto" INT)')
    connection.execute("INSERT INTO verkauf VALUES (1, 2), (3, 4)")
    catalog = profile_space(infer_space("v", ["verkauf"], connection), connection)
    assert isinstance(translate("total umsatz", catalog), Clarification)
    assert isinstance(translate("total gross revenue", catalog), Answer)
