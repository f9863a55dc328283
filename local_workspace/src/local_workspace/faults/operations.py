"""The names under which fault rules know the endpoints."""

import re
from typing import Final

SPACE = r"/api/2\.0/genie/spaces/(?P<space>[^/]+)"
MESSAGE = rf"{SPACE}/conversations/[^/]+/messages/[^/]+"
ATTACHMENT = rf"{MESSAGE}/attachments/[^/]+"

OPERATIONS: Final = [
    (method, re.compile(pattern), operation)
    for method, pattern, operation in (
        ("POST", rf"{SPACE}/start-conversation", "start_conversation"),
        ("POST", rf"{SPACE}/conversations/[^/]+/messages", "create_message"),
        ("GET", MESSAGE, "get_message"),
        ("GET", rf"{ATTACHMENT}/query-result", "query_result"),
        ("POST", rf"{ATTACHMENT}/execute-query", "execute_query"),
        ("POST", rf"{ATTACHMENT}/downloads", "download"),
        ("GET", rf"{ATTACHMENT}/downloads/[^/]+", "download"),
        ("GET", r"/api/2\.0/genie/spaces", "spaces"),
        ("GET", SPACE, "spaces"),
        ("*", r"/api/2\.0/sql/statements.*", "statements"),
        ("GET", r"/external/[^/]+", "external"),
        ("POST", r"/serving-endpoints/chat/completions", "chat"),
        ("POST", r"/serving-endpoints/(?P<model>[^/]+)/invocations", "chat"),
        ("GET", r"/api/2\.0/serving-endpoints.*", "serving_endpoints"),
        ("GET", r"/api/2\.0/preview/scim/v2/Me", "me"),
    )
]


def operation_of(method: str, path: str) -> tuple[str, dict[str, str]]:
    """The operation's name and what the path tells (space, model); "" for other paths."""
    for wanted, pattern, operation in OPERATIONS:
        if wanted in {"*", method} and (match := pattern.fullmatch(path)):
            return operation, match.groupdict()
    return "", {}
