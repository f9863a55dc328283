import math
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import print_text, references, template
from orchestrator_svc.deck.values import same_value, to_python
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.evidence import recompute
from orchestrator_svc.verify import VerifyContext, verify_text
from result_building import result

DELAYS = [10.0, 10.8, 13.2, 13.9, 13.0, 20.8, 21.7, 12.6, 6.7, 6.2, 5.4, 16.6]
FLIGHTS = [26483, 23690, 27973, 27662, 28233, 27234, 28293, 28841, 27122, 28653, 27035, 27110]


def monthly():
    rows = [
        [date(2013, month, 1), delay, flights]
        for month, (delay, flights) in enumerate(zip(DELAYS, FLIGHTS, strict=True), 1)
    ]
    return result("month avg_departure_delay_minutes flights", rows)


def airlines():
    rows = [
        ["Frontier", 20.2, 682],
        ["ExpressJet", 20.0, 51108],
        ["Mesa", 19.0, 545],
        ["United", 12.1, 57782],
        ["Delta", 9.3, 47658],
        ["US Airways", 3.8, 19831],
    ]
    return result("airline avg_departure_delay_minutes flights", rows, id="r3")


def of_kind(facts, kind, **fields):
    return [
        fact
        for fact in facts
        if fact.kind == kind and all(getattr(fact, name) == value for name, value in fields.items())
    ]


def value(fact, name):
    return to_python(next(one.value for one in fact.values if one.name == name))


def noisy(rng, count, level=100.0, spread=5.0):
    return [level + rng.gauss(0, spread) for _ in range(count)]


def test_the_overall_mean_is_weighted_and_never_a_mean_of_means():
    fact = of_kind(find_facts([monthly()]), FactKind.FACT_KIND_LEVEL, dimension="")[0]
    weighted = sum(delay * count for delay, count in zip(DELAYS, FLIGHTS, strict=True))
    assert value(fact, "mean") == pytest.approx(weighted / sum(FLIGHTS))
    assert value(fact, "count") == sum(FLIGHTS)
    assert value(fact, "to_period") == date(2013, 12, 1)


def test_peak_trough_and_rebound_of_the_one_year_there_is():
    facts = of_kind(find_facts([monthly()]), FactKind.FACT_KIND_SEASONALITY)
    peak = next(fact for fact in facts if "peak" in {one.name for one in fact.values})
    rebound = next(fact for fact in facts if "rebound" in {one.name for one in fact.values})
    assert value(peak, "peak_period") == date(2013, 7, 1)
    assert value(peak, "low_period") == date(2013, 11, 1)
    assert value(peak, "ratio") == pytest.approx(21.7 / 5.4)
    assert value(rebound, "rebound_period") == date(2013, 12, 1)


def test_a_build_up_over_the_day_is_told_as_one():
    rows = [[hour, 0.7 + (hour - 5) * 1.7 if hour <= 19 else 40 - hour] for hour in range(5, 24)]
    fact = of_kind(
        find_facts([result("dep_hour avg_delay_minutes", [[h, float(v)] for h, v in rows])]),
        FactKind.FACT_KIND_SEASONALITY,
    )[0]
    assert "builds up" in fact.says
    assert value(fact, "start_period") == 5
    assert value(fact, "peak_period") == 19
    assert ClaimKind.CLAIM_KIND_UP in {claim.kind for claim in fact.claims}


def test_the_leader_is_among_groups_with_enough_observations():
    facts = find_facts([airlines()])
    leader = of_kind(facts, FactKind.FACT_KIND_LEADER, measure="avg_departure_delay_minutes")[0]
    assert value(leader, "first") == "ExpressJet"
    assert value(leader, "last") == "US Airways"
    assert leader.filters[0].column == "flights"
    assert "at least" in print_text(leader.caveats[0], {leader.id: leader}, "en")


def test_a_top_that_rests_on_few_observations_is_a_caution():
    caution = of_kind(find_facts([airlines()]), FactKind.FACT_KIND_CAUTION)[0]
    assert value(caution, "name") == "Frontier"
    assert value(caution, "count") == 682


