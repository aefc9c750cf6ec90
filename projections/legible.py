"""A canvas as it is read aloud: what was taken out of it is said, so that no title or note is a blank.

Activities, notes, steps, iterations and the workshop itself can't be without a text. Where one is empty, it was taken
out.
"""

from typing import Any, Final

from domain.vocabulary import Language
from projections.naming import called

NAMED: Final = {"notes": "text", "activities": "title", "retired": "title", "steps": "name", "iterations": "name"}
"""What there is of a kind, and the text that each of them has."""


def legible(canvas: dict[str, Any], language: Language) -> dict[str, Any]:
    """Say of each such text that it was taken out, where it was."""
    named = {part: _filled(canvas[part], text, language) for part, text in NAMED.items()}
    return {**canvas, **named, "title": called(canvas["title"], language)}


def _filled(part: Any, text: str, language: Language) -> Any:  # noqa: ANN401 - things by their ids, or in their order
    if isinstance(part, dict):
        return {id_: {**one, text: called(one[text], language)} for id_, one in part.items()}
    return [{**one, text: called(one[text], language)} for one in part]
