"""The HTTP API as an OpenAPI 3.1 document."""

import http
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.routing import Route

from domain.vocabulary import Role
from projections.compare import Kind
from server.documents.recalled import CatchUp, EventsFound, Iterations, Lifeline, Questions, RevisionsList, Timeline
from server.documents.schemas import CODES, Schema, facts, ref, schemas, with_facts
from server.documents.shapes import Canvas, Digest, Event, Person, Shape, Time, Version
from server.http import api, auditing, doors, downloads, finding, invitations, past, previews, recalling
from server.http.problems import STATUS


class Links(Shape):
    """The addresses, within this server, by which others join."""

    facilitator: str
    participant: str
    observer: str


class Opened(Shape):
    """A room that was opened; the caller is its facilitator. The token and the links are shown this once."""

    room: str
    token: str
    participant: str
    links: Links
    code: str
    """What participants may join by in place of a link."""


class Joined(Shape):
    """Who joined. The token is shown this once."""

    token: str
    participant: str
    role: Role
    name: str


class JoinedByCode(Joined):
    """Who joined, and where. The token is shown this once."""

    room: str


class Invited(Shape):
    """A new invite, which is the part of the link behind the `#`. Both are shown this once."""

    invite: str
    link: str


class Invitation(Shape):
    """An invite that somebody can still join by; `id` is what it can be ended by, and opens nothing."""

    id: str
    role: Role


class Invites(Shape):
    """All invites of the room."""

    invites: list[Invitation]


class Code(Shape):
    """What participants may join by in place of a link: six characters."""

    code: str


class Prompt(Shape):
    """A question that helps to find activities. A card remembers its key."""

    key: str
    text: str
    source: str = Field(default="")
    """Whose question it is; absent where it is ours."""


class Prompts(Shape):
    """The questions: one over all, some in general, some for each category."""

    master: Prompt
    general: list[Prompt]
    production: list[Prompt]
    problem_solving: list[Prompt]
    platform_network: list[Prompt]


class CanvasAt(Shape):
    """The canvas of a version."""

    room: str
    version: Version
    epoch: str
    canvas: Canvas


class PeopleList(Shape):
    """All who ever joined."""

    people: list[Person]


class EventsPage(Shape):
    """Events in order; `more` says whether others follow, up to `version`."""

    events: list[Event]
    version: Version
    more: bool


class CutAt(Shape):
    """One of two moments that are compared."""

    version: Version
    iteration: str | None
    """The iteration by which it was named; null where a version was."""


class Difference(Shape):
    """One thing that is different in one respect."""

    activity: str
    kind: Kind
    field: str | None
    """The field's name in the canvas; null where the whole activity came, went or was combined."""
    before: Any
    """The field's value; of what came, went or was combined the whole activity, or null; of a combination its parts."""
    after: Any
    by: list[str]
    """The participants who made it so, in the order of their first change."""
    reason: str | None
    versions: list[Version]
    """The events that made it so."""
    sentence: str = ""
    """In words; only where a language was asked for."""


class Comparison(Shape):
    """What lies between two moments. Kinds that don't occur are not in the summary."""

    one: CutAt = Field(alias="from")
    other: CutAt = Field(alias="to")
    summary: dict[Kind, int]
    differences: list[Difference]
    sentence: str = ""
    """What is different, counted in words; only where a language was asked for."""


class LeftAsItIs(Shape):
    """Something that the command would leave as it is."""

    version: Version
    """The change that would stay, or that is in the way."""
    because: str
    """The code that says why."""


class Preview(Shape):
    """What a command would change, and what it would leave as it is."""

    differences: list[Difference]
    skipped: list[LeftAsItIs]
    also: dict[str, int] = Field(default_factory=dict)
    """The events that no difference tells of, by type; absent where there are none."""


class Audit(Shape):
    """The newest event's version and digest."""

    version: Version
    head: Digest
    algorithm: Literal["sha-256"]


