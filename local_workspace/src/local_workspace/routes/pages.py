"""`page_size` and `page_token` in, `next_page_token` out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query

from local_workspace.api_errors import invalid

DEFAULT_PAGE = 20
LARGEST_PAGE = 100

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page the caller wants. A too large size is cut; 0 means the default."""

    page_size: Annotated[int, Query(ge=0)] = 0
    page_token: Annotated[str, Query(max_length=100)] = ""

    def of(
        self, name: str, items: Sequence[T], written: Callable[[T], dict[str, Any]]
    ) -> dict[str, Any]:
        """The reply: one page of items under `name`, and the token of the next if there is one."""
        if self.page_token and not self.page_token.isdecimal():
            raise invalid("page_token is not one that this workspace gave out.")
        start = int(self.page_token or 0)
        end = start + min(self.page_size or DEFAULT_PAGE, LARGEST_PAGE)
        body: dict[str, Any] = {name: [written(item) for item in items[start:end]]}
        if end < len(items):
            body["next_page_token"] = str(end)
        return body


Page = Annotated[PageRequest, Depends()]
