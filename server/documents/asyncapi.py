"""The live protocol as an AsyncAPI 3.0 document."""

import re
from typing import Any

from pydantic import BaseModel

from server.documents.messages import FROM_CLIENTS, FROM_SERVERS
from server.documents.schemas import COMMANDS, Schema, commands, facts, ref, schemas, with_facts
from server.wire.protocol import CLOSE_CODES, PROTOCOL

ABOUT = (
    "Text frames, one JSON object each, tagged by `type`. The first frame is a hello. Everyone in a room gets every "
    "event once, in order, with no gap, and only when it is durable."
)


def asyncapi() -> dict[str, Any]:
    """Describe the live protocol: one channel for each room, what clients send and what servers send."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Kern, live", "version": str(PROTOCOL), "description": ABOUT},
        "defaultContentType": "application/json",
        "channels": {"room": _channel()},
        "operations": {
            "fromClients": _operation("receive", FROM_CLIENTS),
            "fromServers": _operation("send", FROM_SERVERS),
        },
        "components": {
            "messages": {_name(model): _message(model) for model in (*FROM_CLIENTS, *FROM_SERVERS)},
            "schemas": _schemas(),
        },
    }


def _channel() -> Schema:
    return {
        "address": "/api/rooms/{room}/live",
        "description": "One WebSocket a connection. A participant may have several; none ends another.",
        "parameters": {"room": {"description": "The room's id."}},
        "messages": {
            _name(model): {"$ref": f"#/components/messages/{_name(model)}"} for model in (*FROM_CLIENTS, *FROM_SERVERS)
        },
        "bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}},
        "x-close-codes": {str(code): meaning for code, meaning in sorted(CLOSE_CODES.items())},
    }


def _operation(action: str, models: tuple[type[BaseModel], ...]) -> Schema:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/room"},
        "messages": [{"$ref": f"#/channels/room/messages/{_name(model)}"} for model in models],
    }


def _message(model: type[BaseModel]) -> Schema:
    about = " ".join((model.__doc__ or "").split())
    return {"name": _kind(model), "title": model.__name__, "summary": about, "payload": ref(model.__name__)}


def _schemas() -> dict[str, Schema]:
    found = {**schemas((*FROM_CLIENTS, *FROM_SERVERS)), **commands(), **facts()}
    found["Event"] = with_facts(found["Event"])
    found["Do"] = {"description": found["Do"]["description"], "oneOf": [ref(model.__name__) for model in COMMANDS]}
    return dict(sorted(found.items()))


def _kind(model: type[BaseModel]) -> str:
    """Read the literal by which a message is tagged."""
    kind: str = model.model_fields["type"].annotation.__args__[0]  # type: ignore[union-attr]
    return kind


def _name(model: type[BaseModel]) -> str:
    """Name a message: its model's name in camel case, for two messages bear the type `presence`."""
    return re.sub(r"^.", lambda first: first[0].lower(), model.__name__)
