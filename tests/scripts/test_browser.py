"""Where the browser of the browser tests comes from, and what is said where it can't come."""

import os
from pathlib import Path

import pytest

from scripts import browser
from scripts.steps import SetupError

# An apt-get that installs what it is asked for into its own folder.
APT_GET = """#!/bin/sh
[ "$1" = install ] || exit 0
for package; do :; done
printf '#!/bin/sh\\n' > "${0%/*}/$package" && /bin/chmod +x "${0%/*}/$package"
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the PATH of a machine without a browser."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def test_a_browser_that_is_there_is_enough(programs: Path) -> None:
    program(programs / "google-chrome", "#!/bin/sh\n")
    browser.ensure()


def test_without_the_right_to_install_it_says_what_to_install(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs / "apt-get", APT_GET)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupError, match="need chromium: `apt-get install chromium`"):
        browser.ensure()


def test_without_apt_it_says_what_to_install(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert not list(programs.iterdir())
    with pytest.raises(SetupError, match="need chromium"):
        browser.ensure()


def test_root_on_debian_gets_it_installed(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs / "apt-get", APT_GET)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    browser.ensure()
    assert (programs / "chromium").is_file()


def test_an_apt_that_fails_is_quoted(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs / "apt-get", "#!/bin/sh\necho 'no network'; exit 100\n")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SetupError, match="no network"):
        browser.ensure()
