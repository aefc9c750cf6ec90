"""What the contract says of one command's end, known from the command, its sender's role and the log alone."""

from tests.support.expect import expect
from tests.support.ledger import Entry
from tests.support.patch import Json

FACILITATORS_ONLY = frozenset({
    "describe_workshop", "define_steps", "enter_step", "open_iteration", "close_iteration",
    "lock_canvas", "unlock_canvas", "set_phase", "define_questions",
    "change_role", "remove_person", "restore_iteration", "undo_person",
})  # fmt: skip
EVENT_OF = {
    "describe_workshop": "WorkshopDescribed", "define_steps": "StepsDefined", "enter_step": "StepEntered",
    "add_note": "NoteAdded", "reword_note": "NoteReworded", "move_note": "NoteMoved", "remove_note": "NoteRemoved",
    "add_activity": "ActivityAdded", "reword_activity": "ActivityReworded", "move_activity": "ActivityMoved",
    "place_activity": "ActivityPlaced", "judge_activity": "ActivityJudged", "link_activity": "ActivityLinked",
    "unlink_activity": "ActivityUnlinked", "combine_activities": "ActivitiesCombined",
    "retire_activity": "ActivityRetired", "restore_activity": "ActivityRestored",
    "comment_on_activity": "ActivityCommented", "open_iteration": "IterationOpened",
    "close_iteration": "IterationClosed", "lock_canvas": "CanvasLocked", "unlock_canvas": "CanvasUnlocked",
    "set_phase": "PhaseSet", "define_questions": "QuestionsDefined",
    "change_role": "ParticipantRoleChanged", "remove_person": "ParticipantRemoved",
    "restore_iteration": "IterationRestored", "undo_person": "PersonUndone",
}  # fmt: skip
CODES = frozenset({
    "value_proposition_first", "unknown_activity", "unknown_note", "unknown_step", "activity_retired", "id_taken",
    "not_allowed", "locked", "text_empty", "text_too_long", "iteration_open", "no_iteration", "iteration_blocked",
    "nothing_to_undo", "nothing_to_redo", "changed_since", "step_in_use", "command_reused", "invalid", "too_many",
    "unknown_participant", "unknown_iteration", "last_facilitator",
})  # fmt: skip
KEPT_AS_SENT = frozenset(
    {"note", "block", "activity", "category", "field", "judgement", "step", "into", "comment", "iteration", "stroke"}
)
OF_MANY = frozenset({"restore_iteration", "undo_person"})
REWORDINGS = frozenset({"reword_note", "reword_activity"})


def check_end(entry: Entry, role: str, me: str, events: list[Json], accepted: set[str]) -> None:
    """Check how one command ended against the log; `accepted` has the ids that made events on any connection."""
    command = entry.command
    name = f"{command['action']} {command['id']} of a {role}, {entry.outcome} {entry.code}"
    expect(entry.outcome is not None, f"{name}: it has no end")
    if entry.versions:
        expect([event["version"] for event in events] == entry.versions, f"{name}: seen at {entry.versions}")
        check_events(command, role, me, events)
        return
    expect(entry.outcome in {"unchanged", "rejected"}, f"{name}: no versions")
    expect(not events or command["id"] in accepted, f"{name}: yet it is in the log")
    if entry.outcome == "rejected":
        check_rejection(command, role, str(entry.code), name)


def check_rejection(command: Json, role: str, code: str, name: str) -> None:
    """Check that a code is one of the contract's, and the one that this role must get."""
    expect(code in CODES, f"{name}: no code of the contract")
    if code == "invalid":
        return
    expect(code != "unknown_iteration" or command["action"] == "restore_iteration", f"{name}: it names none")
    forbidden = role == "observer" or (role == "participant" and command["action"] in FACILITATORS_ONLY)
    expect(forbidden == (code == "not_allowed"), f"{name}: the role says otherwise")


def check_events(command: Json, role: str, me: str, events: list[Json]) -> None:
    """Check that events are those of the command, whole and by its sender."""
    action = command["action"]
    expect(role == "facilitator" or (role == "participant" and action not in FACILITATORS_ONLY), f"{role}: {command}")
    for event in events:
        expect(event["by"] == me, f"{command} made an event by {event['by']}")
        if action in {"undo", "redo"}:
            expect(isinstance(event["data"].get("undoes"), int), f"{command} made {event}")
            expect(event["data"]["undoes"] < event["version"], f"{command} takes back the future: {event}")
            continue
        if action in OF_MANY and event is not events[0]:
            continue
        types = [one["type"] for one in events]
        expect(types[0] == EVENT_OF[action] and (len(events) > 1) == (action in OF_MANY), f"{command} made {types}")
        for member in KEPT_AS_SENT & set(command):
            expect(event["data"].get(member) == command[member], f"{command} made {event}: {member} differs")
    if action in REWORDINGS and events[0]["data"].get("merged"):
        expect({"ours", "theirs"} <= set(events[0]["data"]), f"an overlap keeps both: {events[0]}")
