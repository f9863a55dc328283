"""What may be said of the demo's facts, and what may not: true and false sentences."""

import re
import time
from datetime import date

import flights
import pytest
from aislides.deck.v1.fact_pb2 import FactKind
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext, verify_text
from result_building import result

TRUE = [
    ("se lv", "Delays peaked at {se.peak} in {se.peak_period}, well above the {lv.mean} average"),
    ("se", "{se.peak_period} was the worst month, with delays of {se.peak} on average."),
    ("se", "Delays were {se.ratio} higher in {se.peak_period} than in {se.low_period}."),
    ("se", "Between {se.low_period} and {se.peak_period} lies a swing of {se.swing}."),
    (
        "ap",
        "{ap.first} is the most delayed airport at {ap.first_value}, followed by {ap.second} at {ap.second_value}.",
    ),
    ("ap", "Newark flights leave later: {ap.first} averages {ap.gap} more than {ap.last}."),
    ("ap", "{ap.last} has the shortest delays of the three airports, {ap.last_value} on average."),
    ("al", "Among carriers with at least {al.minimum}, {al.first} posts the longest delays."),
    ("al", "{al.last} is the most punctual large airline, with only {al.last_value}."),
    ("al ca", "{ca.name} tops the list at {ca.value}, but it flew only {ca.count}."),
    (
        "ho",
        "Delays build up from {ho.start} at {ho.start_period} to {ho.peak} at {ho.peak_period}.",
    ),
    (
        "ho",
        "Early departures are nearly on time; by {ho.peak_period} the average reaches {ho.peak}.",
    ),
    ("ho", "Evening departures suffer most, peaking at {ho.peak_period}."),
    (
        "ou",
        "On {ou.first_period}, {ou.first_value} of flights were cancelled, against a usual {ou.usual}.",
    ),
    ("ou", "More than half of flights were cancelled on {ou.first_period}."),
    (
        "ou cs",
        "Cancellations averaged {cs.mean} overall, but hit {ou.first_value} on {ou.first_period}.",
    ),
    (
        "rb se",
        "After the {se.low_period} low, delays rebounded to {rb.rebound} in {rb.rebound_period}.",
    ),
    (
        "rb",
        "Delays climbed from {rb.valley} in {rb.valley_period} to {rb.rebound} in {rb.rebound_period}.",
    ),
    ("lv", "Across {lv.count} in 2013, departures left {lv.mean} late on average."),
    ("se ap", "The seasonal swing of {se.swing} is larger than the {ap.gap} gap between airports."),
    ("ap al", "Airlines differ more than airports: {al.gap} against {ap.gap}."),
    ("ap", "The gap between the best and the worst airport is {ap.gap}."),
    ("al", "{al.first} averages {al.first_value}, {al.ratio} the level of {al.last}."),
    ("se", "Summer brings the longest delays and autumn the shortest."),
    ("lv", "The average hides large differences by season, hour and airline."),
    ("ap", "Focus on {ap.first}: it is {ap.gap} worse than {ap.last}."),
    ("ho se", "Delays depend on the hour and the season."),
    ("al", "Why {al.first} is delayed more than its peers should be reviewed."),
    ("lv", "These figures describe 2013 only, so no year-on-year comparison is possible."),
    (
        "ca",
        "Small carriers such as {ca.name} are left out of the ranking because they rest on few flights.",
    ),
    ("se", "Delays were lowest in {se.low_period}, at {se.low}."),
    ("ou", "Cancellations spiked on {ou.first_period}, reaching {ou.first_value}."),
    (
        "lv se rb ho ap al ca ou cs",
        "Delays averaged {lv.mean}, peaking in {se.peak_period} and easing by {se.low_period}",
    ),
    (
        "lv se rb ho ap al ca ou cs",
        "Three levers matter: the evening, the summer peak and {al.first}",
    ),
    (
        "lv se rb ho ap al ca ou cs",
        "Start with {ap.first} and {al.first}, where delays run highest",
    ),
    (
        "lv se rb ho ap al ca ou cs",
        "The evening is the weak spot: delays reach {ho.peak} at {ho.peak_period}",
    ),
    ("lv se rb ho ap al ca ou cs", "These data cannot show why delays occur"),
    ("ap", "{ap.first} trails {ap.last} by {ap.gap}."),
    ("ap", "With {ap.first_value}, {ap.first} runs well above {ap.last} at {ap.last_value}."),
    ("ap", "Passengers at {ap.first} wait {ap.gap} longer than at {ap.last}."),
    ("ap", "The three airports differ by up to {ap.gap}."),
    ("se", "The low came in {se.low_period}, the peak in {se.peak_period}."),
    ("se", "At {se.peak}, {se.peak_period} stood {se.swing} above {se.low_period}."),
    (
        "se rb",
        "After bottoming out in {se.low_period}, delays climbed to {rb.rebound} by {rb.rebound_period}.",
    ),
    (
        "al",
        "Delays range widely, from {al.last_value} at {al.last} to {al.first_value} at {al.first}.",
    ),
    ("al", "Ranking covers carriers with {al.minimum} or more."),
    ("al ca", "{ca.name} looks worse at {ca.value}, but only {ca.count} stand behind it."),
    ("ou", "{ou.first_period} was an outlier, with {ou.first_value} of flights cancelled."),
    (
        "ou",
        "Cancellations jumped to {ou.second_value} on {ou.second_period} and {ou.first_value} a day later.",
    ),
    ("ho", "The day starts at {ho.start} and ends far later."),
    ("ho", "Between {ho.start_period} and {ho.peak_period} delays build up by {ho.swing}."),
    ("lv ap", "{ap.first} exceeds the overall mean of {lv.mean}; {ap.last} stays below it."),
    ("cs", "About one in eighty flights was cancelled."),
    ("ou", "Two days stand out: {ou.second_period} and {ou.first_period}."),
    ("lv", "Each departure lost {lv.mean} on average."),
]
FALSE = [
    ("cs", "About one in forty flights was cancelled."),
    ("lv se rb ho ap al ca ou cs", "Storms aside, cancellations are rare: {cs.mean} overall"),
    ("ou", "Two storm days stand out: {ou.second_period} and {ou.first_period}."),
    ("lv se rb ho ap al ca ou cs", "Delays fell steadily across all airports"),
    ("lv se rb ho ap al ca ou cs", "Delays have improved since the summer"),
    ("lv se rb ho ap al ca ou cs", "The morning is the weak spot for delays"),
    ("lv se rb ho ap al ca ou cs", "{ap.last} and {al.last} drive the delays"),
    ("lv se rb ho ap al ca ou cs", "Airport matters more than season"),
    ("lv se rb ho ap al ca ou cs", "Delays are highest in winter"),
    ("lv se rb ho ap al ca ou cs", "Most flights are delayed"),
    ("lv se rb ho ap al ca ou cs", "Half of all flights were cancelled in February"),
    ("lv se rb ho ap al ca ou cs", "Delays tripled from {se.low_period} to {se.peak_period}"),
    ("lv se rb ho ap al ca ou cs", "{al.last} is the most delayed airline"),
    ("lv se rb ho ap al ca ou cs", "{ap.first} has the longest delays, {se.swing} above {ap.last}"),
    ("ap", "{ap.first} trails {ap.last} by {ap.lead_over_second}."),
    ("ap", "{ap.last} runs well above {ap.first}."),
    ("ap", "{ap.second} averages {ap.first_value}."),
    ("ap", "Passengers at {ap.last} wait {ap.gap} longer than at {ap.first}."),
    ("se", "The low came in {se.peak_period}, the peak in {se.low_period}."),
    ("se", "{se.low_period} stood {se.swing} above {se.peak_period}."),
    (
        "se rb",
        "Before bottoming out in {se.low_period}, delays climbed to {rb.rebound} by {rb.rebound_period}.",
    ),
    ("al", "Delays range from {al.last_value} at {al.first} to {al.first_value} at {al.last}."),
    ("ou", "{ou.usual} of flights were cancelled on {ou.first_period}."),
    ("ou", "Cancellations dropped to {ou.first_value} on {ou.first_period}."),
    ("ho", "Delays peak at {ho.start_period}."),
    ("ho", "Between {ho.start_period} and {ho.peak_period} delays ease by {ho.swing}."),
    ("lv ap", "{ap.last} exceeds the overall mean of {lv.mean}."),
    ("lv", "Nearly all departures were late by {lv.mean}."),
    ("cs", "One in ten flights was cancelled."),
    ("cs", "About a fifth of flights was cancelled, {cs.mean}."),
    ("lv", "No flight was on time."),
    ("lv", "Departures were punctual throughout, at {lv.mean}."),
    ("se", "Delays peaked at {se.peak} in August."),
    ("se", "Delays peaked at 22.7 minutes in {se.peak_period}."),
    ("al", "{al.first} is twice as late as {al.last}."),
    ("al", "Ten airlines are late by more than {al.first_value}."),
    ("ap", "{ap.first} has the fewest delays."),
    ("ap", "{ap.first} is better than {ap.last}."),
    ("ou", "{ou.first_period} was a normal day with {ou.first_value} cancelled."),
    ("ho", "Delays dip to {ho.peak} at {ho.peak_period}."),
    ("se", "Delays peaked at {se.low} in {se.peak_period}."),
    ("se", "{se.low_period} was the worst month."),
    ("se", "Delays fell from {se.low} to {se.peak}."),
    ("se", "Delays were twice as high in {se.peak_period} as in {se.low_period}."),
    ("se", "Delays have fallen since {se.peak_period}."),
    ("se", "Delays rose steadily throughout the year."),
    ("se", "Every month saw delays above {se.low}."),
    ("ap", "{ap.last} is the most delayed airport."),
    ("ap", "{ap.second} is the most delayed airport."),
    ("ap", "JFK is the most delayed airport."),
    ("ap", "{ap.first} averages {ap.gap} less than {ap.last}."),
    ("ap", "{ap.first} has half the delay of {ap.last}."),
    ("ap", "{ap.first} accounts for most delays."),
    ("ap", "Airports differ more than airlines."),
    ("ap al", "Airports differ more than airlines."),
    ("al", "{al.first} is the most punctual airline."),
    ("al", "{al.last} averages {al.first_value}."),
    ("ho", "Delays shrink over the day from {ho.start} to {ho.peak}."),
    ("ho", "Delays peak in the morning."),
    ("ho", "Delays peak at noon."),
    ("ou", "On {ou.first_period}, a third of flights were cancelled."),
    ("ou", "{ou.first_period} came before {ou.second_period}."),
    ("ou", "Most flights were cancelled in February."),
    ("ou", "Three storm days stand out."),
    ("rb", "Delays fell to {rb.rebound} in {rb.rebound_period}."),
    ("lv", "Flights left 13.7 min late on average."),
    ("lv", "Flights left {lv.mean} hours late."),
    ("lv", "Delays doubled in 2013."),
    ("lv", "Delays are getting worse."),
    ("lv", "Weather caused most delays."),
    ("lv", "Delays will rise next year."),
    ("se ap", "The {ap.gap} gap between airports exceeds the seasonal swing of {se.swing}."),
    ("ap", "No airport averages more than {ap.last_value}."),
    ("al", "All airlines are late by more than {al.last_value}."),
    ("al ca", "{ca.name} is the best airline."),
    ("lv", "In 2012 departures left {lv.mean} late."),
    ("ap", "{ap.last} overtook {ap.first}."),
    ("se", "Winter delays are the longest."),
    ("ap", "{ap.first} improved to {ap.first_value}."),
    ("lv", "Only a few hundred flights were studied: {lv.count}."),
    ("ap", "{ap.first} and {ap.last} are equally delayed."),
    ("al", "Delta is never late."),
]


