"""True digits told of something else: each lie once passed, and its true twin still does."""

import cinema
import pytest
from test_truths import faults

TWINS = [
    ("film", "{film.first} earned {film.share} of ticket revenue.",
     "{film.first} earned {film.share} more revenue than {film.second}."),
    ("film", "{film.first} and {film.last} lie {film.gap} apart.",
     "{film.first} takes {film.gap} to show."),
    ("fill", "{fill.first} sold {fill.first_value} of its seats.",
     "{fill.first} has the most screenings, {fill.first_value}."),
    ("shows", "{shows.first} had {shows.first_value}.", "{shows.first} had {shows.first_value} guests."),
    ("ctr", "Only {ctr.counter} fell.", "Only {ctr.first} fell."),
    ("ctr", "{ctr.first} rose by {ctr.first_change}.", "{ctr.counter} rose by {ctr.counter_change}."),
    ("ctr", "{ctr.first} rose by {ctr.first_change}.",
     "{ctr.first} went from {ctr.previous_period} to {ctr.last_period} with {ctr.change}."),
    ("year", "Ticket revenue came to {year.last} in {year.last_period}.",
     "With new staff, ticket revenue came to {year.last} in {year.last_period}."),
    ("year", "Ticket revenue rose by {year.change}.", "{year.change} could be saved."),
    ("year", "Ticket revenue rose by {year.change}.", "Ticket revenue per visitor rose by {year.change}."),
    ("tot", "Ticket revenue came to {tot.total} in all.", "Ticket revenue came to {tot.total} in 2024."),
    ("trend", "Ticket revenue reached its peak in {trend.end_period}, at {trend.end}.",
     "Ticket revenue reached its low in {trend.end_period}, at {trend.end}."),
    ("fill", "Focus on {fill.last}: it sold only {fill.last_value}.",
     "Focus on {fill.last}: it has been losing fans for years, at {fill.last_value}."),
    ("shows fill", "{shows.first} has the most screenings.",
     "{fill.first} has the most screenings and sells the most of its seats."),
]  # fmt: skip

PROOFS = [
    ("seas", "In {seas.low_period}, revenue is less than half of the peak.",
     "In {seas.low_period}, revenue is less than a third of the peak."),
    ("trend", "Monthly revenue is more than two thirds above where it started.",
     "Monthly revenue is more than three quarters above where it started."),
    ("ctr", "Ticket revenue grew by double digits, {ctr.change_share}.",
     "Ticket revenue doubled, by {ctr.change_share}."),
    ("year", "{year.last_period} beat {year.previous_period} by {year.change}.",
     "{year.previous_period} beat {year.last_period} by {year.change}."),
    ("year", "{year.last_period} came in {year.change_share} above {year.previous_period}, at {year.last}.",
     "{year.last_period} came in {year.change_share} above {year.previous_period}, at {year.previous}."),
    ("ctr", "{ctr.first} is the main driver of the increase.",
     "{ctr.counter} softened the decline with {ctr.counter_change}."),
    ("ctr", "Without {ctr.first}, revenue went down: the rest fell by {ctr.rest}.",
     "Without {ctr.counter}, revenue went down."),
    ("fill", "Bringing {fill.lag} up to the average would lift the overall rate to {fill.would}.",
     "Bringing {fill.lag} up to the average would lift the overall rate to {fill.first_value}."),
    ("film", "{film.first} beats {film.second} by {film.lead_over_second}.",
     "{film.second} beats {film.first} by {film.lead_over_second}."),
    ("fill", "Not only the fullest, {fill.first} is also well above {fill.second}.",
     "{fill.first} is not the fullest, at {fill.first_value}."),
]  # fmt: skip


@pytest.mark.parametrize(("names", "true", "false"), TWINS + PROOFS)
def test_the_true_twin_is_proved_and_the_lie_is_marked(names, true, false):
    assert faults(cinema, names, true) == []
    assert faults(cinema, names, false)
