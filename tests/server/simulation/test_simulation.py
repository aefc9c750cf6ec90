import logging
from collections.abc import Callable, Iterator

import pytest

from tests.server.simulation.disk import BrokenPromiseError
from tests.server.simulation.mutants import MUTANTS
from tests.server.simulation.world import STEPS, Parts, run

WORLDS = 15


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of faults on purpose are not worth a line each."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("world", range(WORLDS))
def test_nothing_leaves_before_it_is_durable_and_everything_ends_exactly_once(world: int) -> None:
    """Over all worlds 30,000 steps; `python -m tests.server.simulation` goes on from there."""
    try:
        run(f"test:{world}", STEPS)
    except BrokenPromiseError as broken:
        pytest.fail(f"{broken}; again: python -m tests.server.simulation --seed test --world {world}")


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_simulation_finds(mutant: str) -> None:
    parts: Callable[[], Parts] = MUTANTS[mutant]
    with pytest.raises(BrokenPromiseError):
        _live(parts)


def _live(parts: Callable[[], Parts]) -> None:
    for world in range(20):
        run(f"mutant:{world}", STEPS, parts())


def test_a_world_comes_out_the_same_from_the_same_seed() -> None:
    once, again = (run("twice", STEPS) for _ in range(2))
    assert once.disk.of("room0").version > 5
    assert once.disk.of("room0").digests == again.disk.of("room0").digests
