"""The demo plays against a real server, and says so when something does not come out as it should."""

import asyncio
import copy
from types import SimpleNamespace
from typing import Any

import pytest

from server.demo import checks, play
from server.demo.calls import WrongError
from server.demo.guest import Ending
from tests.support.calls import Http
from tests.support.process import free_port, serving


def played(url: str, participants: int, seconds: float) -> tuple[int, list[str]]:
    lines: list[str] = []
    return asyncio.run(play(url, participants, seconds, lines.append)), lines


@pytest.fixture(scope="module")
def outcome() -> tuple[int, list[str], dict[str, Any]]:
    """What a short play came to, and how the room can be joined by the link that it ends with."""
    with serving() as server:
        code, lines = played(f"http://127.0.0.1:{server.port}", 4, 3.0)
        room, _, invite = lines[-1].rpartition("/")[2].partition("#")
        joined = Http(server.port).call("POST", f"/api/rooms/{room}/join", {"invite": invite, "name": "Late"}).json
    return code, lines, joined


def test_a_workshop_of_four_comes_out_as_it_should(outcome: tuple[int, list[str], dict[str, Any]]) -> None:
    code, lines, _ = outcome

    assert code == 0, lines
    assert any("canvases equal each other" in line for line in lines)
    assert any("exactly once" in line for line in lines)
    assert any(line.startswith("Refused: ") for line in lines)


def test_the_last_line_is_a_link_for_the_facilitator(outcome: tuple[int, list[str], dict[str, Any]]) -> None:
    assert outcome[2]["role"] == "facilitator"


def test_somebody_was_cut_off_and_came_back(outcome: tuple[int, list[str], dict[str, Any]]) -> None:
    progress = [line for line in outcome[1] if "reconnections" in line]

    assert int(progress[-1].split()[-2]) > 0


def test_without_a_server_it_says_how_to_start_one() -> None:
    code, lines = played(f"http://127.0.0.1:{free_port()}", 1, 1.0)

    assert code == 1
    assert "kern serve" in lines[-1]


def guest(**endings: Ending) -> Any:  # noqa: ANN401 - as much of a guest as a check looks at
    return SimpleNamespace(name="Noor", participant="p", endings=endings, seen={})


def log(*commands: str) -> list[dict[str, Any]]:
    return [{"version": i, "by": "p", "command": command} for i, command in enumerate(commands, 1)]


def test_a_command_that_is_missing_from_the_log_is_found() -> None:
    with pytest.raises(WrongError, match="accepted commands"):
        checks.exactly_once(guest(a=Ending("accepted", (1,)), b=Ending("accepted", (2,))), log("a"))


def test_a_command_that_stands_in_the_log_twice_is_found() -> None:
    with pytest.raises(WrongError, match="accepted commands"):
        checks.exactly_once(guest(a=Ending("accepted", (1,))), log("a", "a"))


def test_a_refused_command_in_the_log_is_found() -> None:
    with pytest.raises(WrongError, match="accepted commands"):
        checks.exactly_once(guest(a=Ending("rejected", code="locked")), log("a"))


def test_the_events_of_a_command_that_are_apart_are_found() -> None:
    with pytest.raises(WrongError, match="together"):
        checks.exactly_once(guest(a=Ending("accepted", (1, 3)), b=Ending("accepted", (2,))), log("a", "b", "a"))


def test_a_lost_mark_is_found() -> None:
    canvas = {"activities": {"c": {"details": "Noor-0001. Sam-0002. Sam-0002."}}}

    checks.nothing_lost(canvas, "c", ["Noor-0001."])
    for marks in (["Iris-0003."], ["Sam-0002."]):
        with pytest.raises(WrongError, match="lost or doubled"):
            checks.nothing_lost(canvas, "c", marks)


def test_a_canvas_that_differs_is_found() -> None:
    answer = {"version": 1, "canvas": {"title": "Bricks"}}
    same, other = copy.deepcopy(answer["canvas"]), {"title": "Blocks"}
    here = SimpleNamespace(name="Noor", held=SimpleNamespace(version=1, canvas=same))
    there = SimpleNamespace(name="Sam", held=SimpleNamespace(version=1, canvas=other))

    checks.same_canvas(answer, [here])  # type: ignore[list-item]
    with pytest.raises(WrongError, match="Sam holds another canvas"):
        checks.same_canvas(answer, [here, there])  # type: ignore[list-item]
