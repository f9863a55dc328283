"""Reads the prompts file and refuses it with one line for each fault.

parts:
  writing_rules: "text, or the file it is in:"
  glossary: {file: context/glossary.md}
prompts:
  some_name:
    description: what it is for
    variables: [max_slides]       # every one used, every used one declared
    takes_data: true              # a fenced JSON block follows the user text
    tools: [some_tool]            # offered when the caller offers none
    system: "... {{> writing_rules }} ... {{max_slides}} ..."
    user: "..."
  some_tool:
    description: what it is for
    tool: {name: ..., description: ..., parameters: {JSON Schema}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aislides_runtime.settings import SettingsError
from aislides_runtime.settings.sources import read_yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from llm_svc.domain.completion import Tool
from llm_svc.prompts.composition import BadInclude, included
from llm_svc.prompts.prompt import HOLE, Prompt
from llm_svc.structured.schema import BadSchema, read_schema


class PromptsRefused(Exception):
    """The file cannot be used; `faults` has one line for each thing to put right."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults)
        self.faults = faults
        self.files: tuple[Path, ...] = ()
        """Files that were read on the way: an edit of any may put things right."""

    def __str__(self) -> str:
        return "; ".join(self.faults)


@dataclass(frozen=True, slots=True)
class PromptSet:
    """The prompts of one version of the file, and the files they were read from."""

    prompts: Mapping[str, Prompt]
    files: tuple[Path, ...]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _FilePart(_Closed):
    file: str


class _ToolEntry(_Closed):
    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    description: str
    parameters: dict[str, Any]


class _Entry(_Closed):
    description: str
    variables: list[str] = []
    takes_data: bool = False
    tools: list[str] = []
    system: str = ""
    user: str = ""
    tool: _ToolEntry | None = None


class _File(_Closed):
    parts: dict[str, str | _FilePart] = {}
    prompts: dict[str, _Entry] = Field(min_length=1)


def load_prompts(path: Path) -> PromptSet:
    """The prompts of a YAML file. Raises PromptsRefused."""
    loading = _Loading(path)
    try:
        return loading.run()
    except PromptsRefused as error:
        error.files = tuple(loading.files)
        raise


class _Loading:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._faults: list[str] = []
        self.files = [path]

    def run(self) -> PromptSet:
        content = self._content()
        parts = {name: self._part(name, part) for name, part in content.parts.items()}
        used: set[str] = set()
        tools = {
            name: tool
            for name, entry in content.prompts.items()
            if entry.tool is not None and (tool := self._tool(name, entry.tool)) is not None
        }
        prompts = {
            name: self._prompt(name, entry, parts, tools, used)
            for name, entry in content.prompts.items()
        }
        for name in sorted(parts.keys() - used):
            self._fault(f"parts.{name}", "is not used by any prompt")
        if self._faults:
            raise PromptsRefused(self._faults)
        return PromptSet(prompts, tuple(self.files))

    def _content(self) -> _File:
        try:
            data = read_yaml(self._path)
        except SettingsError as error:
            raise PromptsRefused(error.faults) from None
        try:
            return _File.model_validate(data)
        except ValidationError as error:
            raise PromptsRefused(
                [
                    f"{self._path}: {'.'.join(map(str, fault['loc']))}: "
                    f"{fault['msg'][:1].lower()}{fault['msg'][1:]}"
                    for fault in error.errors()
                ]
            ) from None

    def _read(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise PromptsRefused([f"{path}: does not exist"]) from None
        except OSError as error:
            raise PromptsRefused([f"{path}: cannot be read: {error.strerror}"]) from None
        except UnicodeDecodeError:
            raise PromptsRefused([f"{path}: is not UTF-8 text"]) from None

    def _part(self, name: str, part: str | _FilePart) -> str:
        if isinstance(part, str):
            return part
        root = self._path.parent.resolve()
        file = (root / part.file).resolve()
        if not file.is_relative_to(root):
            self._fault(f"parts.{name}", "its file must be below the folder of the prompts file")
            return ""
        self.files.append(file)
        try:
            return self._read(file)
        except PromptsRefused as error:
            self._faults.extend(error.faults)
            return ""

    def _tool(self, name: str, entry: _ToolEntry) -> Tool | None:
        try:
            parameters = read_schema(json.dumps(entry.parameters))
        except BadSchema as error:
            self._fault(f"{name}.tool.parameters", str(error))
            return None
        return Tool(entry.name, " ".join(entry.description.split()), parameters)

    def _prompt(
        self,
        name: str,
        entry: _Entry,
        parts: Mapping[str, str],
        tools: Mapping[str, Tool],
        used: set[str],
    ) -> Prompt:
        if entry.tool is not None:
            return self._definition(name, entry, tools)
        system = self._included(f"{name}.system", entry.system, parts, used)
        user = self._included(f"{name}.user", entry.user, parts, used)
        if not system.strip():
            self._fault(f"{name}.system", "is missing")
        self._check_holes(name, entry, f"{system}\n{user}")
        for tool in entry.tools:
            if tool not in tools:
                self._fault(f"{name}.tools", f"there is no tool entry {tool!r}")
        offered = tuple(tools[tool] for tool in entry.tools if tool in tools)
        return Prompt(
            name,
            entry.description,
            tuple(entry.variables),
            entry.takes_data,
            system,
            user,
            offered,
        )

    def _definition(self, name: str, entry: _Entry, tools: Mapping[str, Tool]) -> Prompt:
        if entry.system or entry.user or entry.variables or entry.takes_data or entry.tools:
            self._fault(name, "a tool entry has a description and a tool, nothing else")
        tool = tools.get(name)
        definition = (
            ""
            if tool is None
            else json.dumps(
                {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": tool.parameters,
                }
            )
        )
        return Prompt(name, entry.description, (), False, "", "", definition=definition)

    def _included(self, place: str, text: str, parts: Mapping[str, str], used: set[str]) -> str:
        try:
            return included(text, parts, used=used)
        except BadInclude as error:
            self._fault(place, str(error))
            return text

    def _check_holes(self, name: str, entry: _Entry, text: str) -> None:
        holes = set(HOLE.findall(text))
        for hole in sorted(holes - set(entry.variables)):
            self._fault(name, f"uses the variable {hole!r} without declaring it")
        for variable in sorted(set(entry.variables) - holes):
            self._fault(name, f"declares the variable {variable!r} without using it")
        if "{{" in HOLE.sub("", text) or "}}" in HOLE.sub("", text):
            self._fault(name, "has '{{' or '}}' that is neither a variable nor a part")

    def _fault(self, place: str, what: str) -> None:
        self._faults.append(f"{self._path}: {place}: {what}")
