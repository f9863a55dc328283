"""The error a workspace answers with: HTTP status, `error_code`, a message that says what to do."""

from typing import Any


class ApiError(Exception):
    """Raised anywhere below a route; `app.py` writes it in the REST API's error format."""

    def __init__(
        self,
        status: int,
        error_code: str | int,
        message: str,
        *,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error_code = error_code
        self.message = message
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        return {"error_code": self.error_code, "message": self.message}


def not_found(what: str, name: str) -> ApiError:
    """404: there is no such thing, or it belongs to someone else."""
    return ApiError(404, "RESOURCE_DOES_NOT_EXIST", f"{what} '{name[:100]}' does not exist.")


def invalid(message: str) -> ApiError:
    """400: the request must change."""
    return ApiError(400, "INVALID_PARAMETER_VALUE", message)
