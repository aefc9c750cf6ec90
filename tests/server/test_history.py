"""The revisions as they are kept: each event once, in pages, made anew by other code while the former are read."""

import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import orjson
import pytest

from server.live.loading import DamagedError
from server.past import following, history
from server.past.blocks import Block
from server.past.following import Follower
from server.past.history import History
from server.past.seeking import Sought
from server.storage.cache import Cache
from server.storage.log import NOTHING, Head, LogError
from tests.server.memory_log import MemoryLog
from tests.server.played import Played, played, sealed, write

ANY = Sought()


class Desk:
    """A log, its histories, and what brings one to the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, MemoryLog()
        self.cache, self.history = Cache(folder / "cache.db"), History(folder / "history.db")
        self.follower = self.other("code")

    def other(self, code: str) -> Follower:
        """Start again, with this code."""
        self.follower = Follower(self.log, self.cache, self.history, code)
        return self.follower

    def catch_up(self, upto: int) -> None:
        """Follow the log up to a version."""
        while not self.follower.follow("room", upto):
            pass

    def kept(self, upto: int = 1_000_000, sought: Sought = ANY) -> list[bytes]:
        """Give all that is read of the room."""
        page, following = self.history.page("room", sought, 0, upto, 1_000_000)
        assert following is None
        return page

    def close(self) -> None:
        self.history.close()
        self.cache.close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(following, "PAGE", 50)
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def story() -> Played:
    return played(3)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_followed_in_whatever_steps_is_what_the_projection_tells(desk: Desk, seed: int) -> None:
    story, chance = played(seed), Random(seed)
    while desk.log.head("room").version < story.head:
        upto = min(story.head, desk.log.head("room").version + chance.randrange(1, 70))
        story.write(desk.log, upto)
        if chance.random() < 0.6:
            desk.follower.follow("room", upto)
        if chance.random() < 0.3:
            desk.other("code")
    desk.catch_up(story.head)
    assert desk.kept() == story.revisions()
    desk.catch_up(story.head)
    assert desk.kept() == story.revisions()


def test_a_history_goes_no_further_than_it_is_asked_to(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(120)
    assert desk.kept() == [orjson.dumps(one._asdict()) for one in story.moments.revisions if one.version <= 120]


def test_a_page_that_was_not_written_is_written_when_it_is_asked_for_again(
    desk: Desk, story: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.write(desk.log)
    desk.follower.follow("room", 50)
    put = desk.history.put

    def failing(*_: object) -> None:
        raise LogError("disk full")

    monkeypatch.setattr(desk.history, "put", failing)
    with pytest.raises(LogError):
        desk.follower.follow("room", story.head)
    monkeypatch.setattr(desk.history, "put", put)
    desk.catch_up(story.head)
    assert desk.kept() == story.revisions()


def test_of_two_who_bring_the_same_page_one_is_refused(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(60)
    late = desk.history.served("room")
    assert late is not None
    desk.catch_up(80)
    with pytest.raises(LogError, match="meanwhile"):
        desk.history.put(late, Head(70, bytes(32)), [])
    desk.catch_up(story.head)
    assert desk.kept() == story.revisions()


def test_a_page_never_splits_a_version_and_ends_with_where_to_go_on(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(story.head)
    most = max(sum(one.version == two.version for one in story.moments.revisions) for two in story.moments.revisions)
    assert most > 2
    for limit in (1, 2, 3, 7, 1_000):
        pages, after = list[list[bytes]](), 0
        following: int | None = 0
        while following is not None:
            page, following = desk.history.page("room", ANY, after, story.head, limit)
            versions = [orjson.loads(one)["version"] for one in page]
            assert len(page) <= limit or len(set(versions)) == 1
            assert page
            assert following is None or following == versions[-1]
            pages.append(page)
            after = following or 0
        assert [one for page in pages for one in page] == story.revisions()
        for one, other in pairwise(pages):
            assert orjson.loads(one[-1])["version"] < orjson.loads(other[0])["version"]
    assert desk.history.page("room", ANY, story.head, story.head, 10) == ([], None)
    assert desk.history.page("nowhere", ANY, 0, 10, 10) == ([], None)


def test_what_is_sought_is_found_and_nothing_else(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(story.head)
    every = story.moments.revisions
    cards = {one.activity for one in every}
    for sought in (
        *(Sought(activity=card) for card in list(cards)[:5]),
        *(Sought(participant=who) for who in story.people),
        *(Sought(kind=kind) for kind in {one.kind for one in every}),
        Sought(kind="ActivityReworded", participant=story.people[0]),
        Sought(activity="nothing"),
    ):
        expected = [
            orjson.dumps(one._asdict())
            for one in every
            if sought.activity in {None, one.activity}
            and sought.participant in {None, one.by}
            and sought.kind in {None, one.kind}
        ]
        assert desk.kept(sought=sought) == expected


def test_a_small_room_that_other_code_told_is_told_anew_at_once(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(story.head)
    former = desk.history.served("room")
    desk.other("newer code")
    desk.catch_up(story.head)
    served = desk.history.served("room")
    assert former is not None
    assert served is not None
    assert (served.code, served.id > former.id) == ("newer code", True)
    assert desk.kept() == story.revisions()


def test_a_large_room_is_read_as_it_was_told_until_it_is_told_anew(
    desk: Desk, story: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SMALL", 10)
    monkeypatch.setattr(following, "PAGES", 1)
    story.write(desk.log, 200)
    desk.catch_up(200)
    former = desk.history.served("room")
    desk.other("newer code")
    story.write(desk.log)
    steps = 0
    while desk.follower.outdated("room"):
        desk.catch_up(story.head)
        assert desk.kept() == story.revisions()
        if steps == 3:
            desk.other("newer code")  # the server starts again on the way
        desk.follower.renew("room", story.head)
        steps += 1
    assert steps == -(-story.head // 50)
    assert former is not None
    assert desk.kept() == story.revisions()
    database = sqlite3.connect(desk.folder / "history.db")
    assert database.execute("SELECT count(*) FROM generations").fetchone() == (1,)
    found = database.execute("SELECT heads, revisions FROM blocks ORDER BY version").fetchall()
    assert [kept.revision for block in found for kept in Block.unpacked(*block).revisions] == story.revisions()
    database.close()


def test_what_third_code_had_begun_is_not_gone_on_with(
    desk: Desk, story: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SMALL", 10)
    story.write(desk.log)
    desk.catch_up(story.head)
    desk.other("second code").renew("room", story.head)
    desk.other("third code")
    while not desk.follower.renew("room", story.head):
        assert desk.history.growing("room", "second code") is None
    assert desk.kept() == story.revisions()
    assert desk.history.rooms() == ["room"]


def test_the_history_of_a_log_that_another_one_has_taken_the_place_of_is_begun_anew(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(story.head)
    desk.log = MemoryLog()
    other = played(9)
    desk.other("code")
    shorter = sealed(other.recorded[:100], "another epoch")
    write(desk.log, shorter)
    desk.catch_up(100)
    assert desk.kept() == [orjson.dumps(one._asdict()) for one in other.moments.revisions if one.version <= 100]


def test_a_damaged_file_is_begun_anew(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(story.head)
    desk.history.close()
    file = desk.folder / "history.db"
    file.write_bytes(b"no database at all" * 400)
    desk.history = History(file)
    desk.other("code")
    desk.catch_up(story.head)
    assert desk.kept() == story.revisions()


def test_a_log_with_a_gap_ends_there(desk: Desk, story: Played) -> None:
    write(desk.log, [*story.stored[:59], *story.stored[60:]])
    with pytest.raises(DamagedError, match="version 60 is missing"):
        desk.catch_up(story.head)
    assert [orjson.loads(one)["version"] for one in desk.kept()][-1] <= 50


@pytest.mark.parametrize("size", [7, 128])
def test_what_is_behind_an_event_can_be_forgotten_and_comes_back_as_it_was(
    desk: Desk, story: Played, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("server.past.blocks.ENOUGH", size)
    story.write(desk.log)
    for after in (story.head, story.head - 1, 120, 1, 0):
        desk.catch_up(story.head)
        ends, undone = desk.history.cuts("room", story.head), range(1, story.head)
        taken_back = desk.history.undoings("room", undone, story.head)
        desk.history.forget("room", Head(after, story.stored[after - 1].digest) if after else NOTHING)
        assert desk.kept() == [orjson.dumps(one._asdict()) for one in story.moments.revisions if one.version <= after]
        assert desk.history.undoings("room", undone, story.head) == [pair for pair in taken_back if pair[0] <= after]
        desk.catch_up(story.head)
        assert desk.kept() == story.revisions()
        assert desk.history.cuts("room", story.head) == ends
        assert desk.history.undoings("room", undone, story.head) == taken_back


@pytest.mark.parametrize("after", [120, 0])
def test_forgetting_that_fails_leaves_all_and_can_be_done_again(
    desk: Desk, story: Played, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    story.write(desk.log)
    desk.catch_up(story.head)
    to = Head(after, story.stored[after - 1].digest) if after else NOTHING

    def failing(connection: sqlite3.Connection, generation: int, *_: object) -> None:
        connection.execute("DELETE FROM blocks WHERE generation = ?", (generation,))
        raise sqlite3.OperationalError("disk full")

    with monkeypatch.context() as full:
        full.setattr(history, "_cut_back" if after else "_drop", failing)
        with pytest.raises(LogError):
            desk.history.forget("room", to)
    assert desk.kept() == story.revisions()
    desk.history.forget("room", to)
    assert desk.kept() == [orjson.dumps(one._asdict()) for one in story.moments.revisions if one.version <= after]
    desk.catch_up(story.head)
    assert desk.kept() == story.revisions()


def test_some_events_are_found_by_their_versions_wherever_they_lie(
    desk: Desk, story: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.past.blocks.ENOUGH", 9)
    story.write(desk.log)
    desk.catch_up(story.head)
    chance = Random(4)
    every = story.moments.revisions
    for _ in range(20):
        named = tuple(chance.sample(range(1, story.head + 1), chance.randrange(1, 40)))
        of = chance.choice(every)
        for activity, kind in ((None, None), (None, of.kind), (of.activity, None)):
            wanted = [one for one in every if one.version in named and kind in {None, one.kind}]
            wanted = [one for one in wanted if activity in {None, one.activity}]
            found = desk.kept(sought=Sought(activity, kind, versions=named))
            assert found == [orjson.dumps(one._asdict()) for one in wanted]
    for kind in {one.kind for one in every}:
        versions = desk.history.versions("room", Sought(kind=kind), story.head - 9)
        assert versions == sorted({one.version for one in every if one.kind == kind and one.version <= story.head - 9})


def test_a_block_that_is_damaged_is_a_damaged_file_which_is_begun_anew(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(story.head)
    with sqlite3.connect(desk.folder / "history.db") as database:
        database.execute("UPDATE blocks SET revisions = substr(revisions, 1, 40)")
    with pytest.raises(LogError, match="damaged"):
        desk.kept()
    desk.catch_up(story.head)
    assert desk.kept() == story.revisions()


def test_a_file_of_another_form_is_begun_anew(desk: Desk, story: Played) -> None:
    story.write(desk.log)
    desk.catch_up(story.head)
    desk.history.close()
    with sqlite3.connect(desk.folder / "history.db") as database:
        database.execute("PRAGMA user_version = 1")
    desk.history = History(desk.folder / "history.db")
    desk.other("code")
    assert desk.kept() == []
    desk.catch_up(story.head)
    assert desk.kept() == story.revisions()
