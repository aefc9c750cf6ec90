"""The load driver measures what it says: everything sent is delivered to everyone, and nothing is lost."""

import pytest

from tests.load import history_table
from tests.load.cursors import cursors
from tests.load.measure import Plan, measure
from tests.support.process import serving


@pytest.mark.parametrize("rewording", [False, True])
def test_a_short_run_delivers_every_edit_to_everyone(*, rewording: bool) -> None:
    with serving() as server:
        flooded, timed = measure(server.http, Plan(2, 3, seconds=0.3, rate=50, rewording=rewording), server)
        assert flooded.edits > 0
        assert flooded.deliveries == pytest.approx(2 * flooded.edits)
        assert timed.lost == 0
        assert 0 < timed.p50 <= timed.p99 <= timed.worst
        assert server.complaints() == ""


def test_edits_are_timed_alone_and_beside_cursors_that_move() -> None:
    with serving() as server:
        alone, beside = cursors(server.http, server, people=12, seconds=0.5, rate=40)
        assert 0 < alone.p50 <= alone.p95 <= alone.worst
        assert 0 < beside.p50 <= beside.p95 <= beside.worst
        assert beside.megabytes > alone.megabytes + 0.1
        assert server.complaints() == ""


def test_the_table_of_all_changes_is_looked_at_from_end_to_end(capsys: pytest.CaptureFixture[str]) -> None:
    history_table.main(["--events", "1500", "--jumps", "2", "--seconds", "0.3", "--steps", "4"])
    said = capsys.readouterr().out
    figures = [float(line.split(" ms ")[0].split()[-1]) for line in said.splitlines() if " ms " in line]
    assert len(figures) == 15
    assert min(figures) > 0
    assert said.count(" events\n") == 2
    assert "held by the page's scripts in the end" in said
