"""Turns a request into a call that is ready to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from llm_svc.asking import Prepared
from llm_svc.domain.completion import Spec
from llm_svc.domain.errors import invalid
from llm_svc.prompts.reload import PromptBook
from llm_svc.structured.schema import BadSchema, Shape


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a request that leaves it open gets."""

    max_output_tokens: int = 8000
    temperature: float | None = 0.0


class Preparer:
    """Renders prompts and fills in defaults."""

    def __init__(self, book: PromptBook, defaults: Defaults) -> None:
        self._book = book
        self._defaults = defaults

    def __call__(self, spec: Spec) -> Prepared:
        """The call. Raises PromptNotFound and InvalidRequest."""
        name = version = ""
        messages, tools = spec.messages, spec.tools
        if spec.prompt is not None:
            prompt = self._book.get(spec.prompt.name)
            name, version = prompt.name, prompt.version
            messages = prompt.messages(spec.prompt)
            tools = tools or (() if spec.structured else prompt.tools)
        shape = element_shape = None
        if spec.structured is not None:
            shape = Shape(spec.structured.schema)
            if spec.structured.element_path:
                try:
                    element_shape = shape.elements(spec.structured.element_path)
                except BadSchema as error:
                    raise invalid("spec.structured.element_path", str(error)) from None
        temperature = spec.temperature
        return Prepared(
            spec=spec,
            messages=messages,
            tools=tools,
            max_output_tokens=spec.max_output_tokens or self._defaults.max_output_tokens,
            temperature=self._defaults.temperature if temperature is None else temperature,
            prompt_name=name,
            prompt_version=version,
            shape=shape,
            element_shape=element_shape,
        )
