"""The load driver measures what it says: everything sent is delivered to everyone, and nothing is lost."""

import pytest

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
