"""Whether services that run already are those of this folder."""

from __future__ import annotations

import asyncio
import sys

from aislides_runtime.errors import Kind, ServiceError
from aislides_runtime.identity import here
from aislides_runtime.probe import identity_of


class OtherVersion(ServiceError):
    """The services of this folder run in another version than the command's."""

    kind = Kind.FAILED_PRECONDITION
    reason = "OTHER_VERSION"


async def ours(listen: str) -> bool:
    """Whether a service of this folder takes calls at the address. Another folder's has other decks
    and other data: it is left alone, and the person is told. Raises OtherVersion."""
    if listen.endswith(":0"):
        return False
    found = await asyncio.to_thread(identity_of, listen)
    if found is None:
        return False
    us = here()
    if found.home != us.home:
        whose = f"belong to {found.home}" if found.home else "are of another program or version"
        sys.stderr.write(
            f"aislides: the services at {listen} {whose}, with data of their own; this command "
            f"brings its own services (--target {listen} uses those)\n"
        )
        return False
    if found.version != us.version:
        raise OtherVersion(
            f"the services at {listen} are version {found.version}, this command is {us.version}: "
            "stop them and start them again with this version"
        )
    return True
