"""Whatever was done can be taken back at once without a trace, and done again."""

import pytest

from tests.adversary.actions import CHOICES
from tests.adversary.sequences import play


@pytest.mark.parametrize("seed", range(4))
def test_taking_back_at_once_brings_back_the_canvas_byte_for_byte(seed: int) -> None:
    seen = play(seed, steps=800)
    assert seen["there and back"] > 50
    assert len(seen) > len(CHOICES)
