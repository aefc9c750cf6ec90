"""The sentences for people: one for each code, in Dutch and in English, that says what to do.

Programs go by the code; a sentence may be worded better at any time. In braces stands what goes with the code.
"""

from collections.abc import Mapping
from typing import Final

ENGLISH: Final[Mapping[str, str]] = {
    "invalid": "The field “{field}” is not right: {problem}.",
    "not_allowed": "Your role does not allow this; ask a facilitator to do it.",
    "not_allowed:observer": "You are here to look on; ask a facilitator for a participant's link to join in.",
    "not_allowed:participant": "Only a facilitator can do this; ask one of them.",
    "locked": "The canvas is locked; wait until a facilitator unlocks it.",
    "text_empty": "Write something in “{field}” first; it can't be empty.",
    "text_too_long": "“{field}” is too long; shorten it to {limit} characters or fewer.",
    "unknown_activity": "This activity does not exist in this room; choose one that is on the canvas.",
    "unknown_note": "This note is not on the canvas any more; choose another one.",
    "unknown_step": "This step does not exist; choose one of the steps of this workshop.",
    "unknown_comment": "This comment does not exist any more; choose another one.",
    "unknown_participant": "This person is not in the room (any more); choose somebody who is.",
    "unknown_iteration": "This iteration does not exist; choose one from the bar of iterations.",
    "activity_retired": "This activity was put away; restore it first if you want to work on it.",
    "activity_retired:into": "This activity was combined into another; work on that one, or restore this one first.",
    "id_taken": "Something in this room has this id already; make a new one and send it again.",
    "value_proposition_first": "Write down a value proposition first: activities need one to stand on the canvas.",
    "step_in_use": "Something still stands at a step that you want to drop; move it to another step first.",
    "last_facilitator": "A room needs a facilitator; make somebody else one first.",
    "iteration_open": "An iteration is open already; close it before you open the next one.",
    "no_iteration": "No iteration is open; open one first.",
    "iteration_blocked": (
        "Activities that still need attention: {count}. Sort and judge each, link what must be done to a value "
        "proposition, or close anyway and give the reason."
    ),
    "nothing_to_undo": "There is no change of yours left to undo.",
    "nothing_to_redo": "There is nothing that you took back and could do again.",
    "changed_since": "Somebody has changed this since, so it is left as it is; change it by hand if you still want to.",
    "command_reused": "This id was used for another command; make a new id and send it again.",
    "too_many": "There are {most} of these already, and a room holds no more; remove or combine some first.",
    "too_many_tries": "Too many wrong codes came from here; wait a moment and ask the facilitator for the code.",
    "signed_otherwise": (
        "This room is not the one of which a checkpoint was signed at event {version}, so none is signed any more; ask "
        "whoever runs the server to look into it."
    ),
    "redacted": "A text that is needed for this was taken out of the history; write it anew instead.",
    "unauthorized": "Join the room first: open the link that you were given.",
    "not_found": "There is nothing here for you; check the link, or ask a facilitator for a new one.",
    "not_stored": "Your change could not be stored just now; it is sent again in a moment, or do so yourself.",
    "slow_down": "That is more than the room takes from one person; wait a moment and send it again.",
    "malformed": "This could not be read; send it as the protocol describes it.",
    "frame_too_large": "This message is too large; send less at once.",
    "room_damaged": "This room can't be read from its log; ask whoever runs the server to look at it.",
    "unsupported_media_type": "Send the body as application/json.",
    "method_not_allowed": "This address does not take that method; see /docs for those that it takes.",
    "payload_too_large": "The body is too large; send less at once.",
    "forbidden_origin": "This page belongs to another site; open the room at its own address.",
    "draining": "The server is about to restart; connect again in a moment.",
}

