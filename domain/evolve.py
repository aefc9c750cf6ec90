"""evolve(state, event): what an event makes of the workshop. The only place where the state changes.

Each handler changes the state in place and answers the touches by which the change can be taken back (none for what
undo does not cover). An event that takes a change back gives its fields the stamps they bore before that change.
"""

from typing import assert_never

from domain import events as e
from domain.events import Event, Recorded
from domain.evolving import activities, copying, notes, redaction
from domain.evolving.moment import Moment
from domain.things import Phase
from domain.undo import Change, Defined, History, Part, Touch, Worded
from domain.workshop import Workshop


def evolve(state: Workshop, recorded: Recorded) -> Workshop:
    """The workshop after the event: the same object, which its owner alone holds."""
    event, by, command = recorded.event, recorded.by, recorded.command
    if by is None or command is None:
        _apply(state, event, Moment(recorded.version, by, None))
    else:
        _remember(state, event, recorded.version, by, command)
    state.version = recorded.version
    return state


def _remember(state: Workshop, event: Event, version: int, by: str, command: str) -> None:
    """Applies what a person did, and files it for being taken back."""
    history = state.histories.get(by)
    if history is None:
        history = state.histories[by] = History()
    if type(event) is e.PersonUndone:
        history.begin_sweep(command, event.participant)
    swept = history.sweep is not None and history.sweep.command == command
    taken = None if event.undoes is None else _taken(state, history, event.undoes, swept=swept)
    touches = _apply(state, event, Moment(version, by, taken))
    if not touches:
        return
    stroke = event.stroke if isinstance(event, e.Rewording) else None
    change = Change(version, touches, event.undoes, command, stroke)
    if taken is None or swept:
        history.record(change)
    else:
        history.reverse(change)


def _taken(state: Workshop, history: History, version: int, *, swept: bool) -> Part | None:
    """What is taken back: one's own, or somebody else's."""
    if not swept or history.sweep is None:
        return history.take(version)
    other = state.histories.get(history.sweep.whose)
    return None if other is None else history.take_from(other, version)


def _apply(state: Workshop, event: Event, moment: Moment) -> tuple[Touch, ...]:
    match event:
        case e.ActivityJudged():
            return activities.judged(state, event, moment)
        case e.ActivityReworded():
            return activities.reworded(state, event, moment)
        case e.ActivityAdded():
            return activities.added(state, event, moment)
        case e.ActivityMoved():
            return activities.moved(state, event, moment)
        case e.ActivityPlaced():
            return activities.placed_at_step(state, event, moment)
        case e.ActivityLinked():
            return activities.linked(state, event, moment)
        case e.ActivityUnlinked():
            return activities.unlinked(state, event, moment)
        case e.ActivityCommented():
            return activities.commented(state, event, moment)
        case e.CommentWithdrawn():
            return activities.uncommented(state, event, moment)
        case e.CommentRestored():
            return activities.comment_restored(state, event, moment)
        case e.ActivityReturned():
            return activities.returned(state, event, moment)
        case e.ActivitiesCombined():
            return activities.combined(state, event, moment)
        case e.ActivityRetired():
            return activities.retired(state, event, moment)
        case e.ActivityRestored():
            return activities.restored(state, event, moment)
        case e.ActivityWithdrawn():
            return activities.withdrawn(state, event, moment)
        case e.NoteAdded():
            return notes.added(state, event, moment)
        case e.NoteReworded():
            return notes.reworded(state, event, moment)
        case e.NoteMoved():
            return notes.moved(state, event, moment)
        case e.NoteRemoved():
            return notes.removed(state, event, moment)
        case e.NoteRestored():
            return notes.restored(state, event, moment)
        case e.WorkshopDescribed():
            return _described(state, event, moment)
        case e.StepsDefined():
            return _steps_defined(state, event, moment)
        case e.WorkshopOpened():
            state.title, state.language = event.title, event.language
        case e.ParticipantJoined():
            state.people[event.participant] = event.role
        case e.StepEntered():
            state.step = event.step
        case e.IterationOpened():
            state.iteration = event.iteration
            state.ids.add(event.iteration)
        case e.IterationClosed():
            state.iteration = None
            state.closed[event.iteration] = moment.version
        case e.CanvasLocked():
            state.locked = True
        case e.CanvasUnlocked():
            state.locked = False
        case e.PhaseSet():
            ended = event.label is None and event.ends_at is None
            state.phase = None if ended else Phase(event.label, event.ends_at)
        case e.QuestionsDefined():
            state.questions = {question.id: question.text for question in event.questions}
            state.ids.update(state.questions)
        case e.ParticipantRoleChanged():
            state.people[event.participant] = event.role
        case e.ParticipantRemoved():
            del state.people[event.participant]
        case e.IterationRestored() | e.PersonUndone():
            pass  # they say what the events behind them are for
        case e.WorkshopCopied():
            copying.copied(state, event, moment.version)
        case e.TextRedacted():
            redaction.redacted(state, moment.version)
        case _:
            assert_never(event)
    return ()


def _described(state: Workshop, event: e.WorkshopDescribed, moment: Moment) -> tuple[Touch, ...]:
    touches = []
    for field in ("title", "goal", "subject"):
        text = getattr(event, field)
        if text is None or text == getattr(state, field):
            continue
        touches.append(moment.touch_workshop(state.stamps, field, Worded(getattr(state, field))))
        setattr(state, field, text)
    return tuple(touches)


def _steps_defined(state: Workshop, event: e.StepsDefined, moment: Moment) -> tuple[Touch, ...]:
    touch = moment.touch_workshop(state.stamps, "steps", Defined(state.steps))
    state.steps = {step.id: step.name for step in event.steps}
    state.ids.update(state.steps)
    return (touch,)
