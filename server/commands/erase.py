"""`kern erase`: somebody's name, from the data of a stopped or a running server."""

import time
from contextlib import closing
from pathlib import Path
from typing import Final
from uuid import uuid4

from server.erasing.eraser import Eraser
from server.live.rooms import utc_now
from server.past.history import History
from server.storage.erasures import Erasure, ErasuresFile
from server.storage.folder import FolderError, alone, epoch_of, history_file, log_file, opened
from server.storage.log import PersonKept
from server.storage.store import SQLiteLog

PATIENCE: Final = 20.0
"""Seconds that a running server has to erase what it was asked for."""


def erase(folder: Path, file: ErasuresFile, room: str, participant: str) -> int:
    """Erase a name; when this returns 0 nothing of it is in any file of the folder. Raises FolderError, LogError."""
    if not log_file(folder).exists():
        raise FolderError(f"There is no data in {folder}; name the folder of your server with --data.")
    with closing(SQLiteLog(log_file(folder))) as log:
        people = log.people(room)
        if participant not in {person.participant for person in people}:
            raise FolderError(_nobody(room, participant, people))
        erasure = Erasure(id=str(uuid4()), at=utc_now(), room=room, participant=participant)
        file.add([erasure])
        if not _erased_alone(folder, file):
            _wait(log, erasure.id, file)
    print(f"the name of {participant} is erased; events and their chain are what they were")
    return 0


def caught_up(folder: Path, file: ErasuresFile) -> None:
    """Before a folder is read: erase what an older backup brought back; where a server runs, it has done so itself."""
    told = {erasure.id for erasure in file.read()}
    if not told or not log_file(folder).exists():
        return
    with closing(SQLiteLog(log_file(folder))) as log:
        behind = told - {kept.id for kept in log.erasures()} or log.unsettled()
    if behind:
        _erased_alone(folder, file)


def _erased_alone(folder: Path, file: ErasuresFile) -> bool:
    """Erase all that the file has and the log lacks; False where a running server has the folder."""
    try:
        with alone(folder), opened(folder) as (log, cache), closing(History(history_file(folder))) as history:
            Eraser(log, cache, history, file, epoch_of(log), utc_now).begin()
    except FolderError:
        return False
    return True


def _wait(log: SQLiteLog, id_: str, file: ErasuresFile) -> None:
    """Wait until the running server has erased it: it looks at the file each second."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if id_ in {kept.id for kept in log.erasures()} - {kept.id for kept in log.unsettled()}:
            return
        time.sleep(0.1)
    raise FolderError(
        f"The server that runs did not take it up from {file.path}: if it was started with --erasures, give the same"
        " here. It is erased when the server starts with this file."
    )


def _nobody(room: str, participant: str, people: list[PersonKept]) -> str:
    if not people:
        return f"There is no room {room}; `kern rooms` lists those that are."
    listed = "\n".join(f"  {person.participant}  {person.name}" for person in people)
    return f"Nobody in room {room} is {participant}; these joined it:\n{listed}"
