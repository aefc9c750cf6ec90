"""Signed notes, as C2SP's signed-note and tlog-checkpoint have them: what a key says of a room's log, for ever.

A checkpoint's text is three lines: its origin (`KEY NAME/ROOM`), a version, and the digest of that version's event in
base64. Behind an empty line stand signatures: an em dash, the key's name, and in base64 four bytes that tell the key
apart and the Ed25519 signature of the text. The digest is the head of a chain, where others have the root of a tree.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = b"\x01"
"""The algorithm's number in signed notes."""

_NAME: Final = r"[^\s+]+"
_SIGNATURE: Final = re.compile(rf"\N{{EM DASH}} ({_NAME}) (\S+)")
_VERSION: Final = re.compile(r"[1-9][0-9]*")
_PRIVATE: Final = "PRIVATE+KEY+"


class NoteError(ValueError):
    """A note or a key that is not what it says it is; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a note says: the log of a room has this digest (64 hex digits) at this version."""

    room: str
    version: int
    head: str


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key, by which anybody can tell its signatures."""

    name: str
    public: bytes

    @classmethod
    def read(cls, text: str) -> "VerifierKey":
        """Read a key in the form `NAME+ID+BASE64`. Raises NoteError."""
        name, public = _encoded(text.strip())
        return cls(name, public)

    @property
    def id(self) -> bytes:
        """The four bytes that tell this key apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    def open(self, note: str) -> Checkpoint:
        """Read a note that this key has signed. Raises NoteError."""
        text, blank, signatures = note.partition("\n\n")
        if not blank or not note.endswith("\n"):
            raise NoteError("it is no signed note")
        text += "\n"
        for line in signatures.splitlines():
            found = _SIGNATURE.fullmatch(line)
            if found is not None and found[1] == self.name:
                signature = _bytes(found[2])
                if signature[:4] == self.id:
                    self._check(text, signature[4:])
                    return self._checkpoint(text)
        raise NoteError("it bears no signature of this key")

    def _check(self, text: str, signature: bytes) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            raise NoteError("its signature is not that of its text") from None

    def _checkpoint(self, text: str) -> Checkpoint:
        origin, version, head, *_ = [*text.split("\n"), "", "", ""]
        name, slash, room = origin.rpartition("/")
        if name != self.name or not slash or not room:
            raise NoteError("its origin is no room of this key")
        digest = _bytes(head)
        if not _VERSION.fullmatch(version) or len(digest) != sha256().digest_size:
            raise NoteError("it is no checkpoint")
        return Checkpoint(room, int(version), digest.hex())


class SigningKey:
    """A key that signs checkpoints."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._seed, self._private = seed, Ed25519PrivateKey.from_private_bytes(seed)
        self.public = VerifierKey(name, self._private.public_key().public_bytes_raw())

    @classmethod
    def read(cls, text: str) -> "SigningKey":
        """Read a key in the form in which it is kept. Raises NoteError."""
        if not text.startswith(_PRIVATE):
            raise NoteError("it is no signing key")
        return cls(*_encoded(text.strip().removeprefix(_PRIVATE), private=True))

    def secret(self) -> str:
        """Write the key down, to be kept: whoever has this can sign as this server."""
        key = self.public
        return f"{_PRIVATE}{key.name}+{key.id.hex()}+{b64encode(ED25519 + self._seed).decode()}\n"

    def sign(self, checkpoint: Checkpoint) -> str:
        """Sign a checkpoint. Ed25519 knows no chance: the same one gives the same note."""
        key = self.public
        head = b64encode(bytes.fromhex(checkpoint.head)).decode()
        text = f"{key.name}/{checkpoint.room}\n{checkpoint.version}\n{head}\n"
        signature = b64encode(key.id + self._private.sign(text.encode())).decode()
        return f"{text}\n\N{EM DASH} {key.name} {signature}\n"


def _encoded(text: str, *, private: bool = False) -> tuple[str, bytes]:
    """Read `NAME+ID+BASE64`, in which the id must be that of the public key."""
    found = re.fullmatch(rf"({_NAME})\+([0-9a-f]{{8}})\+(\S+)", text)
    if found is None:
        raise NoteError("it is no key of the form NAME+ID+BASE64")
    name, id_, content = found[1], found[2], _bytes(found[3])
    if content[:1] != ED25519 or len(content) != 1 + 32:
        raise NoteError("it is no Ed25519 key")
    key = SigningKey(name, content[1:]).public if private else VerifierKey(name, content[1:])
    if key.id.hex() != id_:
        raise NoteError("its id is not that of its bytes")
    return name, content[1:]


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise NoteError(f"{text[:40]!r} is no base64") from None
