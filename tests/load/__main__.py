"""How many edits this installation takes, and how soon others see them.

    python -m tests.load --rooms 50 --people 10 --seconds 5 [--rewording] [--port N]

Without --port it starts a server of its own with fresh data, pinned to one core, with this driver on the others. An
edit counts once everybody in its room has it, durable.
"""

import argparse

from tests.load.measure import Plan, apart, measure
from tests.support.calls import Http
from tests.support.process import serving


def main() -> None:
    """Start by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=50)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--window", type=int, default=1, help="edits that each person has under way")
    parser.add_argument("--rate", type=float, default=100, help="edits a second, in all, where latency is measured")
    parser.add_argument("--rewording", action="store_true", help="reword texts instead of judging")
    parser.add_argument("--port", type=int, help="a server that runs already, without a limit of commands")
    given = vars(parser.parse_args())
    port = given.pop("port")
    if port is not None:
        measure(Http(port), Plan(**given))
        return
    with serving() as server:
        apart(server)
        measure(server.http, Plan(**given), server)


if __name__ == "__main__":
    main()
