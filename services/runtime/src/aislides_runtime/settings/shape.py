"""What a settings model expects at a path such as `llm.max_tokens`."""

from __future__ import annotations

import types
from collections.abc import Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from aislides_runtime.settings.secret import Secret

PathTo = tuple[str | int, ...]


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys that a model takes, under the names used in files."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def choices(annotation: Any) -> list[Any]:
    """The types that an annotation allows, without None and without Annotated."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return choices(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [c for a in get_args(annotation) if a is not type(None) for c in choices(a)]
    return [annotation]


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The settings model that an annotation holds directly or as optional."""
    for choice in choices(annotation):
        if isinstance(choice, type) and issubclass(choice, BaseModel):
            return choice
    return None


def is_secret(annotation: Any) -> bool:
    """Whether the value is a secret."""
    return Secret in choices(annotation)


def is_container(annotation: Any) -> bool:
    """Whether the value has parts, so that a variable gives it as JSON."""
    return not any(
        isinstance(choice, type) and choice is str for choice in choices(annotation)
    ) and (
        any(
            (get_origin(choice) or choice) in (list, dict, tuple, set, frozenset, Sequence)
            or model_in(choice) is not None
            for choice in choices(annotation)
        )
    )


def is_number(annotation: Any) -> bool:
    """Whether only numbers fit, so that true and false do not."""
    return set(choices(annotation)) <= {int, float}


def annotation_at(model: type[BaseModel], path: PathTo) -> Any:
    """The annotation at a path, None where the model does not know the path."""
    annotation: Any = model
    for part in path:
        inner = model_in(annotation)
        if inner is not None:
            field = keys_of(inner).get(str(part))
            if field is None:
                return None
            annotation = field.annotation
        else:
            arguments = [get_args(choice) for choice in choices(annotation) if get_args(choice)]
            if not arguments:
                return None
            annotation = arguments[0][-1]
    return annotation
