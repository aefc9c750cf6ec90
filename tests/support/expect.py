"""The one way in which these tools say that the server did what the contract does not."""


class Wrong(AssertionError):  # noqa: N818 - a verdict, as in "that is wrong"
    """What was seen, in words; kept apart from errors of the tools themselves."""


def expect(holds: object, otherwise: str) -> None:
    """Raise Wrong with `otherwise` unless the condition holds."""
    if not holds:
        raise Wrong(otherwise)
