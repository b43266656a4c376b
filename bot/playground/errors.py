"""The Bot API's refusals, with the words Telegram uses.

::

    ApiError(error_code, description, parameters)
    ├── bad_request(...)      400
    ├── unauthorized()        401
    ├── forbidden(...)        403
    ├── not_found()           404
    ├── conflict(...)         409
    └── too_many_requests()   429, with retry_after in seconds
"""

from __future__ import annotations

from collections.abc import Mapping


class ApiError(Exception):
    """A Bot API method was refused; becomes `{"ok": false, ...}` with that HTTP status."""

    def __init__(
        self, error_code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        self.error_code = error_code
        self.description = description
        self.parameters = dict(parameters) if parameters else None
        super().__init__(f"{error_code} {description}")

    def payload(self) -> dict[str, object]:
        """Return the JSON body of the refusal."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """Return a 400: the parameters or the state of the chat do not allow the call."""
    return ApiError(400, f"Bad Request: {reason}")


def unauthorized() -> ApiError:
    """Return the 401 that a wrong token gets."""
    return ApiError(401, "Unauthorized")


def forbidden(reason: str) -> ApiError:
    """Return a 403: the bot may not act in that chat."""
    return ApiError(403, f"Forbidden: {reason}")


def not_found() -> ApiError:
    """Return the 404 that an unknown method gets."""
    return ApiError(404, "Not Found")


def conflict(reason: str) -> ApiError:
    """Return a 409: two ways of getting updates at once."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """Return a 429; `retry_after` is in seconds."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
"""The reason of the 400 for a query that is unknown, or too old to be answered."""

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
"""The reason of the 400 for an edit that would change nothing."""

DEFAULT_DESCRIPTIONS = {
    400: "Bad Request: a fault was ordered",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    ),
    500: "Internal Server Error",
}
