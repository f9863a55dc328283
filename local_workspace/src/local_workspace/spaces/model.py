"""A space file: what people say about a set of tables, in Genie's own concepts."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
Aggregate = Literal["sum", "avg", "max", "min", "median"]
Role = Literal["time", "hour", "measure", "dimension", "id", "hidden"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """One column. Without a role, the data's type and distinct values decide."""

    name: Name
    label: Text | None = Field(default=None, description="Words for people; also the SQL alias.")
    description: str = ""
    synonyms: list[Text] = []
    unit: Text | None = Field(default=None, description="Unit of every value, e.g. minutes or USD.")
    role: Role | None = None
    aggregate: Aggregate | None = Field(
        default=None, description="How a measure adds up by default."
    )
    values: dict[str, list[Text]] = Field(default={}, description="Other words for single values.")


class Table(_Strict):
    """One table. `row` names what one row is, so that "number of flights" can be counted."""

    name: Name
    description: str = ""
    row: Text | None = Field(default=None, description="Singular noun for one row.")
    synonyms: list[Text] = Field(
        default=[], description="Singular nouns for one row or the entity."
    )
    label: Name | None = Field(default=None, description="Column that names the entity for people.")
    time: Name | None = Field(default=None, description="Column that questions about time mean.")
    columns: list[Column] = []


class Join(_Strict):
    """A many-to-one join. Several joins to one table each carry their own words."""

    name: Name
    many: Annotated[str, Field(pattern=r"^[^.]+\.[^.]+$", description="table.column, many side")]
    one: Annotated[str, Field(pattern=r"^[^.]+\.[^.]+$", description="table.column, unique side")]
    synonyms: list[Text] = Field(
        default=[], description="Nouns for this role: destination, arrival."
    )
    words: list[Text] = Field(
        default=[], description="Words before a value of this role: to, into."
    )
    default: bool = Field(default=False, description="Meant when the question names no role.")


class Measure(_Strict):
    """A named aggregate over one table; ratios must guard their denominator with nullif."""

    name: Name
    table: Name
    sql: Text
    synonyms: list[Text] = []
    description: str = ""
    unit: Text | None = None
    format: Literal["number", "percent", "currency"] = "number"
    additive: bool = Field(
        default=True, description="Whether values of groups add up to the total."
    )


class NamedFilter(_Strict):
    """A named condition on the rows of one table, such as "cancelled"."""

    name: Name
    table: Name
    sql: Text
    synonyms: list[Text] = []
    opposites: list[Text] = Field(default=[], description="Words for the negation.")
    description: str = ""


class Dimension(_Strict):
    """A named expression to group by, such as a delay class."""

    name: Name
    table: Name
    sql: Text
    synonyms: list[Text] = []
    description: str = ""


class Example(_Strict):
    """A verified question; asked again in the same words it is answered by its SQL."""

    question: Text
    sql: Text
    description: str = ""


class Space(_Strict):
    """A set of tables people may ask questions about. Lists keep the order of importance."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
    title: Text
    description: str = ""
    catalog: Name = "local"
    schema_name: Name | None = Field(default=None, alias="schema")
    tables: list[Table] = Field(min_length=1, max_length=30)
    joins: list[Join] = []
    measures: list[Measure] = []
    filters: list[NamedFilter] = []
    dimensions: list[Dimension] = []
    examples: list[Example] = []
    instructions: str = ""
    sample_questions: list[Text] = []

    @model_validator(mode="before")
    @classmethod
    def _derive_name(cls, data: Any) -> Any:
        if isinstance(data, dict) and "name" not in data and isinstance(data.get("title"), str):
            slug = re.sub(r"[^a-z0-9]+", "_", data["title"].lower()).strip("_")
            if slug and not slug[0].isalpha():
                slug = f"space_{slug}"
            return {**data, "name": slug[:63] or "space"}
        return data

    def identifier(self, table: str) -> str:
        """The three-part name a workspace knows `table` by."""
        return f"{self.catalog}.{self.schema_name or self.name}.{table}"

    def serialized(self) -> dict[str, Any]:
        """This space as a Genie version-2 `serialized_space` object."""
        from local_workspace.spaces.serialize import serialized_space  # noqa: PLC0415

        return serialized_space(self)
