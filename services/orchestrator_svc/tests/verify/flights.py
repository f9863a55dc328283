"""Facts as our search finds them in five results like those of the demo question."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import lru_cache

from aislides.deck.v1.result_pb2 import Result
from fact_names import named
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext
from recorded_answers import QUESTION
from recorded_answers import results as recorded_results
from result_building import result


def results() -> list[Result]:
    """Month, airport, airline, hour, and cancelled share by day with two storm days."""
    rng = random.Random(4)
    days = [date(2013, 1, 1) + timedelta(days=at) for at in range(365)]
    rows = [[day, min(abs(rng.gauss(0, 0.012)), 0.2), 900] for day in days]
    rows[38][1], rows[39][1] = 0.5075, 0.5746
    return [*recorded_results()[:4], result("flight_date cancelled_share flights", rows, id="r5")]


@lru_cache
def context() -> VerifyContext:
    """The context of the demo question over these results."""
    made = results()
    return VerifyContext(find_facts(made), made, QUESTION, ("Flights", "New York", "Newark"))


@lru_cache
def ids() -> dict[str, str]:
    """Fact ids by short name."""
    delay, share = "avg_dep_delay", "cancelled_share"
    wanted = {
        "lv": ("LEVEL", delay, "", "mean"),
        "se": ("SEASONALITY", delay, "month", "peak"),
        "rb": ("SEASONALITY", delay, "month", "rebound"),
        "ho": ("SEASONALITY", delay, "dep_hour", "start"),
        "ap": ("LEADER", delay, "origin", "first"),
        "al": ("LEADER", delay, "airline", "first"),
        "ca": ("CAUTION", delay, "airline", "name"),
        "ou": ("OUTLIER", share, "flight_date", "usual"),
        "cs": ("LEVEL", share, "", "mean"),
    }
    return named(context().facts.values(), wanted)
