"""All conversations, found by their ids and only by those who may see them."""

from collections import OrderedDict

from local_workspace.api_errors import not_found
from local_workspace.genie.model import Conversation, Message
from local_workspace.identity import User

MOST_CONVERSATIONS = 10_000
MOST_MESSAGES = 10_000


class Conversations:
    """Kept in memory; the oldest are forgotten beyond MOST_CONVERSATIONS."""

    def __init__(self) -> None:
        self._conversations: OrderedDict[str, Conversation] = OrderedDict()

    def add(self, conversation: Conversation) -> None:
        """Keeps a new conversation."""
        self._conversations[conversation.id] = conversation
        while len(self._conversations) > MOST_CONVERSATIONS:
            self._conversations.popitem(last=False)

    def get(self, space_id: str, conversation_id: str, user: User) -> Conversation:
        """The user's own conversation in this space. Raises ApiError 404."""
        found = self._conversations.get(conversation_id)
        if found is None or found.space_id != space_id or found.owner != user.user_name:
            raise not_found("Conversation", conversation_id)
        return found

    def message(self, conversation: Conversation, message_id: str) -> Message:
        """A message of the conversation. Raises ApiError 404."""
        for message in conversation.messages:
            if message.id == message_id:
                return message
        raise not_found("Message", message_id)

    def of(self, space_id: str, user: User) -> list[Conversation]:
        """The user's conversations in this space, newest first."""
        return [
            conversation
            for conversation in reversed(self._conversations.values())
            if conversation.space_id == space_id and conversation.owner == user.user_name
        ]

    def remove(self, conversation: Conversation) -> None:
        """Forgets a conversation."""
        self._conversations.pop(conversation.id, None)
