import flights
import pytest
import recorded_answers
from aislides.deck.v1.deck_pb2 import (
    Deck,
    Exhibit,
    Highlight,
    Kpi,
    Layout,
    Point,
    Slide,
)
from aislides.deck.v1.fact_pb2 import ValueRef
from aislides.deck.v1.verdict_pb2 import SentenceOutcome
from orchestrator_svc.deck.text import parse_text, print_text, template
from orchestrator_svc.verify import (
    VerifyContext,
    settle_slide,
    verdict,
    verify_deck,
    verify_slide,
)

PROVED = SentenceOutcome.SENTENCE_OUTCOME_PROVED
REPAIRED = SentenceOutcome.SENTENCE_OUTCOME_REPAIRED
REPLACED = SentenceOutcome.SENTENCE_OUTCOME_REPLACED
REMOVED = SentenceOutcome.SENTENCE_OUTCOME_REMOVED


def recorded():
    return VerifyContext(
        recorded_answers.facts(), recorded_answers.results(), recorded_answers.QUESTION
    )


def finding(
    headline, *points, layout=Layout.LAYOUT_FINDING, result="r2", x="origin", slide_id="s1"
):
    slide = Slide(id=slide_id, layout=layout, headline=parse_text(headline))
    for lead, text, facts in points:
        slide.points.add(lead=parse_text(lead), text=parse_text(text), fact_ids=facts)
    exhibit = slide.exhibits.add()
    exhibit.chart.result_id, exhibit.chart.x = result, x
    exhibit.chart.y.append("avg_dep_delay")
    return slide


def outcomes(verdicts):
    return {one.field: one.outcome for one in verdicts}


@pytest.mark.parametrize("answer", [1, 2])
def test_the_recorded_answers_are_proved_as_written(answer):
    context, deck, verdicts = recorded(), Deck(), []
    for slide in recorded_answers.slides(answer):
        assert verify_slide(slide, context) == []
        settled, found = settle_slide(slide, context)
        deck.slides.append(settled)
        verdicts.extend(found)
    totals = verdict(verdicts, deck)
    assert (totals.proved, totals.repaired, totals.replaced, totals.removed) == (78, 0, 0, 0)
    assert totals.references > 80
    assert verify_deck(deck, context) == []


def test_a_false_headline_falls_back_to_the_template_of_its_fact():
    ap = flights.ids()["ap"]
    slide = finding(f"{{{ap}.last}} has the longest delay")
    settled, verdicts = settle_slide(slide, flights.context())
    assert settled.headline == flights.context().facts[ap].headline
    assert verdicts[0].outcome == REPLACED
    assert verdicts[0].faults
    assert verdicts[0].original == template(slide.headline)


def test_a_headline_without_references_takes_a_fact_about_the_shown_result():
    settled, _ = settle_slide(finding("Delays doubled in 2013"), flights.context())
    assert print_text(settled.headline, flights.context().facts, "en").startswith("EWR")


def test_a_slide_without_anything_to_prove_is_left_out():
    slide = Slide(id="s1", layout=Layout.LAYOUT_LIMITS, headline=parse_text("All doubled"))
    settled, verdicts = settle_slide(slide, flights.context())
    assert settled is None
    assert outcomes(verdicts) == {"headline": REMOVED}


def test_a_repaired_sentence_is_used_where_the_first_was_not_proved():
    ap = flights.ids()["ap"]
    bad = finding(
        f"{{{ap}.first}} has the shortest delay",
        ("Gap", f"{{{ap}.first}} averages {{{ap}.last_value}}.", [ap]),
    )
    bad.notes.CopyFrom(parse_text("Delays will rise next year."))
    bad.caption.CopyFrom(parse_text("Delays doubled"))
    good = finding(
        f"{{{ap}.first}} has the longest delay",
        ("Gap", f"{{{ap}.first}} averages {{{ap}.first_value}}.", [ap]),
    )
    good.notes.CopyFrom(parse_text("The comparison does not adjust for the airline."))
    good.caption.CopyFrom(parse_text("Average delay by airport"))
    settled, verdicts = settle_slide(bad, flights.context(), good)
    assert settled.headline == good.headline
    assert settled.points[0] == good.points[0]
    assert settled.notes == good.notes
    assert settled.caption == good.caption
    assert set(outcomes(verdicts).values()) == {REPAIRED}


