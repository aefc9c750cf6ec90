"""Clients over a rough network come to hold the same canvas, and it is the fold of the log."""

from collections.abc import Iterator

import pytest

from tests.adversary.convergence import Round, kept, run
from tests.support.process import Server, serving

SHORT = [Round(seed=20_250_101, clients=20, actions=25), Round(seed=7, clients=6, actions=60)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


@pytest.mark.parametrize("round_", list(dict.fromkeys([*SHORT, *kept()])), ids=str)
def test_everyone_holds_the_same_after_cuts_resumes_and_resends(server: Server, round_: Round) -> None:
    seen = run(server, round_)
    assert seen["accepted"] > round_.clients * round_.actions / 5
    assert seen["cuts"]
    assert seen["resumed"]
    assert seen["sent again"]
