"""Room codes: short enough to read out, for people who have no link.

Unlike an invite a code is shown again, so it is kept as it is. Blocking: called on a thread, one call after another.
"""

import secrets
from typing import Final

from server.storage.log import ConflictError, Log, LogError

LENGTH: Final = 6
ALPHABET: Final = "23456789CDFGHJKMNPQRTVWXY"
"""Without what looks like something else (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and without vowels, so that no word comes
out of it by chance: 244 million codes."""

TYPED: Final = str.maketrans("BSZ", "852")
"""What stands in no code, and what is meant where it is typed all the same."""

ATTEMPTS: Final = 20


def new_code() -> str:
    """Make a code up."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """Read a code as people type it: in whatever case, with blanks and dashes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum()).translate(TYPED)


def code_of(log: Log, room: str) -> str:
    """Give a room's code, and one to a room that has none. Raises LogError."""
    return log.code(room) or renewed(log, room)


def renewed(log: Log, room: str) -> str:
    """Give a room a new code, which ends the old one. Raises LogError."""
    for _ in range(ATTEMPTS):
        code = new_code()
        try:
            log.keep_code(room, code)
        except ConflictError:  # another room has it
            continue
        return code
    raise LogError("no code is left that no room has")
