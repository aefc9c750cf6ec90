"""People who edit a full room at a steady pace, while somebody looks on in a browser."""

import json
import threading
import time
import uuid
from typing import Self

from tests.load.line import Line
from tests.support.patch import Json

WORDS = ("design", "the", "blocks", "and", "test", "them", "with", "children", "before", "Easter")
CATEGORIES = ("production", "problem_solving", "platform_network", None)
JUDGEMENTS = ("must_do", "not_now", None)


class Editors:
    """Some connections in a room, each with its share of the edits: texts mostly, and judgements and moves."""

    def __init__(self, port: int, room: str, tokens: list[str], cards: list[str], rate: float) -> None:
        self.sent = 0
        self._lines = [Line(port, room, token) for token in tokens]
        self._cards = cards
        self._pause = len(tokens) / rate
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(len(tokens))]
        self._readers = [threading.Thread(target=self._read, args=(n,)) for n in range(len(tokens))]
        self._versions = [int(json.loads(line.welcome)["version"]) for line in self._lines]

    def __enter__(self) -> Self:
        for thread in (*self._threads, *self._readers):
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        for line in self._lines:
            line.socket.shutdown(2)
        for thread in self._readers:
            thread.join()

    def _write(self, number: int) -> None:
        due = time.monotonic() + self._pause * number / len(self._lines)
        while not self._over.wait(max(0.0, due - time.monotonic())):
            self.sent += 1
            self._lines[number].send({"type": "do", "id": str(uuid.uuid4()), **self._edit(number)})
            due += self._pause

    def _read(self, number: int) -> None:
        while True:
            try:
                message = json.loads(self._lines[number].receive())
            except OSError:
                return
            if message["type"] == "events":
                self._versions[number] = message["to"]

    def _edit(self, number: int) -> Json:
        turn = self.sent
        card = {"activity": self._cards[turn * 7 % len(self._cards)]}
        if turn % 4 == 1:
            return {"action": "judge_activity", "judgement": JUDGEMENTS[turn // 4 % 3], **card}
        if turn % 8 == 3:
            return {"action": "move_activity", "category": CATEGORIES[turn // 8 % 4], "after": None, **card}
        words = list(WORDS)
        words[turn % len(words)] = f"word{turn}"
        text = {"field": "title", "text": " ".join(words), "base": self._versions[number]}
        return {"action": "reword_activity", **text, **card}
