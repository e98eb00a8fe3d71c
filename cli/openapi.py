"""`strongroom openapi`: write the gateway's documents from the services' code, or check that they are up to date.

`gateway/openapi.json` is the public part (`/api/v1`) of every service's OpenAPI document in one;
`gateway/problems.json` lists every code that a refusal or a fault can carry.
"""

import importlib
import json
import os
import pkgutil
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

from cli.openapi_door import with_the_door
from cli.openapi_own import own_document
from gateway.exchange import status_of as gateway_status_of
from gateway.routes import OWN, UPSTREAMS
from gateway.views.documents import OPENAPI_FILE, PROBLEMS_FILE
from shared import errors
from shared.store.migrate import migrate, open_store
from shared.web.problem_bodies import DOOR_PROBLEMS, status_of

Document = dict[str, Any]
PUBLIC_PREFIX = "/api/v1/"
_REF = "#/components/schemas/"
_ABOUT = (
    "A retail bank in a box. Amounts are integers in minor units with their currency. A POST with an `Idempotency-Key`"
    " may be repeated: it acts once and answers alike. Refusals are RFC 9457 problems; their codes are listed at"
    " `/api/problems`. Send the access token of `POST /api/v1/auth/login` as `Authorization: Bearer …`."
    " Browsers (who send `Origin` or `Sec-Fetch-*`) get cookies that no script can read, and no token in a body: the"
    " gateway renews them by itself, and what they change must come from a page of the bank's own address, else it is"
    " a 403 `auth.cross-site-request`. A Bearer token wins over cookies."
)
# Rooms where refusals live; processes (worker, main …) are not imported for their side effects.
_ROOMS = ("domain", "use_cases", "api", "clients", "store", "writing", "tasks")


def openapi(check: bool) -> int:
    """Write both documents, or with `check` only compare; give the exit status and print one line."""
    fresh = {OPENAPI_FILE: with_the_door(merged_openapi(service_documents())), PROBLEMS_FILE: problem_catalogue()}
    stale = [path for path, content in fresh.items() if not path.is_file() or path.read_text() != _written(content)]
    if check:
        names = ", ".join(f"gateway/{path.name}" for path in stale)
        print(f"Stale: {names}. Run `make openapi` and commit." if stale else "The gateway's documents are up to date.")
        return 1 if stale else 0
    for path in stale:
        path.write_text(_written(fresh[path]))
    paths = len(fresh[OPENAPI_FILE]["paths"])
    print(f"{paths} paths, {len(fresh[PROBLEMS_FILE]['problems'])} problem codes; {len(stale)} of 2 files changed.")
    return 0


def _written(content: Document) -> str:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def service_documents() -> dict[str, Document]:
    """Give each service's own OpenAPI document, from apps built on an empty data folder, and the gateway's."""
    documents: dict[str, Document] = {}
    with tempfile.TemporaryDirectory(prefix="strongroom-openapi-") as folder:
        kept = dict(os.environ)
        # Nothing of the surroundings may change the documents, and no real store may be opened.
        os.environ.clear()
        os.environ.update({"PATH": kept.get("PATH", ""), "BANK_DATA_DIR": folder, "BANK_ENVIRONMENT": "sandbox"})
        try:
            documents[OWN] = own_document()
            for service in UPSTREAMS:
                _migrate(service)
                app = importlib.import_module(f"services.{service}.main").create_app()
                documents[service] = json.loads(json.dumps(app.openapi()))
                app.state.store.close()
        finally:
            os.environ.clear()
            os.environ.update(kept)
    return documents


