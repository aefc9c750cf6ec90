"""The command line: `kern serve` and what goes with it."""

import argparse
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from server import bench, demo
from server import settings as setting
from server.settings import Settings, SettingsError
from server.storage.erasures import ErasuresFile
from server.storage.folder import FolderError
from server.storage.log import LogError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; answer its exit code."""
    gc.set_threshold(100_000, 50, 100)  # nearly all that is thrown away has no circles, and goes without it
    given = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = given.run
    try:
        return run(given)
    except (SettingsError, FolderError) as error:
        print(error, file=sys.stderr)
        return 1
    except LogError as error:
        print(f"The log can't be read: {error}.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0  # whoever read our output has read enough


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kern", description="A live workshop room for the key activities.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, explained: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=explained, description=explained)
        added.set_defaults(run=run)
        return added

    serve = command("serve", "serve the rooms of one data folder", _serve)
    serve.add_argument("--host", help="address to listen on (127.0.0.1; 0.0.0.0 for the local network too)")
    serve.add_argument("--port", type=int, help="port to listen on (8000)")
    serve.add_argument("--commands-per-second", type=int, help="for each participant (50; 0: no limit)")
    serve.add_argument("--signing", help="the folder of the key that signs checkpoints (the data folder)")
    rooms = command("rooms", "list the rooms of a data folder", _rooms)
    export = command("export", "write what a room has to the standard output, to be kept", _export)
    export.add_argument("room", metavar="ROOM")
    forms = "the canvas, the log, the revisions, or a document to read or to print (%(default)s: the log)"
    export.add_argument("--format", choices=["json", "jsonl", "csv", "md", "html"], default="jsonl", help=forms)
    export.add_argument("--document", choices=["guideline", "minutes"], help="of md and html (the guideline)")
    export.add_argument("--language", choices=["nl", "en"], help="of csv, md and html (the room's own)")
    verify = command("verify", "check that a log was not altered, an exported one or a room's", _verify)
    _name_checked(verify)
    rebuild = command("rebuild", "make every projection anew from the log; the server must not run", _rebuild)
    for one in (serve, rooms, export, verify, rebuild):
        one.add_argument("--data", help="the data folder (KERN_DATA, else ./data)")
    erase = command("erase", "erase somebody's name, beside a running server too; what they did stays", _erase)
    erase.add_argument("room", metavar="ROOM")
    erase.add_argument("participant", metavar="PARTICIPANT", help="the id by which events name the person")
    for one in (serve, rooms, export, verify, rebuild, erase):
        one.add_argument(
            "--erasures", help="the file that remembers what was erased (KERN_ERASURES, else in the data folder)"
        )
    erase.add_argument("--data", help="the data folder (KERN_DATA, else ./data)")
    demo.add_arguments(command("demo", "play a whole workshop against a running server", demo.run))
    bench.add_arguments(command("bench", "measure this installation", bench.run))
    return parser


def _name_checked(verify: argparse.ArgumentParser) -> None:
    """What is checked, and against what."""
    verify.add_argument(
        "log", metavar="FILE-or-ROOM", help="an export as jsonl (-: the standard input), or a room's id"
    )
    signed = "a file with a signed checkpoint that the log is held against; may be given several times"
    verify.add_argument("--checkpoint", metavar="FILE", action="append", default=[], help=signed)
    verify.add_argument("--key", help="the verifier key of the checkpoints, or a file that has it")


def _serve(given: argparse.Namespace) -> int:
    from server.serving import serve  # noqa: PLC0415 - the other commands need not wait for the web server's modules

    names = ("host", "port", "data", "commands_per_second", "erasures")
    options: dict[str, Any] = {name: getattr(given, name) for name in names}
    return serve(setting.settings(**options))


def _folder(given: argparse.Namespace) -> Path:
    """Name the data folder; before it is read, what an older backup brought back is erased."""
    from server.commands import erase  # noqa: PLC0415 - only where it is needed

    told = _settings(given)
    erase.caught_up(told.data, ErasuresFile(told.erasures_file))
    return told.data


def _settings(given: argparse.Namespace) -> Settings:
    return setting.settings(data=given.data, erasures=given.erasures)


def _erase(given: argparse.Namespace) -> int:
    from server.commands import erase  # noqa: PLC0415 - only where it is needed

    told = _settings(given)
    return erase.erase(told.data, ErasuresFile(told.erasures_file), given.room, given.participant)


def _rooms(given: argparse.Namespace) -> int:
    from server.commands import upkeep  # noqa: PLC0415 - only where it is needed

    return upkeep.rooms(_folder(given))


def _export(given: argparse.Namespace) -> int:
    from server.commands import upkeep  # noqa: PLC0415 - only where it is needed

    wanted = upkeep.Wanted(given.format, given.document, given.language)
    return upkeep.export(_folder(given), given.room, wanted)


def _verify(given: argparse.Namespace) -> int:
    from server.commands import verifying  # noqa: PLC0415 - only where it is needed

    return verifying.verify(given.log, _folder(given), given.checkpoint, given.key)


def _rebuild(given: argparse.Namespace) -> int:
    from server.commands import rebuilding  # noqa: PLC0415 - only where it is needed

    return rebuilding.rebuild(_folder(given))
