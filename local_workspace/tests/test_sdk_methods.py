"""Every method of the installed SDK that a Genie client may call: served, or refused in words that
the SDK understands. A method that a newer SDK brings makes the first test fail."""

from __future__ import annotations

import asyncio
import inspect
from dataclasses import dataclass
from typing import Any

import pytest
from databricks.sdk.errors import (
    BadRequest,
    DatabricksError,
    NotFound,
    PermissionDenied,
)
from databricks.sdk.errors import (
    NotImplemented as NotImplementedHere,
)
from databricks.sdk.service import catalog, dashboards, iam, serving, sql
from local_workspace.registry import WAREHOUSE_ID

from .conftest import ORDERS_SQL, asked, query_of

APIS = {
    "genie": dashboards.GenieAPI,
    "statement_execution": sql.StatementExecutionAPI,
    "serving_endpoints": serving.ServingEndpointsAPI,
    "current_user": iam.CurrentUserAPI,
    "warehouses": sql.WarehousesAPI,
    "catalogs": catalog.CatalogsAPI,
    "schemas": catalog.SchemasAPI,
    "tables": catalog.TablesAPI,
}
HELLO = [serving.ChatMessage(role=serving.ChatMessageRole.USER, content="Hello")]
ACL = {"access_control_list": []}
ENTITY = serving.ServedEntityInput(name="x", entity_name="x", scale_to_zero_enabled=True)
PROVISIONED = serving.PtEndpointCoreConfig(served_entities=[])
OVERRIDE = sql.DefaultWarehouseOverride(type=sql.DefaultWarehouseOverrideType.LAST_SELECTED)
OVERRIDE_NAME = "default-warehouse-overrides/me"
GIVEN = serving.ExternalFunctionRequestHttpMethod.GET


@dataclass(frozen=True)
class There:
    """Things that exist in the workspace under test."""

    conversation: str
    message: str
    attachment: str
    statement: str

    @property
    def m(self) -> tuple[str, str, str]:
        return "shop", self.conversation, self.message

    @property
    def a(self) -> tuple[str, str, str, str]:
        return (*self.m, self.attachment)


SERVED, MISSING, ABSENT, CLOSED = "served", NotFound, NotImplementedHere, PermissionDenied

