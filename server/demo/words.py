"""What the people of the demo write: titles for each category, and the words that they add, say and give as reasons."""

from collections.abc import Mapping, Sequence
from typing import Final

NAMES: Final[Sequence[str]] = (
    "Noor", "Sam", "Iris", "Daan", "Mila", "Bram", "Yara", "Finn", "Lotte", "Omar", "Vera", "Jonas", "Esra", "Teun",
    "Zoë", "Ravi",
)  # fmt: skip

TITLES: Final[Mapping[str, Sequence[str]]] = {
    "production": (
        "Design new bricks", "Mould bricks that fit for decades", "Pack sets without missing parts",
        "Test each set with children", "Bring sets to the shops before the holidays", "Recycle old bricks",
        "Print building plans without words", "Mix colours that do not fade",
    ),
    "problem_solving": (
        "Find out why children stop building", "Watch families build at home", "Shorten the way from idea to set",
        "Answer builders who miss a part", "Ask teachers what they would build with", "Learn from returned sets",
        "Repair machines before they fail", "Choose which ideas become sets",
    ),
    "platform_network": (
        "Keep the web shop up", "Host a gallery of own designs", "Invite fans to vote on designs",
        "Keep building instructions online", "Open the design tool to schools", "Moderate the builders' forum",
        "Connect shops with their regulars", "Pay fans whose design becomes a set",
    ),
}  # fmt: skip

DETAILS: Final[Sequence[str]] = (
    "together", "first", "every spring", "with schools", "in small steps", "by hand", "twice", "with care",
    "at the fair", "for beginners", "without plastic", "next to the factory",
)  # fmt: skip

COMMENTS: Final[Sequence[str]] = (
    "Who would do this?", "We tried this before, and it worked.", "Could we start smaller?", "I would pay for that.",
    "This belongs to the web team.", "What if we asked the fans?",
)  # fmt: skip

REASONS: Final[Sequence[str]] = (
    "Children notice it on the first day", "Nobody has asked for it yet", "Without it the rest makes no sense",
    "It can wait until the sets sell", "It is what we are known for",
)  # fmt: skip

NOTES: Final[Mapping[str, Sequence[str]]] = {
    "customer_segments": ("Schools", "Grandparents", "Collectors"),
    "channels": ("Pop-up shops", "Building days at libraries", "Museum shops"),
    "key_resources": ("A colour laboratory", "Designers who love to play", "The archive of old sets"),
    "key_partners": ("Toy museums", "Universities", "Recyclers"),
    "cost_structure": ("Shipping", "Wages", "Electricity"),
}  # fmt: skip
