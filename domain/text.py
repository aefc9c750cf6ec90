"""Three-way merging of one text that two people change at the same time.

Each author's change is read as edits of the base. Edits in different places are all applied. Where two edits claim the
same letters the merge says so (`overlap`) and keeps the words of both, those that came first in the room's order first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from domain.edits import Edit, edits, is_word, within_word


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text, and whether the two changes claimed the same letters."""

    text: str
    overlap: bool


class _Claim(NamedTuple):
    """One author's edit, and the same edit widened to whole words, in which it is shown where edits collide."""

    fine: Edit
    wide: Edit
    mine: bool


def normalise(text: str) -> str:
    """Give the one form in which a text is kept and compared: NFC, then without blanks at either end."""
    return normalize("NFC", text).strip()


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Take the author's change (`base` to `mine`) onto the text as it stands (`theirs`), which is earlier.

    The result is in normal form when a merge was needed; where one side changed nothing it is the other side as given.
    """
    if theirs in (base, mine):
        return Merge(mine, overlap=False)
    if mine == base:
        return Merge(theirs, overlap=False)
    earlier = edits(base, theirs)
    later = [edit for edit in edits(base, mine) if edit not in earlier]
    claims = [*_claims(base, earlier, mine=False), *_claims(base, later, mine=True)]
    # An insertion at the start of a stretch that the other rewrote stands before it; of two insertions theirs is first.
    claims.sort(key=lambda claim: (claim.wide.start, claim.fine.start, claim.fine.end > claim.fine.start, claim.mine))
    parts: list[str] = []
    overlap, position = False, 0
    for group in _groups(claims):
        collided = _collide(group)
        overlap = overlap or collided
        for edit in [_both(base, group)] if collided else [claim.fine for claim in sorted(group, key=_order)]:
            parts += (base[position : edit.start], edit.text)
            position = edit.end
    return Merge(normalise("".join([*parts, base[position:]])), overlap)


def _claims(base: str, changes: Sequence[Edit], *, mine: bool) -> Iterator[_Claim]:
    """Widen each edit that wrote something to the words that it stands in, as far as its neighbours leave room."""
    low = 0
    for i, fine in enumerate(changes):
        start, end = fine.start, fine.end
        if fine.text:
            high = changes[i + 1].start if i + 1 < len(changes) else len(base)
            while start > low and within_word(base, start):
                start -= 1
            while end < high and within_word(base, end):
                end += 1
        low = end
        yield _Claim(fine, Edit(start, end, f"{base[start : fine.start]}{fine.text}{base[fine.end : end]}"), mine)


def _order(claim: _Claim) -> tuple[int, bool, bool]:
    """Sort edits by place; an insertion before what is rewritten behind it, and of two insertions the earlier first."""
    return claim.fine.start, claim.fine.end > claim.fine.start, claim.mine


def _groups(claims: Iterable[_Claim]) -> Iterator[list[_Claim]]:
    """Gather the claims that share a word, or letters."""
    group: list[_Claim] = []
    end = 0
    for claim in claims:
        if group and claim.wide.start >= end:
            yield group
            group = []
        end = max(end, claim.wide.end) if group else claim.wide.end
        group.append(claim)
    if group:
        yield group


def _collide(group: Iterable[_Claim]) -> bool:
    """Tell whether one author's edit reaches into the other's; to touch is not to reach into."""
    reach = {True: -1, False: -1}
    for claim in sorted(group, key=_order):
        if claim.fine.start < reach[not claim.mine]:
            return True
        reach[claim.mine] = max(reach[claim.mine], claim.fine.end)
    return False


def _both(base: str, group: Iterable[_Claim]) -> Edit:
    """Put the words of both in the stead of all that either changed; a mere removal leaves the other's words."""
    claims = sorted(group, key=lambda claim: (claim.mine, claim.wide.start))
    start, end = min(claim.wide.start for claim in claims), max(claim.wide.end for claim in claims)
    text = ""
    for _, wide, _ in claims:
        text += _gap(text, wide.text) + wide.text
    before = "" if within_word(base, start) else _gap(base[:start], text)
    after = "" if within_word(base, end) else _gap(text, base[end:])
    return Edit(start, end, f"{before}{text}{after}")


def _gap(left: str, right: str) -> str:
    """Give the blank that keeps the last word of one text and the first of the next apart, where one is needed."""
    return " " if left and right and is_word(left[-1]) and is_word(right[0]) else ""
