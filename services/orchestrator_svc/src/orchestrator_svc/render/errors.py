"""What a spec can have that cannot be drawn."""

from __future__ import annotations

from aislides_runtime.errors import FieldViolation, Kind, ServiceError


class RenderError(ServiceError):
    """The spec names something that is not there; says the slide and the field."""

    kind = Kind.INVALID_ARGUMENT
    reason = "DECK_SPEC_INVALID"

    @classmethod
    def at(cls, slide_id: str, field: str, fault: str) -> RenderError:
        """A fault of one field of one slide."""
        path = f"slides[{slide_id}].{field}"
        return cls(f"{path}: {fault}", field_violations=[FieldViolation(path, fault)])
