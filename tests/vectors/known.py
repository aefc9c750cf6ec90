"""The vectors as they stand in `vectors.json`, written by `node tests/vectors/generate.mjs`."""

import json
from pathlib import Path

from tests.support.patch import Json

VECTORS: dict[str, list[Json]] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
ACCEPTED, REFUSED, COMMITMENTS, CHAIN = (VECTORS[kind] for kind in ("accepted", "refused", "commitments", "chain"))