DUTCH: Final[Mapping[str, str]] = {
    "invalid": "Het veld ‘{field}’ klopt niet: {problem}.",
    "not_allowed": "Met jouw rol kan dit niet; vraag een begeleider om het te doen.",
    "not_allowed:observer": "Je kijkt hier mee; vraag een begeleider om een link voor deelnemers als je wilt meedoen.",
    "not_allowed:participant": "Alleen een begeleider kan dit; vraag het aan een van hen.",
    "locked": "Het canvas staat op slot; wacht tot een begeleider het opent.",
    "text_empty": "Schrijf eerst iets bij ‘{field}’; dat kan niet leeg blijven.",
    "text_too_long": "‘{field}’ is te lang; kort het in tot hoogstens {limit} tekens.",
    "unknown_activity": "Deze activiteit bestaat niet in deze ruimte; kies er een die op het canvas staat.",
    "unknown_note": "Deze notitie staat niet meer op het canvas; kies een andere.",
    "unknown_step": "Deze stap bestaat niet; kies een van de stappen van deze workshop.",
    "unknown_comment": "Deze opmerking bestaat niet meer; kies een andere.",
    "unknown_participant": "Deze persoon is niet (meer) in de ruimte; kies iemand die er wel is.",
    "unknown_iteration": "Deze iteratie bestaat niet; kies er een uit de iteratiebalk.",
    "activity_retired": "Deze activiteit is weggelegd; zet haar eerst terug als je ermee verder wilt.",
    "activity_retired:into": "Deze activiteit is samengevoegd met een andere; ga daarin verder of zet haar terug.",
    "id_taken": "Iets in deze ruimte heeft dit id al; maak een nieuw id en stuur het opnieuw.",
    "value_proposition_first": "Schrijf eerst een waardepropositie op; zonder komt er geen activiteit op het canvas.",
    "step_in_use": "Er staat nog iets bij een stap die je wilt schrappen; verplaats dat eerst naar een andere stap.",
    "last_facilitator": "Een ruimte heeft een begeleider nodig; maak eerst iemand anders begeleider.",
    "iteration_open": "Er is al een iteratie open; sluit die voordat je de volgende opent.",
    "no_iteration": "Er is geen iteratie open; open er eerst een.",
    "iteration_blocked": (
        "Activiteiten die nog aandacht vragen: {count}. Deel ze in, beoordeel ze en verbind wat moet met een "
        "waardepropositie, of sluit toch en geef de reden."
    ),
    "nothing_to_undo": "Er is geen wijziging van jou meer om terug te draaien.",
    "nothing_to_redo": "Je hebt niets teruggedraaid dat opnieuw kan worden gedaan.",
    "changed_since": "Iemand heeft dit intussen gewijzigd, dus het blijft zo; pas het zelf aan als je dat nog wilt.",
    "command_reused": "Dit id is voor een andere opdracht gebruikt; maak een nieuw id en stuur het opnieuw.",
    "too_many": "Er zijn er al {most}, en meer gaan er niet in een ruimte; haal er eerst weg of voeg er samen.",
    "too_many_tries": "Er kwamen hier te veel verkeerde codes vandaan; wacht even en vraag de begeleider naar de code.",
    "signed_otherwise": (
        "Deze ruimte is niet die waarvan bij gebeurtenis {version} een controlepunt is ondertekend, dus komt er geen "
        "meer bij; laat wie de server beheert ernaar kijken."
    ),
    "redacted": "Een tekst die hiervoor nodig is, is uit de geschiedenis gehaald; schrijf hem opnieuw.",
    "unauthorized": "Ga eerst de ruimte in: open de link die je hebt gekregen.",
    "not_found": "Hier is niets voor jou; controleer de link of vraag een begeleider om een nieuwe.",
    "not_stored": "Je wijziging kon nu niet worden bewaard; ze wordt zo opnieuw gestuurd, of doe dat zelf.",
    "slow_down": "Dit is meer dan de ruimte van één persoon aanneemt; wacht even en stuur het opnieuw.",
    "malformed": "Dit was niet te lezen; stuur het zoals het protocol het beschrijft.",
    "frame_too_large": "Dit bericht is te groot; stuur minder tegelijk.",
    "room_damaged": "Het logboek van deze ruimte is niet te lezen; vraag de beheerder van de server ernaar te kijken.",
    "unsupported_media_type": "Stuur de inhoud als application/json.",
    "method_not_allowed": "Dit adres kent die methode niet; in /docs staat welke het wel kent.",
    "payload_too_large": "De inhoud is te groot; stuur minder tegelijk.",
    "forbidden_origin": "Deze pagina hoort bij een andere site; open de ruimte op haar eigen adres.",
    "draining": "De server start zo opnieuw; maak straks weer verbinding.",
}

DUTCH_FIELDS: Final[Mapping[str, str]] = {
    "title": "titel",
    "text": "tekst",
    "goal": "doel",
    "subject": "onderwerp",
    "name": "naam",
    "reason": "reden",
    "override_reason": "reden",
    "prompt": "vraag",
    "label": "naam van de fase",
}
"""What people call the fields that they write in; an unlisted one goes by its name on the wire."""

ENGLISH_FIELDS: Final[Mapping[str, str]] = {"override_reason": "reason", "label": "name of the phase"}

HOSTS: Final[Mapping[str, str]] = {"en": "Facilitator", "nl": "Begeleider"}
GUESTS: Final[Mapping[str, str]] = {"en": "Guest", "nl": "Gast"}
FORMER: Final[Mapping[str, str]] = {"en": "former participant", "nl": "voormalige deelnemer"}


def message(code: str, language: str, data: Mapping[str, object]) -> str:
    """Say in one sentence what a code means for the reader and what to do; a language that we lack is English.

    `data` is what goes with the code: `field` and `problem` of what is `invalid`, `field` and `limit` of a text,
    `blockers`, `most`, `into` where it was combined, the sender's `role`. An unknown code is a `KeyError`.
    """
    sentences, fields = (DUTCH, DUTCH_FIELDS) if language == "nl" else (ENGLISH, ENGLISH_FIELDS)
    sentence = sentences.get(f"{code}:{_variant(data)}") or sentences[code]
    field = str(data.get("field", ""))
    # A wrong field is for whoever wrote the client, and goes by the name that it has on the wire.
    words = {"field": field if code == "invalid" else fields.get(field, field), "count": _count(data.get("blockers"))}
    return sentence.format_map({**data, **words})


def host_name(language: str) -> str:
    """Give the name of somebody who opens a room and gives none."""
    return HOSTS.get(language, HOSTS["en"])


def guest_name(number: int, language: str) -> str:
    """Give the name of somebody who joins and gives none."""
    return f"{GUESTS.get(language, GUESTS['en'])} {number}"


def former_name(number: int, language: str) -> str:
    """Say who somebody is whose name was erased, by their place among all who ever joined the room."""
    return f"{FORMER.get(language, FORMER['en'])} {number}"


def _variant(data: Mapping[str, object]) -> object:
    return "into" if data.get("into") else data.get("role")


def _count(blockers: object) -> int:
    return len(blockers) if isinstance(blockers, list | tuple) else 0
