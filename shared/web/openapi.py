"""The OpenAPI 3.1 document of a service, made of its routes and its policy rows."""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared.contracts.policy.row import ANYONE
from shared.web.dependencies import NEEDED
from shared.web.policy_table import PolicyTable
from shared.web.problems import Problem

_REFERENCE = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_WRITE_STATUSES = {
    "413": "Too large", "415": "Not application/json", "422": "A field is not what it must be, or is not one",
}  # fmt: skip
_VERSION_STATUSES = {"412": "Somebody else changed this first", "428": "Say which version you change"}
_OPERATIONS = ("get", "post", "put", "patch", "delete")


def operation_id(route: APIRoute) -> str:
    """Name an operation by its function."""
    return route.name


def install_openapi(app: FastAPI, policy: PolicyTable) -> None:
    """Make `app.openapi()` say what the door does: tokens, problems, and roles as `x-roles`."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is not None:
            return app.openapi_schema
        document = plain()
        components = document.setdefault("components", {})
        schemas = components.setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
        seen: set[str] = set()
        for path, methods in document.get("paths", {}).items():
            for method in set(_OPERATIONS) & set(methods):
                _complete(methods[method], _roles(policy, method.upper(), path), writes=method != "get")
                schemas.update(_own_definitions(methods[method]))
                _check_unique(methods[method]["operationId"], seen)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _roles(policy: PolicyTable, method: str, path: str) -> Iterable[str]:
    found = policy.find(method, path)
    return found[0].roles if isinstance(found, tuple) else ()


def _complete(operation: dict[str, Any], roles: Iterable[str], *, writes: bool) -> None:
    responses = operation["responses"]
    if "422" in responses and "application/json" in responses["422"].get("content", {}):
        responses["422"] = {"description": "A field is not what it must be", "content": _REFERENCE}
    # An address, a header or a body that no reader can be sure of is refused wherever it was sent to.
    meanings = {"400": "The request cannot be read", "503": "Not available right now"}
    if writes:
        meanings |= _WRITE_STATUSES
    for parameter in operation.get("parameters", ()):
        parameter["required"] |= parameter["schema"].pop(NEEDED, False)
        if parameter["name"] == "If-Match":
            meanings |= _VERSION_STATUSES
    if ANYONE in roles:
        operation["security"] = []
    else:
        operation["security"] = [{"bearer": []}]
        operation["x-roles"] = sorted(roles)
        meanings |= {"401": "No or bad token", "403": "The role may not do this"}
    for status, meaning in meanings.items():
        responses.setdefault(status, {"description": meaning, "content": _REFERENCE})


def _own_definitions(operation: dict[str, Any]) -> dict[str, Any]:
    """Take the schemas that a body brought with it out of its own schema; references look for them among all."""
    bodies = operation.get("requestBody", {}).get("content", {}).values()
    return {name: found for body in bodies for name, found in body.get("schema", {}).pop("$defs", {}).items()}


def _check_unique(name: str, seen: set[str]) -> None:
    if name in seen:
        raise ValueError(f"Two operations are called {name}; function names are operation ids.")
    seen.add(name)
