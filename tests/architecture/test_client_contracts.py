"""Every public method of every client is shown against its real provider.

A client is a class in `services/*/clients` or `shared/clients` that speaks to a service. The test class that shows it
names it (`client = IdentityClient`) and calls each of its public methods.
"""

import ast
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, python_files, syntax_tree

FOLDERS = ("tests/contract", "tests/services/notifications/clients")
NO_SERVICE = {
    "services.notifications.clients.mail_server.MailServer": "speaks SMTP; TestMailServer sends to a real mail server",
    "shared.clients.frames.FrameClient": "carries any command; WriterLane and the gateway's lanes are shown with it",
    "shared.clients.frames.FrameSplitter": "cuts bytes into frames",
    "shared.clients.http.ServiceClient": "carries any call; each client is shown with it",
    "shared.clients.revocations.RevocationPoller": "asks through IdentityRevocations, which is shown",
    "shared.clients.revocations.Revocations": "keeps what was asked",
    "shared.clients.verify.TokenVerifier": "asks through KeySet, which is shown",
    "shared.clients.breaker.Breaker": "counts failures",
}
"""Public classes with behaviour beside clients that are no client of one service, and why."""


def clients() -> dict[str, set[str]]:
    """Give the public methods of each class that the rooms of clients have, by the class' full name."""
    found: dict[str, set[str]] = {}
    for path in python_files("services", "shared"):
        if path.parent.name != "clients":
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in syntax_tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and _has_parts(node):
                found[f"{module}.{node.name}"] = {
                    one.name
                    for one in node.body
                    if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("_")
                }
    return found


def _has_parts(node: ast.ClassDef) -> bool:
    """Tell whether a class is given what it works with: no record, refusal or protocol is."""
    kinds = {one.id for one in node.bases if isinstance(one, ast.Name)}
    made = any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in node.body)
    return made and not (kinds - {"Protocol", "LedgerLane"})


def shown() -> dict[str, set[str]]:
    """Give what the test classes call, by the full name of the client that each of them names."""
    found: dict[str, set[str]] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("test_*.py")):
            tree = syntax_tree(path)
            names = _imported(tree)
            for node in (one for one in tree.body if isinstance(one, ast.ClassDef)):
                for client in _named(node):
                    called = {one.func.attr for one in ast.walk(node) if _is_method_call(one)}  # type: ignore[attr-defined]
                    found.setdefault(names[client], set()).update(called)
    return found


def _imported(tree: ast.Module) -> dict[str, str]:
    return {
        one.asname or one.name: f"{node.module}.{one.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }


def _named(node: ast.ClassDef) -> list[str]:
    return [
        one.value.id
        for one in node.body
        if isinstance(one, ast.Assign)
        and isinstance(one.value, ast.Name)
        and [target.id for target in one.targets if isinstance(target, ast.Name)] == ["client"]
    ]


def _is_method_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)


CLIENTS, SHOWN = clients(), shown()


class TestClients:
    def test_are_found(self) -> None:
        assert {Path(name.replace(".", "/")).parts[1] for name in CLIENTS if name.startswith("services.")} == {
            "identity",
            "accounts",
            "transactions",
            "support",
            "notifications",
        }

    @pytest.mark.parametrize("name", CLIENTS)
    def test_are_shown_with_each_public_method(self, name: str) -> None:
        if name in NO_SERVICE:
            assert name not in SHOWN, "it is shown: take it off the list"
            return
        missing = CLIENTS[name] - SHOWN.get(name, set())
        assert missing == set(), "tests/contract/test_clients.py must call it on the real provider"

    def test_that_are_no_services_clients_exist(self) -> None:
        assert {*NO_SERVICE} <= {*CLIENTS}
