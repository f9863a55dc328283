"""Signing in: tokens, OAuth for service principals, and who one is."""

import asyncio
from typing import Any

import pytest
from aislides_runtime.settings import Secret
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from databricks.sdk.errors import PermissionDenied
from local_workspace.settings import UserSettings

ROBOT = UserSettings(
    user_name="robot",
    display_name="Robot",
    client_id="robot-id",
    client_secret=Secret("robot-secret"),
)


async def test_pat_client_finds_itself_and_the_workspace(start: Any, sdk: Any) -> None:
    client = await sdk(await start())
    me = await asyncio.to_thread(client.current_user.me)
    assert me.user_name == "local@example.com"
    assert me.active is True
    assert await asyncio.to_thread(client.get_workspace_id) == 1234567890
    assert client.config.workspace_id == "1234567890"


async def test_random_token_when_none_is_set(start: Any, sdk: Any) -> None:
    one, two = await start(token=None), await start(token=None)
    assert one.token != two.token
    client = await sdk(one, one.token)
    await asyncio.to_thread(client.current_user.me)
    stranger = await sdk(one, two.token)
    with pytest.raises(PermissionDenied):
        await asyncio.to_thread(stranger.current_user.me)


async def test_named_users_leave_no_open_door(start: Any) -> None:
    running = await start(token=None, users=(ROBOT,))
    assert running.token is None


async def test_service_principal_signs_in_with_oauth(start: Any) -> None:
    running = await start(users=(ROBOT,))

    def sign_in(secret: str) -> Any:
        config = Config(
            host=running.host,
            client_id="robot-id",
            client_secret=secret,
            auth_type="oauth-m2m",
            retry_timeout_seconds=1,
        )
        return WorkspaceClient(config=config).current_user.me()

    me = await asyncio.to_thread(sign_in, "robot-secret")
    assert (me.user_name, me.display_name) == ("robot", "Robot")
    with pytest.raises(ValueError, match="invalid_client"):
        await asyncio.to_thread(sign_in, "wrong")


async def test_issued_token_expires(start: Any, http: Any) -> None:
    now = [1_700_000_000.0]
    running = await start(users=(ROBOT,), now=lambda: now[0])
    anonymous = await http(running, None)
    form = {
        "grant_type": "client_credentials",
        "client_id": "robot-id",
        "client_secret": "robot-secret",
    }
    issued = (await anonymous.post("/oidc/v1/token", data=form)).json()
    assert issued["expires_in"] == 3600
    robot = await http(running, issued["access_token"])
    assert (await robot.get("/api/2.0/preview/scim/v2/Me")).status_code == 200
    now[0] += 3_600
    answer = await robot.get("/api/2.0/preview/scim/v2/Me")
    assert (answer.status_code, answer.json()) == (
        403,
        {"error_code": 403, "message": "Invalid access token."},
    )


@pytest.mark.parametrize(
    ("form", "headers", "status"),
    [
        ({"grant_type": "password"}, {}, 400),
        ({"grant_type": "client_credentials"}, {"Authorization": "Basic %%%"}, 401),
        ({"grant_type": "client_credentials"}, {"Authorization": "Basic cm9ib3Q6eA=="}, 401),
        ({"grant_type": "client_credentials"}, {}, 401),
    ],
)
async def test_bad_token_request_is_refused(
    start: Any, http: Any, form: Any, headers: Any, status: int
) -> None:
    anonymous = await http(await start(users=(ROBOT,)), None)
    answer = await anonymous.post("/oidc/v1/token", data=form, headers=headers)
    assert answer.status_code == status
    assert "error_description" in answer.json()


async def test_user_ids_are_stable_and_differ(start: Any, http: Any) -> None:
    users = tuple(
        UserSettings(user_name=f"{name}@example.com", token=Secret(name)) for name in ("a", "b")
    )
    running = await start(users=users)
    ids = [
        (await (await http(running, token)).get("/api/2.0/preview/scim/v2/Me")).json()["id"]
        for token in ("a", "b", "a")
    ]
    assert ids[0] == ids[2] != ids[1]
    assert all(len(number) == 15 for number in ids)
