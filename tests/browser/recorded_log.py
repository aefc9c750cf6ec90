"""An afternoon of three people in one room, with all that goes against each other: the log, and how it ended.

`python -m tests.browser.recording` writes `web/test/recorded_log.json`. The client's fuzz run plays Ben on it, over a
network that drops and delays, and has to end at the canvas that the server ended at.
"""

from typing import Any

from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json


class Afternoon:
    """Does one thing after another, as somebody; keeps what Ben sent and what he was answered."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.ben = room.join("participant", "Ben")
        self._cleo = room.join("participant", "Cleo")
        self._sent: list[Json] = []

    def fay(self, action: str, **fields: Any) -> None:  # noqa: ANN401 - any field
        """Let the facilitator do something that is taken."""
        self._taken(self.room.token, {"action": action, **fields})

    def cleo(self, action: str, **fields: Any) -> None:  # noqa: ANN401 - any field
        """Let another participant do something that is taken."""
        self._taken(self._cleo["token"], {"action": action, **fields})

    def own(self, action: str, **fields: Any) -> None:  # noqa: ANN401 - any field
        """Let Ben do something, whatever becomes of it."""
        command = {"type": "do", "id": new_id(), "action": action, **fields}
        answer = self.room.do(command, token=self.ben["token"])[0]
        kept = ("outcome", "code", "message", "into", "field", "limit")
        self._sent.append({"command": command, "answer": {name: answer[name] for name in kept if name in answer}})

    @property
    def version(self) -> int:
        """Where the log stands."""
        return int(self.room.events()[-1]["version"])

    def recording(self) -> Json:
        """Give the whole of it."""
        start = self.room.server.http.get(f"/api/rooms/{self.room.id}/canvas?version=0", self.room.token)["canvas"]
        events = self.room.events()
        return {
            "me": self.ben["participant"],
            "start": start,
            "events": events,
            "own": self._sent,
            "canvas": self.room.canvas(),
        }

    def _taken(self, token: str, command: Json) -> None:
        answer = self.room.do(command, token=token)[0]
        assert answer["outcome"] == "accepted", answer


def record_log(room: Room) -> Json:
    """Play the afternoon in a new room."""
    day = Afternoon(room)
    values = [note("Children learn"), note("Parents see it")]
    steps = [{"id": new_id(), "name": name} for name in ("Idea", "Development")]
    for value in values:
        day.fay(**value)
    day.fay("define_steps", steps=steps)
    day.fay("open_iteration", iteration=new_id(), name="Kick-off")
    cards = [_cards(day, number, steps[number % 2]["id"]) for number in range(4)]
    _writing(day, cards)
    _judging(day, cards, values)
    _combining(day, cards)
    _undoing(day, cards)
    _refused(day, cards)
    return day.recording()


def _cards(day: Afternoon, number: int, step: str) -> list[str]:
    """Three cards, one by each."""
    three = [activity(f"{name}'s card {number}", category, step=step) for name, category in PLACES]
    day.own(**three[0])
    day.fay(**three[1])
    day.cleo(**three[2])
    return [card["activity"] for card in three]


PLACES = (("Ben", "production"), ("Fay", "problem_solving"), ("Cleo", None))


def _writing(day: Afternoon, cards: list[list[str]]) -> None:
    """Two at one text: in different places, at the same place, and over each other."""
    for number, (bens, fays, cleos) in enumerate(cards):
        base = day.version
        stroke = new_id()
        day.cleo("reword_activity", activity=bens, field="title", text=f"New: Ben's card {number}", base=base)
        day.own("reword_activity", activity=bens, field="title", text=f"Ben's card {number} again", base=base)
        day.fay("reword_activity", activity=fays, field="title", text=f"Fay's other card {number}", base=base)
        day.own("reword_activity", activity=fays, field="title", text=f"Ben's hand on {number}", base=base)
        for text in ("Within", "Within two", "Within two days"):
            day.own("reword_activity", activity=cleos, field="details", text=text, base=day.version, stroke=stroke)
        day.cleo("reword_activity", activity=cleos, field="details", text="Within two days, or three", base=day.version)
        day.own("comment_on_activity", activity=fays, comment=new_id(), text="Why not?")
        day.cleo("comment_on_activity", activity=fays, comment=new_id(), text="Because")


def _judging(day: Afternoon, cards: list[list[str]], values: list[Json]) -> None:
    for bens, fays, cleos in cards:
        day.own("judge_activity", activity=bens, judgement="must_do", reason="It carries the rest")
        day.fay("judge_activity", activity=bens, judgement="not_now")
        day.own("judge_activity", activity=bens, judgement="must_do")
        day.own("judge_activity", activity=bens, judgement="must_do")  # unchanged
        day.own("link_activity", activity=bens, note=values[0]["note"])
        day.cleo("move_activity", activity=cleos, category="platform_network", after=None)
        day.own("move_activity", activity=cleos, category="production", after=bens)
        day.own("move_activity", activity=fays, category="problem_solving", after=None)
        day.cleo("move_activity", activity=fays, category="production")
    day.own("move_note", note=values[1]["note"], block="channels", after=None)
    day.fay("move_note", note=values[1]["note"], block="value_propositions", after=None)


def _combining(day: Afternoon, cards: list[list[str]]) -> None:
    pairs = {"production": cards[0][:2], "platform_network": cards[1][1:]}
    for category, pair in pairs.items():
        fields = {"activities": pair, "into": new_id(), "title": "Both at once", "category": category}
        (day.own if category == "production" else day.cleo)("combine_activities", **fields)
    day.own("retire_activity", activity=cards[2][2], reason="It runs by itself")
    day.fay("restore_activity", activity=cards[2][2])
    day.own("place_activity", activity=cards[2][2], step=None)


def _undoing(day: Afternoon, cards: list[list[str]]) -> None:
    day.own("undo")
    day.own("undo")  # barred: somebody has brought it back since
    day.own("undo", skip=True)
    day.own("redo")
    day.cleo("undo")
    day.own("reword_activity", activity=cards[3][0], field="details", text="After all", base=day.version)
    day.own("undo")
    day.own("redo")


def _refused(day: Afternoon, cards: list[list[str]]) -> None:
    day.own("lock_canvas")
    day.own("comment_on_activity", activity=cards[0][0], comment=new_id(), text="Too late: it was combined")
    day.own("add_activity", activity=cards[3][0], title="Taken", category=None)
    day.fay("lock_canvas")
    day.own("add_activity", activity=new_id(), title="While locked", category=None)
    day.fay("unlock_canvas")
    day.own("add_activity", activity=new_id(), title="The last word", category=None)
