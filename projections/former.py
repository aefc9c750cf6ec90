"""The activities of a canvas, as decisions about the past read them; see `domain.former`."""

from typing import Any

from domain.former import Stood
from domain.things import Activity, Comment
from domain.vocabulary import LISTS, UNSORTED


def stood(canvas: dict[str, Any]) -> Stood:
    """Read the activities that stand on a canvas, and those that are retired there."""
    return Stood(
        activities={id_: _activity(shown) for id_, shown in canvas["activities"].items()},
        categories={name: tuple(canvas["categories"][name]) for name in LISTS},
        retired={id_: _activity(shown) for id_, shown in canvas["retired"].items()},
    )


def _activity(shown: dict[str, Any]) -> Activity:
    origin, because = shown["origin"] or {}, shown.get("retired_because")
    into = because["into"] if isinstance(because, dict) else None
    return Activity(
        id=shown["id"],
        category=shown["category"] or UNSORTED,
        title=shown["title"],
        by=shown["by"],
        since=0,
        details=shown["details"],
        judgement=shown["judgement"],
        reason=shown["reason"],
        step=shown["step"],
        links=tuple(shown["links"]),
        comments=tuple(Comment(said["id"], said["text"], said["by"]) for said in shown["comments"]),
        prompt=origin.get("prompt"),
        sources=tuple(origin.get("activities", ())),
        into=into,
        because=because if into is None else None,
    )
