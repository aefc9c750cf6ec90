"""Tokens and invites: made here, given out once, kept only as hashes."""

import secrets
from hashlib import sha256
from typing import Final, get_args

from domain.vocabulary import Role
from server.storage.log import InviteKept

ROLES: Final[tuple[Role, ...]] = get_args(Role)

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ALPHABET: Final = "23456789" + _LETTERS.replace("l", "").replace("o", "")


def new_id(length: int = 12) -> str:
    """Make an id for a room or a participant: it begins with a letter, and has no characters that look alike."""
    return secrets.choice(_LETTERS) + "".join(secrets.choice(_ALPHABET) for _ in range(length - 1))


def new_secret() -> str:
    """Make a token or an invite: 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


def hashed(secret: str) -> bytes:
    """Hash a secret as it is kept. It has 192 random bits, so nothing slower is needed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def public_id(hashed_secret: bytes) -> str:
    """Name an invite without giving it away: by the beginning of its hash."""
    return hashed_secret[:8].hex()


def new_invites() -> tuple[dict[Role, str], list[InviteKept]]:
    """Make one invite for each role: what is given out, and what is kept."""
    invites = {role: new_secret() for role in ROLES}
    return invites, [InviteKept(hashed(invite), role) for role, invite in invites.items()]


def link(room: str, invite: str) -> str:
    """Make the address that somebody joins by; the invite stays in the browser, behind the #."""
    return f"/join/{room}#{invite}"
