"""`/api/openapi.json` and `/api/problems`: documents that `make openapi` writes and the repository keeps."""

import json
from collections.abc import Mapping
from pathlib import Path

from gateway.exchange import Answer
from gateway.headers import NO_CACHE
from shared.errors import FaultAtStart

FOLDER = Path(__file__).resolve().parent.parent
OPENAPI_FILE = FOLDER / "openapi.json"
PROBLEMS_FILE = FOLDER / "problems.json"


def document_answers() -> Mapping[str, Answer]:
    """Give both documents.

    :raises FaultAtStart: if one of them was never built
    """
    return {"/api/openapi.json": _document(OPENAPI_FILE), "/api/problems": _document(PROBLEMS_FILE)}


def _document(path: Path) -> Answer:
    if not path.is_file():
        raise FaultAtStart(f"{path.name} of the gateway is missing: run `make openapi`.")
    # Kept indented for reading a diff; sent without.
    body = json.dumps(json.loads(path.read_text()), separators=(",", ":"), ensure_ascii=False).encode()
    return Answer(200, body, headers=[NO_CACHE])
