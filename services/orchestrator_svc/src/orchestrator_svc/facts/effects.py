"""What moved a weighted mean: the groups' own change, or the shift of weight between them."""

from __future__ import annotations

from orchestrator_svc.deck.values import PythonValue, number_of
from orchestrator_svc.facts.calls import Call
from orchestrator_svc.facts.vectors import FormulaError, Operand, Vector


def rate_effect(call: Call) -> Operand:
    """`rate_effect(rate, weight, by=group, before=..., after=...)`: the groups' own part.

    The change of a weighted mean is the groups' own changes at middle weights, plus the shift of
    weights at middle rates, which is `mix_effect`. The two add up to the whole change.
    """
    return _effects(call)[0]


def mix_effect(call: Call) -> Operand:
    """The part of a weighted mean's change that shifting weights made; see `rate_effect`."""
    return _effects(call)[1]


def _effects(call: Call) -> tuple[float | None, float | None]:
    rates, weights, keys = call.vector(0), call.vector(1), call.group_keys()
    before, after = call.named.get("before"), call.named.get("after")
    if keys is None or not isinstance(before, Vector) or not isinstance(after, Vector):
        raise FormulaError(f"{call.name}() needs by=, before= and after=")
    sides = []
    for mask in (before, after):
        sums: dict[PythonValue, tuple[float, float]] = {}
        kept = [at for at, flag in enumerate(mask.values) if flag is True]
        for at in kept:
            rate, weight = number_of(rates.values[at]), number_of(weights.values[at])
            if rate is None or not weight or weight < 0:
                continue
            call.read.add(rates.rows[at][0])
            total_rate, total_weight = sums.get(keys.values[at], (0.0, 0.0))
            sums[keys.values[at]] = (total_rate + rate * weight, total_weight + weight)
        sides.append(sums)
    whole = [sum(weight for _, weight in side.values()) for side in sides]
    if not all(whole):
        return None, None
    own = mix = 0.0
    for group in {**sides[0], **sides[1]}:
        shares = [
            side.get(group, (0.0, 0.0))[1] / all_ for side, all_ in zip(sides, whole, strict=True)
        ]
        known = [side[group][0] / side[group][1] if group in side else None for side in sides]
        first = known[0] if known[0] is not None else known[1] or 0.0
        last = known[1] if known[1] is not None else first
        own += (shares[0] + shares[1]) / 2 * (last - first)
        mix += (first + last) / 2 * (shares[1] - shares[0])
    return own, mix