# fmt: off
GENIE: dict[str, Any] = {
    "list_spaces": (SERVED, lambda g, t: g.list_spaces().spaces[0].space_id),
    "get_space": (SERVED, lambda g, t: g.get_space("shop", include_serialized_space=True).serialized_space),
    "create_space": (CLOSED, lambda g, t: g.create_space(WAREHOUSE_ID, "{}", title="New")),
    "update_space": (CLOSED, lambda g, t: g.update_space("shop", title="New")),
    "trash_space": (CLOSED, lambda g, t: g.trash_space("shop")),
    "start_conversation": (SERVED, lambda g, t: g.start_conversation("shop", "Revenue?", enable_visualization=True).message_id),
    "start_conversation_and_wait": (SERVED, lambda g, t: g.start_conversation_and_wait("shop", "Revenue?").attachments),
    "create_message": (SERVED, lambda g, t: g.create_message("shop", t.conversation, "And now?").message_id),
    "create_message_and_wait": (SERVED, lambda g, t: g.create_message_and_wait("shop", t.conversation, "And now?").attachments),
    "wait_get_message_genie_completed": (SERVED, lambda g, t: g.wait_get_message_genie_completed(t.conversation, t.message, "shop").status),
    "get_message": (SERVED, lambda g, t: g.get_message(*t.m).message_id),
    "list_conversations": (SERVED, lambda g, t: g.list_conversations("shop", include_all=True).conversations),
    "list_conversation_messages": (SERVED, lambda g, t: g.list_conversation_messages("shop", t.conversation).messages),
    "create_message_comment": (SERVED, lambda g, t: g.create_message_comment(*t.m, "Good").message_comment_id),
    "list_message_comments": (SERVED, lambda g, t: g.list_message_comments(*t.m).comments),
    "list_conversation_comments": (SERVED, lambda g, t: g.list_conversation_comments("shop", t.conversation).comments),
    "send_message_feedback": (SERVED, lambda g, t: g.send_message_feedback(*t.m, dashboards.GenieFeedbackRating.POSITIVE) or "sent"),
    "get_message_attachment_query_result": (SERVED, lambda g, t: g.get_message_attachment_query_result(*t.a).statement_response.result.data_array),
    "get_message_query_result": (SERVED, lambda g, t: g.get_message_query_result(*t.m).statement_response.manifest),
    "get_message_query_result_by_attachment": (SERVED, lambda g, t: g.get_message_query_result_by_attachment(*t.a).statement_response.manifest),
    "execute_message_attachment_query": (SERVED, lambda g, t: g.execute_message_attachment_query(*t.a).statement_response.statement_id),
    "execute_message_query": (SERVED, lambda g, t: g.execute_message_query(*t.m).statement_response.statement_id),
    "generate_download_full_query_result": (SERVED, lambda g, t: g.generate_download_full_query_result(*t.a).download_id),
    "get_download_full_query_result": (SERVED, lambda g, t: _downloaded(g, t)),
    "download_message_attachment_visualization": (MISSING, lambda g, t: g.download_message_attachment_visualization(
        "spaces/{}/conversations/{}/messages/{}/attachments/{}".format(*t.a))),
    "genie_cancel_response": (ABSENT, lambda g, t: g.genie_cancel_response("agent", t.conversation, "r1")),
    "genie_create_eval_run": (ABSENT, lambda g, t: g.genie_create_eval_run("shop")),
    "genie_get_eval_run": (ABSENT, lambda g, t: g.genie_get_eval_run("shop", "r1")),
    "genie_get_eval_result_details": (ABSENT, lambda g, t: g.genie_get_eval_result_details("shop", "r1", "x1")),
    "genie_list_eval_results": (ABSENT, lambda g, t: g.genie_list_eval_results("shop", "r1")),
    "genie_list_eval_runs": (ABSENT, lambda g, t: g.genie_list_eval_runs("shop")),
    "delete_conversation_message": (SERVED, lambda g, t: g.delete_conversation_message(*t.m) or "gone"),
    "delete_conversation": (SERVED, lambda g, t: g.delete_conversation("shop", t.conversation) or "gone"),
}
STATEMENTS: dict[str, Any] = {
    "execute_statement": (SERVED, lambda s, t: s.execute_statement("SELECT 1", WAREHOUSE_ID).result.data_array),
    "get_statement": (SERVED, lambda s, t: s.get_statement(t.statement).manifest),
    "get_statement_result_chunk_n": (SERVED, lambda s, t: s.get_statement_result_chunk_n(t.statement, 0).data_array),
    "cancel_execution": (SERVED, lambda s, t: s.cancel_execution(t.statement) or "cancelled"),
}
ENDPOINTS: dict[str, Any] = {
    "list": (SERVED, lambda e, t: [one.name for one in e.list()]),
    "get": (SERVED, lambda e, t: e.get("local-analyst").state.ready),
    "wait_get_serving_endpoint_not_updating": (SERVED, lambda e, t: e.wait_get_serving_endpoint_not_updating("local-analyst").name),
    "query": (SERVED, lambda e, t: e.query("local-analyst", messages=HELLO).choices[0].message.content),
    "build_logs": (ABSENT, lambda e, t: e.build_logs("local-analyst", "x")),
    "logs": (ABSENT, lambda e, t: e.logs("local-analyst", "x")),
    "export_metrics": (ABSENT, lambda e, t: e.export_metrics("local-analyst")),
    "get_open_api": (ABSENT, lambda e, t: e.get_open_api("local-analyst")),
    "http_request": (ABSENT, lambda e, t: e.http_request("c", GIVEN, "/")),
    "create": (CLOSED, lambda e, t: e.create("x")),
    "create_and_wait": (CLOSED, lambda e, t: e.create_and_wait("x")),
    "create_provisioned_throughput_endpoint": (CLOSED, lambda e, t: e.create_provisioned_throughput_endpoint("x", PROVISIONED)),
    "create_provisioned_throughput_endpoint_and_wait": (CLOSED, lambda e, t: e.create_provisioned_throughput_endpoint_and_wait("x", PROVISIONED)),
    "update_provisioned_throughput_endpoint_config": (CLOSED, lambda e, t: e.update_provisioned_throughput_endpoint_config("x", PROVISIONED)),
    "update_provisioned_throughput_endpoint_config_and_wait": (CLOSED, lambda e, t: e.update_provisioned_throughput_endpoint_config_and_wait("x", PROVISIONED)),
    "delete": (CLOSED, lambda e, t: e.delete("local-analyst")),
    "patch": (CLOSED, lambda e, t: e.patch("local-analyst")),
    "patch_telemetry_config": (CLOSED, lambda e, t: e.patch_telemetry_config("local-analyst")),
    "put": (CLOSED, lambda e, t: e.put("local-analyst")),
    "put_ai_gateway": (CLOSED, lambda e, t: e.put_ai_gateway("local-analyst")),
    "update_config": (CLOSED, lambda e, t: e.update_config("local-analyst", served_entities=[ENTITY])),
    "update_config_and_wait": (CLOSED, lambda e, t: e.update_config_and_wait("local-analyst", served_entities=[ENTITY])),
    "update_notifications": (CLOSED, lambda e, t: e.update_notifications("local-analyst")),
    "get_permission_levels": (CLOSED, lambda e, t: e.get_permission_levels("local-analyst")),
    "get_permissions": (CLOSED, lambda e, t: e.get_permissions("local-analyst")),
    "set_permissions": (CLOSED, lambda e, t: e.set_permissions("local-analyst", **ACL)),
    "update_permissions": (CLOSED, lambda e, t: e.update_permissions("local-analyst", **ACL)),
}
WAREHOUSES: dict[str, Any] = {
    "list": (SERVED, lambda w, t: [one.id for one in w.list()]),
    "get": (SERVED, lambda w, t: w.get(WAREHOUSE_ID).state),
    "start": (SERVED, lambda w, t: w.start(WAREHOUSE_ID).id),
    "start_and_wait": (SERVED, lambda w, t: w.start_and_wait(WAREHOUSE_ID).state),
    "wait_get_warehouse_running": (SERVED, lambda w, t: w.wait_get_warehouse_running(WAREHOUSE_ID).id),
    "wait_get_warehouse_stopped": None,  # would wait for what never comes
    "stop": (CLOSED, lambda w, t: w.stop(WAREHOUSE_ID)),
    "stop_and_wait": (CLOSED, lambda w, t: w.stop_and_wait(WAREHOUSE_ID)),
    "create": (CLOSED, lambda w, t: w.create(name="x")),
    "create_and_wait": (CLOSED, lambda w, t: w.create_and_wait(name="x")),
    "edit": (CLOSED, lambda w, t: w.edit(WAREHOUSE_ID)),
    "edit_and_wait": (CLOSED, lambda w, t: w.edit_and_wait(WAREHOUSE_ID)),
    "delete": (CLOSED, lambda w, t: w.delete(WAREHOUSE_ID)),
    "get_permission_levels": (CLOSED, lambda w, t: w.get_permission_levels(WAREHOUSE_ID)),
    "get_permissions": (CLOSED, lambda w, t: w.get_permissions(WAREHOUSE_ID)),
    "set_permissions": (CLOSED, lambda w, t: w.set_permissions(WAREHOUSE_ID, **ACL)),
    "update_permissions": (CLOSED, lambda w, t: w.update_permissions(WAREHOUSE_ID, **ACL)),
    "get_workspace_warehouse_config": (ABSENT, lambda w, t: w.get_workspace_warehouse_config()),
    "set_workspace_warehouse_config": (ABSENT, lambda w, t: w.set_workspace_warehouse_config()),
    "list_default_warehouse_overrides": (ABSENT, lambda w, t: list(w.list_default_warehouse_overrides())),
    "get_default_warehouse_override": (ABSENT, lambda w, t: w.get_default_warehouse_override(OVERRIDE_NAME)),
    "create_default_warehouse_override": (ABSENT, lambda w, t: w.create_default_warehouse_override(OVERRIDE, "me")),
    "update_default_warehouse_override": (ABSENT, lambda w, t: _overridden(w)),
    "delete_default_warehouse_override": (ABSENT, lambda w, t: w.delete_default_warehouse_override(OVERRIDE_NAME)),
}
CATALOGS: dict[str, Any] = {
    "list": (SERVED, lambda c, t: [one.name for one in c.list()] == ["local"]),
    "get": (SERVED, lambda c, t: c.get("local").full_name == "local"),
    "create": (CLOSED, lambda c, t: c.create("x")),
    "update": (CLOSED, lambda c, t: c.update("local", comment="x")),
    "delete": (CLOSED, lambda c, t: c.delete("local")),
}
SCHEMAS: dict[str, Any] = {
    "list": (SERVED, lambda s, t: [one.full_name for one in s.list("local")] == ["local.shop"]),
    "get": (SERVED, lambda s, t: s.get("local.shop").comment == "Shop"),
    "create": (CLOSED, lambda s, t: s.create("x", "local")),
    "update": (CLOSED, lambda s, t: s.update("local.shop", comment="x")),
    "delete": (CLOSED, lambda s, t: s.delete("local.shop")),
}
TABLES: dict[str, Any] = {
    "list": (SERVED, lambda s, t: [one.name for one in s.list("local", "shop")] == ["orders"]),
    "list_summaries": (SERVED, lambda s, t: [one.full_name for one in s.list_summaries("local", schema_name_pattern="sh%")] == ["local.shop.orders"]),
    "get": (SERVED, lambda s, t: s.get("local.shop.orders").columns),
    "exists": (SERVED, lambda s, t: s.exists("local.shop.orders").table_exists and not s.exists("local.shop.no").table_exists),
    "create": (CLOSED, lambda s, t: s.create("x", "local", "shop", catalog.TableType.EXTERNAL, catalog.DataSourceFormat.DELTA, "s3://x")),
    "update": (CLOSED, lambda s, t: s.update("local.shop.orders", owner="x")),
    "delete": (CLOSED, lambda s, t: s.delete("local.shop.orders")),
}
# fmt: on
CALLS = {
    "genie": GENIE,
    "statement_execution": STATEMENTS,
    "serving_endpoints": ENDPOINTS,
    "current_user": {"me": (SERVED, lambda u, t: u.me(attributes="userName").user_name)},
    "warehouses": WAREHOUSES,
    "catalogs": CATALOGS,
    "schemas": SCHEMAS,
    "tables": TABLES,
}


