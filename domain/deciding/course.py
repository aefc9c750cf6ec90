"""Decisions about the workshop as a whole: its description, steps, iterations, lock, phase and questions."""

from typing import Any

from domain import commands as c
from domain import events as e
from domain.deciding import checks
from domain.errors import IterationBlocked, IterationOpen, NoIteration, StepInUse, TooMany
from domain.things import Activity, Phase
from domain.vocabulary import (
    LISTS,
    MOST_QUESTIONS,
    MOST_STEPS,
    PROSE_LENGTH,
    TITLE_LENGTH,
    UNSORTED,
    VALUE_PROPOSITIONS,
    Question,
    Step,
)
from domain.workshop import Workshop


def describe(command: c.DescribeWorkshop, state: Workshop) -> tuple[e.Event, ...]:
    """A goal or a subject may be taken out (blank); a title may not."""
    given: dict[str, Any] = {}
    if command.title is not None:
        given["title"] = checks.required("title", command.title, TITLE_LENGTH)
    for field in ("goal", "subject"):
        if field in command.model_fields_set:
            given[field] = checks.optional(field, getattr(command, field), PROSE_LENGTH) or ""
    if all(getattr(state, field) == text for field, text in given.items()):
        return ()
    return (e.WorkshopDescribed(**given),)


def define_steps(command: c.DefineSteps, state: Workshop) -> tuple[e.Event, ...]:
    ids = [step.id for step in command.steps]
    steps = tuple(Step(id=s.id, name=checks.required("name", s.name, TITLE_LENGTH)) for s in command.steps)
    checks.free_or_known(state, ids, state.steps)
    if len(steps) > MOST_STEPS:
        raise TooMany(most=MOST_STEPS)
    keeps_steps_in_use(state, ids)
    defined = {step.id: step.name for step in steps}
    if list(defined.items()) == list(state.steps.items()):
        return ()
    return (e.StepsDefined(steps=steps),)


def keeps_steps_in_use(state: Workshop, ids: list[str]) -> None:
    """A step at which an activity or the workshop itself stands can't be dropped."""
    dropped = state.steps.keys() - ids
    if not dropped:
        return
    used = {activity.step for activity in state.activities.values()} | {state.step}
    if dropped & used:
        raise StepInUse(step=next(id_ for id_ in state.steps if id_ in dropped & used))


def enter_step(command: c.EnterStep, state: Workshop) -> tuple[e.Event, ...]:
    checks.known_step(state, command.step)
    return () if command.step == state.step else (e.StepEntered(step=command.step),)


def open_iteration(command: c.OpenIteration, state: Workshop) -> tuple[e.Event, ...]:
    name = checks.required("name", command.name, TITLE_LENGTH)
    goal = checks.optional("goal", command.goal, PROSE_LENGTH)
    checks.free(state, command.iteration)
    if state.iteration is not None:
        raise IterationOpen(iteration=state.iteration)
    given: dict[str, Any] = {} if goal is None else {"goal": goal}
    return (e.IterationOpened(iteration=command.iteration, name=name, **given),)


def close_iteration(command: c.CloseIteration, state: Workshop) -> tuple[e.Event, ...]:
    """M12: only when everything is sorted and judged, and what must be done is linked to a value proposition."""
    reason = checks.optional("override_reason", command.override_reason, PROSE_LENGTH)
    if state.iteration is None:
        raise NoIteration
    if reason is not None:
        return (e.IterationClosed(iteration=state.iteration, override_reason=reason),)
    blockers = _blockers(state)
    if blockers:
        raise IterationBlocked(blockers=blockers)
    return (e.IterationClosed(iteration=state.iteration),)


def _blockers(state: Workshop) -> list[dict[str, object]]:
    """What stands in the way of closing, in the order of the canvas."""
    propositions = set(state.blocks[VALUE_PROPOSITIONS])
    blockers: list[dict[str, object]] = []
    for name in LISTS:
        for id_ in state.categories[name]:
            needs = _needs(state.activities[id_], propositions)
            if needs:
                blockers.append({"activity": id_, "needs": needs})
    return blockers


def _needs(activity: Activity, propositions: set[str]) -> list[str]:
    needs = []
    if activity.category == UNSORTED:
        needs.append("category")
    if activity.judgement is None:
        needs.append("judgement")
    if activity.judgement == "must_do" and propositions.isdisjoint(activity.links):
        needs.append("value_proposition")
    return needs


def lock(state: Workshop) -> tuple[e.Event, ...]:
    return () if state.locked else (e.CanvasLocked(),)


def unlock(state: Workshop) -> tuple[e.Event, ...]:
    return (e.CanvasUnlocked(),) if state.locked else ()


def set_phase(command: c.SetPhase, state: Workshop) -> tuple[e.Event, ...]:
    """What the workshop is busy with, and until when. Nothing happens when the time has come: people decide."""
    label = checks.optional("label", command.label, TITLE_LENGTH)
    phase = None if label is None and command.ends_at is None else Phase(label, command.ends_at)
    return () if phase == state.phase else (e.PhaseSet(label=label, ends_at=command.ends_at),)


def define_questions(command: c.DefineQuestions, state: Workshop) -> tuple[e.Event, ...]:
    ids = [question.id for question in command.questions]
    questions = tuple(Question(id=q.id, text=checks.required("text", q.text, PROSE_LENGTH)) for q in command.questions)
    known = state.questions or {}
    checks.free_or_known(state, ids, known)
    if len(questions) > MOST_QUESTIONS:
        raise TooMany(most=MOST_QUESTIONS)
    defined = {question.id: question.text for question in questions}
    if state.questions is not None and list(defined.items()) == list(known.items()):
        return ()
    return (e.QuestionsDefined(questions=questions),)
