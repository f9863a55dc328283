"""Actual against plan: the plan as a pin on its bar, and the difference in a column of its own."""

from __future__ import annotations

from dataclasses import dataclass

from aislides.deck.v1 import fact_pb2

from orchestrator_svc.render.charts.data import ChartData, Point
from orchestrator_svc.render.charts.kinds import BULLET
from orchestrator_svc.render.charts.look import Look
from orchestrator_svc.render.charts.numbers import show_change, show_share
from orchestrator_svc.render.charts.scale import Scale
from orchestrator_svc.render.charts.svg import label, rule
from orchestrator_svc.render.markup import Markup
from orchestrator_svc.render.measure import BOLD, shorten, width
from orchestrator_svc.render.phrases import phrases

_PIN: float = 5.0
_GAP: float = 30.0
_MOST: float = 0.5
_LARGEST_SHARE: float = 9.99


@dataclass(frozen=True, slots=True)
class Variances:
    """The column of differences at the right end."""

    room: float
    right: float
    title: str
    texts: dict[int, str]
    pins: bool
    reach: float
    """How far pins stand out of their bars."""

    def head(self, look: Look) -> Markup:
        """What the column compares with."""
        return label(self.title, self.right, look.axis, "tick", anchor="end")

    def cell(self, data: ChartData, point: Point, baseline: float) -> Markup:
        """The difference of a row, with sign and judgement (DR10)."""
        text = self.texts[id(point)]
        actual, plan = point.numbers[0], point.numbers[1]
        judged = judgement(data, (actual or 0.0) - (plan or 0.0))
        kind = f"value {judged}" if actual is not None and plan is not None else "label quiet"
        return label(text, self.right, baseline, kind, anchor="end")

    def pin(
        self, point: Point, scale: Scale, middle: float, thick: float
    ) -> tuple[float, Markup] | None:
        """The plan as a line across the bar, and where it stands; None without a plan."""
        plan = point.numbers[1]
        if not self.pins or plan is None:
            return None
        x, reach = scale.x(plan), thick / 2 + self.reach
        return x, rule(x, middle - reach, x, middle + reach, "pin")


def variances_for(data: ChartData, look: Look) -> Variances:
    """The differences of all rows, as percentage of the plan, or in points for shares."""
    texts = {id(point): variance_text(data, point) for point in data.points}
    said = phrases(data.locale)["versus"].format(name=_other_words(data))
    title = shorten(said, look.width * _MOST, look.axis)
    widest = max(width(text, look.label, BOLD) for text in texts.values())
    # The title stands above the rows, where it may reach over the bars.
    room = widest + _GAP
    return Variances(
        room, look.width, title, texts, data.kind == BULLET, 1.0 if look.narrow else _PIN
    )


def _other_words(data: ChartData) -> str:
    """What tells the plan's name from the measure's: `2024` for revenue 2024 beside revenue."""
    own = set(data.names[0].split())
    return " ".join(word for word in data.names[1].split() if word not in own) or data.names[1]


def variance_text(data: ChartData, point: Point) -> str:
    """Actual against plan; `n/a` where one is missing or the plan is no base (NF7)."""
    actual, plan = point.numbers[0], point.numbers[1]
    if actual is None or plan is None:
        return "n/a"
    if data.format.kind == fact_pb2.FORMAT_KIND_PERCENT:
        return show_change(actual - plan, data.format, data.locale)
    if plan <= 0 or abs(actual / plan - 1) > _LARGEST_SHARE:
        return show_change(actual - plan, data.format, data.locale) if plan else "n/a"
    change = actual / plan - 1
    fine = 1 if 0 < abs(change) < 0.0095 else 0
    return show_share(change, data.locale, signed=True, decimals=fine)


def judgement(data: ChartData, change: float) -> str:
    """Class of a change: good or bad by the measure's polarity, plain where that is unknown."""
    polarity = data.format.polarity
    if not change or polarity == fact_pb2.POLARITY_UNSPECIFIED:
        return ""
    good = (change > 0) == (polarity == fact_pb2.POLARITY_MORE_IS_BETTER)
    return "good" if good else "bad"
