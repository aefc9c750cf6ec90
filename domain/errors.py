"""What is rejected, and why. Each rejection has its code on the wire and the data that goes with it.

    Rejected
    ├── Invalid                a field is wrong: field, problem
    ├── NotAllowed, Locked     role; the canvas is locked
    ├── TextEmpty, TextTooLong field, limit, current
    ├── UnknownActivity, UnknownNote, UnknownStep, UnknownParticipant, UnknownIteration
    ├── ActivityRetired        into: where it was combined
    ├── IdTaken, TooMany
    ├── ValuePropositionFirst, StepInUse, LastFacilitator
    ├── IterationOpen, NoIteration, IterationBlocked
    ├── NothingToUndo, NothingToRedo, ChangedSince
    ├── Redacted               a text that it takes was taken out of the log
    └── CommandReused

The sentences for people are in `messages`.
"""

from typing import ClassVar


class Rejected(Exception):  # noqa: N818 - the workshop's word for it
    """A command that changes nothing. `data` is what the sender is told beside the code."""

    code: ClassVar[str]

    def __init__(self, **data: object) -> None:
        super().__init__(self.code)
        self.data = data


class Invalid(Rejected):
    code = "invalid"


class NotAllowed(Rejected):
    code = "not_allowed"


class Locked(Rejected):
    code = "locked"


class TextEmpty(Rejected):
    code = "text_empty"


class TextTooLong(Rejected):
    code = "text_too_long"


class UnknownActivity(Rejected):
    code = "unknown_activity"


class UnknownNote(Rejected):
    code = "unknown_note"


class UnknownStep(Rejected):
    code = "unknown_step"


class UnknownParticipant(Rejected):
    code = "unknown_participant"


class UnknownIteration(Rejected):
    code = "unknown_iteration"


class ActivityRetired(Rejected):
    code = "activity_retired"


class IdTaken(Rejected):
    code = "id_taken"


class TooMany(Rejected):
    code = "too_many"


class ValuePropositionFirst(Rejected):
    code = "value_proposition_first"


class StepInUse(Rejected):
    code = "step_in_use"


class LastFacilitator(Rejected):
    code = "last_facilitator"


class IterationOpen(Rejected):
    code = "iteration_open"


class NoIteration(Rejected):
    code = "no_iteration"


class IterationBlocked(Rejected):
    code = "iteration_blocked"


class NothingToUndo(Rejected):
    code = "nothing_to_undo"


class NothingToRedo(Rejected):
    code = "nothing_to_redo"


class ChangedSince(Rejected):
    code = "changed_since"


class Redacted(Rejected):
    code = "redacted"


class CommandReused(Rejected):
    code = "command_reused"
