"""Rooms for the browser to look at: opened and filled without a screen, through the public API."""

import json
import time
import uuid
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

from tests.support.patch import Json
from tests.support.process import Server

ANSWER_SECONDS = 10


class Room:
    """A room on a server, seen by Fay, who leads it."""

    def __init__(self, server: Server, **wishes: str) -> None:
        self.server = server
        self.url = f"http://127.0.0.1:{server.port}"
        opening = {"title": "New bricks", "language": "en", "name": "Fay", **wishes}
        opened = server.http.call("POST", "/api/rooms", opening).json
        self.id: str = opened["room"]
        self.token: str = opened["token"]
        self.participant: str = opened["participant"]
        self.links: dict[str, str] = opened["links"]

    @classmethod
    def known(cls, server: Server, room: str, token: str, participant: str) -> Self:
        """Give a room that was opened elsewhere, by the key of somebody who leads it."""
        known = cls.__new__(cls)
        known.server, known.url, known.links = server, f"http://127.0.0.1:{server.port}", {}
        known.id, known.token, known.participant = room, token, participant
        return known

    def facilitator(self) -> Json:
        """Give Fay's key as the client keeps it."""
        return self._key(self.token, self.participant, "facilitator", "Fay") | {"links": self.links}

    def join(self, role: str, name: str) -> Json:
        """Give the key of somebody new."""
        invite = self.links[role].split("#")[1]
        joined = self.server.http.call("POST", f"/api/rooms/{self.id}/join", {"invite": invite, "name": name}).json
        return self._key(joined["token"], joined["participant"], role, name)

    def canvas(self) -> Json:
        """Give the canvas as the server has it."""
        canvas: Json = self.server.http.get(f"/api/rooms/{self.id}/canvas", self.token)["canvas"]
        return canvas

    def titles(self) -> list[str]:
        """Give the titles of all activities, sorted."""
        return sorted(activity["title"] for activity in self.canvas()["activities"].values())

    def events(self) -> list[Json]:
        """Give the log of a small room."""
        page: Json = self.server.http.get(f"/api/rooms/{self.id}/events?after=0&limit=1000", self.token)
        events: list[Json] = page["events"]
        return events

    def do(self, *commands: Json, token: str = "") -> list[Json]:
        """Do these one after another; give for each what it was answered: its events, or its receipt."""
        address = f"ws://127.0.0.1:{self.server.port}/api/rooms/{self.id}/live"
        with connect(address, compression=None, max_size=None) as live:
            hello = {"type": "hello", "protocol": 1, "token": token or self.token, "since": None, "epoch": None}
            live.send(json.dumps(hello))
            assert json.loads(live.recv(ANSWER_SECONDS))["type"] == "welcome"
            return [_answer(live, {"type": "do", "id": new_id(), **command}) for command in commands]

    def summon(self, view: str) -> None:
        """Call everybody to this view, whatever it is; everybody has heard of it afterwards."""
        address = f"ws://127.0.0.1:{self.server.port}/api/rooms/{self.id}/live"
        with connect(address, compression=None, max_size=None) as live:
            live.send(json.dumps({"type": "hello", "protocol": 1, "token": self.token, "since": None, "epoch": None}))
            live.send(json.dumps({"type": "summon", "view": view}))
            while json.loads(live.recv(ANSWER_SECONDS))["type"] != "summon":
                pass

    def _key(self, token: str, participant: str, role: str, name: str) -> Json:
        who = {"token": token, "participant": participant, "role": role, "name": name}
        return {"room": self.id, "title": "New bricks", "links": {}, "at": 1, **who}


def _answer(live: ClientConnection, sent: Json) -> Json:
    live.send(json.dumps(sent))
    end = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < end:
        message: Json = json.loads(live.recv(ANSWER_SECONDS))
        if message["type"] == "receipt" and message["id"] == sent["id"]:
            return message
        if message["type"] == "events" and message["events"][0]["command"] == sent["id"]:
            return {"outcome": "accepted", "sent": sent, "events": message["events"]}
    raise TimeoutError(sent)


def new_id() -> str:
    """Give an id as clients make them."""
    return str(uuid.uuid4())


def note(text: str = "Children learn to solve problems") -> Json:
    """Give a command that adds a value proposition."""
    return {"action": "add_note", "note": new_id(), "block": "value_propositions", "text": text}


def activity(title: str, category: str | None = "production", **fields: Any) -> Json:  # noqa: ANN401 - any field
    """Give a command that adds an activity."""
    return {"action": "add_activity", "activity": new_id(), "title": title, "category": category, **fields}
