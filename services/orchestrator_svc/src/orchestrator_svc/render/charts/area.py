"""Area under one line: how much there was, from zero."""

from __future__ import annotations

from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.line import line_chart
from orchestrator_svc.render.charts.look import Drawing, Look


def area_chart(data: ChartData, look: Look) -> Drawing:
    """The line chart with its area tinted."""
    return line_chart(data, look, filled=True)