def _downloaded(genie: Any, there: There) -> Any:
    begun = genie.generate_download_full_query_result(*there.a)
    return genie.get_download_full_query_result(
        *there.a, begun.download_id, begun.download_id_signature
    ).statement_response.statement_id


def _overridden(warehouses: Any) -> Any:
    from databricks.sdk.common.types.fieldmask import FieldMask

    return warehouses.update_default_warehouse_override(
        OVERRIDE_NAME, OVERRIDE, FieldMask(field_mask=["type"])
    )


@pytest.mark.parametrize("api", APIS)
def test_the_table_names_every_method_of_the_installed_sdk(api: str) -> None:
    public = inspect.getmembers(APIS[api], inspect.isfunction)
    assert set(CALLS[api]) == {name for name, _ in public if not name.startswith("_")}


@pytest.mark.parametrize("api", APIS)
async def test_every_method_is_served_or_refused_in_the_apis_own_words(
    start: Any, sdk: Any, api: str
) -> None:
    running = await start(*[ORDERS_SQL] * (5 if api == "genie" else 1))
    client = await sdk(running)
    waiter, message = await asked(client)
    query = query_of(message)
    there = There(
        waiter.conversation_id, waiter.message_id, query.attachment_id, query.query.statement_id
    )
    for name, call in CALLS[api].items():
        if call is not None:
            expected, do = call
            told = await asyncio.to_thread(outcome, do, getattr(client, api), there)
            assert told == expected, f"{api}.{name}"


