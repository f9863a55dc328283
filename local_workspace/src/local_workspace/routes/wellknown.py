"""What clients look up before they sign in: host metadata, OIDC discovery, tokens."""

import base64
import binascii
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from local_workspace.identity import OAUTH_SECONDS
from local_workspace.routes.access import Served

WORKSPACE_ID = "1234567890"
ACCOUNT_ID = "00000000-0000-0000-0000-000000000001"
LARGEST_FORM = 64 * 1024

router = APIRouter()


def base_url(request: Request) -> str:
    """The address under which the caller reached us."""
    return str(request.base_url).rstrip("/")


@router.get("/.well-known/databricks-config")
async def host_metadata(request: Request) -> dict[str, Any]:
    """Host metadata; without `oidc_endpoint` OAuth clients cannot start."""
    return {
        "oidc_endpoint": f"{base_url(request)}/oidc",
        "account_id": ACCOUNT_ID,
        "workspace_id": WORKSPACE_ID,
        "cloud": "AWS",
    }


@router.get("/oidc/.well-known/oauth-authorization-server")
@router.get("/oidc/.well-known/openid-configuration")
async def oidc_discovery(request: Request) -> dict[str, Any]:
    """Where tokens come from."""
    oidc = f"{base_url(request)}/oidc/v1"
    return {
        "issuer": f"{base_url(request)}/oidc",
        "authorization_endpoint": f"{oidc}/authorize",
        "token_endpoint": f"{oidc}/token",
        "grant_types_supported": ["client_credentials"],
    }


@router.post("/oidc/v1/token")
async def token(request: Request, workspace: Served) -> JSONResponse:
    """A token for a service principal (client credentials by Basic or form)."""
    body = (await request.body())[:LARGEST_FORM]
    form = {key: values[0] for key, values in parse_qs(body.decode("latin-1")).items()}
    if form.get("grant_type") != "client_credentials":
        return oauth_error(400, "unsupported_grant_type", "Only client_credentials is supported.")
    client_id, client_secret = credentials(request.headers.get("authorization"), form)
    issued = workspace.identities.issue(client_id, client_secret)
    if issued is None:
        return oauth_error(401, "invalid_client", "Client authentication failed")
    return JSONResponse(
        {
            "access_token": issued,
            "token_type": "Bearer",
            "expires_in": OAUTH_SECONDS,
            "scope": form.get("scope", "all-apis"),
        }
    )


def credentials(authorization: str | None, form: dict[str, str]) -> tuple[str, str]:
    """Client id and secret from the Basic header, else from the form."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() == "basic":
        try:
            decoded = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        client_id, _, secret = decoded.partition(":")
        return client_id, secret
    return form.get("client_id", ""), form.get("client_secret", "")


def oauth_error(status: int, error: str, description: str) -> JSONResponse:
    """OAuth's own error format."""
    return JSONResponse({"error": error, "error_description": description}, status)