def faults(names, text):
    ids = flights.ids()
    written = re.sub(r"\{(\w+)\.", lambda found: "{" + ids[found[1]] + ".", text)
    return verify_text(
        parse_text(written), [ids[name] for name in names.split()], flights.context()
    )


@pytest.mark.parametrize(("names", "text"), TRUE)
def test_true_sentences_are_proved(names, text):
    assert [(fault.code, fault.words) for fault in faults(names, text)] == []


@pytest.mark.parametrize(("names", "text"), FALSE)
def test_false_sentences_are_marked_with_a_hint(names, text):
    found = faults(names, text)
    assert found
    assert all(fault.code and fault.hint for fault in found)


@pytest.mark.parametrize(
    ("names", "text", "code"),
    [
        ("lv", "{lv.meen} on average", "UNKNOWN_REFERENCE"),
        ("lv", "A delay of {lv on average", "MALFORMED_REFERENCE"),
        ("lv", "Click https://example.com for more", "MARKUP"),
        ("lv", "<b>Delays</b> averaged {lv.mean}", "MARKUP"),
        ("lv", "x" * 700, "TOO_LONG"),
        ("lv", "Les retards ont atteint {lv.mean} en moyenne", "LANGUAGE"),
        ("lv", "延误 平均 {lv.mean} 分钟 在 纽约", "LANGUAGE"),
        ("lv", "Delays averaged 99.9 min.", "TYPED_NUMBER"),
        ("lv", "Delays averaged −12.7 min.", "TYPED_NUMBER"),
        ("lv", "Delays averaged 12.7%.", "TYPED_NUMBER"),
        ("lv", "Seven things matter at {lv.mean}.", "NUMBER_WORD_UNSUPPORTED"),
        ("lv", "Millions of flights left {lv.mean} late.", "NUMBER_WORD_UNSUPPORTED"),
        ("lv", "{lv.mean} hours late", "UNIT_CONTRADICTED"),
        ("se", "Delays peaked in March.", "PERIOD_UNSUPPORTED"),
        ("ho", "Midday delays reach {ho.peak}.", "PERIOD_UNSUPPORTED"),
        ("ap", "{ap.first} averages {ap.last_value}.", "MISATTRIBUTED"),
        ("ap lv", "{ap.first} averages {lv.mean}.", "MISATTRIBUTED"),
        ("ap", "JetBlue Airways has the highest delay.", "NAME_NOT_CITED"),
        ("ho", "Delays fell from {ho.start} to {ho.peak}.", "DIRECTION_CONTRADICTED"),
        ("ap", "Delays at {ap.first} rose.", "DIRECTION_UNSUPPORTED"),
        ("ap", "{ap.first} did not have the highest delay.", "NEGATION_CONTRADICTED"),
        ("ap", "{ap.first} had the lowest delay.", "SUPERLATIVE_CONTRADICTED"),
        ("lv", "{lv.mean} is the highest.", "SUPERLATIVE_UNSUPPORTED"),
        ("ap", "{ap.last} lies above {ap.first}.", "COMPARISON_CONTRADICTED"),
        ("lv", "Delays exceed expectations by far.", "COMPARISON_UNSUPPORTED"),
        ("cs", "Most flights were cancelled, {cs.mean}.", "FRACTION_CONTRADICTED"),
        ("lv", "Half of all delays are short.", "FRACTION_UNSUPPORTED"),
        ("se", "{se.peak} is twice {se.low}.", "MULTIPLE_CONTRADICTED"),
        ("lv", "Delays tripled.", "MULTIPLE_UNSUPPORTED"),
        ("ap", "Every airport had {ap.first_value} or more.", "UNIVERSAL_UNSUPPORTED"),
        ("ou", "{ou.first_period} was followed by {ou.second_period}.", "ORDER_CONTRADICTED"),
        ("se", "Since {se.peak_period} delays have been high.", "SINCE_UNSUPPORTED"),
        ("lv", "Delays of {lv.mean} are unusual.", "UNUSUAL_UNSUPPORTED"),
        ("lv", "Delays are caused by storms.", "CAUSE_UNSUPPORTED"),
        ("lv", "Delays will rise again.", "FORECAST_UNSUPPORTED"),
        (
            "ap al",
            "Delays at {ap.first} and {al.first} are on consecutive days.",
            "ORDER_CONTRADICTED",
        ),
        ("se", "Delays were stable from {se.low_period} on.", "DIRECTION_UNSUPPORTED"),
        ("ap", "The second-lowest is {ap.second}.", "SUPERLATIVE_UNSUPPORTED"),
    ],
)
def test_each_kind_of_lie_has_its_own_code(names, text, code):
    assert code in {fault.code for fault in faults(names, text)}


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("lv", "Delays averaged 12.7 min in 2013."),
        ("lv", "Delays averaged 13 minutes."),
        ("lv", "Over 336,776 flights were studied."),
        ("se", "Delays peaked at 21.7 min in July."),
        ("ou", "On 9 Feb 2013, 57.5% of flights were cancelled."),
        ("se", "Delays in July were 4.0× those in November."),
    ],
)
def test_typed_figures_and_names_that_equal_cited_values_are_proved(names, text):
    assert [(fault.code, fault.words) for fault in faults(names, text)] == []


