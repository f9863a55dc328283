"""What all drawing functions share: the bundle by id, the locale, and how values become markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aislides.deck.v1 import deck_pb2, fact_pb2, table_pb2
from google.protobuf.timestamp_pb2 import Timestamp

from orchestrator_svc.deck.formats import display
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import Piece, pieces
from orchestrator_svc.deck.values import from_python
from orchestrator_svc.render.brand import Brand
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.phrases import phrases
from orchestrator_svc.render.themes import NAMES, Theme, load_theme


@dataclass(slots=True)
class Scene:
    """One deck being drawn. `used` collects the references that were printed."""

    bundle: deck_pb2.DeckBundle
    facts: Mapping[str, fact_pb2.Fact]
    tables: Mapping[str, Table]
    theme: Theme
    brand: Brand | None = None
    used: dict[str, None] = field(default_factory=dict)
    _printed: dict[bytes, list[Piece]] = field(default_factory=dict)

    @classmethod
    def of(cls, bundle: deck_pb2.DeckBundle, theme: str | None, brand: Brand | None) -> Scene:
        """The deck in this theme, else its own, else the default; in the brand's colours if any.

        Raises InvalidRequest for an unknown theme.
        """
        chosen = load_theme(theme or bundle.deck.theme or NAMES[0])
        return cls(
            bundle=bundle,
            facts={fact.id: fact for fact in bundle.facts},
            tables={result.id: Table(result) for result in bundle.results},
            theme=brand.dress(chosen) if brand else chosen,
            brand=brand,
        )

    @property
    def locale(self) -> str:
        """Locale of numbers and dates."""
        return self.bundle.deck.locale or "en-GB"

    def say(self, phrase: str, **values: object) -> str:
        """One of the deck's own words, in the language of its locale. Raises KeyError."""
        return phrases(self.locale)[phrase].format(**values)

    def plain(self, text: fact_pb2.Text) -> str:
        """The text as read."""
        return "".join(piece.text for piece in self._pieces(text))

    def rich(self, text: fact_pb2.Text) -> Markup:
        """The text with each figure as a button that opens its evidence."""
        return join(*(self._piece(piece) for piece in self._pieces(text)))

    def figure(self, ref: fact_pb2.ValueRef, shown: Markup) -> Markup:
        """Markup that stands for a fact value and opens its evidence.

        A span and no button element: buttons do not wrap, and names can be long.
        """
        name = f"{ref.fact_id}.{ref.name}"
        self.used.setdefault(name)
        return tag("span", shown, role="button", tabindex=0, class_="figure", data_ref=name)

    def table(self, slide: deck_pb2.Slide, field_name: str, result_id: str) -> Table:
        """The result that a field of a slide names. Raises RenderError."""
        found = self.tables.get(result_id)
        if found is None:
            raise RenderError.at(slide.id, field_name, f"there is no result {result_id!r}")
        return found

    def number_of_query(self, result_id: str) -> int:
        """Position of a result in the appendix, from 1."""
        return list(self.tables).index(result_id) + 1

    def number(self, value: float, decimals: int = 0) -> str:
        """A number of the deck's own, such as a count of rows."""
        fmt = fact_pb2.Format(kind=fact_pb2.FORMAT_KIND_NUMBER, decimals=decimals)
        return display(from_python(value), fmt, self.locale)

    def day(self, moment: Timestamp) -> str:
        """The day of a moment."""
        fmt = fact_pb2.Format(kind=fact_pb2.FORMAT_KIND_DATE, grain=fact_pb2.TIME_GRAIN_DAY)
        value = table_pb2.Value(date=moment.ToDatetime().date().isoformat())
        return display(value, fmt, self.locale)

    def _pieces(self, text: fact_pb2.Text) -> list[Piece]:
        # A text is printed four times: to be measured, in each of its variants, and for its place.
        key = text.SerializeToString()
        if key not in self._printed:
            self._printed[key] = pieces(text, self.facts, self.locale)
        return self._printed[key]

    def _piece(self, piece: Piece) -> Markup:
        if piece.ref is not None:
            shown = self.figure(piece.ref, Markup(join(piece.text)))
        else:
            shown = Markup(join(piece.text))
        return tag("strong", shown) if piece.strong else shown


def require_column(slide: deck_pb2.Slide, field_name: str, table: Table, column: str) -> str:
    """The column, if the table has it. Raises RenderError naming those there are."""
    if column not in table:
        raise RenderError.at(
            slide.id,
            field_name,
            f"{table.id} has no column {column!r}; it has {', '.join(table.names)}",
        )
    return column
