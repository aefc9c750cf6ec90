"""What people read in one language has one kind of quotation marks, wherever it was written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from domain.vocabulary import Language
from projections import catch_up_words, comparison, guideline, minutes_words, trail

ALL: Final[tuple[Mapping[Language, Mapping[Any, Any]], ...]] = (
    *(catch_up_words.ONE, catch_up_words.SEVERAL, catch_up_words.WORDS),
    *(comparison.COUNTED, comparison.GROUPS, comparison.WORDS),
    *(guideline.WORDS, minutes_words.WORDS, trail.KINDS, trail.FIELDS),
)
OTHERS: Final[Mapping[Language, str]] = {"en": "[‘„\"]|'{", "nl": "[“”„\"]|'{"}
"""What a language does not quote with; an apostrophe is no quotation mark."""


def sentences(language: Language) -> Iterator[str]:
    for part in ALL:
        for words in part[language].values():
            yield from [words] if isinstance(words, str) else map(str, words)
    yield comparison.PLAIN[language].title("Sell")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_sentence_quotes_otherwise_than_its_language(language: Language) -> None:
    assert [one for one in sentences(language) if re.search(OTHERS[language], one)] == []
