"""Units and words of column names."""

from __future__ import annotations

import pytest
from orchestrator_svc.deck.labels import label_for_name
from orchestrator_svc.deck.units import unit_in_name


@pytest.mark.parametrize(
    ("name", "unit", "label"),
    [
        ("avg_departure_delay_minutes", "min", "average departure delay"),
        ("distance_in_km", "km", "distance"),
        ("revenue_usd", "USD", "revenue"),
        ("cancelled_pct", "%", "cancelled share"),
        ("fuel_cost_per_km", "", "fuel cost per km"),
        ("litres_per_100_km", "", "litres per 100 km"),
        ("price_per_kg", "", "price per kg"),
        ("km", "km", "km"),
    ],
)
def test_a_name_ends_with_its_unit_unless_it_divides_by_it(name, unit, label):
    assert (unit_in_name(name), label_for_name(name)) == (unit, label)
