"""Short names of the chart kinds, for tables and rules that list many of them."""

from __future__ import annotations

from typing import Final, TypeAlias

from aislides.deck.v1 import deck_pb2

Kind: TypeAlias = deck_pb2.ChartKind.ValueType

BAR: Final = deck_pb2.CHART_KIND_BAR
COLUMN: Final = deck_pb2.CHART_KIND_COLUMN
GROUPED: Final = deck_pb2.CHART_KIND_GROUPED_COLUMN
STACKED: Final = deck_pb2.CHART_KIND_STACKED_COLUMN
PERCENT: Final = deck_pb2.CHART_KIND_STACKED_PERCENT
LINE: Final = deck_pb2.CHART_KIND_LINE
AREA: Final = deck_pb2.CHART_KIND_AREA
SLOPE: Final = deck_pb2.CHART_KIND_SLOPE
SCATTER: Final = deck_pb2.CHART_KIND_SCATTER
HISTOGRAM: Final = deck_pb2.CHART_KIND_HISTOGRAM
HEAT_MAP: Final = deck_pb2.CHART_KIND_HEAT_MAP
WATERFALL: Final = deck_pb2.CHART_KIND_WATERFALL
BULLET: Final = deck_pb2.CHART_KIND_BULLET
DOT: Final = deck_pb2.CHART_KIND_DOT
PIE: Final = deck_pb2.CHART_KIND_PIE
