"""Reads google.rpc.Status from trailing metadata without the package that defines it.

Only the four messages below are needed; their field numbers are fixed by their publisher. They live
in a descriptor pool of their own, so that they meet no other copy in the same process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_STRING: Final = descriptor_pb2.FieldDescriptorProto.TYPE_STRING
_BYTES: Final = descriptor_pb2.FieldDescriptorProto.TYPE_BYTES
_INT32: Final = descriptor_pb2.FieldDescriptorProto.TYPE_INT32
_INT64: Final = descriptor_pb2.FieldDescriptorProto.TYPE_INT64
_MESSAGE: Final = descriptor_pb2.FieldDescriptorProto.TYPE_MESSAGE

_MESSAGES: Final[dict[str, list[tuple[int, str, int, str, bool]]]] = {
    "Any": [(1, "type_url", _STRING, "", False), (2, "value", _BYTES, "", False)],
    "Status": [
        (1, "code", _INT32, "", False),
        (2, "message", _STRING, "", False),
        (3, "details", _MESSAGE, "Any", True),
    ],
    "ErrorInfo": [(1, "reason", _STRING, "", False), (2, "domain", _STRING, "", False)],
    "Violation": [(1, "field", _STRING, "", False), (2, "description", _STRING, "", False)],
    "BadRequest": [(1, "field_violations", _MESSAGE, "Violation", True)],
    "Duration": [(1, "seconds", _INT64, "", False), (2, "nanos", _INT32, "", False)],
    "RetryInfo": [(1, "retry_delay", _MESSAGE, "Duration", False)],
}


@dataclass(slots=True)
class RichStatus:
    """What a failed call says of itself."""

    message: str = ""
    reason: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    retry_after: float | None = None


@lru_cache(maxsize=1)
def _classes() -> dict[str, Any]:
    file = descriptor_pb2.FileDescriptorProto(
        name="aislides_client/status.proto", package="aislides_client", syntax="proto3"
    )
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for number, field_name, kind, type_name, repeated in fields:
            message.field.add(
                number=number,
                name=field_name,
                type=kind,
                type_name=f".aislides_client.{type_name}" if type_name else None,
                label=3 if repeated else 1,
            )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"aislides_client.{name}"))
        for name in _MESSAGES
    }


def read_rich_status(data: bytes) -> RichStatus:
    """The status in these bytes. Raises DecodeError when they hold none."""
    classes = _classes()
    status = classes["Status"].FromString(data)
    found = RichStatus(message=status.message)
    for detail in status.details:
        kind = detail.type_url.rsplit(".", 1)[-1]
        if kind == "ErrorInfo":
            found.reason = classes[kind].FromString(detail.value).reason
        elif kind == "BadRequest":
            for violation in classes[kind].FromString(detail.value).field_violations:
                found.fields[violation.field] = violation.description
        elif kind == "RetryInfo":
            delay = classes[kind].FromString(detail.value).retry_delay
            found.retry_after = delay.seconds + delay.nanos / 1e9
    return found
