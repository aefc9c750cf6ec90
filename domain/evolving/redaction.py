"""What a redaction makes of the workshop: what was taken out by it is empty from its version on."""

from domain.evolving.moment import remembered
from domain.taken_out import mark
from domain.things import Activity, Comment, Note, Phase
from domain.workshop import Workshop


def redacted(state: Workshop, version: int) -> None:
    """In place of the marks of this redaction come empty texts. What can be undone keeps its marks."""
    gone = mark(version)
    for field in ("title", "goal", "subject"):
        if getattr(state, field) == gone:
            setattr(state, field, "")
    state.steps = {id_: _left(name, gone) or "" for id_, name in state.steps.items()}
    if state.questions is not None:
        state.questions = {id_: _left(text, gone) or "" for id_, text in state.questions.items()}
    if state.phase is not None:
        state.phase = Phase(_left(state.phase.label, gone), state.phase.ends_at)
    for note in state.notes.values():
        _said(note, ("text",), gone, version)
    for activity in (*state.activities.values(), *state.retired.values()):
        _said(activity, ("title", "details"), gone, version)
        _about(activity, gone)


def _said(thing: Note | Activity, fields: tuple[str, ...], gone: str, version: int) -> None:
    for field in fields:
        if getattr(thing, field) == gone:
            setattr(thing, field, "")
            thing.texts[field] = remembered(thing.texts[field], version, "")


def _about(activity: Activity, gone: str) -> None:
    activity.reason = _left(activity.reason, gone)
    activity.because = _left(activity.because, gone)
    activity.prompt = _left(activity.prompt, gone)
    activity.comments = tuple(Comment(said.id, _left(said.text, gone) or "", said.by) for said in activity.comments)


def _left(text: str | None, gone: str) -> str | None:
    return "" if text == gone else text
