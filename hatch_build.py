"""The build hook of the package: a wheel or an sdist never leaves without the browser client of the same state."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ClientBuildHook(BuildHookInterface[Any]):
    """Builds web/ into server/static/ where that is out of date."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for a Node from a wheel, only where one is needed and the machine has none that suits."""
        client = _client(self.root)
        needed = client.is_stale(Path(self.root)) and not client.has_node(Path(self.root))
        return [client.NODE_REQUIREMENT] if needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface's own
        """Build the client; a failure ends the build of the package."""
        _client(self.root).build(Path(self.root))


def _client(root: str) -> Any:  # noqa: ANN401 - a module
    # A build front end loads this file by its path, and the checkout is then not where Python looks for modules.
    if root not in sys.path:
        sys.path.insert(0, root)
    from scripts import client  # noqa: PLC0415 - only found after the line above

    return client
