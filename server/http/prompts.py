"""The questions that help to find activities: one over all, four in general, and some for each category.

A card remembers the key of the question that it answers, so a key keeps its meaning for ever. The four general ones are
Alexander Osterwalder's, from the Business Model Canvas, and say so.
"""

from functools import cache
from importlib import resources


@cache
def prompts_in(language: str) -> bytes:
    """Read the questions in a language, as they are answered."""
    return (resources.files("server") / "templates" / f"prompts.{language}.json").read_bytes()
