"""Reads, merges and checks settings; all faults are told at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from aislides_runtime.settings import faults, shape
from aislides_runtime.settings.sources import (
    SettingsError,
    Variable,
    read_variables,
    read_yaml,
)

PREFIX: Final = "AISLIDES_"

M = TypeVar("M", bound=BaseModel)


class Section(BaseModel):
    """A group of settings: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def load_settings(
    model: type[M],
    *,
    other_sections: frozenset[str] = frozenset(),
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    dotenv: Path | None = None,
    aliases: Mapping[str, str] | None = None,
) -> M:
    """The settings that `model` describes; its fields are the sections of the YAML file.

    Later sources win: `path` (YAML), `dotenv`, `environ` (the process environment by default).
    A variable is called `AISLIDES_<SECTION>__<KEY>`, or as `aliases` says, for example
    `{"DATABRICKS_TOKEN": "databricks.token"}`; an empty one counts as not set, and lists and
    groups are written as JSON. `other_sections` belong to other services and are not looked at.

    Raises SettingsError with one line for each fault: unreadable files, unknown sections, keys and
    variables, wrong values, missing values, secrets outside the environment and `.env`.
    """
    _require_closed(model)
    variables = read_variables(os.environ if environ is None else environ, dotenv)
    data = read_yaml(path) if path is not None else {}
    return _Loading(model, other_sections, path, dotenv, dict(aliases or {})).run(data, variables)


def _require_closed(model: type[BaseModel]) -> None:
    if model.model_config.get("extra") != "forbid":
        raise TypeError(f"{model.__name__} must forbid unknown keys: derive it from Section")
    for field in model.model_fields.values():
        inner = shape.model_in(field.annotation)
        if inner is not None:
            _require_closed(inner)


