"""Three people and chance: short here; python -m tests.domain.fuzz plays it long."""

import pytest

from domain.commands import Command
from domain.errors import Rejected
from tests.domain.fuzz import lengths, play
from tests.domain.proposals import THOUGHTS
from tests.domain.test_every_action import COMMANDS

SEEDS = 12
SERVER_ALONE = {"command_reused"}
"""Told by the record of commands, before anything is decided."""


@pytest.mark.parametrize(("seed", "commands"), lengths(0, SEEDS, 150))
def test_whatever_people_do_the_laws_of_the_domain_hold(seed: int, commands: int) -> None:
    assert play(seed, commands)


def test_every_action_comes_to_mind() -> None:
    assert THOUGHTS.keys() == COMMANDS.keys()
    assert Command


def test_every_code_has_a_class_of_its_own() -> None:
    codes = [kind.code for kind in Rejected.__subclasses__()]

    assert len(codes) == len(set(codes))
    assert SERVER_ALONE <= set(codes)