def test_storm_days_are_outliers_though_the_measure_is_skewed():
    rng = random.Random(4)
    days = [date(2013, 1, 1) + timedelta(days=at) for at in range(365)]
    shares = [min(abs(rng.gauss(0, 0.012)), 0.2) for _ in days]
    shares[38], shares[39] = 0.508, 0.575
    rows = [[day, share, 900] for day, share in zip(days, shares, strict=True)]
    found = find_facts([result("flight_date cancelled_share flights", rows)])
    outlier = of_kind(found, FactKind.FACT_KIND_OUTLIER, measure="cancelled_share")[0]
    assert value(outlier, "first_period") == date(2013, 2, 9)
    assert value(outlier, "second_period") == date(2013, 2, 8)


def test_a_lost_fortnight_is_found_at_the_grain_of_weeks():
    rng = random.Random(5)
    start = date(2024, 1, 1)
    rows = []
    for at in range(364):
        day = start + timedelta(days=at)
        level = 700 if date(2024, 8, 5) <= day <= date(2024, 8, 18) else 1000
        rows.append([day, level + rng.gauss(0, 120)])
    found = of_kind(
        find_facts([result("order_date total_revenue", rows)]), FactKind.FACT_KIND_OUTLIER
    )
    assert any(
        value(fact, "first_period") in {date(2024, 8, 5), date(2024, 8, 12)} for fact in found
    )


def test_a_trend_is_found_in_noise_and_named_with_its_direction():
    rng = random.Random(6)
    months = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(36)]
    values = [100 + 3 * at + rng.gauss(0, 6) for at in range(36)]
    rows = [list(pair) for pair in zip(months, values, strict=True)]
    trend = of_kind(find_facts([result("month total_revenue", rows)]), FactKind.FACT_KIND_TREND)[0]
    assert value(trend, "slope") == pytest.approx(3.0, abs=0.5)
    assert trend.adjusted_p < 0.01
    assert ClaimKind.CLAIM_KIND_UP in {claim.kind for claim in trend.claims}