def outcome(do: Any, api: Any, there: There) -> Any:
    """SERVED, or the class of the refusal; anything that is no answer fails here."""
    try:
        answer = do(api, there)
    except DatabricksError as error:
        assert isinstance(error.error_code, str) and len(str(error)) > 20, repr(error)
        return type(error) if type(error).__mro__[1] is DatabricksError else type(error).__mro__[1]
    assert answer, "an answer that holds nothing"
    return SERVED


async def test_what_a_statement_cannot_be_given_is_refused_with_the_reason(
    start: Any, sdk: Any
) -> None:
    client = await sdk(await start())

    def refused(**asked_for: Any) -> str:
        with pytest.raises(BadRequest) as raised:
            client.statement_execution.execute_statement("SELECT 1", WAREHOUSE_ID, **asked_for)
        return str(raised.value)

    arrow, links = sql.Format.ARROW_STREAM, sql.Disposition.EXTERNAL_LINKS
    for more in ({}, {"disposition": links}):
        told = await asyncio.to_thread(refused, format=arrow, **more)
        assert "use JSON_ARRAY or CSV" in told
    assert "EXTERNAL_LINKS" in await asyncio.to_thread(refused, format=sql.Format.CSV)


async def test_endpoints_that_are_asked_for_no_chat_say_what_they_need(
    start: Any, sdk: Any
) -> None:
    client = await sdk(await start())
    for asked_for in ({"prompt": "Hello"}, {"inputs": ["a"]}, {"dataframe_records": [{"a": 1}]}):
        with pytest.raises(BadRequest, match="messages"):
            await asyncio.to_thread(client.serving_endpoints.query, "local-analyst", **asked_for)


@pytest.mark.parametrize(
    "path",
    [
        "GET /api/2.0/genie/spaces/shop/eval-runs",
        "POST /api/2.0/sql/warehouses",
        "GET /api/2.1/unity-catalog/catalogs",
        "GET /api/2.1/unity-catalog/table-summaries?catalog_name=local",
        "GET /api/2.0/permissions/warehouses/x",
    ],
)
async def test_nothing_is_told_to_who_has_no_token(start: Any, http: Any, path: str) -> None:
    client = await http(await start(), None)
    method, where = path.split()
    assert (await client.request(method, where)).status_code == 401


async def test_names_of_tables_are_matched_as_like_does(start: Any, http: Any) -> None:
    client = await http(await start())
    for pattern, found in {
        "ord%": 1,
        "_rders": 1,
        "ORDERS": 1,
        "ord": 0,
        "*": 0,
        "[o]%": 0,
    }.items():
        reply = await client.get(
            "/api/2.1/unity-catalog/table-summaries",
            params={"catalog_name": "local", "table_name_pattern": pattern},
        )
        assert len(reply.json()["tables"]) == found, pattern
