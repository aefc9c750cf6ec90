"""`kern verify` and the verifier for browsers, which are two programs, say the same of every log."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from scripts.client import npm
from scripts.prepare import ROOT
from server.proving.chain import BrokenError, Chain
from server.storage import codec
from tests.server.played import played
from tests.server.test_attested import written_anew
from tests.server.test_chain import TAMPERINGS, changed, redacted_log
from tests.support.canonical import canonical
from tests.vectors.known import ACCEPTED, CHAIN, REFUSED

VERIFIER = ROOT / "web/src/audit/verifier.js"
LINES = [codec.canonical(codec.unseal(stored)) + b"\n" for stored in played(5, 60).stored]


def found_by_kern(log: bytes) -> dict[str, Any]:
    chain, broken = Chain(), None
    try:
        for line in log.splitlines(keepends=True) if b"\r" not in log else re.findall(rb"[^\n]*\n|[^\n]+$", log):
            chain.line(line)
        chain.end()
    except BrokenError as error:
        broken = error.version
    return {"version": chain.version, "digest": chain.digest, "broken": broken}


def found_in_the_browser(logs: list[bytes]) -> list[dict[str, Any]]:
    _, env = npm(ROOT)
    node = shutil.which("node", path=env["PATH"])
    assert node is not None
    given = json.dumps([base64.b64encode(log).decode() for log in logs])
    runner = str(Path(__file__).with_name("verdicts.mjs"))
    done = subprocess.run(
        [node, runner, str(VERIFIER)], input=given, capture_output=True, text=True, timeout=100, check=False, env=env
    )
    assert done.stderr == ""
    return list(json.loads(done.stdout))


def agree(logs: list[bytes]) -> list[int | None]:
    """Check that both say the same, and tell what."""
    kern, browser = [found_by_kern(log) for log in logs], found_in_the_browser(logs)
    for one, other, log in zip(kern, browser, logs, strict=True):
        assert one == other, log[:2_000]
    return [one["broken"] for one in kern]


def test_of_tampered_exports_both_name_the_same_version() -> None:
    logs, expected = [b"".join(LINES)], list[int | None]([None])
    for tampering in TAMPERINGS:
        for seed in range(30):
            tampered = list(LINES)
            expected.append(tampering(tampered, Random(seed)))
            logs.append(b"".join(tampered))
    for seed in range(10):
        place = Random(seed).randrange(len(LINES))
        logs += [b"".join(LINES[:place]), b"".join(written_anew(LINES, place))]
        expected += [None if place else 1, None]
    assert agree(logs) == expected


def others(line: bytes) -> Iterator[bytes]:
    """What means the same, or nearly, in other bytes; and what is not hashed."""
    event = json.loads(line)
    salt = event["salt"]
    yield json.dumps(event, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    alterations: tuple[dict[str, Any], ...] = (
        *(
            {"salt": salt.upper() + "A"},
            {"salt": salt[:-1]},
            {"salt": None},
            {"salt": 7},
            {"salt": salt + "00"},
            {"salt": ""},
        ),
        *({"salts": {}}, {"salts": None}, {"salts": []}, {"salts": ""}, {"salt": None, "salts": {}}, {"changes": []}),
        *(
            {"salt": None, "salts": {"/title": "12"}},
            {"salt": None, "salts": {"/title": 12}},
            {"salt": None, "salts": [1]},
        ),
        *(
            {"format": True},
            {"format": 2},
            {"version": "1"},
            {"version": True},
            {"words": []},
            {"words": None},
            {"é": 1},
        ),
        *(
            {"words": ["/nothing"]},
            {"words": ["/__proto__/x"]},
            {"words": ["title"]},
            {"words": {"a": 1}},
            {"data": []},
        ),
    )
    for members in alterations:
        yield (
            json.dumps({**event, **members}, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        )
    for member in event:
        yield canonical({name: value for name, value in event.items() if name != member}).encode() + b"\n"
    yield line.replace(b'"format":1', b'"format":1.0')
    yield line.replace(b'"by":', b'"by":null,"by":')
    yield from (
        line[:-1] + b"\r\n",
        line[:-1],
        b"\xef\xbb\xbf" + line,
        line + b"\n",
        b"\n",
        b"null\n",
        b"[]\n",
        b"{}\n",
    )


def test_of_what_nearly_means_the_same_both_say_the_same() -> None:
    places = [at for at, line in enumerate(LINES) if json.loads(line)["salt"]][:6]
    logs = [b"".join([*LINES[:at], other, *LINES[at + 1 :]]) for at in places for other in others(LINES[at])]
    expected = [at + 1 + (other == LINES[at] + b"\n") for at in places for other in others(LINES[at])]
    assert agree(logs) == expected


def test_of_vectors_both_say_the_same() -> None:
    log = [
        canonical({name: value for name, value in link["event"].items() if name != "changes"}).encode() + b"\n"
        for link in CHAIN
    ]
    first = log[0][:-2]
    bodies = [bytes.fromhex(vector["bytes"]) for vector in REFUSED]
    bodies += [vector[form].encode() for vector in ACCEPTED for form in ("json", "canonical")]
    logs = [b"".join(log), b"".join(log[:-1]), *(first + b',"x":' + body + b"}\n" for body in bodies)]
    logs += [body + b"\n" for body in bodies]
    verdicts = agree(logs)
    assert verdicts[:2] == [10, None], "the last one's text was taken out, and nothing says so"
    assert set(verdicts[2:]) == {1}


def test_of_redacted_logs_both_say_the_same() -> None:
    lines = redacted_log()
    event = json.loads(lines[1])
    data = event["data"]
    members: list[dict[str, Any]] = [
        *({}, {"data": {**data, "details": "Without care"}}, {"data": {**data, "title": {"redacted": "0" * 64}}}),
        *(
            {"data": {**data, "title": "Piet"}},
            {"data": {**data, "title": ["redacted"]}},
            {"data": {**data, "title": None}},
        ),
        *({"data": {**data, "title": {**data["title"], "why": ""}}}, {"data": {**data, "title": {"redacted": None}}}),
        *({"salts": {}}, {"salts": {"/details": "6" * 64}}, {"salts": {**event["salts"], "/title": "7" * 64}}),
        *({"salts": {"/details": "5" * 63}}, {"salts": {"/details": int("5" * 15)}}, {"salt": "5" * 32}, {"salts": []}),
    ]
    logs = [b"".join([lines[0], changed(lines[1], **one), lines[2]]) for one in members]
    logs += [b"".join(redacted_log(named=False)), b"".join(lines[:2]), b"".join(redacted_log(own="12"))]
    verdicts = agree(logs)
    assert (verdicts[0], set(verdicts[1:])) == (None, {2})


def test_the_page_for_auditors_shows_the_verifier_as_it_is() -> None:
    page = (ROOT / "docs/audit.md").read_text("utf-8")
    assert re.findall(r"```js\n(.*?)```", page, re.DOTALL) == [VERIFIER.read_text("utf-8")]
