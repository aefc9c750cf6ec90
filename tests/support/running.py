"""Runs a test's coroutine, and ends what it left open, so that a failure is told once and not by each socket again."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from tests.support.live import OPEN

T = TypeVar("T")


def run(play: Coroutine[Any, Any, T]) -> T:
    """Run to the end, and cut every connection that is still open then."""
    return asyncio.run(_tidily(play))


async def _tidily(play: Coroutine[Any, Any, T]) -> T:
    try:
        return await play
    finally:
        for live in list(OPEN):
            await live.cut()
