"""A client of the demo believes nothing: a gap, another text, a patch that does not fit are all found."""

import copy
from typing import Any

import pytest

from projections import canvas as canvases
from server.demo.calls import Calls, WrongError
from server.demo.held import Held, digest_of
from server.storage.codec import BEGINNING

Event = dict[str, Any]


def event(version: int, previous: str, path: str, value: object) -> Event:
    made: Event = {
        "format": 1,
        "version": version,
        "epoch": "e",
        "type": "WorkshopDescribed",
        "schema": 1,
        "at": "2025-01-01T00:00:00.000000Z",
        "by": "p",
        "command": None,
        "data": {"title": f"Title {version}"},
        "words": ["/title"],
        "salt": f"{version:032x}",
        "changes": [{"op": "replace", "path": path, "value": value}],
    }
    return {**made, "digest": digest_of(previous, made)}


FIRST = event(1, BEGINNING, "/title", "Title 1")
SECOND = event(2, FIRST["digest"], "/title", "Title 2")


def held() -> Held:
    held = Held()
    you = {"type": "welcome", "epoch": "e", "shape": "1", "version": 0, "digest": BEGINNING}
    held.welcome({**you, "canvas": canvases.initial()})
    return held


def test_a_client_follows_the_events() -> None:
    client = held()
    client.take(copy.deepcopy([FIRST, SECOND]))

    assert (client.now, client.canvas["title"]) == (2, "Title 2")


def test_a_client_that_comes_back_says_what_it_holds() -> None:
    client = held()
    client.take([FIRST])

    hello = client.hello("token")

    assert (hello["since"], hello["epoch"], hello["digest"], hello["shape"]) == (1, "e", FIRST["digest"], "1")


def test_a_client_that_holds_nothing_asks_for_the_canvas() -> None:
    hello = Held().hello("token")

    assert (hello["since"], hello["epoch"]) == (None, None)
    assert "digest" not in hello


@pytest.mark.parametrize("events", [[SECOND], [FIRST, FIRST]], ids=["gap", "twice"])
def test_an_event_that_is_not_the_next_one_is_found(events: list[Event]) -> None:
    with pytest.raises(WrongError, match="came after"):
        held().take(copy.deepcopy(events))


@pytest.mark.parametrize(
    "change", [{"data": {"title": "Another"}}, {"at": "2025-01-01T00:00:00.000001Z"}, {"salt": "0" * 32}, {"by": None}]
)
def test_an_event_that_was_altered_is_found(change: Event) -> None:
    with pytest.raises(WrongError, match="digest"):
        held().take([{**FIRST, **change}])


def test_changes_that_do_not_fit_are_found() -> None:
    with pytest.raises(WrongError, match="do not fit"):
        held().take([event(1, BEGINNING, "/nowhere", 1)])


def test_a_welcome_that_leads_elsewhere_is_found() -> None:
    client = held()

    with pytest.raises(WrongError, match="leads to"):
        client.welcome({"epoch": "e", "shape": "1", "version": 3, "events": copy.deepcopy([FIRST, SECOND])})


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(WrongError, match="no address"):
        Calls("ftp://somewhere")


def test_the_live_address_follows_that_of_the_server() -> None:
    assert Calls("https://kern.test/").live("r") == "wss://kern.test/api/rooms/r/live"
