"""`/api/docs`: Swagger UI over the merged document, with its assets from an installed package: nothing comes from afar.

The assets are those of `fastapi-swagger` (Swagger UI 5, which reads OpenAPI 3.1; `swagger-ui-bundle` carries version 4,
which does not). Only its files are used: the package itself is not imported.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from gateway.exchange import Answer
from gateway.headers import DOCS_POLICY, NO_CACHE
from shared.errors import FaultAtStart

_OWN = Path(__file__).resolve().parent.parent / "assets"
_AN_HOUR = (b"cache-control", b"public, max-age=3600")
_TYPES = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8", ".png": b"image/png"}
_VENDORED = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png")
_OWN_FILES = ("docs-start.js", "page.css")

_PAGE = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Strongroom API</title>
<link rel="icon" href="/api/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/assets/swagger-ui-bundle.js"></script>
<script src="/api/docs/assets/docs-start.js"></script>
</body>
</html>
"""


def docs_answers() -> Mapping[str, Answer]:
    """Give the page and each of its assets.

    :raises FaultAtStart: if the package with the assets is not installed
    """
    files = [*(_vendored_folder() / name for name in _VENDORED), *(_OWN / name for name in _OWN_FILES)]
    assets = {f"/api/docs/assets/{path.name}": _asset(path) for path in files}
    page = Answer(200, _PAGE, b"text/html; charset=utf-8", [NO_CACHE], policy=DOCS_POLICY)
    return {"/api/docs": page, **assets}


def _asset(path: Path) -> Answer:
    return Answer(200, path.read_bytes(), _TYPES[path.suffix], [_AN_HOUR])


def _vendored_folder() -> Path:
    found = find_spec("fastapi_swagger")
    if found is None or not found.submodule_search_locations:
        raise FaultAtStart("The package fastapi-swagger (assets of the API docs) is not installed.")
    return Path(found.submodule_search_locations[0]) / "resources"
