import pytest
from aislides.deck.v1.fact_pb2 import Fact, Format, FormatKind
from orchestrator_svc.deck.text import (
    UnknownReference,
    parse_reference,
    parse_text,
    print_text,
    references,
    template,
)
from orchestrator_svc.deck.values import from_python


def facts():
    fact = Fact(id="f1")
    fact.values.add(
        name="flights",
        value=from_python(336776),
        format=Format(kind=FormatKind.FORMAT_KIND_COUNT, unit="flights"),
    )
    fact.values.add(
        name="delay",
        value=from_python(12.64),
        format=Format(kind=FormatKind.FORMAT_KIND_NUMBER, decimals=1, unit="min"),
    )
    fact.values.add(name="name", value=from_python("US Airways Inc."), format=Format(kind=9))
    fact.values.add(name="none", value=from_python(None), format=Format(kind=1))
    return {"f1": fact}


@pytest.mark.parametrize(
    "written",
    [
        "plain words",
        "{f1.delay}",
        "a {f1.delay} b {f1.flights}.",
        "**bold {f1.delay}** and {not a ref} {f1}",
        "",
    ],
)
def test_templates_survive_parsing(written):
    assert template(parse_text(written)) == written


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Sales grew by {f1.up}.", "Sales grew by 8.6%."),
        ("Sales fell by {f1.down}.", "Sales fell by 8.6%."),
        ("Sales fell {f1.down}.", "Sales fell 8.6%."),
        ("Sales grew by {f1.down}.", "Sales grew by −8.6%."),
        ("Sales fell by {f1.up}.", "Sales fell by +8.6%."),
        ("A change of {f1.down}.", "A change of −8.6%."),
        ("The number of flights rose to {f1.flights}.", "The number of flights rose to 336,776."),
    ],
)
def test_what_the_words_say_is_not_printed_twice(written, printed):
    known = facts()
    change = Format(kind=FormatKind.FORMAT_KIND_PERCENT, decimals=1, signed=True)
    known["f1"].values.add(name="up", value=from_python(0.086), format=change)
    known["f1"].values.add(name="down", value=from_python(-0.086), format=change)
    assert print_text(parse_text(written), known, "en-GB") == printed


@pytest.mark.parametrize(
    ("name", "printed"),
    [("coal", "Coal leads"), ("iPhone", "iPhone leads"), ("b2b", "b2b leads"), ("UK", "UK leads")],
)
def test_a_name_that_begins_a_sentence_has_a_capital(name, printed):
    fact = Fact(id="f1")
    fact.values.add(name="first", value=from_python(name), format=Format(kind=9))
    assert print_text(parse_text("{f1.first} leads"), {"f1": fact}, "en-GB") == printed
    assert print_text(parse_text("{f1.first}"), {"f1": fact}, "en-GB") == name


def test_references_come_in_reading_order():
    found = references(parse_text("{f1.b} x {f2.a} {f1.b}"))
    assert [(ref.fact_id, ref.name) for ref in found] == [("f1", "b"), ("f2", "a"), ("f1", "b")]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Over {f1.flights}.", "Over 336,776 flights."),
        ("Over {f1.flights} flights.", "Over 336,776 flights."),
        ("{f1.delay} minutes late", "12.6 min late"),
        ("at {f1.name}.", "at US Airways Inc."),
        ("{f1.none} known", "n/a known"),
        ("**{f1.delay}** late", "12.6 min late"),
    ],
)
def test_figures_print_in_their_format_with_their_unit_once(written, printed):
    assert print_text(parse_text(written), facts(), "en-US").replace("\u00a0", " ") == printed


def test_an_unknown_reference_lists_near_names():
    with pytest.raises(UnknownReference, match=r"near names: .*f1\.delay"):
        print_text(parse_text("{f1.dealy}"), facts(), "en-US")
    assert UnknownReference.among("f9.x", {}).message.endswith("the deck has no facts")


def test_references_parse_with_and_without_braces():
    assert parse_reference("{ f1.delay }").name == "delay"
    assert parse_reference("f1.delay").fact_id == "f1"
    assert parse_reference("f1") is None


def test_things_counted_are_named_once_in_a_sentence():
    def printed(written):
        text = print_text(parse_text(written), facts(), "en-GB")
        return text.replace("\N{NO-BREAK SPACE}", " ")

    written = "{f1.name} came first with {f1.flights}, against {f1.flights} for others"
    assert printed(written).endswith("first with 336,776 flights, against 336,776 for others")
    assert printed("Total flights came to {f1.flights}") == "Total flights came to 336,776"
    assert printed("Flights on time, across {f1.flights}").endswith("336,776 flights")
