"""A log with the canvas at every version and the revisions of every event: what histories are tested upon."""

import json
from collections.abc import Iterable
from typing import Any

from domain.events import Recorded
from projections import canvas as canvases
from projections.revisions import Revision, revisions


class Moments:
    """All moments of a room."""

    def __init__(self, log: Iterable[Recorded]) -> None:
        self.canvases: list[dict[str, Any]] = [canvases.initial()]
        self.revisions: list[Revision] = []
        canvas = canvases.initial()
        for recorded in log:
            made = revisions(canvas, recorded)
            assert json.loads(json.dumps(made)) is not None
            self.revisions += made
            canvases.advance(canvas, recorded)
            self.canvases.append(json.loads(json.dumps(canvas)))

    @property
    def head(self) -> int:
        return len(self.canvases) - 1

    def between(self, earlier: int, later: int) -> list[Revision]:
        """Answer the revisions behind one version, up to another."""
        return [one for one in self.revisions if earlier < one.version <= later]
