"""What describes the interfaces: OpenAPI for HTTP, AsyncAPI for the live protocol, and pages that show both offline.

All of it is made from the models that read what comes in, and from the shapes of what goes out, which the tests hold
against what the server really says.
"""

from server.documents.asyncapi import asyncapi
from server.documents.openapi import openapi
from server.documents.pages import pages

__all__ = ["asyncapi", "openapi", "pages"]
