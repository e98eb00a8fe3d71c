"""The policy rows of all services, merged with the table of routes into one index: path → what is allowed there.

Deny by default: a path without a row does not exist, and a row that no route covers is not reachable from outside.
"""

from dataclasses import dataclass, field, replace
from importlib import import_module

from gateway.routes import OWN, UPSTREAMS, Route, routes_for
from shared.contracts.policy.row import PolicyRow


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked: the row that allows it and the route that it takes."""

    row: PolicyRow
    route: Route
    name: str = ""
    """`METHOD /path/{template}`, as frames name it."""
    ids: tuple[tuple[str, int], ...] = ()
    """The names of the path's placeholders, each with its place among the path's segments."""

    @classmethod
    def of(cls, row: PolicyRow, route: Route) -> "Operation":
        """Join a row with its route. A row that takes a file says itself how long that may be."""
        if row.upload is not None:
            route = replace(route, body_limit_bytes=row.upload.limit_bytes)
        segments = enumerate(row.path.split("/"))
        ids = tuple((segment[1:-1], at) for at, segment in segments if segment.startswith("{"))
        return cls(row, route, f"{row.method} {row.path}", ids)

    def ids_of(self, path: str) -> dict[str, str]:
        """Give the ids in a path that leads here."""
        if not self.ids:
            return {}
        segments = path.split("/")
        return {name: segments[at] for name, at in self.ids}


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    anything: "_Node | None" = None
    methods: dict[str, Operation] = field(default_factory=dict)


def policy_rows() -> tuple[PolicyRow, ...]:
    """Give the rows of every service, in the order of the services, and the gateway's own."""
    tables = (import_module(f"shared.contracts.policy.{name}").POLICY for name in (*UPSTREAMS, OWN))
    return tuple(row for table in tables for row in table)


class PolicyIndex:
    """Finds the operations of a path. A word of the path wins over a placeholder (`/customers/me`)."""

    def __init__(self, rows: tuple[PolicyRow, ...], *, sandbox: bool) -> None:
        """Index the rows that a route covers; rows for the sandbox only count in the sandbox."""
        self._root = _Node()
        self._words: dict[str, dict[str, Operation]] = {}
        """Paths without a placeholder, found at once: a word wins over a placeholder anyway."""
        for row in rows:
            for route in routes_for(row.path):
                if sandbox or not route.sandbox_only:
                    self._add(Operation.of(row, route))

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in operation.row.path.strip("/").split("/"):
            if segment.startswith("{"):
                node.anything = node.anything or _Node()
                node = node.anything
            else:
                node = node.words.setdefault(segment, _Node())
        node.methods.setdefault(operation.row.method, operation)
        if not operation.ids:
            self._words[operation.row.path] = node.methods

    def find(self, path: str) -> dict[str, Operation]:
        """Give the operations of a path by method; none if there is no such path."""
        known = self._words.get(path)
        if known is not None:
            return known
        found = _find(self._root, path.strip("/").split("/"), 0)
        return found or {}


def _find(node: _Node, segments: list[str], at: int) -> dict[str, Operation] | None:
    if at == len(segments):
        return node.methods or None
    for child in (node.words.get(segments[at]), node.anything):
        found = _find(child, segments, at + 1) if child is not None else None
        if found:
            return found
    return None
