"""One live room: decide, number, hand to the committer, fan out. It does no I/O and knows no clock.

Decisions are made one after another upon the workshop in memory, which runs ahead of the disk. What is shown (`Shown`)
follows the disk. An answer that makes no event (a rejection, "unchanged") speaks of what was decided before it, so it
waits for the batch that has that.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from domain import decide as deciding
from domain.commands import Redact
from domain.errors import Invalid, Rejected
from domain.events import Event, IterationClosed, ParticipantRemoved, ParticipantRoleChanged, Recorded
from domain.evolve import evolve
from domain.former import TextAt, needed
from domain.workshop import SNAPSHOT, Workshop, initial
from server.live.batch import Asked, Batch
from server.live.borne import Found
from server.live.former_texts import former_text
from server.live.planning import LONG, Aside, LookBack, Planning, read
from server.live.receipts import Receipts, answer_again, broken_field, content_of, fingerprint
from server.live.shown import Loaded
from server.live.withholding import MOST_WAITING, RETRY_MS
from server.storage import codec
from server.storage.cache import Snapshot
from server.storage.committer import Committer
from server.storage.erasures import Erasure
from server.storage.log import (
    Append,
    CommandKept,
    ConflictError,
    ErasureKept,
    InviteKept,
    Log,
    LogError,
    PersonKept,
    Redaction,
    RoleKept,
)
from server.wire import frames
from server.wire.answers import Accepted, Answer, NotStored, Refused, Reply, Unchanged

logger = logging.getLogger("kern.room")


class Room(Planning):
    """The one place where a room's commands are decided."""

    def __init__(  # noqa: PLR0913 - all that a room needs from outside, named at the composition root
        self,
        id_: str,
        loaded: Loaded,
        *,
        epoch: str,
        log: Log,
        committer: Committer,
        clock: Callable[[], str],
        entropy: Callable[[int], bytes],
        later: Callable[[float, Callable[[], None]], object],
        reload: "Callable[[Room], None]",
        look_back: LookBack,
        aside: Aside,
        redact: "Callable[[Room, Asked, Redact], None]",
        closed: "Callable[[Room], None]",
    ) -> None:
        super().__init__(id_, epoch, later)
        self._log, self._committer = log, committer
        self._clock, self._entropy, self._reload, self._closed = clock, entropy, reload, closed
        self._look_back, self._aside, self._redact = look_back, aside, redact
        self._pending, self._flying = Batch(), Batch()
        self._reloading = False
        self._again: list[Asked] = []
        self._later = later
        self.closing = False
        self._take_over(loaded)

    def _take_over(self, loaded: Loaded) -> None:
        self.stand_at(loaded)
        self.workshop, self._begun = loaded.workshop or initial(), loaded.workshop is not None
        self._chain, self._at = self.digest, loaded.at
        self.receipts = Receipts(self.id, self._log, loaded.unindexed, fresh=not loaded.head.version)

    def begin(self, workshop: Workshop, unindexed: list[CommandKept]) -> None:
        """Go on with what was asked, now that what decisions are made upon is there."""
        self.workshop, self._begun = workshop, True
        self.receipts = Receipts(self.id, self._log, unindexed, fresh=False)
        self._go_on()

    # ---- what is asked of it

    def do(self, asked: Asked) -> None:
        """Decide a command. It is answered once, when all that the answer speaks of is durable.

        In a room that is being closed nothing is taken any more: the client sends it again wherever it comes back.
        """
        if self.closing:
            return
        try:
            asked.content = content_of(asked.fields)
            if self._recognised(asked):
                return
            if not asked.content:
                raise Invalid(field=broken_field(asked.fields), problem="holds half of a character")
            if self._again:  # it may be among those that are decided again, and then it is not called not taken
                self._again.append(asked)
                return
            if self._reloading or len(self._pending.asked) >= MOST_WAITING:
                asked.reply(NotStored(RETRY_MS))
                return
            command = read(asked.fields)
            if isinstance(command, Redact):
                self._begin_redaction(asked, command)
                return
            if isinstance(command, LONG):
                if not self._looks_up(asked, command, self.do):
                    self._think(asked, command, self._decided)
                return
            wanted = needed(command, self.workshop)
            past = former_text(self._log, self.id, wanted) if isinstance(wanted, TextAt) else None
            events = deciding.decide(command, self.workshop, asked.by, past)
        except LogError:
            asked.reply(NotStored(RETRY_MS))
            return
        except Rejected as rejection:
            self._when_durable(asked, Refused(rejection.code, rejection.data))
            return
        self._make(asked, events)

    def record(
        self,
        events: tuple[Event, ...],
        by: str | None,
        reply: Reply,
        *,
        people: Sequence[PersonKept],
        invites: Sequence[InviteKept],
    ) -> None:
        """Record what the server itself knows to be so: an opening, a joining."""
        if self._reloading or self.damaged or not self._begun:
            reply(NotStored(RETRY_MS))
            return
        self._pending.people += people
        self._pending.invites += invites
        self._number(events, by, None)
        versions = tuple(range(self.workshop.version - len(events) + 1, self.workshop.version + 1))
        self._pending.answers.append((reply, Accepted(versions)))

    # ---- taking a text out

    def _begin_redaction(self, asked: Asked, command: Redact) -> None:
        """Have it looked up what is to be taken out. Until that is done, whatever else is asked for waits."""
        deciding.decide(command, self.workshop, asked.by)
        self._begun = False
        self.withheld += 1
        self._redact(self, asked, command)

    @property
    def still(self) -> bool:
        """Whether all that was decided is durable."""
        return not (self._pending.events or self._flying.events or self._reloading)

    def take_out(self, asked: Asked, command: Redact, found: Found, reply: Reply) -> None:
        """Write the redaction; `reply` is called with what became of it. Raises Rejected."""
        (event,) = deciding.decide(command, self.workshop, asked.by, found.borne)
        self._pending.answers.append((reply, Accepted((self.workshop.version + 1,))))
        erasure = Erasure(id=asked.command, at=self._clock(), room=self.id, by=asked.by, texts=found.texts)
        kept = ErasureKept(erasure.id, erasure.encoded())
        self._pending.redaction = Redaction(found.places, self.workshop.version + 1, kept)
        self._number((event,), asked.by, asked)

    def go_on(self, asked: Asked, answer: Answer) -> None:
        """Decide again, nothing having been taken out."""
        self._begun = True
        self._when_durable(asked, answer)
        self._go_on()

    def redacted(self, loaded: Loaded) -> None:
        """Go on from what the log says now; everybody drops what they hold, and nobody can bring the text back."""
        self._take_over(loaded)
        frame = frames.events(self.version, self.version, loaded.recent[-1:])
        for member in list(self.members):
            member.deliver(frame)
            member.resync()
        for asked in self._held:
            asked.past = None  # what was looked up for it may have had the text
        self._go_on()

    # ---- the committer's side

    def take(self) -> Append:
        """Give what has gathered; see Source."""
        self._flying, self._pending = self._pending, Batch()
        batch = self._flying
        index = self.receipts.due()
        batch.indexing = len(index)
        people, invites, roles = tuple(batch.people), tuple(batch.invites), tuple(batch.roles)
        return Append(self.id, tuple(batch.stored), index, people, invites, roles, batch.redaction)

    def committed(self) -> None:
        """Show, send and answer what is durable now."""
        batch, self._flying = self._flying, Batch()
        self.receipts.remember(batch.commands, batch.indexing)
        if batch.redaction is not None:  # it is shown once all that was made from the text is gone
            for told, outcome in batch.answers:
                told(outcome)
            return
        self.show(batch.events, batch.people)
        for asked, answer in batch.asked:
            if answer is not None:
                asked.reply(answer)
        for reply, answer in batch.answers:
            reply(answer)
        if batch.people or batch.roles or batch.removed:
            self.people_changed(batch.roles)
        if any(type(recorded.event) is IterationClosed for recorded, _ in batch.events):
            self._closed(self)
        if self._reloading:
            self._reload(self)

    def failed(self, error: LogError) -> None:
        """Go back to the log: nobody has seen anything of what was taken, nor of what was decided upon it."""
        batches = (self._flying, self._pending)
        self._flying, self._pending = Batch(), Batch()
        self._committer.withdraw(self)
        self._reloading = True
        if isinstance(error, ConflictError):
            self._again = [asked for batch in batches for asked, _ in batch.asked]
        for batch in batches:
            batch.give_up(RETRY_MS, but=self._again)
        self._reload(self)

    def reloaded(self, loaded: Loaded | None) -> None:
        """Go on from what the log says; None: it can't be read, and is tried again."""
        if loaded is None:
            self._reload(self)
            return
        behind = self.version != loaded.head.version
        self._take_over(loaded)
        self._reloading = False
        if behind:
            self.dismiss_removed()
            for member in list(self.members):
                member.resync()
        again, self._again = self._again, []
        self._take_up(again)
        self._go_on()

    def now(self) -> str:
        """Tell the server's time, as events have it: by it a client shows a timer right, however its own clock goes."""
        return self._clock()

    def names(self) -> set[str]:
        """Give everybody's name, also of those whose joining is just being stored."""
        joining = (person for batch in (self._pending, self._flying) for person in batch.people)
        return {person.name for person in (*self.people.values(), *joining)}

    def snapshot(self) -> Snapshot:
        """Take down the canvas and the workshop: only when the room is quiet are both what the log says."""
        return replace(self.canvas_snapshot(), workshop=SNAPSHOT.dump_json(self.workshop))

    @property
    def quiet(self) -> bool:
        """Whether all that was decided is durable: then the workshop is what the log says."""
        busy = self._pending.events or self._flying.events or self._held
        return self._begun and not busy and not self._reloading

    # ---- within

    def _recognised(self, asked: Asked) -> bool:
        """Answer a command that was sent before; hold it while the log can't say whether it was.

        For what is stored is never called not taken. Whatever comes behind a held command waits too, in order.
        """
        if self._begun and not self._held:
            try:
                return self._answer_again(asked)
            except LogError as error:
                logger.warning("room %s: the index of commands can't be read yet: %s", self.id, error)
                self._later(RETRY_MS / 1_000, self._go_on)
        self._hold(asked)
        return True

    def _make(self, asked: Asked, events: tuple[Event, ...]) -> None:
        """Have a command's events happen."""
        if not events:
            self._when_durable(asked, Unchanged())
            return
        self._number(events, asked.by, asked)
        self._pending.asked.append((asked, None))

    def _answer_again(self, asked: Asked) -> bool:
        """Answer a command whose id made events before; whatever role, lock or canvas say now."""
        for batch in (self._pending, self._flying):
            if asked.command in batch.commands:
                made = batch.commands[asked.command]
                batch.asked.append((asked, answer_again(made, batch.salt(made), asked.by, asked.content)))
                return True
        kept = self.receipts.find(asked.command)
        if kept is None:
            return False
        asked.reply(answer_again(kept, self.receipts.salt(kept), asked.by, asked.content))
        return True

    def _when_durable(self, asked: Asked, answer: Answer) -> None:
        """The output gate: answer when everything is durable that was decided before."""
        for batch in (self._pending, self._flying):
            if batch.events:
                batch.asked.append((asked, answer))
                return
        asked.reply(answer)

    def _number(self, events: tuple[Event, ...], by: str | None, asked: Asked | None) -> None:
        """Give the events their places, and put them down for the next batch."""
        try:
            self._put_down(events, by, asked)
        except Exception:
            self._abandon()
            raise

    def _abandon(self) -> None:
        """After a fault of ours in the middle of a change the workshop in memory is worth nothing; the log is whole."""
        batch, self._pending = self._pending, Batch()
        self._committer.withdraw(self)
        self._reloading = True
        batch.give_up(RETRY_MS, but=[])
        if not self._flying.events:
            self._reload(self)

    def _put_down(self, events: tuple[Event, ...], by: str | None, asked: Asked | None) -> None:
        batch = self._pending
        self._at = at = max(self._at, self._clock())
        command = None if asked is None else asked.command
        first = self.workshop.version + 1
        for version, event in enumerate(events, first):
            recorded = Recorded(version, at, by, command, event)
            evolve(self.workshop, recorded)
            stored, body = codec.seal(recorded, self.epoch, self._chain, self._entropy(16))
            self._chain = body["digest"]
            batch.events.append((recorded, body))
            batch.stored.append(stored)
        event = events[-1]
        if type(event) is ParticipantRoleChanged:
            batch.roles.append(RoleKept(event.participant, event.role))
        elif type(event) is ParticipantRemoved:
            batch.removed.add(event.participant)
        if asked is not None:
            stored = batch.stored[-len(events)]
            stored.fingerprint = told = fingerprint(stored.salt or b"", asked.content)
            batch.commands[asked.command] = CommandKept(asked.command, asked.by, first, first + len(events) - 1, told)
        self._committer.ready(self)
