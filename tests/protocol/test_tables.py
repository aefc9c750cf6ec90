"""The tables of docs/protocol.md say what the code says."""

import re
from pathlib import Path
from typing import get_args

from domain.commands import Command
from server.http.problems import STATUS
from server.wire.protocol import CLOSE_CODES, Message, Presence

PROTOCOL = (Path(__file__).parent.parent.parent / "docs" / "protocol.md").read_text("utf-8")


def section(letter: str) -> str:
    return re.split(r"^## ", PROTOCOL.partition(f"## {letter} · ")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_closing_code_is_explained() -> None:
    """Rule X7."""
    assert set(re.findall(r"^  \| (\d{4}) \|", section("X"), re.MULTILINE)) == {str(code) for code in CLOSE_CODES}


def test_every_code_of_a_problem_has_its_status() -> None:
    """Rule H1."""
    rows = re.findall(r"^  \| (\d{3}) \| (.*) \|$", section("H"), re.MULTILINE)
    told = {(code, int(status)) for status, codes in rows for code in re.findall(r"`([a-z_]+)`(?=[:,;]| *$)", codes)}
    assert set(STATUS.items()) - told == set()


def test_every_action_is_listed() -> None:
    """Rule L8."""
    union = get_args(get_args(Command)[0])
    actions = {get_args(intent.model_fields["action"].annotation)[0] for intent in union}
    rows = re.findall(r"^\| (`\w+`(?: · `\w+`)?) \|", section("A"), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"\w+", row)} == actions


def test_every_field_of_an_action_is_listed() -> None:
    """Rule L8."""
    for intent in get_args(get_args(Command)[0]):
        [action] = get_args(intent.model_fields["action"].annotation)
        row = next(line for line in section("A").splitlines() if line.startswith("|") and f"`{action}`" in line)
        fields = {field.alias or name for name, field in intent.model_fields.items() if name != "action"}
        assert fields <= set(re.findall(r"\w+", row)), action


def test_the_messages_of_clients_take_nothing_unknown() -> None:
    """Rules G1, P1, P7."""
    assert Message.model_config["extra"] == "forbid"
    assert set(Presence.model_fields) == {"type", "focus", "cursor", "typing", "view", "selection", "hand"}