def test_a_repair_that_is_false_too_falls_back_to_templates():
    ap = flights.ids()["ap"]
    bad = finding(f"{{{ap}.first}} has the shortest delay")
    settled, verdicts = settle_slide(bad, flights.context(), bad)
    assert verdicts[0].outcome == REPLACED
    assert settled.headline == flights.context().facts[ap].headline


def test_points_are_replaced_by_facts_not_yet_used_or_left_out():
    ap, se = flights.ids()["ap"], flights.ids()["se"]
    slide = finding(
        f"{{{ap}.first}} has the longest delay",
        ("Wrong", f"{{{se}.low_period}} was the peak.", [se]),
        ("Wrong again", f"{{{se}.low_period}} was the peak month.", [se]),
        ("Rose", f"{{{ap}.first}} averages {{{ap}.first_value}}.", [ap]),
        ("Fine", f"{{{ap}.last}} averages {{{ap}.last_value}}.", [ap, "f999"]),
    )
    slide.points[3].text_alternates.append(parse_text("All is late."))
    settled, verdicts = settle_slide(slide, flights.context())
    facts = flights.context().facts
    assert [template(point.text) for point in settled.points] == [
        template(facts[se].sentence),
        template(slide.points[2].text),
        template(slide.points[3].text),
    ]
    assert template(settled.points[0].lead) == facts[se].lead
    assert template(settled.points[1].lead) == facts[ap].lead
    assert list(settled.points[2].fact_ids) == [ap]
    assert not settled.points[2].text_alternates
    found = outcomes(verdicts)
    assert found["points[0].text"] == REPLACED
    assert found["points[1].lead"] == REPLACED
    assert found["points[2].text"] == PROVED
    assert REMOVED in [one.outcome for one in verdicts if "peak month" in one.original]


def test_captions_are_derived_and_other_words_removed_when_not_proved():
    ap = flights.ids()["ap"]
    slide = finding(f"{{{ap}.first}} has the longest delay")
    slide.caption.CopyFrom(parse_text("Delays doubled everywhere"))
    slide.kicker.CopyFrom(parse_text("All tripled"))
    slide.notes.CopyFrom(parse_text("Delays will fall next year."))
    slide.footnotes.append(parse_text("Every flight counts."))
    slide.footnotes.append(parse_text("Cancelled flights are left out."))
    slide.headline_alternates.append(parse_text("Delays quadrupled"))
    slide.exhibits[0].caption.CopyFrom(parse_text("Doubled"))
    slide.exhibits[0].chart.callout.text.CopyFrom(parse_text("Tripled"))
    slide.exhibits[0].chart.callout.at.CopyFrom(ValueRef(fact_id=ap, name="first"))
    line = slide.exhibits[0].chart.reference_lines.add()
    line.value.CopyFrom(ValueRef(fact_id=ap, name="gap"))
    line.label.CopyFrom(parse_text("Halved"))
    settled, verdicts = settle_slide(slide, flights.context())
    assert template(settled.caption) == "Avg dep delay (min) by origin".replace("Avg", "Average")
    assert not settled.kicker.spans
    assert not settled.notes.spans
    assert [template(one) for one in settled.footnotes] == ["Cancelled flights are left out."]
    assert not settled.headline_alternates
    chart = settled.exhibits[0].chart
    assert not settled.exhibits[0].caption.spans
    assert not chart.HasField("callout")
    assert not chart.reference_lines[0].label.spans
    assert verify_slide(settled, flights.context()) == []
    assert outcomes(verdicts)["caption"] == REPLACED


def test_exhibits_that_cannot_be_drawn_are_replaced_by_the_facts_own():
    ap = flights.ids()["ap"]
    slide = finding(f"{{{ap}.first}} has the longest delay", result="r9")
    assert {fault.field for fault in verify_slide(slide, flights.context())} == {"exhibits[0]"}
    settled, _ = settle_slide(slide, flights.context())
    assert settled.exhibits[0].chart.result_id == "r2"
    assert settled.exhibits[0].chart.x == "origin"
    assert settled.exhibits[0].chart.highlights[0].value.fact_id == ap


def test_a_finding_about_no_dimension_becomes_a_summary_when_its_exhibit_is_gone():
    lv = flights.ids()["lv"]
    slide = finding(f"Delays stood at {{{lv}.mean}} overall", x="nowhere")
    settled, _ = settle_slide(slide, flights.context())
    assert settled.layout == Layout.LAYOUT_SUMMARY
    assert not settled.exhibits


