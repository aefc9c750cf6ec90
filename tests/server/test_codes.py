import pytest

from server.http import codes
from server.http.codes import ALPHABET, LENGTH, code_of, new_code, read_code, renewed
from server.storage.log import LogError
from tests.server.memory_log import MemoryLog


def test_a_code_is_read_as_people_type_it() -> None:
    assert read_code(" c4-fg\N{EN DASH}7\n9 ") == "C4FG79"
    assert read_code("zsb222") == "258222"
    assert read_code("") == ""
    code = new_code()
    assert (read_code(code), len(code)) == (code, LENGTH)
    assert set(code) <= set(ALPHABET)


def test_a_code_that_another_room_has_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    log, made = MemoryLog(), iter(["CCCCCC", "CCCCCC", "DDDDDD"])
    monkeypatch.setattr(codes, "new_code", lambda: next(made))
    assert (code_of(log, "one"), code_of(log, "other")) == ("CCCCCC", "DDDDDD")
    assert (code_of(log, "one"), code_of(log, "other")) == ("CCCCCC", "DDDDDD")


def test_where_no_code_is_left_it_is_said_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    log = MemoryLog()
    monkeypatch.setattr(codes, "new_code", lambda: "CCCCCC")
    code_of(log, "one")
    with pytest.raises(LogError):
        renewed(log, "other")
    assert log.code("other") is None
