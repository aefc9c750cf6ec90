"""The machine-readable descriptions of the API (being written)."""

from typing import Any


def openapi() -> dict[str, Any]:
    """Describe the HTTP API."""
    return {"openapi": "3.1.0", "info": {"title": "Kern", "version": "1"}, "paths": {}}


def asyncapi() -> dict[str, Any]:
    """Describe the live protocol."""
    return {"asyncapi": "3.0.0", "info": {"title": "Kern", "version": "1"}}


def pages() -> dict[str, tuple[str, bytes]]:
    """Render both for people."""
    return {}