class Keys(Shape):
    """By what the signatures of this server's checkpoints are told: `NAME+ID+BASE64`."""

    key: str
    former: list[str]
    """The keys that it had before, the oldest first."""


class Checkpoint(Shape):
    """A signed note (C2SP tlog-checkpoint) on a room's log."""

    version: Version
    note: str


class Checkpoints(Shape):
    """Checkpoints in order. `next` is passed back as `after`; null where nothing follows."""

    checkpoints: list[Checkpoint]
    next: Version | None


class Life(Shape):
    """An activity's life in numbers; a stretch of typing is one change, and a comment is none."""

    changes: int
    since: Time
    """When it came."""
    last: Time
    """When it was last changed; if never, when it came."""
    by: list[str]
    """The participants who changed it, in the order of their first change."""


class Problem(Shape):
    """What went wrong (RFC 9457). Programs go by `code`; `detail` is a sentence in the reader's language."""

    model_config = ConfigDict(extra="allow")

    type: Literal["about:blank"]
    title: str
    status: Annotated[int, Field(ge=400)]
    code: str
    detail: str


@dataclass(frozen=True)
class Call:
    """What a call takes and answers; `codes` are the problems that it may answer, beside those of every call."""

    answer: type[BaseModel] | None
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    status: int = 200
    media: str = "application/json"
    downloads: tuple[str, ...] = ()
    open: bool = False
    codes: tuple[str, ...] = ()


BODY: Final = ("invalid", "malformed", "payload_too_large", "unsupported_media_type")
WRITING: Final = (*BODY, "text_empty", "text_too_long")
READING: Final = ("unauthorized", "not_found", "room_damaged")
INVITING: Final = (*READING, "not_allowed")
EVERY: Final = ("not_stored", "draining", "method_not_allowed")

CALLS: Final[Mapping[str, Call]] = {
    "open_room": Call(Opened, body=api.OpenRoom, status=201, open=True, codes=(*WRITING, *READING, "not_allowed")),
    "join": Call(Joined, body=doors.Join, open=True, codes=(*WRITING, "not_found", "room_damaged", "too_many")),
    "join_by_code": Call(
        JoinedByCode,
        body=doors.JoinByCode,
        open=True,
        codes=(*WRITING, "not_found", "room_damaged", "too_many", "too_many_tries"),
    ),
    "make_invite": Call(Invited, body=invitations.Invite, status=201, codes=(*INVITING, *BODY, "too_many")),
    "invites": Call(Invites, codes=INVITING),
    "end_invite": Call(None, status=204, codes=INVITING),
    "code": Call(Code, codes=INVITING),
    "renew_code": Call(Code, status=201, codes=INVITING),
    "end_code": Call(None, status=204, codes=INVITING),
    "erase_name": Call(None, status=204, codes=INVITING),
    "rename": Call(Person, body=doors.Rename, codes=(*WRITING, *READING)),
    "prompts": Call(Prompts, query=api.Reader, open=True, codes=("invalid",)),
    "canvas": Call(CanvasAt, query=past.Moment, codes=(*READING, "invalid")),
    "revisions": Call(RevisionsList, query=past.RevisionsPage, codes=(*READING, "invalid")),
    "versions": Call(EventsFound, query=finding.Found, codes=(*READING, "invalid")),
    "compare": Call(
        Comparison, query=past.Compared, downloads=("text/markdown", "text/csv"), codes=(*READING, "invalid")
    ),
    "previewed": Call(Preview, body=previews.Previewed, codes=(*INVITING, *BODY, *previews.REFUSED)),
    "audit": Call(Audit, codes=READING),
    "key": Call(Keys, open=True),
    "checkpoints": Call(Checkpoints, query=auditing.CheckpointsPage, codes=(*READING, "invalid")),
    "make_checkpoint": Call(Checkpoint, status=201, codes=(*READING, "signed_otherwise")),
    "people": Call(PeopleList, codes=READING),
    "events": Call(EventsPage, query=api.Page, codes=(*READING, "invalid")),
    "life": Call(Life, codes=READING),
    "lifeline": Call(Lifeline, codes=READING),
    "timeline": Call(Timeline, query=recalling.Parts, codes=(*READING, "invalid")),
    "iterations": Call(Iterations, codes=READING),
    "questions": Call(Questions, codes=READING),
    "catch_up": Call(CatchUp, query=recalling.Since, codes=(*READING, "invalid")),
    "export": Call(
        CanvasAt,
        query=downloads.Export,
        downloads=("application/jsonl", "text/csv", "text/markdown", "text/html"),
        codes=(*READING, "invalid"),
    ),
}
"""By the name of the function that answers it."""

