"""What each log promises, as tests: a test of a log inherits them and says how its place is opened."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

import pytest

from domain import events as e
from server.storage import codec
from server.storage.codec import Stored, Taken
from server.storage.log import (
    NOTHING,
    Append,
    CommandKept,
    ConflictError,
    ErasureKept,
    InviteKept,
    Log,
    LogError,
    Redaction,
    RoleKept,
)
from tests.server.scribe import Scribe, new_id, opened, person


class Place(Protocol):
    """Where logs are kept."""

    def open(self) -> Log:
        """Open a log of this place; another one sees the same events."""

    def at_commit(self, log: Log, call: Callable[[], None]) -> AbstractContextManager[None]:
        """Have something called in each append, when all is written but the commit; if it raises, the commit fails."""


def broken() -> None:
    raise LogError("disk I/O error")


def taken_out(scribe: Scribe, version: int, pointer: str) -> Stored:
    """Give the event that says so."""
    return scribe.seal(e.TextRedacted(version=version, pointer=pointer, reason="A name", also=()))


def replayed(log: Log) -> Scribe:
    """Go on where a log stands."""
    scribe, head = Scribe(), log.head("room")
    scribe.version, scribe.digest = head.version, head.digest.hex()
    return scribe


class LogContract:
    """The tests of every log. `place` is a fixture."""

    @pytest.fixture
    def log(self, place: Place) -> Log:
        return place.open()

    # ---- events

    def test_a_room_that_nobody_opened_is_empty(self, log: Log) -> None:
        assert log.head("room") == NOTHING
        assert log.events("room", 0, 10) == []
        assert log.rooms() == []
        assert log.people("room") == []
        assert log.unindexed("room") == []

    def test_events_come_back_as_they_were_written(self, log: Log) -> None:
        scribe = opened(log)
        note = scribe.note("Naïve 🧱", command=new_id())
        log.append([scribe.append(note)])
        found = log.events("room", 2, 10)
        assert found == [note]
        assert (found[0].salt, found[0].words) == (note.salt, ("Naïve 🧱",))

    def test_an_event_without_words_has_no_salt(self, log: Log) -> None:
        opened(log)
        joined = log.events("room", 1, 1)[0]
        assert (joined.kind, joined.salt, joined.words) == ("ParticipantJoined", None, None)
        assert log.salt("room", 2) == b""

    def test_events_come_in_the_order_of_their_versions_a_page_at_a_time(self, log: Log) -> None:
        scribe = opened(log)
        log.append([scribe.append(*(scribe.note() for _ in range(5)))])
        assert [event.version for event in log.events("room", 0, 100)] == [1, 2, 3, 4, 5, 6, 7]
        assert [event.version for event in log.events("room", 3, 2)] == [4, 5]
        assert log.events("room", 7, 100) == []

    def test_the_head_is_the_newest_event(self, log: Log) -> None:
        scribe = opened(log)
        note = scribe.note()
        log.append([scribe.append(note)])
        assert (log.head("room").version, log.head("room").digest) == (3, note.digest)

    def test_rooms_are_apart_and_listed_in_the_order_of_their_ids(self, log: Log) -> None:
        log.append([Scribe("willow").opening(), Scribe("birch").opening()])
        assert log.rooms() == ["birch", "willow"]
        assert log.head("birch").version == log.head("willow").version == 2
        assert log.head("birch").digest != log.head("willow").digest

    # ---- all or nothing

    def test_a_version_that_is_there_is_a_conflict_and_stays_what_it_was(self, log: Log) -> None:
        scribe = opened(log)
        late = Scribe()
        late.version, late.digest = scribe.version, scribe.digest
        log.append([scribe.append(scribe.note("First"))])
        with pytest.raises(ConflictError):
            log.append([late.append(late.note("Second"))])
        assert [event.words for event in log.events("room", 2, 10)] == [("First",)]

    def test_one_room_in_conflict_keeps_the_whole_batch_out(self, log: Log) -> None:
        scribe, other = opened(log), opened(log, "other")
        late = Scribe()
        late.version = 1
        with pytest.raises(ConflictError):
            log.append([other.append(other.note()), scribe.append(scribe.note()), late.append(late.note())])
        assert (log.head("room").version, log.head("other").version) == (2, 2)
        assert log.salt("other", 3) == b""

    def test_a_conflict_in_what_goes_with_the_events_keeps_the_events_out(self, log: Log) -> None:
        scribe = opened(log)
        stored = scribe.note()
        with pytest.raises(ConflictError):
            log.append([replace(scribe.append(stored), people=(person("anna"),))])
        assert log.head("room").version == 2
        log.append([scribe.append(stored)])
        assert log.head("room").version == 3

    def test_a_commit_that_fails_leaves_nothing_and_the_next_one_works(self, place: Place, log: Log) -> None:
        scribe = opened(log)
        append = replace(scribe.append(scribe.note(command=new_id())), people=(person("ben"),))
        with place.at_commit(log, broken), pytest.raises(LogError):
            log.append([append])
        assert log.head("room").version == 2
        assert (log.salt("room", 3), log.unindexed("room"), len(log.people("room"))) == (b"", [], 1)
        log.append([append])
        assert log.head("room").version == 3
        assert len(log.people("room")) == 2

    def test_writing_can_be_tried_and_fails_as_an_append_does(self, place: Place, log: Log) -> None:
        with place.at_commit(log, broken), pytest.raises(LogError):
            log.probe()
        log.probe()

    def test_who_reads_while_something_is_written_sees_what_was_before(self, place: Place, log: Log) -> None:
        scribe = opened(log)
        command = new_id()
        seen: list[object] = []

        def read() -> None:
            seen.extend((log.head("room").version, len(log.events("room", 0, 9)), log.salt("room", 3)))
            seen.extend((log.command("room", command), log.unindexed("room"), log.person_of("room", b"ben")))

        with place.at_commit(log, read):
            log.append([scribe.append(scribe.note(command=command))])
        assert seen == [2, 2, b"", None, [], None]
        assert log.head("room").version == 3

    def test_two_logs_of_one_place_see_each_other_and_conflict(self, place: Place, log: Log) -> None:
        other = place.open()
        scribe = opened(log)
        assert other.head("room") == log.head("room")
        late = Scribe()
        late.version, late.digest = scribe.version, scribe.digest
        other.append([late.append(late.note("First"))])
        with pytest.raises(ConflictError):
            log.append([scribe.append(scribe.note("Second"))])
        assert [event.words for event in log.events("room", 2, 10)] == [("First",)]
        log.append([late.append(late.note("Third"))])
        assert other.head("room").version == 4

    # ---- commands

    def test_a_command_is_not_in_the_index_before_it_is_put_there(self, log: Log) -> None:
        scribe = opened(log)
        first, second = new_id(), new_id()
        log.append([scribe.append(scribe.note(command=first), scribe.note(command=first), scribe.note(command=second))])
        kept = [CommandKept(first, "anna", 3, 4, first[-16:].encode())]
        kept += [CommandKept(second, "anna", 5, 5, second[-16:].encode())]
        assert log.unindexed("room") == kept
        assert log.command("room", first) is None

    def test_commands_in_the_index_are_found_there_and_are_not_listed_any_more(self, log: Log) -> None:
        scribe = opened(log)
        first, second = new_id(), new_id()
        log.append([scribe.append(scribe.note(command=first))])
        kept = tuple(log.unindexed("room"))
        log.append([scribe.append(scribe.note(command=second), commands=kept)])
        assert log.command("room", first) == kept[0]
        assert [one.command for one in log.unindexed("room")] == [second]
        assert log.indexed("room") == [first]
        assert log.indexed("other") == []
        assert log.command("other", first) is None

    def test_a_command_goes_into_the_index_once(self, log: Log) -> None:
        scribe = opened(log)
        log.append([scribe.append(scribe.note(command=new_id()))])
        kept = tuple(log.unindexed("room"))
        log.append([scribe.append(scribe.note(), commands=kept)])
        with pytest.raises(ConflictError):
            log.append([scribe.append(scribe.note(), commands=kept)])
        assert log.head("room").version == 4

    # ---- texts

    def test_the_salt_of_an_event_is_kept_beside_it(self, log: Log) -> None:
        scribe = opened(log)
        note = scribe.note()
        log.append([scribe.append(note)])
        assert log.salt("room", 3) == note.salt
        assert log.salt("room", 4) == b""

    def test_the_events_that_said_a_text_come_newest_first_up_to_a_version(self, log: Log) -> None:
        scribe = opened(log)
        wall, roof = new_id(), new_id()
        notes = [scribe.note(text, note=note) for text, note in (("a", wall), ("b", roof), ("c", wall), ("d", wall))]
        log.append([scribe.append(*notes)])
        assert [event.words for event in log.text_events("room", wall, 5, 9)] == [("c",), ("a",)]
        assert [event.words for event in log.text_events("room", wall, 5, 1)] == [("c",)]
        assert log.text_events("room", wall, 2, 9) == []
        assert log.text_events("other", wall, 9, 9) == []

    def test_the_events_that_have_a_text_within_come_in_order_between_two_versions(self, log: Log) -> None:
        scribe = opened(log)
        texts = ('Say "hi"\n', "Nothing", 'Don\'t say "hi"\n now', "Say hi", 'é: Say "hi"\n', 'say "hi"\n')
        log.append([scribe.append(*(scribe.note(text) for text in texts))])
        said = 'ay "hi"\n'
        assert [event.version for event in log.events_saying("room", said, 0, 99, 9)] == [3, 5, 7, 8]
        assert [event.words for event in log.events_saying("room", said, 3, 7, 9)] == [(texts[2],), (texts[4],)]
        assert [event.version for event in log.events_saying("room", said, 3, 7, 1)] == [5]
        assert log.events_saying("other", said, 0, 99, 9) == []

    def test_the_events_of_some_stretches_of_typing_come_in_order_between_two_versions(self, log: Log) -> None:
        scribe, note = opened(log), new_id()
        strokes = ("one", None, "two", "three", "one")
        typed = (e.NoteReworded(note=note, text=f"{at}", base=2, stroke=one) for at, one in enumerate(strokes))
        log.append([scribe.append(*map(scribe.seal, typed))])
        assert [event.version for event in log.events_typed("room", ["one", "two"], 0, 99, 9)] == [3, 5, 7]
        assert [event.words for event in log.events_typed("room", ["one", "two"], 3, 6, 9)] == [("2",)]
        assert [event.version for event in log.events_typed("room", ["one"], 0, 99, 1)] == [3]
        assert log.events_typed("room", [], 0, 99, 9) == log.events_typed("other", ["one"], 0, 99, 9) == []

    def test_the_events_of_an_activity_come_in_order_up_to_a_version(self, log: Log) -> None:
        scribe = opened(log)
        cards, note = [new_id(), new_id()], new_id()
        facts: list[e.Event] = [
            *(e.ActivityAdded(activity=card, title="Make", category=None, after=None) for card in cards),
            e.ActivitiesCombined(
                activities=tuple(cards),
                into=new_id(),
                title="Do",
                category="production",
                after=None,
                step=None,
                links=(),
            ),
            e.ActivityRestored(activity=cards[1], category="production", after=None, step=None),
            e.NoteRemoved(note=note, unlinked=(cards[1],)),
            e.ActivityJudged(activity=cards[1], judgement="must_do", reason="x" * 900),
        ]
        commands = (new_id(), None, new_id(), None, new_id(), None)
        stored = [
            scribe.seal(fact, by=by, command=command)
            for fact, command, by in zip(facts, commands, ("abcdefghijkl", None) * 3, strict=True)
        ]
        log.append([scribe.append(*stored)])
        bodies = [one.body for one in stored]
        assert log.activity_events("room", cards[0], 99) == [bodies[0], bodies[2]]
        assert log.activity_events("room", cards[1], 99) == bodies[1:]
        assert log.activity_events("room", cards[1], 6) == bodies[1:4]
        assert log.activity_events("other", cards[1], 99) == []

    # ---- people

    def test_people_are_listed_in_the_order_in_which_they_joined(self, log: Log) -> None:
        scribe = opened(log)
        for who in ("zoe", "ben"):
            log.append([replace(scribe.append(scribe.note()), people=(person(who),))])
        assert [one.participant for one in log.people("room")] == ["anna", "zoe", "ben"]
        assert log.people("room")[1] == person("zoe")

    def test_a_new_role_is_kept_with_its_person_where_they_stand(self, log: Log) -> None:
        scribe = opened(log)
        opened(log, "other")
        log.append(
            [replace(scribe.append(scribe.note()), people=(person("zoe"),), roles=(RoleKept("zoe", "observer"),))]
        )
        log.append([replace(scribe.append(scribe.note()), roles=(RoleKept("anna", "participant"),))])
        assert log.people("room") == [person("anna", "participant"), person("zoe", "observer")]
        assert log.person_of("room", person("zoe").token) == person("zoe", "observer")
        assert log.people("other") == [person("anna", "facilitator")]

    def test_a_token_is_found_in_its_room_alone(self, log: Log) -> None:
        opened(log)
        token = person("anna").token
        assert log.person_of("room", token) == person("anna", "facilitator")
        assert log.person_of("other", token) is None
        assert log.person_of("room", token[::-1]) is None

    def test_somebody_goes_by_another_name_and_keeps_all_else(self, place: Place, log: Log) -> None:
        scribe = opened(log)
        log.append([replace(scribe.append(scribe.note()), people=(person("ben"),))])
        opened(log, "other")
        with place.at_commit(log, broken), pytest.raises(LogError):
            log.rename("room", "anna", "Nobody")
        log.rename("room", "anna", "Noor")
        noor = replace(person("anna", "facilitator"), name="Noor")
        assert place.open().people("room") == [noor, person("ben")]
        assert log.person_of("room", noor.token) == noor
        assert log.people("other") == [person("anna", "facilitator")]

    def test_an_invite_is_found_in_its_room_alone(self, log: Log) -> None:
        invite = InviteKept(b"i" * 32, "observer")
        log.append([replace(Scribe().opening(), invites=(invite,))])
        assert log.invite("room", b"i" * 32) == invite
        assert log.invite("other", b"i" * 32) is None
        assert log.invite("room", b"o" * 32) is None

    def test_invites_are_added_listed_and_ended_each_in_its_room(self, place: Place, log: Log) -> None:
        first, second = InviteKept(b"i" * 32, "observer"), InviteKept(b"j" * 32, "participant")
        log.append([replace(Scribe().opening(), invites=(first,))])
        with place.at_commit(log, broken), pytest.raises(LogError):
            log.add_invite("room", second)
        log.add_invite("room", second)
        log.add_invite("other", second)
        assert sorted(log.invites("room"), key=lambda one: one.invite) == [first, second]
        with place.at_commit(log, broken), pytest.raises(LogError):
            log.end_invite("room", first.invite)
        log.end_invite("room", second.invite)
        assert place.open().invites("room") == [first]
        assert log.invite("room", second.invite) is None
        assert log.invites("other") == [second]

    # ---- what is erased

    def test_a_text_that_is_taken_out_leaves_its_commitment_and_the_others_their_salts(
        self, place: Place, log: Log
    ) -> None:
        scribe = opened(log)
        added = e.ActivityAdded(activity=new_id(), title="Keep", category=None, after=None, details="Jan")
        card = scribe.seal(added, command=new_id())
        log.append([scribe.append(card)])
        body, salt = codec.unseal(card), card.salt or b""
        redaction = Redaction({3: ["/details"]}, 4, ErasureKept("e1", "{}"))
        with place.at_commit(log, broken), pytest.raises(LogError):
            log.append([replace(scribe.append(scribe.note()), redaction=redaction)])
        assert log.events("room", 2, 1) == [card]
        scribe = replayed(log)
        log.append([replace(scribe.append(taken_out(scribe, 3, "/details")), redaction=redaction)])
        found = place.open().events("room", 2, 1)[0]
        left = codec.unseal(found)
        assert (found.body, found.digest, found.words) == (card.body, card.digest, (None, "Keep"))
        assert left["data"]["details"] == {"redacted": codec.commitment(salt.hex(), "/details", "Jan")}
        assert left["data"]["title"] == "Keep"
        own = left["salts"]
        assert own.keys() == {"/title"}
        assert codec.committed(own["/title"], "Keep") == codec.commitment(salt.hex(), "/title", "Keep")
        assert (left["salt"], body["salt"]) == (None, salt.hex())
        assert (log.salt("room", 3), log.redacted_at("room"), log.redacted_at("other")) == (None, 4, 0)
        assert log.unsettled() == [ErasureKept("e1", "{}")]

    def test_the_other_texts_of_an_event_can_be_taken_out_later(self, log: Log) -> None:
        scribe = opened(log)
        card = scribe.seal(e.ActivityAdded(activity=new_id(), title="K", category=None, after=None, details="Jan"))
        log.append([scribe.append(card)])
        for number, pointer in enumerate(("/title", "/details"), 4):
            redaction = Redaction({3: [pointer]}, number, ErasureKept(pointer, "{}"))
            log.append([replace(scribe.append(taken_out(scribe, 3, pointer)), redaction=redaction)])
        found = log.events("room", 2, 1)[0]
        assert (found.words, found.taken) == ((None, None), Taken({}, {"/title": 4, "/details": 5}))
        assert codec.remembered(found).event == e.ActivityAdded.model_validate(
            {**codec.unseal(card)["data"], "title": " 4", "details": " 5"}
        )

    def test_a_name_is_erased_and_remembered_until_nothing_is_left_of_it(self, place: Place, log: Log) -> None:
        opened(log)
        kept = ErasureKept("e1", "{}")
        log.erase_name("room", "anna", kept)
        log.erase_name("room", "nobody", ErasureKept("e2", "{}"))
        log.note_erasure(ErasureKept("e3", "{}"))
        assert [person.name for person in place.open().people("room")] == [""]
        assert {one.id for one in log.unsettled()} == {one.id for one in log.erasures()} == {"e1", "e2", "e3"}
        log.purge()
        log.settled("e1")
        assert {one.id for one in place.open().unsettled()} == {"e2", "e3"}
        assert kept in log.erasures()

    # ---- codes

    def test_a_room_has_one_code_until_it_has_another_or_none(self, place: Place, log: Log) -> None:
        assert (log.code("room"), log.room_of_code("CCCCCC")) == (None, None)
        with place.at_commit(log, broken), pytest.raises(LogError):
            log.keep_code("room", "CCCCCC")
        log.keep_code("room", "CCCCCC")
        log.keep_code("other", "FFFFFF")
        assert (place.open().code("room"), log.room_of_code("CCCCCC")) == ("CCCCCC", "room")
        log.keep_code("room", "DDDDDD")
        assert (log.code("room"), log.room_of_code("CCCCCC"), log.room_of_code("DDDDDD")) == ("DDDDDD", None, "room")
        log.end_code("room")
        assert (log.code("room"), log.room_of_code("DDDDDD"), log.code("other")) == (None, None, "FFFFFF")

    def test_a_code_is_one_room_s_alone(self, log: Log) -> None:
        log.keep_code("room", "CCCCCC")
        log.keep_code("room", "CCCCCC")
        log.keep_code("other", "DDDDDD")
        with pytest.raises(ConflictError):
            log.keep_code("other", "CCCCCC")
        assert (log.code("room"), log.code("other")) == ("CCCCCC", "DDDDDD")

    def test_an_empty_batch_is_nothing(self, log: Log) -> None:
        log.append([])
        log.append([Append("room", ())])
        assert log.rooms() == []
