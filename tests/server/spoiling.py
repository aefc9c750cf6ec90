"""Damages logs, as bad disks do."""

from dataclasses import replace

from tests.server.memory_log import MemoryLog


def spoiled(log: MemoryLog, room: str, version: int) -> None:
    """Flip a bit in a stored event."""
    recorder = log.shelf.recorder
    place = recorder._stored_events_index[room][version]  # noqa: SLF001 - what no program does, a bad disk does
    event = recorder._stored_events[place]  # noqa: SLF001
    state = bytearray(event.state)
    state[-2] ^= 1
    recorder._stored_events[place] = replace(event, state=bytes(state))  # noqa: SLF001
