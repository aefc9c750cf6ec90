"""What the events of notes make of the workshop."""

from dataclasses import replace

from domain import events as e
from domain.evolving.moment import Moment, remembered
from domain.ordering import placed, without
from domain.things import Note, Text
from domain.undo import ABSENT, Linked, NoteGone, Place, Touch, Worded
from domain.workshop import Workshop


def added(state: Workshop, event: e.NoteAdded, moment: Moment) -> tuple[Touch, ...]:
    gone = _gone(moment, event.note)
    since = gone.note.since if gone else moment.version
    texts = dict(gone.note.texts) if gone else {}
    stamps = dict(gone.note.stamps) if gone else {}
    texts.setdefault("text", (Text(moment.version, event.text),))
    note = Note(event.note, event.block, event.text, moment.by, since, stamps, texts)
    _put(state, note, event.after)
    return (moment.came(note),)


def reworded(state: Workshop, event: e.NoteReworded, moment: Moment) -> tuple[Touch, ...]:
    note = state.notes[event.note]
    touch = moment.touch(note, "text", Worded(note.text))
    note.text = event.text
    note.texts["text"] = remembered(note.texts["text"], moment.version, event.text)
    return (touch,)


def moved(state: Workshop, event: e.NoteMoved, moment: Moment) -> tuple[Touch, ...]:
    note = state.notes[event.note]
    touch = moment.touch(note, "place", _lift(state, note))
    note.block = event.block
    state.blocks[note.block] = placed(state.blocks[note.block], note.id, event.after)
    return (touch,)


def removed(state: Workshop, event: e.NoteRemoved, moment: Moment) -> tuple[Touch, ...]:
    note = state.notes.pop(event.note)
    place = _lift(state, note)
    field = f"link:{note.id}"
    links, touches = [], []
    for id_ in event.unlinked:
        activity = state.activities.get(id_) or state.retired[id_]
        predecessors = activity.links[: activity.links.index(note.id)]
        links.append((id_, predecessors))
        touches.append(moment.touch(activity, field, Linked(predecessors)))
        activity.links = without(activity.links, note.id)
    saved = replace(note, stamps=dict(note.stamps))
    life = moment.touch(note, "life", NoteGone(place, saved, tuple(links)))
    return (life, *touches)


def restored(state: Workshop, event: e.NoteRestored, moment: Moment) -> tuple[Touch, ...]:
    gone = _gone(moment, event.note)
    note = gone.note if gone else Note(event.note, event.block, event.text, event.author, moment.version)
    note = replace(note, stamps=dict(note.stamps), texts=dict(note.texts))
    note.texts.setdefault("text", (Text(moment.version, event.text),))
    _put(state, note, event.after)
    touches = [moment.came(note)]
    for link in event.links:
        activity = state.activities.get(link.activity) or state.retired[link.activity]
        field = f"link:{note.id}"
        touches.append(moment.touch(activity, field, ABSENT))
        activity.links = placed(activity.links, note.id, link.after)
    return tuple(touches)


def _gone(moment: Moment, note: str) -> NoteGone | None:
    """What the note was before the change that is taken back took it away."""
    for touch in moment.taken.touches if moment.taken else ():
        if touch.thing == note and isinstance(touch.before, NoteGone):
            return touch.before
    return None


def _lift(state: Workshop, note: Note) -> Place:
    """Takes the note out of its block, and answers where it stood."""
    ids = state.blocks[note.block]
    state.blocks[note.block] = without(ids, note.id)
    return Place(note.block, ids[: ids.index(note.id)])


def _put(state: Workshop, note: Note, after: str | None) -> None:
    state.ids.add(note.id)
    state.notes[note.id] = note
    state.blocks[note.block] = placed(state.blocks[note.block], note.id, after)
