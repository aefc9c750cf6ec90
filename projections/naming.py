"""What the parts of a workshop are called in Dutch and in English, in what people download."""

from collections.abc import Mapping
from typing import Final

from domain.vocabulary import Language

ENGLISH: Final[Mapping[str, str]] = {
    "production": "Production",
    "problem_solving": "Problem solving",
    "platform_network": "Platform and network",
    "unsorted": "Unsorted",
    "must_do": "must do",
    "not_now": "not relevant now",
    "unjudged": "not judged",
    "product": "End product as a whole",
    "title": "title",
    "details": "details",
    "by": "by {who}",
    "nobody": "nobody in particular",
    "reason": "Reason: {reason}",
    "version": "version {version}",
    "nothing": "nothing",
    "taken_out": "(text taken out)",
    "customer_segments": "Customer segments",
    "value_propositions": "Value propositions",
    "channels": "Channels",
    "customer_relationships": "Customer relationships",
    "revenue_streams": "Revenue streams",
    "key_resources": "Key resources",
    "key_partners": "Key partners",
    "cost_structure": "Cost structure",
}

DUTCH: Final[Mapping[str, str]] = {
    "production": "Productie",
    "problem_solving": "Probleemoplossing",
    "platform_network": "Platform en netwerk",
    "unsorted": "Ongesorteerd",
    "must_do": "moet ik doen",
    "not_now": "nu niet relevant",
    "unjudged": "niet beoordeeld",
    "product": "Eindproduct als geheel",
    "title": "titel",
    "details": "toelichting",
    "by": "door {who}",
    "nobody": "niemand in het bijzonder",
    "reason": "Reden: {reason}",
    "version": "versie {version}",
    "nothing": "niets",
    "taken_out": "(tekst eruit gehaald)",
    "customer_segments": "Klantsegmenten",
    "value_propositions": "Waardeproposities",
    "channels": "Kanalen",
    "customer_relationships": "Klantrelaties",
    "revenue_streams": "Inkomstenstromen",
    "key_resources": "Kernbronnen",
    "key_partners": "Kernpartners",
    "cost_structure": "Kostenstructuur",
}

NAMES: Final[Mapping[Language, Mapping[str, str]]] = {"en": ENGLISH, "nl": DUTCH}

AND: Final[Mapping[Language, str]] = {"en": "and", "nl": "en"}


def called(text: str, language: Language) -> str:
    """Give a text that nothing can be without: where it is empty, it was taken out."""
    return text or NAMES[language]["taken_out"]


def listed(parts: list[str], language: Language) -> str:
    """Put parts into one phrase: a, b and c."""
    if len(parts) < 2:  # noqa: PLR2004 - one part is that part
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {AND[language]} {parts[-1]}"