def test_highlights_and_lines_that_do_not_resolve_are_dropped():
    ap, se = flights.ids()["ap"], flights.ids()["se"]
    slide = finding(f"{{{ap}.first}} has the longest delay")
    chart = slide.exhibits[0].chart
    chart.highlights.append(Highlight(value=ValueRef(fact_id=ap, name="first")))
    chart.highlights.append(Highlight(value=ValueRef(fact_id=se, name="peak_period")))
    chart.highlights.append(Highlight(label="jfk"))
    chart.highlights.append(Highlight(value=ValueRef(fact_id="f99", name="x")))
    chart.reference_lines.add().value.CopyFrom(ValueRef(fact_id="f99", name="x"))
    chart.callout.at.CopyFrom(ValueRef(fact_id="f99", name="x"))
    codes = {code for fault in verify_slide(slide, flights.context()) for code in fault.codes}
    assert codes == {"HIGHLIGHT_UNRESOLVED", "UNKNOWN_REFERENCE"}
    settled, _ = settle_slide(slide, flights.context())
    kept = settled.exhibits[0].chart
    assert len(kept.highlights) == 2
    assert not kept.reference_lines
    assert not kept.HasField("callout")


def test_a_month_number_is_highlighted_through_the_value_that_names_it():
    se = flights.ids()["se"]
    slide = finding(f"Delays peaked in {{{se}.peak_period}}", result="r1", x="month")
    highlight = Highlight(value=ValueRef(fact_id=se, name="peak_period"))
    slide.exhibits[0].chart.highlights.append(highlight)
    assert verify_slide(slide, flights.context()) == []


def test_tables_lose_bad_highlights_and_totals_of_partial_rows():
    context = flights.context()
    ap = flights.ids()["ap"]
    slide = Slide(id="s1", layout=Layout.LAYOUT_TABLE, headline=parse_text(f"{{{ap}.first}} leads"))
    shown = slide.exhibits.add().table
    shown.result_id = "r2"
    shown.columns.add(column="origin", heading=parse_text("Doubled"))
    shown.columns.add(column="flights")
    shown.highlights.append(Highlight(label="nowhere"))
    shown.sort_by = "flights"
    assert len(verify_slide(slide, context)) == 2
    settled, _ = settle_slide(slide, context)
    assert not settled.exhibits[0].table.highlights
    assert not settled.exhibits[0].table.columns[0].heading.spans
    made = recorded_answers.results()
    made[1].truncated = True
    shown.total_row = True
    partial = VerifyContext(list(context.facts.values()), made, "q")
    assert "TOTAL_REFUSED" in {code for one in verify_slide(slide, partial) for code in one.codes}
    settled, _ = settle_slide(slide, partial)
    assert not settled.exhibits[0].table.total_row


@pytest.mark.parametrize(
    "exhibit",
    [
        Exhibit(),
        Exhibit(table={"result_id": "r2"}),
        Exhibit(table={"result_id": "r2", "columns": [{"column": "gone"}]}),
        Exhibit(chart={"result_id": "r2", "x": "origin"}),
        Exhibit(chart={"result_id": "r2", "x": "flights", "y": ["origin"]}),
        Exhibit(
            chart={"result_id": "r2", "x": "origin", "y": ["flights"]},
            filters=[{"column": "gone"}],
        ),
    ],
)
def test_exhibits_that_point_nowhere_are_faults(exhibit):
    ap = flights.ids()["ap"]
    slide = Slide(id="s1", headline=parse_text(f"{{{ap}.first}} leads"), exhibits=[exhibit])
    assert verify_slide(slide, flights.context())


def test_key_figures_that_do_not_resolve_are_dropped_with_their_words():
    lv, se = flights.ids()["lv"], flights.ids()["se"]
    slide = Slide(
        id="s1", layout=Layout.LAYOUT_SUMMARY, headline=parse_text(f"Delays stood at {{{lv}.mean}}")
    )
    slide.kpis.append(Kpi(value=ValueRef(fact_id="f99", name="x")))
    whole = slide.kpis.add(value=ValueRef(fact_id=lv, name="mean"))
    whole.label.CopyFrom(parse_text("Delays doubled"))
    whole.change.CopyFrom(ValueRef(fact_id="f99", name="x"))
    whole.comparison.CopyFrom(parse_text("vs before"))
    whole.sparkline.result_id = "r77"
    proved = slide.kpis.add(value=ValueRef(fact_id=se, name="peak"))
    proved.label.CopyFrom(parse_text("Peak month"))
    assert {one.field for one in verify_slide(slide, flights.context())} >= {"kpis[0]", "kpis[1]"}
    settled, _ = settle_slide(slide, flights.context())
    assert [kpi.value.name for kpi in settled.kpis] == ["mean", "peak"]
    assert not settled.kpis[0].label.spans
    assert not settled.kpis[0].HasField("change")
    assert not settled.kpis[0].HasField("sparkline")
    assert template(settled.kpis[1].label) == "Peak month"


