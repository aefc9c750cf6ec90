"""What bears a text is found by asking the log for little: the same as by going through all of it."""

from itertools import chain
from pathlib import Path
from random import Random

import pytest

from domain.errors import Invalid
from projections import bearing
from server.live import borne
from server.live.loading import pages
from server.storage.log import Log
from server.storage.store import SQLiteLog
from tests.server.memory_log import MemoryLog
from tests.server.played import played


@pytest.fixture(params=("memory", "file"))
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Log:
    return MemoryLog() if request.param == "memory" else SQLiteLog(tmp_path / "kern.db")


def said(log: Log, upto: int) -> list[bearing.Word]:
    """Go through all that people wrote."""
    return [word for stored in chain.from_iterable(pages(log, "room", upto)) for word, _ in borne.told(stored)]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_found_is_what_the_rules_say_of_the_whole_log(log: Log, seed: int) -> None:
    story = played(seed)
    story.write(log)  # type: ignore[arg-type]
    everything = said(log, story.head)
    some = Random(seed).sample([word for word in everything if word.text], 60)
    typed = [word for word in everything if word.stroke is not None and word.text][:60]
    assert typed
    together = 0
    for named in some + typed:
        found = borne.find(log, "room", named.version, named.pointer, story.head)
        assert found is not None
        expected = bearing.bearing(named, everything)
        assert [(text.version, text.pointer) for text in found.texts] == [(w.version, w.pointer) for w in expected]
        together += len(expected) > 1
    assert together > 10


def test_what_is_behind_the_version_that_was_asked_for_is_not_there(log: Log) -> None:
    story = played(1)
    story.write(log)  # type: ignore[arg-type]
    last = said(log, story.head)[-1]
    for version, pointer in ((0, "/text"), (last.version, "/nothing"), (story.head + 1, "/text")):
        with pytest.raises(Invalid):
            borne.find(log, "room", version, pointer, story.head)
    with pytest.raises(Invalid):
        borne.find(log, "room", last.version, last.pointer, last.version - 1)
