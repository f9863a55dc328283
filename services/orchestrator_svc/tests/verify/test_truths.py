"""What follows from cited figures in one step is proved, and its false twin is marked."""

import re

import cinema
import flights
import pytest
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.verify import VerifyContext, verify_text
from orchestrator_svc.verify.lexicon import lexicon_for

TWINS = [
    ("year", "Ticket revenue is up by a tenth.", "Ticket revenue is up by a third."),
    (
        "film",
        "{film.first} and {film.second} together make about three quarters of ticket revenue.",
        "{film.first} and {film.second} together make about half of ticket revenue.",
    ),
    (
        "fill",
        "{fill.last} leaves more than half of its seats unsold.",
        "{fill.last} leaves less than half of its seats unsold.",
    ),
    ("seats", "A third of the seats stay unsold.", "A quarter of the seats stay unsold."),
    ("seats", "Two in three seats are sold.", "Three in four seats are sold."),
    (
        "ctr",
        "Without {ctr.counter}, the gain would have been larger than {ctr.change}.",
        "Without {ctr.counter}, the gain would have been smaller than {ctr.change}.",
    ),
    (
        "ctr",
        "Had {ctr.first} stood still, ticket revenue would have fallen.",
        "Had {ctr.first} stood still, ticket revenue would have risen.",
    ),
    (
        "ctr",
        "{ctr.first} more than offset the loss at {ctr.counter}.",
        "{ctr.counter} more than offset the gain at {ctr.first}.",
    ),
    (
        "film",
        "{film.first} earned {film.lead_over_second} more than {film.second} and {film.gap} more "
        "than {film.last}.",
        "{film.first} earned {film.gap} more than {film.second} and {film.gap} more than "
        "{film.last}.",
    ),
    (
        "seas",
        "{seas.peak_period} brings in more than twice as much as {seas.low_period}.",
        "{seas.peak_period} brings in more than three times as much as {seas.low_period}.",
    ),
    (
        "year",
        "{year.last_period} was a good year: ticket revenue rose by {year.change_share}.",
        "{year.last_period} was a bad year: ticket revenue rose by {year.change_share}.",
    ),
    (
        "fill seats",
        "{fill.first} is far above the average of {seats.mean}.",
        "{fill.first} is slightly above the average of {seats.mean}.",
    ),
    (
        "film",
        "{film.first} is the backbone, with {film.share} of ticket revenue.",
        "{film.last} is the backbone, with {film.last_value} in ticket revenue.",
    ),
    (
        "trend",
        "Season aside, each month adds about {trend.pace}.",
        "Season aside, each year adds about {trend.pace}.",
    ),
]

CONTRASTS = (
    "The hour matters more than the airport: {ho.swing} between hours, {ap.gap} between airports.",
    "The airport matters more than the hour: {ho.swing} between hours, {ap.gap} between airports.",
)


def faults(module, names, text):
    ids = module.ids()
    written = re.sub(r"\{(\w+)\.", lambda found: "{" + ids[found[1]] + ".", text)
    context: VerifyContext = module.context()
    found = verify_text(parse_text(written), [ids[one] for one in names.split()], context)
    return [(one.code, one.words) for one in found]


@pytest.mark.parametrize(("names", "true", "false"), TWINS)
def test_a_consequence_is_proved_and_its_twin_is_not(names, true, false):
    assert faults(cinema, names, true) == []
    assert faults(cinema, names, false)


def test_two_spreads_are_compared_by_their_figures():
    true, false = CONTRASTS
    assert faults(flights, "ho ap", true) == []
    assert faults(flights, "ho ap", false)


def test_neutral_words_are_plain():
    plain = lexicon_for("en").plain
    assert {"undoubtedly", "strategy", "reminder"} <= plain
    assert not {"profit", "munich", "tripled"} & plain
