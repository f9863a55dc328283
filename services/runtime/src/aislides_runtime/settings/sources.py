"""Where settings come from: a YAML file, `.env`, the environment."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from dotenv import dotenv_values
from dotenv.parser import parse_stream


class SettingsError(Exception):
    """The settings cannot be used; `faults` has one line for each thing to put right."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(self.faults)


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable and where it was set: "environment" or the `.env` file."""

    name: str
    value: str
    origin: str


class _Loader(yaml.SafeLoader):
    """Plain YAML that refuses a key given twice (YAML itself would keep the last)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                continue
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"{key} is given twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> dict[str, Any]:
    """The file's sections; an empty file has none.

    Raises SettingsError when the file is missing or is not a YAML mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except FileNotFoundError:
        raise SettingsError([f"{path}: does not exist"]) from None
    except OSError as error:
        raise SettingsError([f"{path}: cannot be read: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{path}: is not UTF-8 text"]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        problem = error.problem or error.context
        raise SettingsError([f"{path}{place}: not valid YAML: {problem}"]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = str(error).splitlines()[0]
        raise SettingsError([f"{path}: not valid YAML: {problem}"]) from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise SettingsError([f"{path}: must hold sections such as 'logging:'"])
    return {str(section): value for section, value in data.items()}


def read_variables(environ: Mapping[str, str], dotenv: Path | None) -> dict[str, Variable]:
    """All variables that are set and not empty; the environment wins over the `.env` file.

    A missing `.env` file is fine. Raises SettingsError for one that cannot be understood.
    """
    found: dict[str, Variable] = {}
    if dotenv is not None and dotenv.is_file():
        for name, value in _read_dotenv(dotenv).items():
            found[name] = Variable(name, value, str(dotenv))
    for name, value in environ.items():
        if value.strip():
            found[name] = Variable(name, value, "environment")
    return {name: variable for name, variable in found.items() if variable.value.strip()}


def _read_dotenv(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8") as stream:
            faults = [
                f"{path}:{binding.original.line}: must look like NAME=value"
                for binding in parse_stream(stream)
                if binding.error
            ]
        if faults:
            raise SettingsError(faults)
        values = dotenv_values(path, interpolate=False, encoding="utf-8")
    except OSError as error:
        raise SettingsError([f"{path}: cannot be read: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{path}: is not UTF-8 text"]) from None
    return {name: value for name, value in values.items() if value is not None}
