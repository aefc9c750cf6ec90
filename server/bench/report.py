"""The figures for people, with what bounds each in words, and for programs."""

import json
from dataclasses import asdict
from typing import Final

from server.bench.crowd import Went
from server.bench.measures import Figures

BUSY: Final = 0.85
"""From this share of a processor on, whoever uses it is what bounds the figure."""


def commit_bound(figures: Figures) -> str:
    """Say what an edit at rest waits for."""
    disk, rest = figures.fsync.p50, max(0.0, figures.commit.p50 - figures.fsync.p50)
    if disk > rest:
        return f"the disk: an fsync alone takes {disk:.2f} ms of it"
    return f"the way through the server and the operating system: an fsync takes {disk:.2f} ms, the rest {rest:.2f} ms"


def flood_bound(went: Went) -> str:
    """Say what keeps more from going through."""
    if went.server_busy is not None and went.server_busy >= BUSY and went.server_busy >= went.bench_busy:
        return "the server's processor"
    if went.bench_busy >= BUSY:
        return "this measuring program's own processor; the server could do more"
    if went.server_busy is None:
        return "the disk or the server's processor; this system does not say how busy that was"
    return "waiting: for the disk to store a batch, or for a processor that others use"


def as_table(figures: Figures) -> str:
    """Lay the figures out for people."""
    rows = [
        ("what", "p50", "p99", "what bounds it"),
        ("fsync of this disk", f"{figures.fsync.p50:.2f} ms", f"{figures.fsync.p99:.2f} ms", "the disk"),
        (
            "one edit at rest, until it is stored",
            f"{figures.commit.p50:.2f} ms",
            f"{figures.commit.p99:.2f} ms",
            commit_bound(figures),
        ),
        ("", "", "", ""),
        ("what", "edits/s", "deliveries/s", "what bounds it"),
        _row(f"{figures.scale.rooms} rooms of {figures.scale.people} people", figures.edits),
        *(_row(f"one room of {people} people", went) for people, went in figures.fan_out.items()),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [f"{w:<{widths[0]}}  {x:>{widths[1]}}  {y:>{widths[2]}}  {z}".rstrip() for w, x, y, z in rows]
    about = (
        f"{figures.processors} processors, Python {figures.python}; every edit is on the disk before anyone sees it."
    )
    return "\n".join([*lines, "", about, ""])


def as_json(figures: Figures) -> str:
    """Give the figures for programs: milliseconds, rates a second, shares of one processor."""
    bounds = {
        "commit": commit_bound(figures),
        "edits": flood_bound(figures.edits),
        "fan_out": {str(people): flood_bound(went) for people, went in figures.fan_out.items()},
    }
    return f"{json.dumps({**asdict(figures), 'bound_by': bounds}, indent=2)}\n"


def _row(what: str, went: Went) -> tuple[str, str, str, str]:
    shares = f"bench {went.bench_busy:.0%}"
    if went.server_busy is not None:
        shares = f"server {went.server_busy:.0%}, {shares}"
    return what, f"{went.edits:,.0f}", f"{went.deliveries:,.0f}", f"{flood_bound(went)} ({shares} busy)"
