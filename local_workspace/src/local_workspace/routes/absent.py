"""What a real workspace does and this one cannot truly do: each call says so in the API's own error
shape, instead of looking like a path that never was."""

from collections.abc import Callable, Coroutine
from typing import Any, Final, NoReturn

from fastapi import APIRouter

from local_workspace.api_errors import ApiError
from local_workspace.routes.access import Asked, Caller, Served

GENIE: Final = "/api/2.0/genie"
SPACE: Final = f"{GENIE}/spaces/{{space_id}}"
ENDPOINT: Final = "/api/2.0/serving-endpoints/{name}"
CATALOG: Final = "/api/2.1/unity-catalog"

EVALUATIONS: Final = "evaluation runs of a space's benchmarks"
AGENT: Final = "Genie's agent mode"
NOT_HERE: Final = (
    (f"GET POST {SPACE}/eval-runs", EVALUATIONS),
    (f"GET {SPACE}/eval-runs/{{run_id}}", EVALUATIONS),
    (f"GET {SPACE}/eval-runs/{{run_id}}/results", EVALUATIONS),
    (f"GET {SPACE}/eval-runs/{{run_id}}/results/{{result_id}}", EVALUATIONS),
    (f"POST {GENIE}/agents/{{agent_id}}/responses", AGENT),
    (
        f"POST {GENIE}/agents/{{agent_id}}/conversations/{{conversation_id}}"
        "/responses/{response_id}/cancel",
        AGENT,
    ),
    (f"POST {GENIE}/one/responses", "Genie One"),
    (f"GET {ENDPOINT}/openapi", "schemas of serving endpoints"),
    (f"GET {ENDPOINT}/metrics", "metrics of serving endpoints"),
    (f"GET {ENDPOINT}/served-models/{{served}}/logs", "logs of serving endpoints"),
    (f"GET {ENDPOINT}/served-models/{{served}}/build-logs", "logs of serving endpoints"),
    ("POST /api/2.0/external-function", "calls of other systems"),
    ("GET PUT /api/2.0/sql/config/warehouses", "settings of SQL warehouses"),
    ("GET POST /api/warehouses/v1/default-warehouse-overrides", "default warehouses of users"),
    (
        "GET PATCH DELETE /api/warehouses/v1/default-warehouse-overrides/{user_id}",
        "default warehouses of users",
    ),
)
"""Methods and path, and what is missing."""

USERS: Final = "the users and what they may do are in local_workspace.users of config/config.yaml"
MODELS: Final = "its chat models are in local_workspace.chat_models of config/config.yaml"
FILES: Final = "its catalogs, schemas and tables are its spaces; see: aislides data --help"
WAREHOUSE: Final = "its one SQL warehouse always runs"
READ_ONLY: Final = (
    ("GET PUT PATCH /api/2.0/permissions/{kind}/{object_id}", USERS),
    ("GET /api/2.0/permissions/{kind}/{object_id}/permissionLevels", USERS),
    ("POST /api/2.0/serving-endpoints", MODELS),
    ("POST /api/2.0/serving-endpoints/pt", MODELS),
    ("PUT /api/2.0/serving-endpoints/pt/{name}/config", MODELS),
    (f"DELETE {ENDPOINT}", MODELS),
    (f"PATCH {ENDPOINT}/tags", MODELS),
    (f"PATCH {ENDPOINT}/notifications", MODELS),
    (f"PATCH {ENDPOINT}/telemetry-config", MODELS),
    (f"PUT {ENDPOINT}/rate-limits", MODELS),
    (f"PUT {ENDPOINT}/ai-gateway", MODELS),
    (f"PUT {ENDPOINT}/config", MODELS),
    ("POST /api/2.0/sql/warehouses", WAREHOUSE),
    ("DELETE /api/2.0/sql/warehouses/{warehouse_id}", WAREHOUSE),
    ("POST /api/2.0/sql/warehouses/{warehouse_id}/edit", WAREHOUSE),
    ("POST /api/2.0/sql/warehouses/{warehouse_id}/stop", WAREHOUSE),
    (f"POST {CATALOG}/catalogs", FILES),
    (f"PATCH DELETE {CATALOG}/catalogs/{{name}}", FILES),
    (f"POST {CATALOG}/schemas", FILES),
    (f"PATCH DELETE {CATALOG}/schemas/{{name}}", FILES),
    (f"POST {CATALOG}/tables", FILES),
    (f"PATCH DELETE {CATALOG}/tables/{{name}}", FILES),
)
"""Methods and path, and where to change it instead."""

router = APIRouter()


def _refusing(refusal: Callable[[], ApiError]) -> Callable[..., Coroutine[Any, Any, NoReturn]]:
    async def refuse(_: Caller) -> NoReturn:
        raise refusal()

    return refuse


def _add(call: str, refusal: Callable[[], ApiError]) -> None:
    *methods, path = call.split()
    router.add_api_route(path, _refusing(refusal), methods=list(methods), response_model=None)


def not_here(what: str) -> ApiError:
    """501: a real workspace does this."""
    return ApiError(501, "NOT_IMPLEMENTED", f"The local workspace has no {what}.")


def read_only(instead: str) -> ApiError:
    """403: nothing here is written over HTTP."""
    told = f"The local workspace cannot be changed over HTTP; {instead}."
    return ApiError(403, "PERMISSION_DENIED", told)


for _call, _what in NOT_HERE:
    _add(_call, lambda what=_what: not_here(what))  # type: ignore[misc]
for _call, _instead in READ_ONLY:
    _add(_call, lambda instead=_instead: read_only(instead))  # type: ignore[misc]


@router.get(
    SPACE + "/conversations/{conversation_id}/messages/{message_id}"
    "/attachments/{attachment_id}/download-visualization",
    response_model=None,
)
async def download_visualization(
    attachment_id: str, message: Asked, workspace: Served, _: Caller
) -> NoReturn:
    """Refused: answers have no pictures here, whatever was asked for."""
    del workspace, message
    raise ApiError(
        404,
        "RESOURCE_DOES_NOT_EXIST",
        f"Attachment '{attachment_id[:100]}' has no visualization: the local workspace draws none.",
    )
