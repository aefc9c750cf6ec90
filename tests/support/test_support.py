"""The tests' own tools can fail: each catches the fault that it is there for."""

import copy

import pytest

from tests.support.expect import Wrong
from tests.support.law import check_chain, check_form
from tests.support.ledger import Ledger
from tests.support.patch import DoesNotFitError, Json, apply, read
from tests.support.replica import Replica
from tests.vectors.known import CHAIN

LOG: list[Json] = [link["event"] for link in CHAIN[:-1]]
DO: Json = {"type": "do", "id": "c1", "action": "undo"}


def held() -> Replica:
    replica = Replica()
    welcome: Json = {"type": "welcome", "protocol": 1, "epoch": "e1", "shape": "s", "version": 0, "canvas": None}
    replica.welcome({**welcome, "you": {"participant": "p1"}, "people": []})
    return replica


def frame(*events: Json) -> Json:
    return {"type": "events", "from": events[0]["version"], "to": events[-1]["version"], "events": list(events)}


def test_a_replica_follows_the_log() -> None:
    replica = held()
    replica.frame(frame(*LOG[:2]))
    replica.frame(frame(*LOG[2:]))
    assert (replica.version, replica.canvas, replica.digest) == (len(LOG), len(LOG), LOG[-1]["digest"])


@pytest.mark.parametrize("events", [LOG[1:], [LOG[0], LOG[2]], [LOG[0], LOG[0]]], ids=["behind", "gap", "twice"])
def test_a_replica_notices_a_gap(events: list[Json]) -> None:
    with pytest.raises(Wrong):
        held().frame(frame(*events))


@pytest.mark.parametrize("member", ["at", "by", "command", "data", "digest", "epoch", "schema", "type"])
def test_a_replica_notices_a_changed_event(member: str) -> None:
    changed = {**copy.deepcopy(LOG[0]), member: "0" * 64 if member == "digest" else 7}
    changed["data"] = {"room": "r2", "title": "LEGO"} if member == "data" else changed["data"]
    with pytest.raises(Wrong):
        held().frame(frame(changed))


def test_a_chain_with_a_command_in_two_places_falls() -> None:
    check_chain(LOG, "r1")
    again = [{**event, "command": "same" if event["version"] in {3, 5} else event["command"]} for event in LOG]
    with pytest.raises(Wrong):
        check_chain(again, "r1")


def test_a_word_without_a_salt_falls() -> None:
    with pytest.raises(Wrong):
        check_form({**LOG[0], "salt": None})


def test_a_receipt_out_of_nowhere_falls() -> None:
    with pytest.raises(Wrong):
        Ledger().receipt({"id": "c1", "outcome": "unchanged", "versions": []})


def test_a_second_answer_to_one_sending_falls() -> None:
    ledger = Ledger()
    ledger.sent(DO)
    ledger.receipt({"id": "c1", "outcome": "unchanged", "versions": []})
    assert ledger.pending() == []
    with pytest.raises(Wrong):
        ledger.receipt({"id": "c1", "outcome": "unchanged", "versions": []})


def test_events_of_a_command_at_two_versions_fall() -> None:
    ledger = Ledger()
    ledger.sent(DO)
    ledger.events([{"version": 3, "command": "c1", "by": "p1"}], "p1")
    with pytest.raises(Wrong):
        ledger.events([{"version": 4, "command": "c1", "by": "p1"}], "p1")


def test_a_rejection_of_what_made_events_falls() -> None:
    ledger = Ledger()
    ledger.sent(DO)
    ledger.sent(DO)
    ledger.events([{"version": 3, "command": "c1", "by": "p1"}], "p1")
    with pytest.raises(Wrong):
        ledger.receipt({"id": "c1", "outcome": "rejected", "versions": [], "code": "locked", "message": "Wait."})


def test_what_a_cut_took_along_is_pending_again() -> None:
    ledger = Ledger()
    ledger.sent(DO)
    ledger.cut()
    assert ledger.pending() == [DO]


def test_patches_add_replace_and_remove_and_leave_the_document_alone() -> None:
    document = {"a": [1, 2], "b/c": {"~": 0}}
    changes: list[Json] = [
        {"op": "add", "path": "/a/1", "value": 9},
        {"op": "add", "path": "/a/-", "value": 3},
        {"op": "remove", "path": "/a/0"},
        {"op": "replace", "path": "/b~1c/~0", "value": None},
    ]
    assert apply(document, changes) == {"a": [9, 2, 3], "b/c": {"~": None}}
    assert document == {"a": [1, 2], "b/c": {"~": 0}}
    assert read(document, "/b~1c/~0") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"op": "replace", "path": "/x", "value": 1},
        {"op": "remove", "path": "/a/2"},
        {"op": "add", "path": "/a/3", "value": 1},
        {"op": "add", "path": "/a/01", "value": 1},
        {"op": "add", "path": "/x/y", "value": 1},
        {"op": "move", "path": "/a", "from": "/b"},
        {"op": "add", "path": "/x"},
    ],
    ids=str,
)
def test_patches_that_do_not_fit_fall(change: Json) -> None:
    with pytest.raises(DoesNotFitError):
        apply({"a": [1, 2]}, [change])
