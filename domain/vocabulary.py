"""The words that commands, events and the state share: ids, names of blocks and categories, limits."""

from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

UUID_PATTERN: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

Id = Annotated[str, StringConstraints(pattern=UUID_PATTERN)]
"""A new id, chosen by the client: a UUID in lower case."""

Reference = Annotated[str, StringConstraints(max_length=200)]
"""The id of what is meant. What no such thing has is unknown, whatever its form."""

Category = Literal["production", "problem_solving", "platform_network"]
Block = Literal[
    "customer_segments",
    "value_propositions",
    "channels",
    "customer_relationships",
    "revenue_streams",
    "key_resources",
    "key_partners",
    "cost_structure",
]
Judgement = Literal["must_do", "not_now"]
Role = Literal["facilitator", "participant", "observer"]
Language = Literal["nl", "en"]
TextField = Literal["title", "details"]

UNSORTED: Final = "unsorted"
VALUE_PROPOSITIONS: Final = "value_propositions"
BLOCKS: Final[tuple[str, ...]] = get_args(Block)
LISTS: Final[tuple[str, ...]] = (*get_args(Category), UNSORTED)
"""The lists of activities in a canvas: the three categories and what is not sorted yet."""

TITLE_LENGTH: Final = 200
DETAILS_LENGTH: Final = 4_000
PROSE_LENGTH: Final = 1_000
"""Notes, comments, goals, subjects, reasons, prompts. All lengths are in code points after trimming and NFC."""

MOST_ACTIVITIES: Final = 10_000
MOST_NOTES: Final = 2_000
MOST_STEPS: Final = 200
MOST_COMMENTS: Final = 500
MOST_PEOPLE: Final = 1_000
MOST_QUESTIONS: Final = 50


class Step(BaseModel):
    """One step of the innovation process."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    name: str


class Question(BaseModel):
    """A question that helps people find activities."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    text: str
