import pytest

from server.http import tries as counted
from server.http.tries import MOST, WINDOW, Tries, place_of


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_after_so_many_wrong_tries_one_waits_until_the_first_of_them_is_a_minute_old() -> None:
    clock = Clock()
    tries = Tries(clock)
    for _ in range(MOST):
        assert tries.wait_ms("192.0.2.1") == 0
        tries.wrong("192.0.2.1")
        clock.now += 2
    assert tries.wait_ms("192.0.2.1") == (WINDOW - 2 * MOST) * 1_000
    assert tries.wait_ms("192.0.2.2") == 0
    clock.now += WINDOW - 2 * MOST
    assert tries.wait_ms("192.0.2.1") == 0
    tries.wrong("192.0.2.1")
    assert tries.wait_ms("192.0.2.1") == 2_000


def test_only_so_many_addresses_are_remembered_and_old_tries_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "ADDRESSES", 50)
    clock = Clock()
    tries = Tries(clock)
    for number in range(200):
        for _ in range(MOST):
            tries.wrong(f"192.0.2.{number}")
    remembered = [number for number in range(200) if tries.wait_ms(f"192.0.2.{number}")]
    assert remembered == list(range(150, 200))
    clock.now += WINDOW
    for number in range(100):
        tries.wrong(f"198.51.100.{number}")
    assert len(tries._wrong) == 50  # noqa: SLF001 - what it costs


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::1", "2001:0db8:0001:0002"),
        ("2001:db8:1:3::1", "2001:0db8:0001:0003"),
        ("unix", "unix"),
    ],
)
def test_a_household_counts_as_one(address: str, place: str) -> None:
    assert place_of(address) == place