def test_the_recorded_code_names_and_numbers_of_the_question_may_be_typed():
    context = flights.VerifyContext([], flights.results(), "Top 5 routes of the A320 in 2013?")
    assert verify_text(parse_text("The A320 flew the top 5 routes in 2013"), [], context) == []
    assert verify_text(parse_text("The A330 flew in 2011"), [], context)


GROWTH_TRUE = [
    "{gr.last_period} revenue of {gr.last} beat {gr.previous_period} by {gr.change}.",
    "{gr.last_period} brought {gr.last}, {gr.change_share} above {gr.previous_period}.",
    "{co.first} gained {co.first_change} while {co.counter} shrank.",
    "{co.first} more than made up for the decline of {co.counter}.",
    "{le.first} sells more than {le.last}.",
    "{le.first} and {le.second} lead the range.",
]
GROWTH_FALSE = [
    "{gr.previous_period} revenue of {gr.last} beat {gr.last_period} by {gr.change}.",
    "{gr.previous_period} brought {gr.last}, {gr.change_share} above {gr.last_period}.",
    "{co.counter} gained {co.first_change}.",
    "{co.first} shrank by {co.first_change}.",
    "Both channels grew.",
    "{le.last} and {le.second} lead the range.",
    "{le.last} customers place most orders.",
    "Revenue totalled {to.total} in {to.to_period}.",
    "{le.first} sells as much as {le.last}.",
]


