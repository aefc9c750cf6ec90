"""Servers that break one promise each. The simulation must find every one of them."""

from functools import partial
from typing import Any

from server.live.batch import Asked
from server.storage import codec
from server.storage.committer import Committer
from server.storage.log import Append, LogError
from server.wire import frames
from server.wire.answers import Answer, Refused
from tests.server.simulation.world import Parts, WatchedRoom
from tests.server.simulation.writer import SlowWriter


class SendsBeforeTheCommit(WatchedRoom):
    """A room whose events leave when they are handed over to be written."""

    def take(self) -> Append:
        append = super().take()
        encoded = [codec.wire(body, []) for _, body in self._flying.events]
        first, last = append.events[0].version, append.events[-1].version
        for member in tuple(self.members):
            member.deliver(frames.events(first, last, encoded))
        return append


class AnswersRejectionsAtOnce(WatchedRoom):
    """A room without the output gate."""

    def _when_durable(self, asked: Asked, answer: Answer) -> None:
        if isinstance(answer, Refused):
            asked.reply(answer)
        else:
            super()._when_durable(asked, answer)


class ForgetsTheBatchOnItsWay(WatchedRoom):
    """A room whose gate knows of the batch that gathers, and not of the one that is being written."""

    def _when_durable(self, asked: Asked, answer: Answer) -> None:
        if self._pending.events:
            super()._when_durable(asked, answer)
        else:
            asked.reply(answer)


class StaysWhereItWas(WatchedRoom):
    """A room that answers, after a failure, and goes on from its memory instead of the log."""

    def failed(self, error: LogError) -> None:
        reload, self._reload = self._reload, lambda _: None
        super().failed(error)
        self._reload, self._reloading = reload, False


class ForgetsCommands(WatchedRoom):
    """A room that does not recognise what was sent before."""

    def _recognised(self, asked: Asked) -> bool:
        return asked.command in self._pending.commands and super()._recognised(asked)


class SaysWrittenWithoutWriting(Committer):
    """A committer that writes nothing."""

    def _start(self) -> None:
        self._writer = Nowhere()
        super()._start()


class Nowhere:
    """A writer that is very quick."""

    def write(self, _: Any, written: Any) -> None:  # noqa: ANN401 - it looks at neither
        written(None)


class DropsABatch(Committer):
    """A committer that loses each tenth batch."""

    def _start(self) -> None:
        if self.commits % 10 == 9 and self._gathering and not self._flying:
            self.commits += 1
            for room in self._gathering:
                room.take()
            self._gathering.clear()
        super()._start()


class CallsStoredNotTaken(SlowWriter):
    """A writer that believes every error: what was stored in spite of it is called not stored."""

    def _known(self, _: Any) -> bool:  # noqa: ANN401 - it does not look
        return True


MUTANTS: dict[str, Any] = {
    "a room that sends before the commit": partial(Parts, room=SendsBeforeTheCommit),
    "a room that answers rejections at once": partial(Parts, room=AnswersRejectionsAtOnce),
    "a gate that forgets the batch on its way": partial(Parts, room=ForgetsTheBatchOnItsWay),
    "a room that goes on from memory after a failure": partial(Parts, room=StaysWhereItWas),
    "a room that takes what was sent before for new": partial(Parts, room=ForgetsCommands),
    "a committer that says written without writing": partial(Parts, committer=SaysWrittenWithoutWriting),
    "a committer that drops a batch": partial(Parts, committer=DropsABatch),
    "a writer that calls not stored what is stored": partial(Parts, writer=CallsStoredNotTaken),
}
