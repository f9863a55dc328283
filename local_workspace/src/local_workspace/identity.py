"""Who calls: bearer tokens to users, and the tokens that service principals are given."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from local_workspace.api_errors import ApiError
from local_workspace.sandbox.binding import Restriction
from local_workspace.settings import LocalWorkspaceSettings, UserSettings

OAUTH_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class User:
    """One identity. `restrictions` is space -> table -> what of it is visible."""

    user_name: str
    display_name: str
    spaces: frozenset[str] | None = None
    restrictions: Mapping[str, Mapping[str, Restriction]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """A stable number of 15 digits."""
        digest = hashlib.sha256(self.user_name.encode()).digest()
        return 10**14 + int.from_bytes(digest[:6]) % (9 * 10**14)

    def may_ask(self, space: str) -> bool:
        """Whether the space is shared with this user."""
        return self.spaces is None or space in self.spaces


class Identities:
    """All users of the workspace by what they prove themselves with."""

    def __init__(self, settings: LocalWorkspaceSettings, now: Callable[[], float]) -> None:
        self._now = now
        self._by_token: dict[str, User] = {}
        self._clients: dict[str, tuple[str, User]] = {}
        self._issued: dict[str, tuple[float, User]] = {}
        for user_settings in settings.users:
            self._add(user_settings)
        self.token = self._default_token(settings)

    def _default_token(self, settings: LocalWorkspaceSettings) -> str | None:
        """The token of the unrestricted local user; None when only named users may come in."""
        if settings.token is not None:
            token = settings.token.reveal()
        elif not settings.users:
            token = f"local-{secrets.token_urlsafe(24)}"
        else:
            return None
        self._by_token[digest(token)] = User("local@example.com", "Local User")
        return token

    def _add(self, settings: UserSettings) -> None:
        user = User(
            settings.user_name,
            settings.display_name or settings.user_name,
            None if settings.spaces is None else frozenset(settings.spaces),
            {
                space: {
                    table: Restriction(given.row_filter, given.masks)
                    for table, given in tables.items()
                }
                for space, tables in settings.restrictions.items()
            },
        )
        if settings.token is not None:
            self._by_token[digest(settings.token.reveal())] = user
        if settings.client_id and settings.client_secret is not None:
            self._clients[settings.client_id] = (digest(settings.client_secret.reveal()), user)

    def authenticate(self, authorization: str | None) -> User:
        """The user behind an Authorization header. Raises ApiError 401 or 403."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise ApiError(
                401, "UNAUTHENTICATED", "Credential was not sent or was of an unsupported type."
            )
        key = digest(token.strip())
        if user := self._by_token.get(key):
            return user
        expires, issued_to = self._issued.get(key, (0.0, None))
        if issued_to is None or self._now() >= expires:
            self._issued.pop(key, None)
            raise ApiError(403, 403, "Invalid access token.")
        return issued_to

    def issue(self, client_id: str, client_secret: str) -> str | None:
        """A token for a service principal, valid OAUTH_SECONDS; None for wrong credentials."""
        expected, user = self._clients.get(client_id, ("", None))
        if user is None or not secrets.compare_digest(expected, digest(client_secret)):
            return None
        now = self._now()
        self._issued = {key: kept for key, kept in self._issued.items() if kept[0] > now}
        token = f"oauth-{secrets.token_urlsafe(24)}"
        self._issued[digest(token)] = (now + OAUTH_SECONDS, user)
        return token


def digest(secret: str) -> str:
    """What is kept and compared in the place of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
