import pytest

from server.live.room import Room
from tests.server.desk import Desk, Listener, listener


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def room(desk: Desk) -> Room:
    return desk.open()


@pytest.fixture
def ben(room: Room) -> Listener:
    return listener(room)
