"""What a room has decided and not shown yet."""

from dataclasses import dataclass, field
from typing import Any

from domain.events import Recorded
from domain.former import Past
from server.storage.codec import Stored
from server.storage.log import CommandKept, InviteKept, PersonKept, Redaction, RoleKept
from server.wire.answers import Answer, NotStored, Reply


@dataclass(slots=True)
class Asked:
    """A command on its way. `content` is how its fields are compared when it comes again.

    `past` is what had to be looked up in the log before it could be decided.
    """

    command: str
    fields: dict[str, Any]
    by: str
    reply: Reply
    content: bytes = b""
    past: Past | None = None


@dataclass(slots=True)
class Batch:
    """What gathers until it is written together.

    `asked` are the commands that were decided meanwhile, in order, with the answer to each; None: its events are the
    receipt. They and the other `answers` are given once the batch is durable.
    """

    events: list[tuple[Recorded, dict[str, Any]]] = field(default_factory=list)
    stored: list[Stored] = field(default_factory=list)
    commands: dict[str, CommandKept] = field(default_factory=dict)
    asked: list[tuple[Asked, Answer | None]] = field(default_factory=list)
    people: list[PersonKept] = field(default_factory=list)
    invites: list[InviteKept] = field(default_factory=list)
    roles: list[RoleKept] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    answers: list[tuple[Reply, Answer]] = field(default_factory=list)
    redaction: Redaction | None = None
    indexing: int = 0

    def salt(self, kept: CommandKept) -> bytes:
        """Find the salt of the first event of a command in this batch."""
        return self.stored[kept.first - self.stored[0].version].salt or b""

    def give_up(self, retry_after_ms: int, *, but: list[Asked]) -> None:
        """Tell everybody concerned that nothing happened, except those who are decided anew (`but`)."""
        if not but:
            for asked, _ in self.asked:
                asked.reply(NotStored(retry_after_ms))
        for reply, _ in self.answers:
            reply(NotStored(retry_after_ms))