def growth_faults(text):
    rows = []
    for at in range(24):
        day, late = date(2023 + at // 12, at % 12 + 1, 1), at >= 12
        rows += [[day, "Online", 260.0 if late else 100.0], [day, "Store", 60.0 if late else 100.0]]
    products = [["Tent", 600], ["Boot", 300], ["Hat", 100]]
    made = [
        result("month channel total_revenue", rows),
        result("product orders", products, id="r2"),
    ]
    facts = find_facts(made)
    ids = {
        "co": next(one.id for one in facts if one.kind == FactKind.FACT_KIND_CONTRIBUTION),
        "gr": next(one.id for one in facts if "year before" in one.says),
        "le": next(one.id for one in facts if one.dimension == "product"),
        "to": next(
            one.id for one in facts if "overall total" in one.says and one.result_ids[0] == "r1"
        ),
    }
    written = re.sub(r"\{(\w+)\.", lambda found: "{" + ids[found[1]] + ".", text)
    named = [ids[name] for name in dict.fromkeys(re.findall(r"\{(\w+)\.", text))] or list(
        ids.values()
    )
    context = VerifyContext(facts, made, "How did revenue develop?")
    return [(one.code, one.words) for one in verify_text(parse_text(written), named, context)]


@pytest.mark.parametrize("text", GROWTH_TRUE)
def test_true_sentences_about_growth_are_proved(text):
    assert growth_faults(text) == []


@pytest.mark.parametrize("text", GROWTH_FALSE)
def test_false_sentences_about_growth_are_marked(text):
    assert growth_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "⟦0⟧ ⟦99⟧ is the highest",
        "{f1.first}" * 60,
        "higher " * 85,
        "1,2,3," * 99,
        "more than half " * 39,
        "x" * 10**6,
        "{f1.x} " * 5000,
        "\x00\u202e" * 200,
        " ",
    ],
)
def test_hostile_text_is_judged_quickly_and_never_crashes(text):
    context = VerifyContext(
        list(flights.context().facts.values()), flights.results(), flights.QUESTION
    )
    started = time.process_time()
    found = verify_text(parse_text(text), list(context.facts), context)
    assert time.process_time() - started < 1.0
    assert found or not text.strip()
