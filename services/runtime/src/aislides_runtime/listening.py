"""Binding a server to an address, with errors that say what to change."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket

import grpc
import grpc.aio

from aislides_runtime.errors import Kind, ServiceError


class PortInUse(ServiceError):
    """Another process listens on the address."""

    kind = Kind.FAILED_PRECONDITION
    reason = "PORT_IN_USE"


class CannotListen(ServiceError):
    """The address cannot be listened on: unknown host, no permission, not an address."""

    kind = Kind.FAILED_PRECONDITION
    reason = "CANNOT_LISTEN"


class PlaintextRefused(ServiceError):
    """Unencrypted traffic was asked for on an address that other machines can reach."""

    kind = Kind.FAILED_PRECONDITION
    reason = "PLAINTEXT_REFUSED"


def bind(
    server: grpc.aio.Server,
    address: str,
    *,
    credentials: grpc.ServerCredentials | None,
    insecure_ok: bool,
    port_setting: str,
) -> int:
    """Binds `host:port` (port 0: any free one) or `unix:/path` and gives the port (unix: 0 or 1).

    Raises PortInUse, CannotListen, or PlaintextRefused when there are no credentials, the host is
    not loopback and `insecure_ok` is not set. `port_setting` names the setting to change.
    """
    host, port = split_address(address)
    if credentials is None and not insecure_ok and not is_local(address):
        raise PlaintextRefused(
            f"{address} can be reached from other machines, and traffic there would not be "
            "encrypted: listen on 127.0.0.1, give TLS credentials, or allow it explicitly "
            "(insecure_ok)"
        )
    if not address.startswith("unix:"):
        _probe(address, host, port, port_setting)
    try:
        if credentials is None:
            return server.add_insecure_port(address)
        return server.add_secure_port(address, credentials)
    except RuntimeError:
        raise CannotListen(f"cannot listen on {address}: check it and its permissions") from None


def split_address(address: str) -> tuple[str, int]:
    """Host and port of `host:port` or `[v6]:port`; a unix address has port 0.

    Raises CannotListen for anything else.
    """
    if address.startswith("unix:"):
        return address, 0
    host, colon, port = address.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise CannotListen(f"{address!r} is not an address: write host:port, port 0 to 65535")
    return host.removeprefix("[").removesuffix("]"), int(port)


def is_local(address: str) -> bool:
    """Whether only this machine can reach the address."""
    host, _ = split_address(address)
    if host.startswith("unix:") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def dial_address(address: str, port: int) -> str:
    """Where a client on this machine reaches a server bound to `address`."""
    host, _ = split_address(address)
    if host.startswith("unix:"):
        return address
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - told, not bound
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _probe(address: str, host: str, port: int, port_setting: str) -> None:
    """Binds a plain socket first: grpc would only say that binding failed, and to stderr."""
    fault: OSError | None = None
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror:
        raise CannotListen(f"cannot listen on {address}: the host is not known") from None
    for family, kind, proto, _, where in found:
        try:
            with socket.socket(family, kind, proto) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(where)
                probe.listen()
        except OSError as error:
            fault = fault or error
        else:
            return
    if fault is not None and fault.errno == errno.EADDRINUSE:
        raise PortInUse(
            f"{address} is in use by another process: stop it, or choose another port "
            f"with {port_setting}",
            metadata={"address": address},
        )
    text = os.strerror(fault.errno or 0).lower() if fault else "no address"
    raise CannotListen(f"cannot listen on {address}: {text}")