ABOUT: Final = "Rooms, joining, and reading what stands in a room. Changes go through the live protocol."
PLAIN: Final = {"/healthz": "Whether the server lives.", "/readyz": "Whether its log can be written.",
                "/metrics": "Figures for Prometheus."}  # fmt: skip


def openapi() -> dict[str, Any]:
    """Describe the HTTP API, from its routes and the models that read their bodies and parameters."""
    paths: dict[str, Any] = {path: _plain(path, about) for path, about in PLAIN.items()}
    for route in api.ROUTES:
        if isinstance(route, Route) and route.endpoint.__name__ in CALLS:
            for method in sorted((route.methods or set()) - {"HEAD"}):
                paths.setdefault(route.path, {})[method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kern, HTTP", "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "From opening or joining."}
            },
        },
    }


def _operation(route: Route) -> Schema:
    name = route.endpoint.__name__
    call = CALLS[name]
    content = ref(call.answer.__name__) if call.answer else {"type": "string"}
    answered: Schema = {"description": "As asked."}
    if call.status != http.HTTPStatus.NO_CONTENT:
        answered["content"] = {call.media: {"schema": content}}
        answered["content"] |= {media: {"schema": {"type": "string"}} for media in call.downloads}
    operation: Schema = {
        "operationId": name,
        "summary": " ".join((route.endpoint.__doc__ or "").split()),
        "security": _security(call),
        "responses": {str(call.status): answered, **_problems((*call.codes, *EVERY))},
    }
    if call.body:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": ref(call.body.__name__)}},
        }
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in route.param_convertors
    ]
    if call.query:
        described = schemas([call.query])[call.query.__name__]
        parameters += [
            {"name": parameter, "in": "query", "required": parameter in described.get("required", ()), "schema": schema}
            for parameter, schema in described["properties"].items()
        ]
    return {**operation, "parameters": parameters} if parameters else operation


def _security(call: Call) -> list[Schema]:
    """A token for all calls but the open ones; some of these take one all the same."""
    if not call.open:
        return [{"token": []}]
    return [{}, {"token": []}] if "unauthorized" in call.codes else []


def _problems(codes: tuple[str, ...]) -> dict[str, Schema]:
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(STATUS[code], []).append(code)
    content = {"application/problem+json": {"schema": ref("Problem")}}
    return {
        str(status): {"description": ", ".join(names), "content": content}
        for status, names in sorted(by_status.items())
    }


def _plain(path: str, about: str) -> Schema:
    answered = {"description": "As asked.", "content": {"text/plain": {"schema": {"type": "string"}}}}
    responses = {"200": answered, **(_problems(("not_stored", "draining")) if path == "/readyz" else {})}
    return {"get": {"operationId": path[1:], "summary": about, "security": [], "responses": responses}}


def _schemas() -> dict[str, Schema]:
    bodies = [call.body for call in CALLS.values() if call.body]
    answers = [call.answer for call in CALLS.values() if call.answer]
    found = {**schemas([*bodies, *answers, Problem]), **facts()}
    found["Event"] = with_facts(found["Event"])
    found["Problem"]["properties"]["code"] = {"type": "string", "enum": list(CODES)}
    return dict(sorted(found.items()))
