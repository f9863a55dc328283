import random

import pytest
from orchestrator_svc.facts import statistics as s


def test_theil_sen_ignores_a_wild_point():
    values = [2.0 * time for time in range(20)]
    values[10] = 500.0
    assert s.theil_sen([float(time) for time in range(20)], values) == pytest.approx(2.0, abs=0.1)
    assert s.theil_sen([1.0], [1.0]) == 0.0


def test_theil_sen_thins_long_series():
    times = [float(time) for time in range(3000)]
    assert s.theil_sen(times, [3 * time for time in times]) == pytest.approx(3.0)


def test_a_season_does_not_bend_its_slope():
    season = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 900.0]
    times = [float(time) for time in range(34)]
    falling = [season[int(time) % 12] - 10 * time for time in times]
    assert s.seasonal_slope(times, falling, 12) == pytest.approx(-10)
    assert s.seasonal_slope(times[:12], falling[:12], 12) == 0.0
    days = [float(day) for day in range(3000)]
    assert s.seasonal_slope(days, [3 * day + day % 7 for day in days], 7) == pytest.approx(3.0)


def test_mann_kendall_finds_a_trend_and_not_a_constant():
    rng = random.Random(1)
    assert s.mann_kendall([at + rng.gauss(0, 1) for at in range(24)]) < 0.001
    assert s.mann_kendall([1.0] * 24) == 1.0
    assert s.mann_kendall([1.0, 2.0]) == 1.0


@pytest.mark.parametrize(("memory", "most"), [(0.0, 0.08), (0.7, 0.10)])
def test_mann_kendall_keeps_its_level_under_autocorrelation(memory, most):
    rng = random.Random(2)
    fired = 0
    for _ in range(300):
        values, last = [], 0.0
        for _ in range(24):
            last = memory * last + rng.gauss(0, 1)
            values.append(last)
        fired += s.mann_kendall(values) < 0.05
    assert fired / 300 <= most


def test_seasonal_kendall_compares_only_equal_phases():
    wave = [0.0, 50.0, 0.0, -50.0] * 4
    rising = [value + at for at, value in enumerate(wave)]
    places = [at % 4 for at in range(16)]
    assert s.seasonal_kendall(rising, places) < 0.001
    assert s.seasonal_kendall(wave, places) == 1.0
    assert s.seasonal_kendall([1.0, 2.0], [0, 1]) == 1.0


def test_p_values_match_the_tables():
    assert s.two_sided(1.96) == pytest.approx(0.05, abs=1e-3)
    assert s.student_p(2.228, 10) == pytest.approx(0.05, abs=1e-3)
    assert s.student_p(12.706, 1) == pytest.approx(0.05, abs=1e-3)
    assert s.student_p(0.0, 5) == 1.0
    assert s.group_p(0.3, 3, 30) == pytest.approx(0.0081, abs=1e-3)
    assert s.group_p(1.0, 3, 30) == 0.0
    assert s.group_p(0.5, 1, 30) == 1.0


def test_benjamini_hochberg_adjusts_in_order():
    assert s.benjamini_hochberg([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.04, 0.04])
    assert s.benjamini_hochberg([]) == []


def test_small_helpers_know_their_edges():
    assert s.autocorrelation([1.0]) == 0.0
    assert s.autocorrelation([2.0] * 9) == 0.0
    assert s.usual_step([1.0]) == 1.0
    assert s.usual_step([1.0, 2.0, 3.0, 9.0]) == 1.0
    assert s.median_deviation([1.0, 2.0, 9.0]) == 1.0
    assert s.rolling_median([1.0, 9.0, 1.0], 3) == [5.0, 1.0, 5.0]
