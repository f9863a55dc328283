"""Unity Catalog's tables, through the real SDK."""

import asyncio
from typing import Any

import pytest
from aislides_runtime.settings import Secret
from databricks.sdk.errors import NotFound
from databricks.sdk.service.catalog import ColumnTypeName
from local_workspace.settings import UserSettings

SHOP_ORDERS = "local.shop.orders"


async def test_table_tells_the_types_and_positions_of_its_columns(start: Any, sdk: Any) -> None:
    running = await start()
    client = await sdk(running)
    table = await asyncio.to_thread(client.tables.get, SHOP_ORDERS)
    assert (table.name, table.full_name) == ("orders", SHOP_ORDERS)
    assert table.comment == "One order a row."
    assert [(c.position, c.name, c.type_name, c.type_text) for c in table.columns] == [
        (0, "order_id", ColumnTypeName.INT, "int"),
        (1, "region", ColumnTypeName.STRING, "string"),
        (2, "amount", ColumnTypeName.DECIMAL, "decimal(10,2)"),
        (3, "order_date", ColumnTypeName.DATE, "date"),
        (4, "paid_at", ColumnTypeName.TIMESTAMP, "timestamp"),
        (5, "online", ColumnTypeName.BOOLEAN, "boolean"),
    ]
    assert (table.columns[2].type_precision, table.columns[2].type_scale) == (10, 2)


async def test_names_are_found_whatever_their_case(start: Any, sdk: Any) -> None:
    running = await start()
    client = await sdk(running)
    table = await asyncio.to_thread(client.tables.get, SHOP_ORDERS.upper())
    assert table.name == "orders"


async def test_columns_carry_what_the_space_file_says_of_them(start: Any, sdk: Any) -> None:
    running = await start(demo_spaces=("flights",))
    client = await sdk(running)
    table = await asyncio.to_thread(client.tables.get, "local.flights.flights")
    by_name = {column.name: column for column in table.columns}
    assert "Unit: minutes." in by_name["dep_delay"].comment


@pytest.mark.parametrize(
    "name", ["orders", "shop.orders", "no.such.table", "a/b/../c", "'; DROP TABLE orders"]
)
async def test_unknown_table_is_a_404(start: Any, http: Any, name: str) -> None:
    running = await start()
    client = await http(running)
    reply = await client.get(f"/api/2.1/unity-catalog/tables/{name}")
    assert (reply.status_code, reply.json()["error_code"]) in [
        (404, "RESOURCE_DOES_NOT_EXIST"),
        (404, "ENDPOINT_NOT_FOUND"),
    ]


async def test_tables_of_spaces_that_are_not_shared_do_not_exist(start: Any, sdk: Any) -> None:
    running = await start(
        users=(UserSettings(user_name="x@example.com", token=Secret("other"), spaces=("else",)),)
    )
    stranger = await sdk(running, "other")
    with pytest.raises(NotFound):
        await asyncio.to_thread(stranger.tables.get, SHOP_ORDERS)


async def test_masks_hide_values_and_keep_the_type(start: Any, sdk: Any) -> None:
    restricted = {"shop": {"orders": {"masks": {"amount": "'secret'", "region": "NULL"}}}}
    user = UserSettings(user_name="m@example.com", token=Secret("m"), restrictions=restricted)
    running = await start(users=(user,))
    client = await sdk(running, "m")
    table = await asyncio.to_thread(client.tables.get, SHOP_ORDERS)
    amount = next(column for column in table.columns if column.name == "amount")
    assert amount.type_text == "decimal(10,2)"
    assert "North" not in str(table.as_dict())


async def test_callers_must_sign_in(start: Any, http: Any) -> None:
    running = await start()
    path = f"/api/2.1/unity-catalog/tables/{SHOP_ORDERS}"
    assert (await (await http(running, None)).get(path)).status_code == 401
    assert (await (await http(running, "wrong")).get(path)).status_code == 403
