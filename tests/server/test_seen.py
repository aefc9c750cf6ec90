"""The filter of used command ids: it may doubt a new one, and never passes a used one."""

from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from server.live.seen import LEAST, Seen


def ids(seed: int, count: int) -> list[str]:
    rng = Random(seed)
    return [str(UUID(int=rng.getrandbits(128), version=4)) for _ in range(count)]


@given(st.lists(st.uuids().map(str), max_size=50), st.lists(st.uuids().map(str), max_size=50))
def test_a_used_id_is_never_taken_for_a_new_one(first: list[str], later: list[str]) -> None:
    seen = Seen(first, len(first))
    for id_ in later:
        seen.add(id_)
    assert all(id_ in seen for id_ in (*first, *later))


def test_of_new_ids_fewer_than_one_in_a_hundred_is_doubted() -> None:
    used, new = ids(1, 20_000), ids(2, 20_000)
    seen = Seen(used, len(used))
    assert sum(id_ in seen for id_ in new) < 200


def test_it_says_when_it_holds_more_than_it_was_made_for() -> None:
    used = ids(3, LEAST)
    seen = Seen(used, 0)
    assert not seen.full
    seen.add(ids(4, 1)[0])
    assert seen.full