def test_a_season_that_recurs_is_told_for_its_strongest_month():
    rng = random.Random(7)
    months = [date(2021 + at // 12, at % 12 + 1, 1) for at in range(36)]
    rows = [[day, 100 + (60 if day.month == 12 else 0) + rng.gauss(0, 5)] for day in months]
    found = of_kind(
        find_facts([result("month total_revenue", rows)]), FactKind.FACT_KIND_SEASONALITY
    )
    assert value(found[0], "peak_period") == 12
    assert "recurs" in found[0].says


def test_a_level_shift_is_found_where_it_begins():
    rng = random.Random(8)
    weeks = [date(2024, 1, 1) + timedelta(weeks=at) for at in range(40)]
    rows = [
        [week, 100 + (40 if at >= 22 else 0) + rng.gauss(0, 5)] for at, week in enumerate(weeks)
    ]
    shift = of_kind(find_facts([result("week total_cost", rows)]), FactKind.FACT_KIND_LEVEL_SHIFT)[
        0
    ]
    assert value(shift, "shift_period") == weeks[22]
    assert value(shift, "after") > value(shift, "before")


def test_few_groups_that_make_most_are_a_concentration():
    rows = [[f"p{at}", amount] for at, amount in enumerate([500, 300, 50, 40, 30, 30, 20, 30])]
    fact = of_kind(
        find_facts([result("product total_revenue", rows)]), FactKind.FACT_KIND_CONCENTRATION
    )[0]
    assert value(fact, "few") == 2
    assert value(fact, "share") == pytest.approx(0.8)


def two_years(online=2.0):
    rows = []
    for at in range(24):
        day = date(2023 + at // 12, at % 12 + 1, 1)
        rows.append([day, "Online", 100.0 * (online if at >= 12 else 1)])
        rows.append([day, "Store", 100.0 + (5 if at >= 12 else 0)])
    return result(
        "month channel revenue",
        rows,
        sql="select month, channel, sum(revenue) as revenue from sales group by 1, 2",
    )


def test_year_on_year_growth_and_who_made_it():
    facts = find_facts([two_years()])
    growth = next(
        fact for fact in of_kind(facts, FactKind.FACT_KIND_LEVEL) if "year before" in fact.says
    )
    part = of_kind(facts, FactKind.FACT_KIND_CONTRIBUTION)[0]
    assert value(growth, "change_share") == pytest.approx(1260 / 2400)
    assert value(part, "first") == "Online"
    assert value(part, "share") == pytest.approx(1200 / 1260)


def test_a_ratio_that_moved_by_mix_alone_says_so():
    rows = []
    for year, small in ((2023, 10), (2024, 90)):
        rows += [[year, "a", 10.0, small], [year, "b", 20.0, 100 - small]]
    facts = find_facts([result("year group avg_delay_minutes flights", rows)])
    part = of_kind(facts, FactKind.FACT_KIND_CONTRIBUTION)[0]
    assert value(part, "mix") == pytest.approx(-8.0)
    assert value(part, "rate") == pytest.approx(0.0, abs=1e-9)


def test_an_incomplete_last_month_is_left_out():
    rows = [[date(2024, month, 1), 1000 + month] for month in range(1, 12)]
    rows.append([date(2024, 12, 1), 120])
    facts = find_facts([result("month total_revenue", rows)])
    change = of_kind(facts, FactKind.FACT_KIND_LEVEL, dimension="month")[0]
    assert value(change, "last_period") == date(2024, 11, 1)
    assert change.caveats


def test_a_last_period_that_was_still_running_is_left_out():
    made = result("month total_revenue", [[date(2024, month, 1), 1000.0] for month in range(1, 9)])
    made.source.completed_at.FromJsonString("2024-08-20T10:00:00Z")
    change = of_kind(find_facts([made]), FactKind.FACT_KIND_LEVEL, dimension="month")[0]
    assert value(change, "last_period") == date(2024, 7, 1)


def test_truncated_and_limited_results_are_never_totalled():
    rows = [[f"d{at}", 100 - at] for at in range(10)]
    cut = result("dest flights", rows, truncated=True)
    top = result("dest flights", rows, sql="select dest, count(*) as flights from f limit 10")
    for made in (cut, top):
        names = {one.name for fact in find_facts([made]) for one in fact.values}
        assert not {"total", "share", "few"} & (names - {"kept"})
    assert of_kind(find_facts([cut]), FactKind.FACT_KIND_COVERAGE)


def test_nulls_and_unmatched_groups_are_told():
    rows = [["BOEING", 5, 1.5], [None, 3, None], ["AIRBUS", 2, 2.5]]
    facts = of_kind(
        find_facts([result("manufacturer flights avg_delay", rows)]), FactKind.FACT_KIND_COVERAGE
    )
    unmatched = next(fact for fact in facts if fact.dimension == "manufacturer")
    nulls = next(fact for fact in facts if fact.measure == "avg_delay")
    assert value(unmatched, "share") == pytest.approx(0.3)
    assert value(nulls, "missing") == 1


def test_counts_of_what_means_leave_out_are_told():
    rows = [["EWR", 15.1, 3239, 120835], ["LGA", 10.3, 3153, 104662]]
    facts = find_facts([result("origin avg_delay cancelled_flights flights", rows)])
    excluded = next(
        fact for fact in of_kind(facts, FactKind.FACT_KIND_COVERAGE) if "part of all" in fact.says
    )
    assert value(excluded, "excluded") == 6392


def test_code_and_name_of_one_group_are_one_dimension():
    rows = [
        ["DL", "Delta Air Lines", 5.0],
        ["UA", "United Air Lines", 9.0],
        ["AA", "American", 7.0],
    ]
    facts = find_facts([result("carrier airline_name avg_delay", rows)])
    assert {fact.dimension for fact in of_kind(facts, FactKind.FACT_KIND_LEADER)} == {
        "airline_name"
    }


def test_years_and_month_numbers_make_one_calendar():
    rows = [[year, month, 100.0 + month] for year in (2023, 2024) for month in range(1, 13)]
    facts = find_facts([result("year month total_revenue", rows)])
    change = next(
        fact
        for fact in of_kind(facts, FactKind.FACT_KIND_LEVEL, dimension="month")
        if value(fact, "last_period") == date(2024, 12, 1)
    )
    assert value(change, "last") == 112.0


def test_facts_are_named_in_order_of_score_and_equal_data_gives_equal_facts():
    one, other = find_facts([monthly(), airlines()]), find_facts([monthly(), airlines()])
    assert [fact.id for fact in one] == [f"f{number}" for number in range(1, len(one) + 1)]
    assert [fact.score for fact in one] == sorted((fact.score for fact in one), reverse=True)
    assert [fact.SerializeToString() for fact in one] == [
        fact.SerializeToString() for fact in other
    ]


RNG = random.Random(3)
ODD = {
    "nothing": result("a b", []),
    "one row": result("total_revenue", [[Decimal("6960000.50")]]),
    "all null": result("region revenue", [["W", None], ["E", None]]),
    "constants": result("region revenue", [["W", 5.0], ["E", 5.0], ["N", 5.0]]),
    "nan": result("region revenue", [["W", math.nan], ["E", 5.0], ["N", math.inf]]),
    "negative": result("region profit_eur", [["W", -5.25], ["E", -3.0], ["N", 2.0]]),
    "wide": result(
        ["g", *(f"m{at}" for at in range(49))],
        [[f"g{row}", *(RNG.random() for _ in range(49))] for row in range(30)],
    ),
    "hostile": result(
        ["<script>alert(1)</script>", "{f1.mean} Ignore previous", 'a"b\\c'],
        [["{f1.x}", 1.0, 2.0], ["<b>", 3.0, 4.0]],
    ),
    "repeated names": result("a a a", [["x", 1.0, 2.0], ["y", 2.0, 3.0]]),
    "booleans": result("cancelled flights", [[True, 8255], [False, 328521]]),
    "huge": result("region amount", [["a", Decimal("9" * 38)], ["b", Decimal(1)]]),
    "years": result("year revenue_usd", [[2019, 1e9], [2020, 1.2e9], [2021, 1.1e9]]),
    "weekday": result("weekday orders", [["Monday", 5], ["Tuesday", 9], ["Sunday", 2]]),
    "flat month": result("month total", [[date(2024, at, 1), 7.0] for at in range(1, 13)]),
    "two groups": two_years(),
    "delays": monthly(),
    "airlines": airlines(),
}


@pytest.mark.parametrize("name", ODD)
def test_any_data_gives_facts_that_recompute_print_and_prove_themselves(name):
    made = ODD[name]
    facts = find_facts([made])
    table, context = Table(made), VerifyContext(facts, [made], "question")
    for fact in facts:
        for one in fact.values:
            assert same_value(one.value, recompute(one, table)), (fact.id, one.name)
        for text in (fact.headline, fact.sentence, *fact.caveats):
            printed = print_text(text, context.facts, "en-US")
            assert "{" not in printed.replace("{f1.x}", "")
            assert verify_text(text, [fact.id], context) == [], printed
        assert references(fact.sentence)
        assert len(print_text(fact.headline, context.facts, "en").split()) <= 16
        assert len(fact.lead.split()) <= 5
        assert not print_text(fact.headline, context.facts, "en").endswith((". ", ".."))


def last_change(values):
    rows = [[date(2023 + at // 12, at % 12 + 1, 1), value] for at, value in enumerate(values)]
    found = of_kind(find_facts([result("month revenue", rows)]), FactKind.FACT_KIND_LEVEL)
    return [fact for fact in found if "against the one before" in fact.says]


def test_a_last_step_like_many_before_it_is_no_news():
    usual = [100.0, 140.0, 90.0, 130.0, 95.0, 150.0, 100.0, 135.0, 105.0, 140.0, 100.0, 75.0]
    sudden = [100.0, 102.0, 99.0, 101.0, 100.0, 103.0, 100.0, 101.0, 99.0, 102.0, 100.0, 75.0]
    (noise,), (news,) = last_change(usual), last_change(sudden)
    assert news.score > 5 * noise.score


def test_a_fall_at_the_end_says_that_the_period_may_be_cut():
    (fell,) = last_change([100.0, 102.0, 99.0, 101.0, 100.0, 103.0, 100.0, 75.0])
    (rose,) = last_change([100.0, 102.0, 99.0, 101.0, 100.0, 103.0, 100.0, 125.0])
    assert ["may end inside" in template(text) for text in fell.caveats] == [True]
    assert not rose.caveats


def test_of_one_fact_in_two_results_the_plainer_result_is_cited():
    months = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(24)]
    plain = result("month revenue", [[m, 100.0 + 5 * i] for i, m in enumerate(months)], id="r1")
    split = result(
        "month region revenue",
        [[m, r, (100.0 + 5 * i) / 2] for i, m in enumerate(months) for r in ("East", "West")],
        id="r2",
    )
    for results in ([plain, split], [split, plain]):
        (growth,) = [f for f in find_facts(results) if "year before" in f.says]
        assert growth.result_ids == ["r1"]


def test_a_change_that_no_reader_would_see_is_not_told():
    shares = [0.0112, 0.0135, 0.0121, 0.0118, 0.0131, 0.0125, 0.01121, 0.01124]
    rows = [[date(2024, at, 1), share, 1000] for at, share in enumerate(shares, 1)]
    facts = find_facts([result("month return_rate orders", rows)])
    assert not [f for f in facts if "against the one before" in f.says and "rate" in f.measure]
