"""Kill -9 at each stage of a command: what anyone received stays, each pending command ends exactly once."""

from tests.adversary.crash import ANY_MOMENT, run
from tests.adversary.dying_server import STAGES


def test_a_kill_at_each_stage_loses_nothing_and_doubles_nothing() -> None:
    hit = run(kills=2 * (len(STAGES) + 1), seed=4)
    assert [hit[stage] for stage in (*STAGES, ANY_MOMENT)] == [2] * 5
