"""Reading a space file so that every fault carries its file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from local_workspace.spaces.checks import structural_faults
from local_workspace.spaces.model import Space

MAX_BYTES = 1_000_000
Location = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to change. `line` and `column` count from 1; 0 means the whole file."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class SpaceFileError(ValueError):
    """A space file cannot be used; `faults` says where and what to change."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def load_space(path: Path | str) -> Space:
    """Return the validated space of a YAML file; raises SpaceFileError with every fault."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SpaceFileError([_fault(path, None, f"larger than {MAX_BYTES} bytes")])
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SpaceFileError([_fault(path, None, error.strerror or "cannot be read")]) from None
    except UnicodeDecodeError:
        raise SpaceFileError([_fault(path, None, "is not UTF-8 text; save it as UTF-8")]) from None
    return parse_space(text, path)


def parse_space(text: str, path: Path | str = "space.yaml") -> Space:
    """Return the space written in `text`; `path` is only named in faults."""
    path = Path(path)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "is not valid YAML"
        raise SpaceFileError([_fault(path, error.problem_mark, problem)]) from None
    except yaml.YAMLError as error:
        raise SpaceFileError([_fault(path, None, f"is not valid YAML: {error}")]) from None
    if not isinstance(root, yaml.MappingNode):
        mark = root.start_mark if root is not None else None
        raise SpaceFileError([_fault(path, mark, "must hold a mapping with title and tables")])
    marks: dict[Location, yaml.Mark] = {}
    faults = _index(root, (), marks, path)
    if faults:
        raise SpaceFileError(faults)
    try:
        space = Space.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        raise SpaceFileError(
            [_fault(path, _mark(marks, e["loc"]), _say(e)) for e in error.errors()]
        ) from None
    except yaml.YAMLError as error:
        raise SpaceFileError([_fault(path, None, f"is not valid YAML: {error}")]) from None
    broken = structural_faults(space)
    if broken:
        raise SpaceFileError([_fault(path, _mark(marks, loc), say) for loc, say in broken])
    return space


def _index(
    node: yaml.Node, at: Location, marks: dict[Location, yaml.Mark], path: Path
) -> list[Fault]:
    """Remember where each value starts; report keys written twice (YAML keeps only the last)."""
    marks[at] = node.start_mark
    faults: list[Fault] = []
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            faults += _index(child, (*at, number), marks, path)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            if key.value in seen:
                faults.append(_fault(path, key.start_mark, f"'{key.value}' is written twice"))
            seen.add(str(key.value))
            faults += _index(child, (*at, key.value), marks, path)
            marks[(*at, key.value)] = key.start_mark
    return faults


def _mark(marks: dict[Location, yaml.Mark], at: Location) -> yaml.Mark | None:
    while at not in marks and at:
        at = at[:-1]
    return marks.get(at)


def _fault(path: Path, mark: yaml.Mark | None, message: str) -> Fault:
    if mark is None:
        return Fault(str(path), 0, 0, message)
    return Fault(str(path), mark.line + 1, mark.column + 1, message)


def _say(error: Any) -> str:
    field = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"'{error['loc'][-1]}' is not a key here; check its spelling"
    if error["type"] == "missing":
        return f"'{error['loc'][-1]}' is missing"
    return f"{field}: {error['msg']}"