def merged_openapi(documents: Mapping[str, Document]) -> Document:
    """Merge the public paths.

    Schemas that share a name but differ, and operation ids that repeat, get their service's name in front.
    """
    schemas = {service: _schemas(document) for service, document in documents.items()}
    clashing = _clashing(schemas)
    repeated = _repeated_operation_ids(documents)
    merged: Document = {"paths": {}, "schemas": {}}
    for service, document in documents.items():
        names = {name: f"{service.title()}{name}" for name in schemas[service] if name in clashing}
        paths = {path: item for path, item in document["paths"].items() if path.startswith(PUBLIC_PREFIX)}
        for path, item in _renamed(paths, names).items():
            for operation in (one for one in item.values() if isinstance(one, dict)):
                operation.setdefault("tags", [service])
                if operation.get("operationId") in repeated:
                    operation["operationId"] = f"{service}_{operation['operationId']}"
            merged["paths"].setdefault(path, {}).update(item)
        for name in _reached(paths, schemas[service]):
            merged["schemas"][names.get(name, name)] = _renamed(schemas[service][name], names)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Strongroom", "version": "1", "description": _ABOUT, "license": {"name": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "paths": merged["paths"],
        "components": {
            "schemas": merged["schemas"],
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def problem_catalogue() -> Document:
    """List every code of a refusal or fault in the code, with its title, its status and the next step.

    Where doors word a title differently, the first by module name stands.

    :raises ValueError: if two classes give one code different statuses or next steps
    """
    _import_rooms()
    found = {code: (title, status, step) for code, (status, title, step) in DOOR_PROBLEMS.items()}
    for kind in sorted(_subclasses(errors.BankError), key=lambda one: (one.__module__, one.__name__)):
        code, title = kind.__dict__.get("code"), getattr(kind, "title", "Not available right now")
        if not isinstance(code, str) or kind.__module__ == errors.__name__:
            continue
        said = (_status(kind), getattr(kind, "next_step", ""))
        if found.setdefault(code, (title, *said))[1:] != said:
            raise ValueError(f"{code} is {found[code][1:]} elsewhere and {said} in {kind.__module__}.")
    entries = [
        {"code": code, "title": title, "status": status, "next_step": step}
        for code, (title, status, step) in sorted(found.items())
    ]
    return {"problems": entries}


def _status(kind: type[errors.BankError]) -> int:
    if kind.__module__.startswith("gateway."):
        return gateway_status_of(kind)
    return status_of(kind)


def _subclasses(kind: type[errors.BankError]) -> Iterator[type[errors.BankError]]:
    for child in kind.__subclasses__():
        # Tests may define refusals of their own.
        if child.__module__.partition(".")[0] in ("services", "shared", "gateway"):
            yield child
        yield from _subclasses(child)


def _import_rooms() -> None:
    for package in ("shared", "gateway", *(f"services.{service}" for service in UPSTREAMS)):
        root = importlib.import_module(package)
        for module in pkgutil.walk_packages(root.__path__, f"{package}."):
            room = module.name.split(".")[2:3]
            if package.startswith("services") and (not room or room[0] not in _ROOMS):
                continue
            if "migrations" in module.name or "alembic" in module.name:
                continue
            importlib.import_module(module.name)


def _migrate(service: str) -> None:
    store = open_store(service)
    try:
        migrate(store)
    finally:
        store.close()


def _schemas(document: Document) -> dict[str, Any]:
    found = document.get("components", {}).get("schemas", {})
    return dict(found)


def _clashing(schemas: Mapping[str, Mapping[str, Any]]) -> set[str]:
    first: dict[str, Any] = {}
    return {
        name
        for named in schemas.values()
        for name, content in named.items()
        if first.setdefault(name, content) != content
    }


def _repeated_operation_ids(documents: Mapping[str, Document]) -> set[str]:
    ids = [
        operation.get("operationId")
        for document in documents.values()
        for path, item in document["paths"].items()
        for operation in item.values()
        if path.startswith(PUBLIC_PREFIX) and isinstance(operation, dict)
    ]
    return {name for name in ids if name and ids.count(name) > 1}


def _reached(content: Any, schemas: Mapping[str, Any]) -> list[str]:
    """Give the schemas that are used by a part of a document, directly or through others."""
    reached: set[str] = set()
    ahead = list(_references(content))
    while ahead:
        name = ahead.pop()
        if name not in reached and name in schemas:
            reached.add(name)
            ahead.extend(_references(schemas[name]))
    return sorted(reached)


def _references(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        if isinstance(content.get("$ref"), str):
            yield content["$ref"].removeprefix(_REF)
        for value in content.values():
            yield from _references(value)
    elif isinstance(content, list):
        for value in content:
            yield from _references(value)


def _renamed(content: Any, names: Mapping[str, str]) -> Any:
    if isinstance(content, dict):
        renamed = {key: _renamed(value, names) for key, value in content.items()}
        ref = content.get("$ref")
        if isinstance(ref, str):
            name = ref.removeprefix(_REF)
            renamed["$ref"] = _REF + names.get(name, name)
        return renamed
    if isinstance(content, list):
        return [_renamed(value, names) for value in content]
    return content
