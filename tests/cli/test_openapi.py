"""The gateway's documents: how several services' documents become one, and that the committed ones tell the truth."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli import openapi as subject
from gateway.policy import policy_rows
from gateway.views.documents import OPENAPI_FILE, PROBLEMS_FILE


def document(*, schema: dict[str, Any], path: str, operation_id: str = "read") -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    operation = {"operationId": operation_id, "responses": {"200": {"description": "ok", "content": content}}}
    hidden = {"get": {"operationId": "hidden", "responses": {}}}
    return {
        "paths": {path: {"get": operation}, "/internal/events": hidden},
        "components": {"schemas": {"Thing": schema, "Unused": {"type": "null"}}},
    }


class TestMergedOpenapi:
    def test_keeps_public_paths_and_the_schemas_they_reach(self) -> None:
        merged = subject.merged_openapi({"accounts": document(schema={"type": "string"}, path="/api/v1/a")})
        assert list(merged["paths"]) == ["/api/v1/a"]
        assert list(merged["components"]["schemas"]) == ["Thing"]
        assert merged["paths"]["/api/v1/a"]["get"]["tags"] == ["accounts"]

    def test_shares_a_schema_that_is_the_same(self) -> None:
        same = {"type": "string"}
        parts = {name: document(schema=same, path=f"/api/v1/{name}", operation_id=name) for name in ("a", "b")}
        assert list(subject.merged_openapi(parts)["components"]["schemas"]) == ["Thing"]

    def test_tells_apart_what_only_shares_a_name(self) -> None:
        parts = {
            "accounts": document(schema={"type": "string"}, path="/api/v1/a"),
            "support": document(schema={"type": "object"}, path="/api/v1/b"),
        }
        merged = subject.merged_openapi(parts)
        assert sorted(merged["components"]["schemas"]) == ["AccountsThing", "SupportThing"]
        operation = merged["paths"]["/api/v1/b"]["get"]
        assert operation["operationId"] == "support_read"
        assert operation["responses"]["200"]["content"]["application/json"]["schema"] == {
            "$ref": "#/components/schemas/SupportThing"
        }


class TestOpenapi:
    def test_names_what_is_stale_in_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(subject, "OPENAPI_FILE", tmp_path / "openapi.json")
        monkeypatch.setattr(subject, "PROBLEMS_FILE", tmp_path / "problems.json")
        monkeypatch.setattr(subject, "service_documents", lambda: {"a": document(schema={}, path="/api/v1/a")})
        assert subject.openapi(check=True) == 1
        assert capsys.readouterr().out == (
            "Stale: gateway/openapi.json, gateway/problems.json. Run `make openapi` and commit.\n"
        )
        assert subject.openapi(check=False) == 0
        assert subject.openapi(check=True) == 0


class TestCommittedDocuments:
    def test_have_an_operation_for_each_public_policy_row_and_no_other(self) -> None:
        paths = json.loads(OPENAPI_FILE.read_text())["paths"]
        documented = {(method.upper(), path) for path, item in paths.items() for method in item}
        rows = {(row.method, row.path) for row in policy_rows() if row.path.startswith("/api/v1/")}
        assert documented == rows

    def test_name_each_operation_once(self) -> None:
        paths = json.loads(OPENAPI_FILE.read_text())["paths"]
        names = [operation["operationId"] for item in paths.values() for operation in item.values()]
        assert len(names) == len(set(names))

    def test_explain_every_code_that_an_operation_shows(self) -> None:
        codes = {entry["code"] for entry in json.loads(PROBLEMS_FILE.read_text())["problems"]}
        shown = set()
        for item in json.loads(OPENAPI_FILE.read_text())["paths"].values():
            for operation in item.values():
                for response in operation["responses"].values():
                    shown |= set(response.get("content", {}).get("application/problem+json", {}).get("examples", {}))
        assert shown <= codes
