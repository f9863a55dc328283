"""The typed Python client of AI Slide Generator: a question in, a deck that can be traced out.

    from aislides_client import Client

    with Client("127.0.0.1:50053") as decks:
        deck = decks.generate("How did departure delays develop in 2013?")
        deck.save("delays.html")

`AsyncClient` is the same with `await`. Both need grpcio and protobuf only.
"""

from aislides_client.asynchronous import AsyncClient
from aislides_client.decks import Deck, File
from aislides_client.errors import ClarificationNeeded, DeckFailed, SlideGeneratorError
from aislides_client.synchronous import Client

__all__ = [
    "AsyncClient",
    "ClarificationNeeded",
    "Client",
    "Deck",
    "DeckFailed",
    "File",
    "SlideGeneratorError",
]
