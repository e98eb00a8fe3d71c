"""Who calls whom, read from the code: the one list that the network policies are compared with."""

import ast
from pathlib import Path

from gateway.routes import UPSTREAMS
from tests.architecture.source_tree import ROOT, SERVICES, dotted, nodes, python_files, shown

# What stands behind these is always identity: keys, revocations and service tokens.
ASK_IDENTITY = {"ServiceTokenSource", "make_verifier", "KeySet.of_identity", "Doorkeeper.of_identity"}
HTTP_LIBRARIES = {"httpx", "aiohttp", "requests", "urllib3", "http.client"}


def _callee(call: ast.Call, place: Path) -> str | None:
    """Give the literal callee of `ServiceClient(settings, "callee", …)`; None for the reader of a publisher."""
    given = call.args[1]
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    # A stream door makes a client per publisher; those are named by its subscriptions.
    assert isinstance(given, ast.Name), f"{shown(place, call)}: a callee that cannot be read"
    assert given.id == "publisher", f"{shown(place, call)}: a callee that cannot be read"
    return None


def calls_of(owner: str) -> set[str]:
    """Give the services that the code of one service, or of the gateway, calls over HTTP."""
    found: set[str] = set()
    for path in python_files("gateway" if owner == "gateway" else f"services/{owner}"):
        for call in nodes(path, ast.Call):
            assert isinstance(call, ast.Call)
            name = dotted(call.func)
            if name == "ServiceClient":
                found |= {callee for callee in [_callee(call, path)] if callee}
            elif name in ASK_IDENTITY:
                found.add("identity")
            elif name == "Subscription":
                publisher = call.args[0]
                assert isinstance(publisher, ast.Constant), f"{shown(path, call)}: a publisher that cannot be read"
                found.add(publisher.value)
    return found | (set(UPSTREAMS) if owner == "gateway" else set())


def http_edges() -> set[tuple[str, str]]:
    """Give (caller, callee) for every HTTP call between parts of the bank; the ledger's worker calls its own API."""
    return {(owner, callee) for owner in (*SERVICES, "gateway") for callee in calls_of(owner)}


def redis_users() -> set[str]:
    """Give who speaks to Redis: services with a listener or a worker, and the gateway if its code does."""
    doors = {one for one in SERVICES if any((ROOT / "services" / one / f"{door}.py").exists() for door in _DOORS)}
    imports = (_modules(node) for path in python_files("gateway") for node in nodes(path, ast.Import, ast.ImportFrom))
    return doors | ({"gateway"} if any(name.split(".")[0] == "redis" for names in imports for name in names) else set())


_DOORS = ("listener", "worker")


def own_http(owner: str) -> set[str]:
    """Give the files of a service that use an HTTP library without the shared client."""
    return {
        shown(path)
        for path in python_files(f"services/{owner}")
        for node in nodes(path, ast.Import, ast.ImportFrom)
        if _modules(node) & HTTP_LIBRARIES
    }


def _modules(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
