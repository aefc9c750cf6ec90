"""How a server is set up: options of the command line, each also an environment variable that begins with KERN_."""

import os
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.storage.erasures import NAME

PREFIX: Final = "KERN_"


class Settings(BaseModel):
    """`commands_per_second` is for each participant, 0 for no limit. `erasures` is best kept apart from the data.

    `signing` is the folder of the key that signs checkpoints, the data folder unless told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    data: Path = Path("data")
    commands_per_second: int = Field(default=50, ge=0)
    erasures: Path | None = None
    signing: Path | None = None

    @property
    def erasures_file(self) -> Path:
        """The file that remembers what was erased: beside the log unless another is named."""
        return self.erasures or self.data / NAME


class SettingsError(ValueError):
    """An option or an environment variable that makes no sense; the message says which."""


def settings(**given: Any) -> Settings:  # noqa: ANN401 - options as they were parsed
    """Combine what was given (None: not given) with the environment. Raises SettingsError."""
    values: dict[str, Any] = {}
    for name in Settings.model_fields:
        variable = PREFIX + name.upper()
        if given.get(name) is not None:
            values[name] = given[name]
        elif os.environ.get(variable):
            values[name] = os.environ[variable]
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise SettingsError(f"--{name.replace('_', '-')} ({PREFIX}{name.upper()}): {first['msg']}") from None
