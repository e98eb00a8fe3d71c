"""The web app: the files that its build made, and its one page for every address that the app itself understands."""

from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path

from gateway.exchange import Answer
from gateway.headers import NO_CACHE
from gateway.packed import packed
from shared.errors import FaultAtStart

BUILT = Path(__file__).resolve().parents[2] / "frontend" / "dist"
_FOREVER = (b"cache-control", b"public, max-age=31536000, immutable")
_PACKED = ((".br", b"br"), (".gz", b"gzip"))
# Never the app's: a mistyped address of the API must not look like a page.
_NOT_PAGES = frozenset({"api", "dev", "internal", "metrics", "livez", "readyz", "healthz", ".well-known", "assets"})


def web_answers(folder: Path | None) -> Mapping[str, Answer]:
    """Give each file of the built app by its path; `/` is its page. Empty if there is no built app.

    :param folder: where it was built; None: where the repository builds it, if it did
    :raises FaultAtStart: if a folder was named and no app is in it
    """
    page = (folder or BUILT) / "index.html"
    if not page.is_file():
        if folder is not None:
            raise FaultAtStart(f"There is no index.html in GATEWAY_WEB_DIR ({folder}).")
        return {}
    root = page.parent
    files = {f"/{path.relative_to(root).as_posix()}": path for path in sorted(root.rglob("*")) if path.is_file()}
    shown = {path: file for path, file in files.items() if "/." not in path and file.suffix not in (".br", ".gz")}
    answers = {path: _answer(path, file) for path, file in shown.items()}
    return {"/": answers.pop("/index.html"), **answers}


def is_page(path: str) -> bool:
    """Tell whether a path may be one of the app's own addresses: not the API's, not a file's."""
    first, _, _ = path[1:].partition("/")
    return first.lower() not in _NOT_PAGES and "." not in path.rpartition("/")[2]


def _answer(path: str, file: Path) -> Answer:
    kind = guess_type(file.name)[0] or "application/octet-stream"
    kind = "text/javascript" if file.suffix in (".js", ".mjs") else kind
    text = kind.startswith("text/")
    # The build writes a hash of the content into the names of what it puts into assets/.
    keep = _FOREVER if path.startswith("/assets/") else NO_CACHE
    answer = Answer(200, file.read_bytes(), (kind + ("; charset=utf-8" if text else "")).encode(), [keep])
    made = ((name, file.with_name(file.name + suffix)) for suffix, name in _PACKED)
    return packed(answer, [(name, beside.read_bytes()) for name, beside in made if beside.is_file()])
