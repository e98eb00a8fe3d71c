"""The OpenAPI 3.1 document of a service, made of its routes and its policy rows."""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared.contracts.policy.row import ANYONE
from shared.web.policy_table import PolicyTable
from shared.web.problems import Problem

_REFERENCE = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_BODY_STATUSES = {"400": "The body cannot be read", "413": "Too large", "415": "Not application/json"}
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
                _complete(methods[method], _roles(policy, method.upper(), path))
                _check_unique(methods[method]["operationId"], seen)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _roles(policy: PolicyTable, method: str, path: str) -> Iterable[str]:
    found = policy.find(method, path)
    return found[0].roles if isinstance(found, tuple) else ()


def _complete(operation: dict[str, Any], roles: Iterable[str]) -> None:
    responses = operation["responses"]
    if "422" in responses and "application/json" in responses["422"].get("content", {}):
        responses["422"] = {"description": "A field is not what it must be", "content": _REFERENCE}
    if "requestBody" in operation:
        for status, meaning in _BODY_STATUSES.items():
            responses.setdefault(status, {"description": meaning, "content": _REFERENCE})
    if ANYONE in roles:
        operation["security"] = []
    else:
        operation["security"] = [{"bearer": []}]
        operation["x-roles"] = sorted(roles)
        responses.setdefault("401", {"description": "No or bad token", "content": _REFERENCE})
        responses.setdefault("403", {"description": "The role may not do this", "content": _REFERENCE})
    responses.setdefault("503", {"description": "Not available right now", "content": _REFERENCE})


def _check_unique(name: str, seen: set[str]) -> None:
    if name in seen:
        raise ValueError(f"Two operations are called {name}; function names are operation ids.")
    seen.add(name)
