"""Taking a text out of the log. What it takes with it only the log can tell: `borne` is what that says."""

from typing import Any

from domain import commands as c
from domain import events as e
from domain.deciding import checks
from domain.errors import Invalid
from domain.taken_out import Borne
from domain.vocabulary import PROSE_LENGTH
from domain.workshop import Workshop


def redact(command: c.Redact, state: Workshop, borne: Borne | None) -> tuple[e.Event, ...]:
    """No event where the log was not asked yet, or says that the text is gone already."""
    reason = checks.required("reason", command.reason, PROSE_LENGTH)
    if not 1 <= command.version <= state.version:
        raise Invalid(field="version", problem=f"must be from 1 to {state.version}")
    if borne is None:
        return ()
    whose = {"activity": borne.activity, "note": borne.note}
    given: dict[str, Any] = {member: id_ for member, id_ in whose.items() if id_ is not None}
    return (e.TextRedacted(version=command.version, pointer=command.pointer, reason=reason, also=borne.also, **given),)
