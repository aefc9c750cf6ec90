"""What the copy of another workshop makes of this one, which is empty: nobody did it, so nobody can take it back."""

from domain import events as e
from domain.things import Activity, Comment, Note, Text
from domain.vocabulary import UNSORTED
from domain.workshop import Workshop


def copied(state: Workshop, event: e.WorkshopCopied, version: int) -> None:
    """Every thing has its first version here, and its first text."""
    state.goal, state.subject = event.goal or "", event.subject or ""
    state.steps, state.step = {step.id: step.name for step in event.steps}, event.step
    if event.questions is not None:
        state.questions = {question.id: question.text for question in event.questions}
    _put_notes(state, event, version)
    comments: dict[str, list[Comment]] = {}
    for said in event.comments:
        comments.setdefault(said.activity, []).append(Comment(said.id, said.text, None))
    categories: dict[str, list[str]] = {}
    for kept in event.activities:
        activity = _activity(kept, tuple(comments.get(kept.id, ())), version)
        if kept.retired:
            state.retired[kept.id] = activity
        else:
            state.activities[kept.id] = activity
            categories.setdefault(activity.category, []).append(kept.id)
    state.categories.update({name: tuple(standing) for name, standing in categories.items()})
    ids = (state.notes, state.activities, state.retired, state.steps, state.questions or ())
    state.ids.update(*ids, (said.id for said in event.comments))


def _put_notes(state: Workshop, event: e.WorkshopCopied, version: int) -> None:
    blocks: dict[str, list[str]] = {}
    for kept in event.notes:
        texts: dict[str, tuple[Text, ...]] = {"text": (Text(version, kept.text),)}
        state.notes[kept.id] = Note(kept.id, kept.block, kept.text, None, version, texts=texts)
        blocks.setdefault(kept.block, []).append(kept.id)
    state.blocks.update({block: tuple(ids) for block, ids in blocks.items()})


def _activity(kept: e.CopiedActivity, comments: tuple[Comment, ...], version: int) -> Activity:
    details = kept.details or ""
    return Activity(
        id=kept.id,
        category=kept.category or UNSORTED,
        title=kept.title,
        by=None,
        since=version,
        details=details,
        judgement=kept.judgement,
        reason=kept.reason,
        step=kept.step,
        links=kept.links or (),
        comments=comments,
        prompt=kept.prompt,
        sources=kept.sources or (),
        into=kept.into,
        because=kept.because,
        texts={"title": (Text(version, kept.title),), "details": (Text(version, details),)},
    )
