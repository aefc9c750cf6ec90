from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from server.storage.log import Log
from tests.server.log_contract import LogContract, Place
from tests.server.memory_log import MemoryLog, Shelf


class Memory:
    """A place in memory."""

    def __init__(self) -> None:
        self._shelf = Shelf()

    def open(self) -> MemoryLog:
        return MemoryLog(self._shelf)

    @contextmanager
    def at_commit(self, log: Log, call: Callable[[], None]) -> Iterator[None]:
        assert isinstance(log, MemoryLog)
        log.at_commit = call
        yield
        log.at_commit = lambda: None


class TestMemoryLog(LogContract):
    @pytest.fixture
    def place(self) -> Place:
        return Memory()
