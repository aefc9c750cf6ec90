"""Canonical JSON, commitments and digests agree with vectors that Node computed (`node tests/vectors/generate.mjs`).

Both the product's codec and the tests' own reading are held against them, so neither can drift with the other.
"""

import json

import pytest

from server.storage import codec
from tests.support.canonical import NotCanonicalError, body, canonical, commitment, digest, own_salt
from tests.support.patch import Json
from tests.vectors.known import ACCEPTED, CHAIN, COMMITMENTS, REFUSED, VECTORS


def named(vector: Json) -> str:
    return str(vector["name"])


OUT_OF_BOUNDS = [2**53, -(2**53), 2**64, 0.5, 1.0, "\ud83d", {"a": ["\ude00"]}, {"\ud800": 1}]


def test_there_are_at_least_fifty_vectors() -> None:
    assert sum(map(len, VECTORS.values())) >= 50


@pytest.mark.parametrize("vector", ACCEPTED, ids=named)
def test_the_codec_writes_canonical_json(vector: Json) -> None:
    value = codec.loads(vector["json"].encode())
    assert codec.canonical(value) == vector["canonical"].encode()


@pytest.mark.parametrize("vector", ACCEPTED, ids=named)
def test_canonical_json_is_a_fixed_point(vector: Json) -> None:
    assert codec.canonical(codec.loads(vector["canonical"].encode())) == vector["canonical"].encode()


@pytest.mark.parametrize("vector", REFUSED, ids=named)
def test_the_codec_refuses_what_events_cannot_hold(vector: Json) -> None:
    with pytest.raises(ValueError, match=r"."):
        codec.loads(bytes.fromhex(vector["bytes"]))


@pytest.mark.parametrize("value", OUT_OF_BOUNDS, ids=ascii)
def test_the_codec_writes_nothing_that_it_would_refuse_to_read(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        codec.canonical(value)


@pytest.mark.parametrize("vector", COMMITMENTS)
def test_the_codec_commits_to_words(vector: Json) -> None:
    assert codec.commitment(vector["salt"], vector["pointer"], vector["text"]) == vector["commitment"]


@pytest.mark.parametrize("link", CHAIN)
def test_the_codec_chains_digests(link: Json) -> None:
    assert codec.event_digest(link["previous"], link["body"].encode()) == link["digest"]


@pytest.mark.parametrize("vector", ACCEPTED, ids=named)
def test_our_own_reading_writes_canonical_json(vector: Json) -> None:
    assert canonical(json.loads(vector["json"])) == vector["canonical"]


@pytest.mark.parametrize("value", OUT_OF_BOUNDS, ids=ascii)
def test_our_own_reading_writes_no_such_value(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(value)


@pytest.mark.parametrize("vector", COMMITMENTS)
def test_our_own_reading_commits_to_words(vector: Json) -> None:
    assert own_salt(vector["salt"], vector["pointer"]) == vector["own"]
    assert commitment(vector["salt"], vector["pointer"], vector["text"]) == vector["commitment"]


@pytest.mark.parametrize("link", CHAIN)
def test_our_own_reading_chains_digests(link: Json) -> None:
    assert canonical(body(link["event"])) == link["body"]
    assert digest(link["previous"], link["event"]) == link["digest"]
