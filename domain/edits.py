"""What somebody did to a text, read from the text before and the text after.

One stroke of typing is a single edit, exact to the letter. A text changed in several places is cut at words that it
kept, so a rewritten sentence stays a sentence and does not fall into crumbs of single letters.

Linear or nearly so in the length of the texts, whatever is in them; positions and lengths count code points.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Final, NamedTuple

_PIECE: Final = re.compile(r"\w+|\s+|[^\w\s]")
_FARTHEST_SLIDE: Final = 120
"""How far an edit may be moved to a better place among equal letters: a long word and its blanks."""
_MOST_EDITS: Final = 64
"""A text changed in more places than that is one that was written anew."""
_FEWEST_KEPT: Final = 16
"""Where not even one piece in so many was kept, what was kept was kept by chance."""
_DEEPEST: Final = 2
"""How often a gap between kept words is searched for further kept words; each time costs one pass over the text."""


class Edit(NamedTuple):
    """`base[start:end]` was taken out and `text` written in its stead; an insertion takes nothing out."""

    start: int
    end: int
    text: str


def edits(base: str, text: str) -> tuple[Edit, ...]:
    """Tell what was done to `base` to make it `text`, as edits that stand apart, in ascending order."""
    whole = _trimmed(base, Edit(0, len(base), text))
    if not whole.text or whole.start == whole.end:
        return (_settled(base, whole, 0, len(base)),) if base != text else ()
    old, new = _PIECE.findall(base), _PIECE.findall(text)
    hunks = list(islice(_hunks(old, new, 0, 0, _DEEPEST), _MOST_EDITS + 1))
    if len(hunks) > _MOST_EDITS:
        return (whole,)
    found: list[Edit] = []
    offset = [0, *accumulate(map(len, old))]
    for start, end, first, last in hunks:
        edit = _trimmed(base, Edit(offset[start], offset[end], "".join(new[first:last])))
        if found and _crumb(edit.start - found[-1].end, found[-1], edit):
            before = found.pop()
            edit = Edit(before.start, edit.end, before.text + base[before.end : edit.start] + edit.text)
        found.append(edit)
    return tuple(
        _settled(base, edit, found[i - 1].end if i else 0, found[i + 1].start if i + 1 < len(found) else len(base))
        for i, edit in enumerate(found)
    )


def _hunks(old: list[str], new: list[str], at: int, to: int, depth: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches of pieces that differ: `old[start:end]` became `new[first:last]`, ascending.

    Between two stretches stand pieces that were kept: those at the ends, and words that both have exactly once, as many
    as keep their order. Such words are seldom kept by chance, and finding them takes no search. Where there is none,
    as many pieces as before are corrections of one piece each, and any other number is one new wording.
    """
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    old, new, at, to = old[head : len(old) - tail], new[head : len(new) - tail], at + head, to + head
    kept = _kept(old, new) if old and new and depth else []
    if not kept:
        if len(old) == len(new):
            yield from ((at + i, at + i + 1, to + i, to + i + 1) for i, piece in enumerate(old) if piece != new[i])
        else:
            yield at, at + len(old), to, to + len(new)
        return
    start = first = 0
    for end, last in [*kept, (len(old), len(new))]:
        yield from _hunks(old[start:end], new[first:last], at + start, to + first, depth - 1)
        start, first = end + 1, last + 1


def _kept(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Find the words that each side has once, and of these the longest row that stands in the same order in both."""
    once_new = _once(new)
    pairs = [(i, once_new[word]) for word, i in _once(old).items() if word in once_new and is_word(word[0])]
    lowest: list[int] = []  # the lowest place at which a row of each length can end,
    ending: list[int] = []  # and the pair that it ends with
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(lowest, place)
        before.append(ending[length - 1] if length else -1)
        lowest[length : length + 1] = [place]
        ending[length : length + 1] = [index]
    row: list[tuple[int, int]] = []
    index = ending[-1] if ending else -1
    while index >= 0:
        row.append(pairs[index])
        index = before[index]
    return row[::-1] if len(row) * _FEWEST_KEPT > min(len(old), len(new)) else []


def _once(pieces: list[str]) -> dict[str, int]:
    """Map each piece that occurs once to its place, ascending."""
    places = dict(zip(pieces, range(len(pieces)), strict=True))
    return {piece: places[piece] for piece, occurs in Counter(pieces).items() if occurs == 1}


def _crumb(kept: int, one: Edit, other: Edit) -> bool:
    """Tell whether two edits are one: both rewrite, and less was kept between them than either of them changed."""
    sizes = [(edit.end - edit.start, len(edit.text)) for edit in (one, other)]
    return all(min(size) > 0 and max(size) >= kept for size in sizes)


def _trimmed(base: str, edit: Edit) -> Edit:
    """Leave out of an edit the letters at its ends that it writes again as they were."""
    removed = base[edit.start : edit.end]
    head = _shared(removed, edit.text)
    removed, text = removed[head:], edit.text[head:]
    tail = _shared(removed[::-1], text[::-1])
    return Edit(edit.start + head, edit.end - tail, text[: len(text) - tail])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the equal letters or pieces that both begin with."""
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other))


def _settled(base: str, edit: Edit, low: int, high: int) -> Edit:
    """Move an insertion or a removal among equal letters to where a person would have made it: at words' ends.

    "the [big ]block" and "the b[ig b]lock" are the same change. It stays between `low` and `high`, its neighbours.
    """
    if edit.text and edit.end > edit.start:
        return edit
    longer = f"{base[low : edit.start]}{edit.text}{base[edit.start : high]}" if edit.text else base[low:high]
    start, size = edit.start - low, len(edit.text) or edit.end - edit.start
    best, best_rank = start, _rank(longer, start) + _rank(longer, start + size)
    for place in range(start - 1, max(-1, start - 1 - _FARTHEST_SLIDE), -1):
        if longer[place] != longer[place + size]:
            break
        rank = _rank(longer, place) + _rank(longer, place + size)
        if rank > best_rank:
            best, best_rank = place, rank
    at = low + best
    return Edit(at, at, longer[best : best + size]) if edit.text else Edit(at, at + size, "")


def _rank(text: str, place: int) -> int:
    """Rank a place in a text by how likely an edit begins or ends there: inside a word, between words, at an end."""
    if place in (0, len(text)):
        return 2
    return 0 if within_word(text, place) else 1


def is_word(letter: str) -> bool:
    """Tell whether a code point is one of those that words are made of."""
    return letter.isalnum() or letter == "_"


def within_word(text: str, place: int) -> bool:
    """Tell whether the letters before and behind a place belong to one word."""
    return 0 < place < len(text) and is_word(text[place - 1]) and is_word(text[place])
