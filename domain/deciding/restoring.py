"""Restoring an iteration: the activities stand again as they stood at its close, by new events.

First those come back that stood then, then those go that did not, then what each says and where it stands is put right.
Notes, steps and comments are not touched; where an activity had a note or a step that is gone, or a title that was
taken out of the log, the rest is restored and this is told.
"""

from collections.abc import Iterator
from typing import Any

from domain import commands as c
from domain import events as e
from domain.deciding import checks
from domain.deciding.activities import category_of
from domain.deciding.mirror import returned
from domain.deciding.rehearsal import Rehearsal
from domain.errors import Redacted, Rejected, UnknownIteration
from domain.former import Past, Stood
from domain.ordering import nearest, ordered
from domain.plan import Plan, Skipped
from domain.things import Activity
from domain.vocabulary import MOST_ACTIVITIES
from domain.workshop import Workshop


def restore_iteration(command: c.RestoreIteration, state: Workshop, by: str, past: Past | None) -> Plan:
    """`past`: the activities at the iteration's close. One that is open is as it is already."""
    if command.iteration != state.iteration and command.iteration not in state.closed:
        raise UnknownIteration(iteration=command.iteration)
    checks.head_is(state, command.base)
    if command.iteration == state.iteration:
        return Plan((), ())
    if not isinstance(past, Stood):
        msg = "the activities at an iteration's close have to be looked up first"
        raise TypeError(msg)
    if past.activities:
        checks.needs_value_proposition(state)
    restoring = _Restoring(state, by, past, state.closed[command.iteration])
    restoring.rehearsal.add(e.IterationRestored(iteration=command.iteration, base=command.base))
    restoring.come_back()
    restoring.go_again()
    restoring.say_again()
    restoring.stand_again()
    events = tuple(restoring.rehearsal.events) if len(restoring.rehearsal.events) > 1 else ()
    return Plan(events, tuple(sorted(restoring.skipped)))


class _Restoring:
    """One restoring under way. `now` is what stands after the events so far."""

    def __init__(self, state: Workshop, by: str, then: Stood, closed: int) -> None:
        self.rehearsal, self.then = Rehearsal(state, by), then
        self.now = self.rehearsal.state
        self.skipped = set[Skipped]()
        self._head, self._closed = state.version, closed

    def come_back(self) -> None:
        """Activities that were retired or withdrawn since; they are put in order later."""
        for name, ids in self.then.categories.items():
            for at, id_ in enumerate(ids):
                if id_ in self.now.retired:
                    self.rehearsal.add(self._restored(self.then.activities[id_], ids[:at]))
                elif id_ not in self.now.activities:
                    self._return(self.then.activities[id_], name, nearest(self.now.categories[name], ids[:at]))

    def go_again(self) -> None:
        """Activities that came since, or that were retired then, if for another reason than now."""
        for id_ in [*self.now.activities]:
            if id_ not in self.then.activities:
                self.rehearsal.add(self._retired(id_))
        for id_, activity in self.then.retired.items():
            now = self.now.retired.get(id_)
            if now is not None and (now.because, now.into) != (activity.because, activity.into):
                event = self._retired(id_)
                if (now.because, now.into) != (event.reason, event.into):
                    self.rehearsal.add(event)

    def say_again(self) -> None:
        """What each activity says, how it is judged, at which step it stands and to what it is linked."""
        for ids in self.then.categories.values():
            for id_ in ids:
                now = self.now.activities.get(id_)
                if now is not None:
                    self.rehearsal.add(*self._texts(now, self.then.activities[id_]))
                    self.rehearsal.add(*self._standing(now, self.then.activities[id_]))
                    self._link(now, self.then.activities[id_].links)

    def stand_again(self) -> None:
        """Categories, and the order in each."""
        for name, ids in self.then.categories.items():
            wanted = [id_ for id_ in ids if id_ in self.now.activities]
            for id_, after in ordered(self.now.categories[name], wanted):
                self.rehearsal.add(e.ActivityMoved(activity=id_, category=category_of(name), after=after))

    def _restored(self, then: Activity, before: tuple[str, ...]) -> e.ActivityRestored:
        """Back in the category that it was retired from, as an undo of this has to know it; it is moved later."""
        name = self.now.retired[then.id].category
        after = nearest(self.now.categories[name], before)
        step = then.step if then.step in self.now.steps else None
        return e.ActivityRestored(activity=then.id, category=category_of(name), after=after, step=step)

    def _return(self, then: Activity, name: str, after: str | None) -> None:
        try:
            if not then.title:
                raise Redacted
            checks.room_for(len(self.now.activities) + len(self.now.retired), MOST_ACTIVITIES)
        except Rejected as rejection:
            self.skipped.add(Skipped(self._closed, rejection.code))
            return
        links = tuple(note for note in then.links if note in self.now.notes)
        step = then.step if then.step in self.now.steps else None
        self.rehearsal.add(returned(then, name, after, links=links, step=step))

    def _retired(self, id_: str) -> e.ActivityRetired:
        then, given = self.then.retired.get(id_), dict[str, Any]()
        if then is not None and then.because:
            given["reason"] = then.because
        if then is not None and then.into is not None and self.now.any_activity(then.into) is not None:
            given["into"] = then.into
        return e.ActivityRetired(activity=id_, **given)

    def _texts(self, now: Activity, then: Activity) -> Iterator[e.ActivityReworded]:
        if now.title != then.title and not then.title:
            self._skip(now, "title", "redacted")
        elif now.title != then.title:
            yield e.ActivityReworded(activity=now.id, field="title", text=then.title)
        if now.details != then.details:
            yield e.ActivityReworded(activity=now.id, field="details", text=then.details)

    def _standing(self, now: Activity, then: Activity) -> Iterator[e.ActivityJudged | e.ActivityPlaced]:
        if (now.judgement, now.reason or None) != (then.judgement, then.reason or None):
            reason: dict[str, Any] = {"reason": then.reason} if then.reason else {}
            judgement: Any = then.judgement
            yield e.ActivityJudged(activity=now.id, judgement=judgement, **reason)
        if now.step == then.step:
            return
        if then.step is None or then.step in self.now.steps:
            yield e.ActivityPlaced(activity=now.id, step=then.step)
        else:
            self._skip(now, "step", "unknown_step")

    def _link(self, now: Activity, then: tuple[str, ...]) -> None:
        """The links in their order: where that differs, the link is made anew."""
        for note in then:
            if note not in self.now.notes:
                self._skip(now, f"link:{note}", "unknown_note")
        wanted = [note for note in then if note in self.now.notes]
        for note in now.links:
            if note not in wanted:
                self.rehearsal.add(e.ActivityUnlinked(activity=now.id, note=note))
        for note, after in ordered(now.links, wanted):
            if note in now.links:
                self.rehearsal.add(e.ActivityUnlinked(activity=now.id, note=note))
            self.rehearsal.add(e.ActivityLinked(activity=now.id, note=note, after=after))

    def _skip(self, now: Activity, field: str, because: str) -> None:
        """The change that stays: what the field bears since. What came back with this very command bears the close."""
        stamp = now.stamps.get(field, now.since)
        self.skipped.add(Skipped(stamp if stamp <= self._head else self._closed, because))
