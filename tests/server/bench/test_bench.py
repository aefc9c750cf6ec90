"""The bench measures a real server, counts what it says it counts, and names what bounds it."""

import argparse
import json
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from server import bench
from server.bench.crowd import Person, Went
from server.bench.installation import BenchError, folder_beside, fsyncs
from server.bench.line import frame
from server.bench.measures import Figures, Scale, Taken, measure
from server.bench.report import as_json, as_table, commit_bound, flood_bound

IDLE = Went(edits=100.0, deliveries=1_000.0, server_busy=0.2, bench_busy=0.1)
SMALL = Scale(rooms=2, people=2, one_room=(3,))


def figures(fsync: float, commit: float) -> Figures:
    return Figures(Taken(fsync, 2 * fsync, 9), Taken(commit, 2 * commit, 9), IDLE, {3: IDLE}, SMALL, 2, "3.11")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return measure(tmp_path_factory.mktemp("disk") / "not" / "there" / "yet", 0.3, lambda _: None, SMALL)


def test_a_small_installation_is_measured_whole(measured: Figures) -> None:
    assert measured.fsync.times > 0
    assert measured.commit.times > 0
    assert 0 < measured.commit.p50 <= measured.commit.p99
    assert measured.edits.edits > 0
    assert measured.fan_out.keys() == {3}


def test_everybody_in_a_room_gets_every_edit(measured: Figures) -> None:
    # Counted over a while in which some were under way, so about as many and not just as many.
    assert measured.fan_out[3].deliveries == pytest.approx(3 * measured.fan_out[3].edits, rel=0.5)


def test_the_table_and_the_json_have_every_figure(measured: Figures) -> None:
    table, document = as_table(measured), json.loads(as_json(measured))

    assert "2 rooms of 2 people" in table
    assert "one room of 3 people" in table
    assert document["edits"]["edits"] == measured.edits.edits
    assert document["bound_by"].keys() == {"commit", "edits", "fan_out"}


def test_nothing_is_left_behind_on_the_disk(tmp_path: Path) -> None:
    with folder_beside(tmp_path / "data") as folder:
        assert folder.parent == tmp_path
        assert fsyncs(folder, 0.01, most=3)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("server", "own", "words"),
    [(0.95, 0.5, "the server's processor"), (0.5, 0.95, "this measuring program"), (0.3, 0.3, "waiting")],
)
def test_who_is_busy_is_what_bounds(server: float, own: float, words: str) -> None:
    assert flood_bound(Went(1, 1, server, own)).startswith(words)


def test_a_system_that_does_not_say_who_is_busy_is_no_reason_to_guess() -> None:
    assert "does not say" in flood_bound(Went(1, 1, None, 0.1))


def test_an_edit_at_rest_is_bound_by_the_disk_or_by_the_way_there() -> None:
    assert commit_bound(figures(fsync=1.0, commit=1.5)).startswith("the disk")
    assert commit_bound(figures(fsync=0.1, commit=1.5)).startswith("the way")


@pytest.mark.parametrize(("size", "head"), [(125, 2), (126, 4), (65_535, 4), (65_536, 10)])
def test_a_frame_is_masked_with_zeros_and_says_its_length(size: int, head: int) -> None:
    built = frame(b"k" * size)

    assert built[1] & 0x80
    assert len(built) == head + 4 + size
    assert built[head:] == bytes(4) + b"k" * size


def person(line: Any) -> Person:  # noqa: ANN401 - as much of a line as a person needs
    return Person(SimpleNamespace(socket=line))  # type: ignore[arg-type]


def test_each_edit_is_a_new_command_of_the_same_length() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        somebody = person(ours)
        somebody.edit()
        first = theirs.recv(10_000)
        somebody.edit()
        second = theirs.recv(10_000)

    payloads = [json.loads(data[data.index(b"{") :]) for data in (first, second)]
    assert len(first) == len(second)
    assert payloads[0]["id"] != payloads[1]["id"]
    assert payloads[0]["reason"] != payloads[1]["reason"]


def test_events_are_counted_once_wherever_the_reads_cut_them() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        somebody = person(ours)
        event = b'{"command":"%b-0000-4000-8000-000000000001","digest":"ab"}' % somebody.card[:8].encode()
        for cut in range(len(event)):
            for part in (event[:cut], event[cut:]):
                if part:
                    theirs.sendall(part)
                    somebody.take()

    assert (somebody.own, somebody.received) == (len(event), len(event))


def test_a_connection_that_ends_is_an_error_and_no_figure() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        with pytest.raises(BenchError):
            person(ours).take()


def test_the_time_for_each_measurement_is_bounded() -> None:
    parser = argparse.ArgumentParser()
    bench.add_arguments(parser)

    assert parser.parse_args(["--seconds", "600"]).seconds == bench.MOST_SECONDS
