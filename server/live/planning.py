"""A room decides on a thread what takes a while to decide: many events at once, or such as need the room's past.

The past is looked up while others go on. Then it is decided upon the workshop as it stands, and what others ask for
meanwhile waits, in order, so that the workshop stays as it is: some tenths of a second where thousands of activities
change. A preview is the same, but for its end.
"""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from domain import decide as deciding
from domain.commands import COMMANDS, Command, RestoreIteration, UndoPerson
from domain.errors import Invalid, Rejected
from domain.events import Event
from domain.former import DoneBy, StoodAt, needed
from domain.plan import Plan
from domain.workshop import Workshop
from server.live.batch import Asked
from server.live.withholding import RETRY_MS, Withholding
from server.wire.answers import Answer, NotStored, Planned, Refused
from server.wire.faults import fault_of

LONG: Final = (RestoreIteration, UndoPerson)
"""Commands that take a while to decide."""

Outcome: TypeAlias = Plan | Rejected

LookBack: TypeAlias = Callable[[str, StoodAt | DoneBy, Asked, Callable[[Asked], None]], None]
"""Finds what a decision needs of a room's past, puts it into what is asked, and lets the room go on with it."""

Aside: TypeAlias = Callable[[Callable[[], Outcome], Callable[[Outcome | None], None]], None]
"""Thinks something through on a thread, and lets the room go on with it; with nothing, after a fault of ours."""


class Planning(Withholding):
    """The part of a room that decides what takes a while."""

    workshop: Workshop
    closing: bool
    _reloading: bool
    _look_back: LookBack
    _aside: Aside

    def preview(self, asked: Asked) -> None:
        """Answer what a command would make, and what it would leave as it is. Nothing happens."""
        if self._reloading or not self._begun:
            asked.reply(NotStored(RETRY_MS))
            return
        try:
            command = read(asked.fields)
            if not isinstance(command, LONG):
                raise Invalid(field="action", problem="has no preview")
            if not self._looks_up(asked, command, self.preview):
                self._think(asked, command, self._previewed)
        except Rejected as rejection:
            self._when_durable(asked, Refused(rejection.code, rejection.data))

    def _looks_up(self, asked: Asked, command: RestoreIteration | UndoPerson, then: Callable[[Asked], None]) -> bool:
        """Look up what it takes a thread to find in the log, if anything; others go on meanwhile, then the asking."""
        wanted = None if asked.past is not None else needed(command, self.workshop)
        if not isinstance(wanted, StoodAt | DoneBy):
            return False
        deciding.allowed(command, self.workshop, asked.by)
        self._look_back(self.id, wanted, asked, then)
        return True

    def _think(
        self, asked: Asked, command: RestoreIteration | UndoPerson, then: Callable[[Asked, Outcome], None]
    ) -> None:
        """Decide on a thread; whatever else is asked for meanwhile waits."""
        workshop, self._begun = self.workshop, False

        def thought(outcome: Outcome | None) -> None:
            anew = self.workshop is not workshop  # the log had to be read anew meanwhile, and the room goes on already
            self._begun = self._begun or not anew
            if outcome is None or anew or self._reloading:
                asked.reply(NotStored(RETRY_MS))
            elif not self.closing:
                then(asked, outcome)
            self._go_on()

        self._aside(partial(_planned, command, workshop, asked), thought)

    def _decided(self, asked: Asked, outcome: Outcome) -> None:
        if isinstance(outcome, Rejected):
            self._when_durable(asked, Refused(outcome.code, outcome.data))
        else:
            self._make(asked, outcome.events)

    def _previewed(self, asked: Asked, outcome: Outcome) -> None:
        if isinstance(outcome, Rejected):
            self._when_durable(asked, Refused(outcome.code, outcome.data))
        else:
            self._when_durable(asked, Planned(self.workshop.version, *outcome))

    @abstractmethod
    def _make(self, asked: Asked, events: tuple[Event, ...]) -> None:
        """Have a command's events happen."""

    @abstractmethod
    def _when_durable(self, asked: Asked, answer: Answer) -> None:
        """Answer when everything is durable that was decided before."""


def read(fields: dict[str, Any]) -> Command:
    """Read a command from plain fields. Raises Invalid, naming the field."""
    try:
        return COMMANDS.validate_python(fields)
    except ValidationError as error:
        raise Invalid(**fault_of(error)) from None


def _planned(command: RestoreIteration | UndoPerson, workshop: Workshop, asked: Asked) -> Outcome:
    """Find the events that a command would make. The workshop is looked at, and must stay as it is meanwhile."""
    try:
        return deciding.planned(command, workshop, asked.by, asked.past)
    except Rejected as rejection:
        return rejection