class _Loading(Generic[M]):
    """One run of load_settings; collects faults by path so that each place is told once."""

    def __init__(
        self,
        model: type[M],
        other_sections: frozenset[str],
        path: Path | None,
        dotenv: Path | None,
        aliases: dict[str, str],
    ) -> None:
        self._model = model
        self._own = shape.keys_of(model)
        self._others = other_sections - self._own.keys()
        self._file = str(path) if path is not None else None
        self._dotenv = str(dotenv) if dotenv is not None else ".env"
        self._paths = {name: tuple(dotted.split(".")) for name, dotted in aliases.items()}
        self._set_by: dict[shape.PathTo, Variable] = {}
        self._faults: dict[shape.PathTo, str] = {}

    def run(self, data: dict[str, Any], variables: dict[str, Variable]) -> M:
        self._refuse_unknown_sections(data)
        data = {name: value for name, value in data.items() if name in self._own}
        self._check_file(self._model, data, ())
        self._open_groups(self._model, data)
        for variable in sorted(variables.values(), key=_rank):
            target = self._target(variable)
            if target is not None:
                self._put(data, target, variable)
        try:
            settings = self._model.model_validate(data)
        except ValidationError as error:
            for details in error.errors():
                self._add(details)
        if self._faults:
            raise SettingsError(list(self._faults.values()))
        return settings

    def _refuse_unknown_sections(self, data: dict[str, Any]) -> None:
        known = self._own.keys() | self._others
        for name in data.keys() - known:
            hint = faults.suggestion(name, known)
            self._faults[(name,)] = f"{self._file}: {name}: is not a known section{hint}"

    def _check_file(self, model: type[BaseModel], data: dict[str, Any], at: shape.PathTo) -> None:
        """Takes out of the file's data what pydantic would let pass."""
        for key, field in shape.keys_of(model).items():
            if key not in data:
                continue
            here = (*at, key)
            inner = shape.model_in(field.annotation)
            if shape.is_secret(field.annotation):
                name = self._variable_for(here)
                self._faults[here] = (
                    f"{self._file}: {_dotted(here)}: belongs in the environment or .env"
                    f" (as {name}), not in this file"
                )
                del data[key]
            elif isinstance(data[key], bool) and shape.is_number(field.annotation):
                self._faults[here] = (
                    f"{self._file}: {_dotted(here)}: must be a number"
                    f" (got {faults.shown(data[key])})"
                )
            elif inner is not None and isinstance(data[key], dict):
                self._check_file(inner, data[key], here)

    def _open_groups(self, model: type[BaseModel], data: dict[str, Any]) -> None:
        """Gives an absent or empty group its defaults, or one fault for each missing key."""
        for key, field in shape.keys_of(model).items():
            inner = shape.model_in(field.annotation)
            if inner is None:
                continue
            absent = key not in data and field.is_required()
            empty = key in data and data[key] is None and inner is field.annotation
            if absent or empty:
                data[key] = {}
            if isinstance(data.get(key), dict):
                self._open_groups(inner, data[key])

    def _target(self, variable: Variable) -> tuple[str, ...] | None:
        name = variable.name
        if name in self._paths:
            path = self._paths[name]
            return path if path[0] in self._own else None
        if not name.startswith(PREFIX):
            return None
        path = tuple(name.removeprefix(PREFIX).lower().split("__"))
        if len(path) == 1 and path[0] not in self._own:
            self._refuse_single_underscore(variable)
            return None
        if path[0] in self._others:
            return None
        if shape.annotation_at(self._model, path) is None:
            self._refuse_variable(variable, path)
            return None
        return path

    def _refuse_single_underscore(self, variable: Variable) -> None:
        flat = variable.name.removeprefix(PREFIX).lower()
        for section, field in self._own.items():
            inner = shape.model_in(field.annotation)
            if inner and any(flat == f"{section}_{key}" for key in shape.keys_of(inner)):
                path = (section, flat.removeprefix(f"{section}_"))
                self._faults[path] = (
                    f"{variable.name} ({variable.origin}): is not a known setting"
                    f"; did you mean {_variable(path)}?"
                )

    def _refuse_variable(self, variable: Variable, path: tuple[str, ...]) -> None:
        section, rest = path[0], path[1:]
        field = self._own.get(section)
        inner = shape.model_in(field.annotation) if field else None
        if inner is not None:
            keys = shape.keys_of(inner)
            hint = faults.suggestion(
                rest[0] if rest else "", keys, lambda k: _variable((section, k))
            )
        else:
            sections = self._own.keys() | self._others
            hint = faults.suggestion(section, sections, lambda s: _variable((s, *rest)))
        self._faults[(variable.name,)] = (
            f"{variable.name} ({variable.origin}): is not a known setting{hint}"
        )

    def _put(self, data: dict[str, Any], path: tuple[str, ...], variable: Variable) -> None:
        group: Any = data
        for part in path[:-1]:
            group = group.setdefault(part, {}) if isinstance(group, dict) else None
        if not isinstance(group, dict):
            return
        group[path[-1]] = _parsed(variable.value, shape.annotation_at(self._model, path))
        self._set_by[path] = variable
        self._faults.pop(path, None)

    def _add(self, details: ErrorDetails) -> None:
        at = details["loc"]
        if any(at[: len(known)] == known for known in self._faults):
            return
        kind, place = details["type"], self._place(at)
        if kind == "missing":
            self._faults[at] = self._missing(at)
        elif kind == "extra_forbidden":
            inner = shape.model_in(shape.annotation_at(self._model, at[:-1]))
            known = shape.keys_of(inner) if inner else {}
            hint = faults.suggestion(str(at[-1]), known)
            self._faults[at] = f"{place}: is not a known key{hint}"
        else:
            hidden = kind in ("value_error", "secret") or shape.is_secret(
                shape.annotation_at(self._model, at)
            )
            got = "" if hidden else f" (got {faults.shown(details['input'])})"
            self._faults[at] = f"{place}: {faults.expectation(details)}{got}"

    def _place(self, at: shape.PathTo) -> str:
        for length in range(len(at), 0, -1):
            variable = self._set_by.get(at[:length])
            if variable is not None:
                rest = f": {_dotted(at[length:])}" if at[length:] else ""
                return f"{variable.name} ({variable.origin}){rest}"
        return f"{self._file}: {_dotted(at)}" if self._file else _dotted(at)

    def _missing(self, at: shape.PathTo) -> str:
        name = self._variable_for(at)
        if shape.is_secret(shape.annotation_at(self._model, at)):
            return f"{name} is missing: set it in the environment or in {self._dotenv}"
        where = f"set it in {self._file} or as {name}" if self._file else f"set {name}"
        return f"{_dotted(at)} is missing: {where}"

    def _variable_for(self, at: shape.PathTo) -> str:
        for name, path in self._paths.items():
            if path == at:
                return name
        return _variable(at)


def _rank(variable: Variable) -> tuple[bool, bool]:
    """Later wins: the environment over `.env`, then the full name over an alias."""
    return (variable.origin == "environment", variable.name.startswith(PREFIX))


def _variable(path: shape.PathTo) -> str:
    return PREFIX + "__".join(str(part).upper() for part in path)


def _dotted(path: shape.PathTo) -> str:
    return ".".join(str(part) for part in path)


def _parsed(text: str, annotation: Any) -> Any:
    """Lists and groups from their JSON (or YAML) form; all else stays text for pydantic."""
    if not shape.is_container(annotation):
        return text
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return text
