"""What one client sent and how each command ended: the receipts' side of the contract."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.support.expect import expect
from tests.support.patch import Json

OUTCOMES = frozenset({"duplicate", "unchanged", "rejected"})


@dataclass
class Entry:
    """One command: its sendings and answers on the present connection, and what is known of its end."""

    command: Json
    sent: int = 0
    receipts: int = 0
    reused: int = 0
    events_here: bool = False
    outcome: str | None = None
    code: str | None = None
    versions: list[int] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        """Each sending on this connection has its answer; events answer one of them."""
        return self.outcome is not None and self.receipts + self.events_here >= self.sent


class Ledger:
    """All commands of one connection's owner, in the order of their first sending."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._open: dict[str, Entry] = {}

    def sent(self, command: Json) -> None:
        """Note that a command goes out (again)."""
        entry = self.entries.setdefault(command["id"], Entry(command))
        expect(entry.command == command, "this tool sends an id with other content through `reuse` only")
        entry.sent += 1
        self._open[command["id"]] = entry

    def reuse(self, command: str) -> Entry:
        """Note that other content goes out under this id, which made events and must be `command_reused`."""
        entry = self.entries[command]
        entry.reused += 1
        return entry

    def pending(self) -> list[Json]:
        """Give what to send again after a resume: whatever has no answer yet."""
        return [entry.command for entry in self._open.values()]

    def cut(self) -> None:
        """Give the connection is gone, and answers with it."""
        for entry in self.entries.values():
            if not entry.answered and entry.outcome != "accepted":
                entry.outcome = None
            entry.sent, entry.receipts, entry.reused, entry.events_here = 0, 0, 0, False
        self._open = {id_: entry for id_, entry in self.entries.items() if not entry.answered}

    def events(self, events: Iterable[Json], you: str) -> list[str]:
        """Note the events that bear commands of ours; their ids."""
        found: dict[str, list[int]] = {}
        for event in events:
            entry = self.entries.get(event["command"])
            if entry is None:
                continue
            expect(event["by"] == you, f"event {event['version']} bears our command and {event['by']}")
            found.setdefault(event["command"], []).append(event["version"])
        for command, versions in found.items():
            self._accepted(self.entries[command], versions)
        return list(found)

    def _accepted(self, entry: Entry, versions: list[int]) -> None:
        name = f"command {entry.command['id']} ({entry.command['action']})"
        expect(versions == list(range(versions[0], versions[0] + len(versions))), f"{name}: events at {versions}")
        expect(entry.versions in ([], versions), f"{name}: events at {entry.versions} and at {versions}")
        entry.outcome, entry.code, entry.versions, entry.events_here = "accepted", None, versions, True
        self._close(entry)

    def _close(self, entry: Entry) -> None:
        if entry.answered:
            self._open.pop(entry.command["id"], None)

    def receipt(self, message: Json) -> Entry:
        """Note a receipt, which must be one that we are owed."""
        outcome, entry = message["outcome"], self.entries.get(message["id"])
        expect(entry is not None and outcome in OUTCOMES, f"a receipt out of nowhere: {message}")
        assert entry is not None
        if message.get("code") == "command_reused" and entry.reused:
            entry.reused -= 1
            return entry
        entry.receipts += 1
        expect(entry.receipts <= entry.sent, f"a receipt too many: {message}")
        expect(message["versions"] == [] or outcome == "duplicate", f"versions in {message}")
        if outcome == "duplicate":
            expect(message["versions"], f"a duplicate of nothing: {message}")
            expect(entry.versions in ([], message["versions"]), f"{message} where the events were {entry.versions}")
            entry.outcome, entry.versions = "accepted", message["versions"]
            self._close(entry)
            return entry
        expect(not entry.versions, f"{message} for a command that made events {entry.versions}")
        if outcome == "rejected":
            expect(message["code"] and message["message"], f"a rejection says why: {message}")
        entry.outcome, entry.code = outcome, message.get("code")
        self._close(entry)
        return entry

    def put_off(self, command: str) -> Json:
        """`not_stored` or `slow_down`: it was not taken and will be sent again."""
        entry = self.entries.get(command)
        expect(entry is not None and entry.sent > 0, f"put off, but never sent: {command}")
        assert entry is not None
        entry.sent -= 1
        self._close(entry)
        return entry.command