def test_too_many_parts_are_a_fault_and_are_cut():
    ap = flights.ids()["ap"]
    slide = finding(f"{{{ap}.first}} leads")
    for _ in range(9):
        slide.points.append(Point(text=parse_text("Airports differ."), fact_ids=[ap]))
    assert ("TOO_MANY",) in [one.codes for one in verify_slide(slide, flights.context())]
    settled, _ = settle_slide(slide, flights.context())
    assert len(settled.points) == 5


def test_an_empty_headline_and_unknown_fact_ids_are_faults():
    slide = Slide(id="s1", points=[Point(text=parse_text("Shown here."), fact_ids=["f99"])])
    found = {one.field: one.codes for one in verify_slide(slide, flights.context())}
    assert found == {"headline": ("EMPTY",), "points[0]": ("UNKNOWN_REFERENCE",)}


def test_a_ranking_of_part_of_the_rows_filters_its_exhibit_and_says_so():
    al = flights.ids()["al"]
    slide = finding(f"{{{al}.first}} has the longest delay", result="r3", x="airline")
    settled, _ = settle_slide(slide, flights.context())
    assert settled.exhibits[0].filters == flights.context().facts[al].filters
    assert "at least" in print_text(settled.footnotes[0], flights.context().facts, "en")


def test_an_exhibit_that_shows_all_rows_stays_whole_and_gets_the_footnote():
    al = flights.ids()["al"]
    slide = finding(f"{{{al}.first}} has the longest delay", result="r3", x="airline")
    slide.caption.CopyFrom(parse_text("Average delay by airline, including small airlines"))
    settled, _ = settle_slide(slide, flights.context())
    assert not settled.exhibits[0].filters
    assert settled.footnotes


@pytest.mark.parametrize(("beside", "whole"), [("lv", False), ("ca", True)])
def test_only_a_word_of_caution_needs_the_groups_that_are_not_ranked(beside, whole):
    al, other = flights.ids()["al"], flights.ids()[beside]
    slide = finding(f"{{{al}.first}} has the longest delay", result="r3", x="airline")
    fact = flights.context().facts[other]
    slide.points.append(Point(text=fact.sentence, fact_ids=[other]))
    settled, _ = settle_slide(slide, flights.context())
    assert bool(settled.exhibits[0].filters) != whole


def test_duplicate_headlines_and_two_values_of_one_measure_are_found_between_slides():
    context = flights.context()
    lv, ap = flights.ids()["lv"], flights.ids()["ap"]
    other = type(context.facts[lv])()
    other.CopyFrom(context.facts[lv])
    other.id = "f90"
    other.values[0].value.number = 99.0
    both = VerifyContext([*context.facts.values(), other], flights.results(), "q")
    deck = Deck(
        slides=[
            finding(f"{{{ap}.first}} leads"),
            finding(f"{{{ap}.first}} leads.", slide_id="s2"),
            finding(f"Delays stood at {{{lv}.mean}} overall", slide_id="s3"),
            finding("Delays stood at {f90.mean} overall", slide_id="s4"),
            finding("Delays stood at {f91.mean} overall", slide_id="s5"),
        ]
    )
    found = [(one.slide_id, one.codes) for one in verify_deck(deck, both)]
    assert found == [("s2", ("DUPLICATE_HEADLINE",)), ("s4", ("CONTRADICTS_SLIDE",))]


def test_every_text_field_of_a_slide_has_an_outcome():
    context = flights.context()
    ap = flights.ids()["ap"]
    slide = finding(f"{{{ap}.first}} leads", ("A", "Airports differ.", [ap]))
    slide.kicker.CopyFrom(parse_text("Airports"))
    slide.notes.CopyFrom(parse_text("Airports differ."))
    slide.caption.CopyFrom(parse_text("Average delay by airport"))
    _, verdicts = settle_slide(slide, context)
    assert outcomes(verdicts) == dict.fromkeys(
        ["headline", "points[0].lead", "points[0].text", "caption", "kicker", "notes"], PROVED
    )
