"""The policy rows of a service, compiled so that a request finds its row by method and path.

Nothing is reached without a row, and the row that is found must be the row of the route that answers: that is
checked for every route when the app is built.
"""

from collections.abc import Iterable, Sequence

from fastapi import APIRouter
from fastapi.routing import APIRoute

from shared.contracts.policy.row import PolicyRow
from shared.errors import FaultAtStart

PathIds = tuple[tuple[str, str], ...]


class _Template:
    """One path template with its rows by method."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.parts = tuple(path.split("/"))
        self.rows: dict[str, PolicyRow] = {}

    @property
    def specificity(self) -> tuple[bool, ...]:
        """Order templates so that a literal part comes before a parameter in the same place."""
        return tuple(_is_parameter(part) for part in self.parts)

    def match(self, parts: Sequence[str]) -> PathIds | None:
        """Give the ids in a path if it fits."""
        ids = []
        for mine, theirs in zip(self.parts, parts, strict=True):
            if _is_parameter(mine):
                if not theirs:
                    return None
                ids.append((mine[1:-1], theirs))
            elif mine != theirs:
                return None
        return tuple(ids)


def _is_parameter(part: str) -> bool:
    return part.startswith("{") and part.endswith("}")


class PolicyTable:
    """All rows of one service."""

    def __init__(self, rows: Iterable[PolicyRow]) -> None:
        """Compile the rows.

        :raises FaultAtStart: if two rows are for the same method and path
        """
        templates: dict[str, _Template] = {}
        for row in rows:
            template = templates.setdefault(row.path, _Template(row.path))
            if row.method in template.rows:
                raise FaultAtStart(f"Two policy rows for {row.method} {row.path}.")
            template.rows[row.method] = row
        self._literal = {t.path: t for t in templates.values() if not any(t.specificity)}
        self._by_length: dict[int, list[_Template]] = {}
        for template in sorted(templates.values(), key=lambda t: t.specificity):
            if any(template.specificity):
                self._by_length.setdefault(len(template.parts), []).append(template)

    def find(self, method: str, path: str) -> tuple[PolicyRow, PathIds] | frozenset[str]:
        """Give the row and the ids of a request, or the methods that the path has (empty when it has no row)."""
        # A control character can make Starlette's `$` match where we do not: no path of ours has one.
        if not path.isprintable():
            return frozenset()
        template = self._literal.get(path)
        if template is not None:
            row = template.rows.get(method)
            return (row, ()) if row else frozenset(template.rows)
        parts = path.split("/")
        for template in self._by_length.get(len(parts), ()):
            ids = template.match(parts)
            if ids is not None:
                row = template.rows.get(method)
                return (row, ids) if row else frozenset(template.rows)
        return frozenset()


def check_routes(table: PolicyTable, routers: Iterable[APIRouter]) -> None:
    """Check that each route has its row, and that no route answers for another one's row.

    :raises FaultAtStart: naming the route
    """
    routes: list[APIRoute] = []
    for router in routers:
        for route in router.routes:
            if not isinstance(route, APIRoute) or ":" in route.path:
                raise FaultAtStart(f"Not a plain route, so no policy row can guard it: {route}.")
            routes.append(route)
    for route in routes:
        example = "/".join("\U0001d4d0" if _is_parameter(part) else part for part in route.path.split("/"))
        for method in route.methods or ():
            found = table.find(method, example)
            if isinstance(found, frozenset) or found[0].path != route.path:
                raise FaultAtStart(f"{method} {route.path} has no policy row.")
            first = next(r for r in routes if method in (r.methods or ()) and r.path_regex.match(example))
            if first is not route:
                raise FaultAtStart(f"{method} {first.path} hides {route.path}: declare the literal path first.")


def bodiless_routes(routers: Iterable[APIRouter]) -> frozenset[tuple[str, str]]:
    """Give the routes that read no body, by method and path template: whatever comes with one is refused there."""
    return frozenset(
        (method, route.path)
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and route.body_field is None and "requestBody" not in (route.openapi_extra or {})
        for method in route.methods or ()
    )
