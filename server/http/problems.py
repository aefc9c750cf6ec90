"""What went wrong, for programs: RFC 9457 problems over HTTP."""

from collections.abc import Mapping
from math import ceil
from typing import Any, Final

import orjson
from starlette.responses import Response

from domain.messages import message

STATUS: Final[Mapping[str, int]] = {
    "invalid": 422,
    "text_empty": 422,
    "text_too_long": 422,
    "malformed": 400,
    "unauthorized": 401,
    "not_allowed": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "payload_too_large": 413,
    "unsupported_media_type": 415,
    "too_many": 409,
    "changed_since": 409,
    "unknown_iteration": 409,
    "unknown_participant": 409,
    "value_proposition_first": 409,
    "signed_otherwise": 409,
    "too_many_tries": 429,
    "not_stored": 503,
    "room_damaged": 503,
    "draining": 503,
}
"""The HTTP status of each code."""


class ProblemError(Exception):
    """Something that a caller did wrong, or that does not work now. `data` goes with the code."""

    def __init__(self, code: str, **data: Any) -> None:  # noqa: ANN401 - whatever goes with the code
        super().__init__(code)
        self.code, self.data = code, data


def problem(error: ProblemError, language: str) -> Response:
    """Say it as application/problem+json, in the reader's language."""
    status = STATUS[error.code]
    body = {
        **error.data,
        "type": "about:blank",
        "title": error.code.replace("_", " ").capitalize(),
        "status": status,
        "code": error.code,
        "detail": message(error.code, language, error.data),
    }
    headers = {"Content-Language": language}
    if status == STATUS["unauthorized"]:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after_ms" in error.data:
        headers["Retry-After"] = str(ceil(error.data["retry_after_ms"] / 1_000))
    return Response(orjson.dumps(body), status, headers, "application/problem+json")
