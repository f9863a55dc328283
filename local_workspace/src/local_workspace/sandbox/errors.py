"""Why a statement did not give rows, in the words a Databricks SQL warehouse would use."""


class StatementError(Exception):
    """Root. `message` is safe for the person who wrote the statement.

    `error_code` is one of the statement-execution API's; `sql_state` has five characters or none.
    """

    error_code = "BAD_REQUEST"

    def __init__(self, message: str, sql_state: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.sql_state = sql_state


class StatementRefused(StatementError):
    """The parse check does not let the statement near the engine."""


class StatementFailed(StatementError):
    """The engine could not run the statement."""


class StatementTimedOut(StatementError):
    """The statement was still running at its deadline; its process was ended."""

    error_code = "DEADLINE_EXCEEDED"


class StatementTooLarge(StatementError):
    """The statement wanted more memory, or its result more bytes, than allowed."""

    error_code = "RESOURCE_EXHAUSTED"
