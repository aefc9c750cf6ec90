"""A scripted workshop of three iterations comes to what was written by hand from the script, in both languages."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.cli import main
from server.live.access import hashed
from server.storage.folder import log_file
from server.storage.store import SQLiteLog
from tests.server.exports import three_iterations
from tests.server.exports.three_iterations import IDS
from tests.support.process import Server

HAND = Path(three_iterations.__file__).parent / "puzzles"
NAMED = {id_: name for name, id_ in IDS.items()}
TOKENS = {"p1": "token of p1", "p3": "token of p3", "p4": "token of p4"}


class House:
    """A server on a folder with the workshop."""

    def __init__(self, folder: Path) -> None:
        log = SQLiteLog(log_file(folder))
        three_iterations.write(log, {who: hashed(token) for who, token in TOKENS.items()})
        log.close()
        self.server = Server(folder).start()

    def get(self, path: str, who: str = "p4") -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.content(path, who))

    def content(self, path: str, who: str = "p4") -> bytes:
        """Ask as somebody; an observer unless told."""
        reply = self.server.http.call("GET", f"/api/rooms/puzzles/{path}", token=TOKENS[who])
        assert reply.status == 200, reply.content
        return reply.content


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("puzzles"))
    yield house
    house.server.kill()


def hand(name: str) -> str:
    return (HAND / name).read_text("utf-8")


def test_its_revisions_are_those_of_the_script(house: House) -> None:
    page = house.get("revisions")
    lines = [line(one, page["undone"]) for one in page["revisions"]]
    assert lines == hand("revisions.txt").splitlines()


def line(one: dict[str, Any], undone: dict[str, int]) -> str:
    """Write a revision as the file has it."""
    things = " ".join(NAMED[id_] for id_ in (one["activity"], one["note"]) if id_ is not None)
    change = f"{things} {one['field']}: {shown(one['before'])} > {shown(one['after'])}".strip()
    back = undone.get(str(one["version"]))
    ends = {"because": one["reason"], "in": NAMED.get(one["iteration"]), "undoes": one["undoes"], "undone by": back}
    told = [f"{name} {value}" for name, value in ends.items() if value is not None]
    return " | ".join([str(one["version"]), one["by"], one["kind"], change, *told])


def shown(value: Any) -> str:  # noqa: ANN401 - of any field
    match value:
        case None | "" | []:
            return "-"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(one["name"] if isinstance(one, dict) else NAMED[one] for one in value)
        case {"label": label, "ends_at": ends_at}:
            return f"{label}, {ends_at}"
        case dict():
            return ", ".join(f"{who} {member['role']}" for who, member in value.items())
        case _:
            return NAMED.get(value, str(value))


def test_its_iterations_are_summarized_as_in_the_script(house: House) -> None:
    made = house.get("iterations")["iterations"]
    found = {
        NAMED[one.pop("iteration")]: {
            **one,
            "counts": some(one["counts"]),
            "categories": {name: some(counts) for name, counts in one["categories"].items()},
            "steps": {NAMED.get(at["step"], "null"): some(at["counts"]) for at in one["steps"]},
        }
        for one in made
    }
    assert found == json.loads(hand("iterations.json"))
    assert list(found) == ["ONE", "TWO", "THREE"]


def some(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("one", "other"), [("ONE", "TWO"), ("TWO", "THREE"), ("ONE", "THREE")])
def test_two_iterations_compare_as_in_the_script(house: House, one: str, other: str, language: str) -> None:
    made = house.content(f"compare?from={IDS[one]}&to={IDS[other]}&format=md&language={language}")
    assert made.decode() == hand(f"{one}-{other}.{language}.md")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_its_minutes_are_those_of_the_script_from_the_server_and_the_command_line(
    house: House, language: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    made = house.content(f"export?format=md&document=minutes&language={language}")
    assert made.decode() == hand(f"minutes.{language}.md")
    assert house.content(f"export?format=md&document=minutes&language={language}", "p1") == made
    arguments = ["export", "puzzles", "--format", "md", "--document", "minutes", "--language", language]
    assert main([*arguments, "--data", str(house.server.data)]) == 0
    assert capfdbinary.readouterr().out == made


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_comes_back_after_the_first_iteration_is_told_what_the_script_says(house: House, language: str) -> None:
    news = house.get(f"catch-up?since=28&language={language}", "p3")
    assert [one["text"] for one in news["sentences"]] == hand(f"catch_up.{language}.txt").splitlines()


def test_the_question_that_was_asked_led_to_one_activity(house: House) -> None:
    assert house.get("questions")["questions"] == [
        {
            "prompt": "production.flow",
            "activities": [
                {"activity": IDS["SAW"], "title": "Hout op maat zagen", "state": "must_do", "into": None},
            ],
            "counts": {"must_do": 1, "not_now": 0, "unjudged": 0, "combined": 0, "retired": 0},
        }
    ]
