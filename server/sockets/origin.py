"""Whether a socket was opened by a page of this very site."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers


def is_own(headers: Headers) -> bool:
    """Compare a request's Origin with its Host. Programs send no Origin, and browsers always do."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False
