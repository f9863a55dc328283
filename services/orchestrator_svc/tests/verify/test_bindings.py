"""Figures are told of their own measure, whole, unit, group, period and sort, and of no other."""

import re

import cinema
import pytest
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.verify import VerifyContext, verify_text

TRUE = [
    "{film.first} earns the most, {film.first_value}.",
    "{film.first} made {film.share} of ticket revenue.",
    "{fill.first} sells {fill.first_value} of its seats, {fill.last} only {fill.last_value}.",
    "{fill.first} is ahead of {fill.second} in seats sold.",
    "{shows.first} had the most screenings, {shows.first_value}.",
    "{shows.first} has the most screenings; {fill.first} sells {fill.first_value} of its seats.",
    "Across {seats.count}, {seats.mean} of seats were sold.",
    "Ticket revenue adds up to {tot.total}.",
    "Ticket revenue grew by about {trend.pace} a month.",
    "{ctr.first} gained {ctr.first_change} while {ctr.counter} shrank.",
    "Most of the growth came from {ctr.first}.",
    "A typical {seas.peak_period} brings {seas.peak}.",
    "{film.first}'s lead is clear: {film.lead_over_second} more than {film.second}.",
    "{film.last} comes last; {film.first} is higher at {film.first_value}.",
    "The data do not show why {film.first} leads.",
]
FALSE = [
    ("another measure", "{fill.first} earns the highest ticket revenue, with {fill.first_value}."),
    ("another measure", "{film.first} has the most screenings, {film.first_value}."),
    ("another measure", "{film.first} earns most, though it fills the fewest seats."),
    ("another whole", "{film.first} made {film.share} of the screenings."),
    ("another whole", "{film.first} made {film.share} of the growth."),
    ("another whole", "{film.share} of films earn most."),
    ("another unit", "{film.first} earned {film.first_value} per screening."),
    ("a mean as total", "The total seats sold come to {seats.mean}."),
    ("a mean as total", "In total, {seats.mean} of seats were sold."),
    ("a total as mean", "On average, ticket revenue was {tot.total}."),
    ("no median", "The median film sells {seats.mean} of its seats."),
    ("another basis", "Month on month, ticket revenue rose by {year.change_share}."),
    ("another group", "{film.second} sold {fill.first_value} of its seats."),
    ("another group", "{film.first} is loved, with {fill.first_value} of seats sold."),
    ("a name not cited", "Old Friends made {film.first_value}."),
    ("several groups", "{film.first} and {film.second} together earned {film.first_value}."),
    ("another period", "{film.first} earned {film.first_value}, above all in {seas.peak_period}."),
    ("another split", "{tot.total} were earned at one channel."),
    ("a change as level", "{ctr.first} grew to {ctr.first_change}."),
    ("a base as count", "{fill.first_count} seats were sold for {fill.first}."),
    ("a pace as change", "Ticket revenue has grown by {trend.pace} since {trend.start_period}."),
    ("a group that fell", "The gain came from {ctr.counter}."),
    ("neighbours", "{film.last} comes right after {film.first}."),
    ("a size of a rate", "{fill.first} is the largest film, at {fill.first_value}."),
    ("a negation", "{film.first} is not the main film."),
    ("a negation", "Nothing changed for {ctr.first}."),
    ("a number of groups", "Three films were shown, led by {film.first}."),
    ("a cause", "Reviews made {film.first} lead at {film.first_value}."),
    ("a bare comparative", "{film.first} earned {film.first_value}; {film.last} was higher."),
]


def faults(text):
    facts = cinema.ids()
    named = [facts[name] for name in dict.fromkeys(re.findall(r"\{(\w+)\.", text))]
    written = re.sub(r"\{(\w+)\.", lambda found: "{" + facts[found[1]] + ".", text)
    return [
        (one.code, one.words, one.hint)
        for one in verify_text(parse_text(written), named, cinema.context())
    ]


@pytest.mark.parametrize("text", TRUE)
def test_true_sentences_are_proved(text):
    assert faults(text) == []


@pytest.mark.parametrize(("kind", "text"), FALSE)
def test_figures_told_of_something_else_are_marked_with_a_hint(kind, text):
    found = faults(text)
    assert found, kind
    assert all(hint for _, _, hint in found)


def test_a_word_is_known_where_a_cited_fact_brings_its_measure():
    assert faults("{film.first} grossed {film.first_value}.") == []
    assert faults("{shows.first} grossed {shows.first_value}.")


def test_words_of_a_column_are_known_in_their_other_forms():
    assert faults("{shows.first} was screened most often: {shows.first_value}.") == []


def test_what_the_space_says_of_a_column_is_known_beside_its_figures():
    made = cinema.results()
    made[1].source.space_title = "Picture palace"
    made[1].columns[3].description = "Projections, matinees included"
    context = VerifyContext(cinema.context().facts.values(), made, cinema.context().question)

    def marked(name):
        fact = cinema.ids()[name]
        text = parse_text(f"{{{fact}.first}} had most matinees in the palace.")
        return [one.words for one in verify_text(text, [fact], context)]

    assert marked("shows") == []
    assert marked("film") == ["matinees"]
