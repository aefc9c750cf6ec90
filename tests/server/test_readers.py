"""Whose turn it is to read: what is read of one room can be let wait, and the others go on."""

import asyncio
import threading

import pytest

from server.live.readers import Readers


class Stage:
    """What was read, in order."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.readers = Readers()

    def say(self, what: str, _: str = "") -> None:
        self.said.append(what)


def test_while_one_room_is_kept_from_the_others_are_read() -> None:
    async def play() -> None:
        stage = Stage()
        readers = stage.readers
        async with readers.kept_from("one"):
            waiting = [
                asyncio.ensure_future(readers.read(stage.say, "of it", "one")),
                asyncio.ensure_future(readers.read(stage.say, "of it too", of="one")),
            ]
            await readers.read(stage.say, "of another", "other")
            await readers.read(stage.say, "one", of="other")
            assert stage.said == ["of another", "one"]
        await asyncio.gather(*waiting)
        assert sorted(stage.said[2:]) == ["of it", "of it too"]
        readers.close()

    asyncio.run(play())


def test_what_names_no_room_may_be_of_any() -> None:
    async def play() -> None:
        stage = Stage()
        readers = stage.readers
        async with readers.kept_from("one"):
            async with readers.kept_from("two"):
                waiting = asyncio.ensure_future(readers.read(lambda: stage.say("of whom?")))
                await readers.read(stage.say, "of another", "other")
            await readers.read(stage.say, "of two", "two")
            assert stage.said == ["of another", "of two"]
        await waiting
        assert stage.said[2:] == ["of whom?"]
        readers.close()

    asyncio.run(play())


@pytest.mark.parametrize("of", ["one", ""])
def test_what_is_being_read_of_a_room_is_waited_for(of: str) -> None:
    async def play() -> None:
        stage, go_on = Stage(), threading.Event()
        reading = asyncio.ensure_future(stage.readers.read(go_on.wait, of=of))
        await asyncio.sleep(0)

        async def keep_from(room: str) -> None:
            async with stage.readers.kept_from(room):
                stage.say(room)

        keeping = asyncio.ensure_future(keep_from("one"))
        if of:
            await keep_from("other")
        await stage.readers.read(stage.say, "meanwhile", "third")
        assert stage.said == ["other", "meanwhile"] if of else ["meanwhile"]
        go_on.set()
        await reading
        await keeping
        assert stage.said[-1] == "one"
        stage.readers.close()

    asyncio.run(play())
