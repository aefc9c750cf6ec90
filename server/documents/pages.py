"""Both documents as pages to read: plain HTML, one stylesheet, no script, and nothing from anywhere else."""

from collections.abc import Iterable
from importlib import resources
from typing import Any, Final

from server.documents.asyncapi import asyncapi
from server.documents.html import Html, join, page, prose, section, table, tag, text
from server.documents.openapi import openapi
from server.documents.schemas import Schema
from server.documents.wording import anchor, members, named, wording

STYLE: Final = "/docs/style.css"
HTML: Final = "text/html"


def pages() -> dict[str, tuple[str, bytes]]:
    """Render the pages and their stylesheet: by path, the media type and the content."""
    style = (resources.files("server.documents") / "style.css").read_bytes()
    return {
        "/docs": (HTML, page("Kern’s HTTP API", _http(openapi()))),
        "/docs/live": (HTML, page("Kern’s live protocol", _live(asyncapi()))),
        STYLE: ("text/css", style),
    }


def _http(document: Schema) -> Html:
    calls = [
        _call(method.upper(), path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    about = tag("p", prose(document["info"]["description"]))
    machine = tag("p", text("For programs: "), tag("a", text("/openapi.json"), href="/openapi.json"))
    return join(about, machine, section("Calls", *calls), _shapes(document["components"]["schemas"]))


def _call(method: str, path: str, operation: Schema) -> Html:
    parts = [tag("p", prose(operation["summary"]))]
    if operation["security"]:
        parts.append(tag("p", text("With a token: "), tag("code", text("Authorization: Bearer …"))))
    rows = [
        (tag("code", text(given["name"])), text(f"in the {given['in']}"), wording(given["schema"]), _required(given))
        for given in operation.get("parameters", ())
    ]
    if rows:
        parts.append(table(("parameter", "where", "what", ""), rows))
    if "requestBody" in operation:
        parts.append(tag("p", text("Body: "), _content(operation["requestBody"])))
    answers = [
        (tag("code", text(status)), _content(answer), text(answer["description"] if int(status) >= 400 else ""))  # noqa: PLR2004 - where problems begin
        for status, answer in operation["responses"].items()
    ]
    parts.append(table(("status", "answer", "codes"), answers))
    return section(f"{method} {path}", *parts, level=3)


def _required(given: Schema) -> Html:
    return text("required" if given["required"] else "")


def _content(holder: Schema) -> Html:
    return join(
        *(join(wording(one["schema"]), text(f" as {media}")) for media, one in holder.get("content", {}).items())
    )


def _live(document: Schema) -> Html:
    channel = document["channels"]["room"]
    messages = document["components"]["messages"]
    about = [tag("p", prose(document["info"]["description"])), tag("p", tag("code", text(channel["address"])))]
    machine = tag("p", text("For programs: "), tag("a", text("/asyncapi.json"), href="/asyncapi.json"))
    codes = [(tag("code", text(code)), text(meaning)) for code, meaning in channel["x-close-codes"].items()]
    return join(
        *about,
        machine,
        section("From clients", _messages(messages, document["operations"]["fromClients"])),
        section("From servers", _messages(messages, document["operations"]["fromServers"])),
        section("Close codes", table(("code", "meaning"), codes)),
        _shapes(document["components"]["schemas"]),
    )


def _messages(messages: Schema, operation: Schema) -> Html:
    names = [reference["$ref"].rpartition("/")[2] for reference in operation["messages"]]
    rows = [
        (
            tag("code", text(messages[name]["name"])),
            wording(messages[name]["payload"]),
            prose(messages[name]["summary"]),
        )
        for name in names
    ]
    return table(("type", "shape", "what it is for"), rows)


def _shapes(schemas: Schema) -> Html:
    return section("Shapes", *(_shape(name, schema) for name, schema in schemas.items()))


def _shape(name: str, schema: Schema) -> Html:
    parts: list[Html] = []
    if "description" in schema:
        parts.append(tag("p", prose(schema["description"])))
    rows = [
        (tag("code", text(member)), wording(part), text("required" if required else "optional"), _about(part))
        for member, part, required in members(schema)
    ]
    if rows:
        parts.append(table(("member", "what", "", ""), rows))
    parts += _choices(schema.get("oneOf", ()), has_members=bool(rows))
    if not rows and "oneOf" not in schema:
        parts.append(tag("p", wording(schema)))
    return section(name, *parts, level=3, id=anchor(name))


def _about(part: Schema) -> Html:
    return prose(part.get("description", ""))


def _choices(choices: Iterable[Any], *, has_members: bool) -> list[Html]:
    """List what an object may be: a table of types and their data, or one of several shapes."""
    choices = list(choices)
    if not choices:
        return []
    if has_members:
        rows = [
            (tag("code", text(choice["properties"]["type"]["const"])), wording(choice["properties"]["data"]))
            for choice in choices
        ]
        return [table(("type", "data"), rows)]
    return [tag("p", text("One of "), *named(choices))]
