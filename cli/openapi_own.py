"""The OpenAPI document of what the gateway answers itself: it has no framework that would write one."""

from typing import Any

from gateway.views.services import ServiceList
from shared.contracts.policy.gateway import POLICY

Document = dict[str, Any]
_REF = "#/components/schemas/{model}"
_PROBLEM = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
_MEANINGS = {"400": "The request cannot be read", "401": "No or bad token", "403": "The role may not do this"}


def own_document() -> Document:
    """Describe the gateway's own operations as a service's document does its own; problems are named, not defined."""
    schema = ServiceList.model_json_schema(ref_template=_REF, mode="serialization")
    schemas = schema.pop("$defs", {})
    [row] = POLICY
    operation = {
        "operationId": "list_services",
        "summary": "List Services",
        "description": "Show how each service does, as this gateway measures it over the last five minutes.",
        "tags": ["services"],
        "security": [{"bearer": []}],
        "x-roles": sorted(row.roles),
        "responses": {
            "200": {
                "description": "Successful Response",
                "content": {"application/json": {"schema": {"$ref": _REF.format(model="ServiceList")}}},
            },
            **{status: {"description": meaning, "content": _PROBLEM} for status, meaning in _MEANINGS.items()},
        },
    }
    return {
        "paths": {row.path: {row.method.lower(): operation}},
        "components": {"schemas": {"ServiceList": schema, **schemas}},
    }
