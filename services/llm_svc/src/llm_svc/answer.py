"""Collects one answer from its pieces and says what is wrong with it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from llm_svc.asking import Prepared
from llm_svc.domain.completion import Element, FinishReason, TextDelta, ToolCall, ToolChoice, Usage
from llm_svc.domain.errors import ContentFiltered, EmptyAnswer, Refused, StreamBroken
from llm_svc.ports import FinishPiece, Piece, RefusalPiece, TextPiece, ToolPiece, UsagePiece
from llm_svc.structured.reader import BadJson, json_part, read_strict, write
from llm_svc.structured.schema import Shape
from llm_svc.structured.splitter import Splitter


class Answer:
    """One answer in the making.

    `sent` holds the elements that the caller has, by index; they are not given again, and in the
    final text they stand as they were sent. A quiet answer tells nothing before it is whole.
    """

    def __init__(self, call: Prepared, sent: dict[int, str], *, quiet: bool = False) -> None:
        self._call = call
        self._sent = sent
        self._quiet = quiet
        self._text: list[str] = []
        self._refusal: list[str] = []
        self._calls: dict[int, list[str]] = {}
        self._arguments: dict[int, list[str]] = {}
        self._elements = 0
        structured = call.spec.structured
        path = structured.element_path if structured else ()
        self._splitter = Splitter(path) if path else None
        self.finish: FinishReason | None = None
        self.usage: Usage | None = None
        self.arrived = False

    @property
    def text(self) -> str:
        """All text so far; after `settle`, the validated JSON of a structured answer."""
        return "".join(self._text)

    @property
    def written(self) -> str:
        """All that the model wrote, tool calls included, for counting tokens."""
        calls = [*self._calls.values(), *self._arguments.values()]
        return self.text + "".join(self._refusal) + "".join("".join(call) for call in calls)

    def take(self, piece: Piece) -> Iterator[TextDelta | Element]:
        """Takes in one piece and gives what can be told of it at once."""
        self.arrived = True
        match piece:
            case TextPiece(text):
                self._text.append(text)
                if self._quiet:
                    return
                if self._splitter is not None:
                    yield from self._new_elements(self._splitter.feed(text))
                elif self._call.shape is None and text:
                    yield TextDelta(text)
            case ToolPiece(index, id_, name, arguments):
                call = self._calls.setdefault(index, ["", ""])
                call[0] = call[0] or id_
                call[1] = call[1] or name
                self._arguments.setdefault(index, []).append(arguments)
            case RefusalPiece(text):
                self._refusal.append(text)
            case FinishPiece(reason):
                self.finish = reason
            case UsagePiece(usage):
                self.usage = usage

    def check_whole(self) -> None:
        """Raises a ProviderFault unless the model came to an end and said something."""
        if self._refusal:
            raise Refused
        if self.finish is FinishReason.CONTENT_FILTER:
            raise ContentFiltered
        if self.finish is None:
            raise StreamBroken
        if not self._calls and not self.text.strip():
            if self.finish is FinishReason.LENGTH:
                raise EmptyAnswer(
                    "the model used up its tokens before it answered; raise max_output_tokens"
                )
            raise EmptyAnswer

    def settle(self) -> list[str]:
        """What does not fit, in words for the model; a structured text is then in final form."""
        if self._call.shape is not None:
            return self._settle_json(self._call.shape)
        if self._calls:
            return self._tool_faults()
        if self._call.spec.tool_choice is ToolChoice.REQUIRED and self._call.tools:
            return ["no tool was called; call at least one"]
        return []

    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The tool calls in order; ids are made where the model gave none."""
        return tuple(
            ToolCall(id_ or f"call_{uuid.uuid4().hex[:12]}", name, self._arguments_of(index))
            for index, (id_, name) in sorted(self._calls.items())
        )

    def _new_elements(self, texts: list[str]) -> Iterator[Element]:
        for text in texts:
            index, self._elements = self._elements, self._elements + 1
            if index in self._sent or self._call.element_shape is None:
                continue
            try:
                value = read_strict(text)
            except BadJson:
                continue
            if not self._call.element_shape.faults(value):
                json = write(value)
                self._sent[index] = json
                yield Element(index, json)

    def _settle_json(self, shape: Shape) -> list[str]:
        if self.finish is FinishReason.LENGTH:
            return ["the answer was cut off because it was too long; write less"]
        try:
            value = read_strict(json_part(self.text))
        except BadJson as error:
            return [str(error)]
        faults = shape.faults(value)
        if faults:
            return faults
        self._keep_sent(value)
        self._text = [write(value)]
        return shape.faults(value)

    def _keep_sent(self, value: dict[str, object]) -> None:
        structured = self._call.spec.structured
        if not self._sent or structured is None:
            return
        *outer, last = structured.element_path
        holder: object = value
        for key in outer:
            holder = holder.get(key) if isinstance(holder, dict) else None
        array = holder.get(last) if isinstance(holder, dict) else None
        if not isinstance(array, list):
            return
        for index, json in sorted(self._sent.items()):
            if index < len(array):
                array[index] = read_strict(json)
            elif index == len(array):
                array.append(read_strict(json))

    def _tool_faults(self) -> list[str]:
        offered = {tool.name: tool for tool in self._call.tools}
        faults = []
        for number, (index, (_, name)) in enumerate(sorted(self._calls.items()), start=1):
            place = f"call {number} of {name[:64] or 'a tool without a name'}"
            if name not in offered:
                known = ", ".join(offered) or "none"
                faults.append(f"{place}: there is no such tool; tools: {known}")
                continue
            try:
                arguments = read_strict(self._arguments_of(index))
            except BadJson as error:
                faults.append(f"{place}: {error}")
                continue
            shape = Shape(offered[name].parameters)
            faults += [f"{place}: {fault}" for fault in shape.faults(arguments)]
        return faults

    def _arguments_of(self, index: int) -> str:
        return "".join(self._arguments[index]).strip() or "{}"
