"""The built client's files: served compressed, as the build left them, to whoever takes that.

The build puts `FILE.br` and `FILE.gz` beside what is worth it, so no request costs the event loop any compressing.
"""

import re
from os import PathLike, stat_result
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
"""What the build makes, the smaller one first: the token of Accept-Encoding, and the ending of the file's name."""

_refused: Final = re.compile(r";\s*q=0(?:\.0*)?$")


class Assets(StaticFiles):
    """Static files of which compressed copies lie beside them."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with the smallest form that the reader takes; what it is stays the plain file's type."""
        taken = accepted(Headers(scope=scope).get("accept-encoding", ""))
        for encoding, ending in ENCODINGS:
            if encoding not in taken:
                continue
            path, stat = self.lookup_path(self.get_path(scope) + ending)
            if stat is not None:
                plain = FileResponse(full_path).media_type
                headers = {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
                packed = FileResponse(path, status_code, headers, plain, stat_result=stat)
                held = self.is_not_modified(packed.headers, Headers(scope=scope))
                return NotModifiedResponse(packed.headers) if held else packed
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Vary"] = "Accept-Encoding"
        return response


def accepted(header: str) -> set[str]:
    """Read Accept-Encoding as far as it matters here: the names in it that were not refused by `q=0`."""
    parts = (part.strip() for part in header.lower().split(","))
    return {part.split(";")[0].strip() for part in parts if part and not _refused.search(part)}
