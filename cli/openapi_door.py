"""What the gateway itself says to any operation, written into the merged document: no service can know of it.

Every operation can be refused for asking too often, and every change under cookies for coming from another page; a
counted answer tells what is left of its quota.
"""

from typing import Any

from gateway.refusals import CrossSiteRequest, DeadlinePassed, RateExceeded, UpstreamUnavailable
from gateway.sessions import LOGIN, REFRESH

Document = dict[str, Any]
Kind = type[CrossSiteRequest] | type[RateExceeded] | type[UpstreamUnavailable] | type[DeadlinePassed]
_WRITES = ("post", "put", "patch", "delete")
_ADDED: dict[str, tuple[Kind, ...]] = {
    "403": (CrossSiteRequest,),
    "429": (RateExceeded,),
    "503": (UpstreamUnavailable, DeadlinePassed),
}
_QUOTA = '"[a-z-]+"'


def _listed(one: str) -> str:
    """Give the pattern of one or more, as they stand in one header."""
    return f"^{one}(, {one})*$"


HEADERS: Document = {
    "RateLimit": {
        "description": "What is left: the quota's name, requests left (r), seconds until it begins anew (t).",
        "schema": {"type": "string", "pattern": _listed(f"{_QUOTA};r=[0-9]+;t=[0-9]+")},
        "example": '"user";r=1999;t=1',
    },
    "RateLimit-Policy": {
        "description": "The quota: its name, how many requests (q) in how many seconds (w).",
        "schema": {"type": "string", "pattern": _listed(f"{_QUOTA};q=[0-9]+;w=[0-9]+")},
        "example": '"user";q=2000;w=1',
    },
    "Retry-After": {
        "description": "How many seconds to wait before the same request is sent again.",
        "schema": {"type": "integer", "minimum": 1},
        "example": 1,
    },
}
"""Of `components/headers`. A request that two quotas count carries both headers twice: per user, per address."""


def with_the_door(document: Document) -> Document:
    """Add to each operation what the gateway may answer before or instead of its service; changes and gives it."""
    components = document["components"]
    components["headers"] = HEADERS
    components["examples"] = {kind.code: _example(kind, int(status)) for status, kind in _kinds()}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            cookies_count = operation.get("security") != [] or f"{method.upper()} {path}" in (LOGIN, REFRESH)
            for status, kinds in _ADDED.items():
                if status != "403" or (method in _WRITES and cookies_count):
                    _refuse(operation["responses"], status, kinds)
            for status, response in operation["responses"].items():
                _tell_headers(status, response)
    return document


def _kinds() -> list[tuple[str, Kind]]:
    return [(status, kind) for status, kinds in _ADDED.items() for kind in kinds]


def _example(kind: Kind, status: int) -> Document:
    said = {"type": f"/api/problems#{kind.code}", "title": kind.title, "status": status, "code": kind.code}
    return {"summary": kind.title, "value": {**said, "next_step": kind.next_step}}


def _refuse(responses: Document, status: str, kinds: tuple[Kind, ...]) -> None:
    """Add refusals to those that an operation shows for a status already."""
    codes = [kind.code for kind in kinds]
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    response = responses.setdefault(status, {"description": "", "content": {"application/problem+json": problem}})
    content = response["content"]["application/problem+json"]
    shown = content.get("examples", {})
    content["examples"] = {**shown, **{code: {"$ref": f"#/components/examples/{code}"} for code in codes}}
    known = [response["description"]] if response["description"] else []
    response["description"] = ", ".join([*known, *codes])


def _tell_headers(status: str, response: Document) -> None:
    names = ["RateLimit", "RateLimit-Policy"] if status.startswith("2") or status == "429" else []
    names += ["Retry-After"] if status in ("429", "503") else []
    if names:
        headers = response.setdefault("headers", {})
        headers.update({name: {"$ref": f"#/components/headers/{name}"} for name in names})
