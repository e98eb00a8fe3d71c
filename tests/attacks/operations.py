"""Every operation of the merged OpenAPI document, with its policy row."""

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from gateway.policy import policy_rows
from gateway.views.documents import OPENAPI_FILE
from shared.contracts.policy.row import ANYONE, PolicyRow

Schema = dict[str, Any]
DOCUMENT: Schema = json.loads(OPENAPI_FILE.read_text())
WRITES = ("post", "put", "patch", "delete")


def resolved(schema: Schema) -> Schema:
    """Follow a reference, and take what may be null for what it is otherwise."""
    while True:
        if "$ref" in schema:
            schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        elif "anyOf" in schema:
            schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
        else:
            return schema


@dataclass(frozen=True)
class Operation:
    """One operation as the document describes it."""

    method: str
    path: str
    definition: Schema

    @property
    def name(self) -> str:
        """Give `METHOD /path/{template}`."""
        return f"{self.method} {self.path}"

    @cached_property
    def row(self) -> PolicyRow | None:
        """Give its policy row, if there is one."""
        found = [row for row in policy_rows() if (row.method, row.path) == (self.method, self.path)]
        return found[0] if found else None

    def admits(self, role: str) -> bool:
        """Tell whether the policy lets a role (or nobody's) call it at all."""
        assert self.row is not None
        return ANYONE in self.row.roles or role in self.row.roles

    @property
    def path_names(self) -> list[str]:
        """Give the names of the path's placeholders, from left to right."""
        return re.findall(r"{(\w+)}", self.path)

    def parameters(self, where: str) -> dict[str, Schema]:
        """Give the parameters that are in the query, the path or the header, by name."""
        return {one["name"]: one for one in self.definition.get("parameters", ()) if one["in"] == where}

    @property
    def content_types(self) -> list[str]:
        """Give the types of body that it reads."""
        return sorted(self.definition.get("requestBody", {}).get("content", ()))

    @property
    def body_schema(self) -> Schema | None:
        """Give the schema of its JSON body, if it has one."""
        content = self.definition.get("requestBody", {}).get("content", {}).get("application/json")
        return resolved(content["schema"]) if content else None

    @property
    def answer_schema(self) -> Schema | None:
        """Give the schema of what it answers when it worked, if that is JSON."""
        for status, response in sorted(self.definition["responses"].items()):
            content = response.get("content", {}).get("application/json")
            if status.startswith("2") and content and content.get("schema"):
                return resolved(content["schema"])
        return None


@cache
def operations() -> dict[str, Operation]:
    """Give every operation of the document by name."""
    found = [
        Operation(method.upper(), path, definition)
        for path, item in DOCUMENT["paths"].items()
        for method, definition in item.items()
    ]
    return {operation.name: operation for operation in found}
