"""The web app's files and its one page, served by the gateway where nginx is not."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gateway.views.web_app import web_answers
from shared.errors import FaultAtStart
from tests.gateway.conftest import settings_for
from tests.gateway.stand_ins import RunningGateway, Upstream

PAGE = "<!doctype html><title>Strongroom</title>"
SCRIPT = "console.log('a script that is long enough to be packed');\n" * 100


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    (folder / "assets").mkdir()
    (folder / ".vite").mkdir()
    (folder / "index.html").write_text(PAGE)
    (folder / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "assets" / "app-1a2b3c4d.js").write_text(SCRIPT)
    (folder / "assets" / "app-1a2b3c4d.js.br").write_bytes(b"packed by the build")
    (folder / ".vite" / "manifest.json").write_text("{}")
    return folder


@pytest.fixture(scope="module")
def app(built: Path, _identity: Upstream, _service: Upstream) -> Iterator[httpx.Client]:
    running = RunningGateway(settings_for(_identity, _service, web_dir=built)).start()
    with httpx.Client(base_url=running.url, trust_env=False) as http:
        yield http
    running.stop()


class TestWebApp:
    @pytest.mark.parametrize("path", ["/", "/accounts", "/accounts/0190-abc", "/console/customers/1/history"])
    def test_answers_its_own_addresses_with_its_page(self, app: httpx.Client, path: str) -> None:
        answer = app.get(path)
        assert (answer.status_code, answer.text) == (200, PAGE)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")

    @pytest.mark.parametrize(
        "path",
        ["/api", "/api/v1/nothing", "/API/v1/accounts", "/api/v2/accounts", "/dev/nothing", "/internal/events",
         "/metrics", "/readyz", "/assets/app-old.js", "/favicon.ico", "/.vite/manifest.json", "/index.html",
         "/assets/app-1a2b3c4d.js.br", "/accounts/", "/a//accounts", "/a%2fb", "/..%2f..%2fetc", "/a;b"],
    )  # fmt: skip
    def test_leaves_every_other_address_a_404_problem(self, app: httpx.Client, path: str) -> None:
        answer = app.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"

    def test_is_not_changed_by_anybody(self, app: httpx.Client) -> None:
        assert app.post("/").status_code == 405
        assert app.post("/accounts").status_code == 404

    def test_keeps_files_with_a_hash_in_their_name_for_ever(self, app: httpx.Client) -> None:
        answer = app.get("/assets/app-1a2b3c4d.js", headers={"Accept-Encoding": "identity"})
        assert answer.text == SCRIPT
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert app.get("/icon.svg").headers["cache-control"] == "no-cache"

    def test_sends_what_the_build_packed(self, app: httpx.Client) -> None:
        with app.stream("GET", "/assets/app-1a2b3c4d.js", headers={"Accept-Encoding": "gzip, br;q=1.0"}) as answer:
            assert b"".join(answer.iter_raw()) == b"packed by the build"
        assert answer.headers["content-encoding"] == "br"
        assert answer.headers["vary"] == "accept-encoding"

    @pytest.mark.parametrize(("accepts", "packing"), [("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("gzip;q=0", None)])
    def test_packs_for_who_can_unpack(self, app: httpx.Client, accepts: str, packing: str | None) -> None:
        with app.stream("GET", "/assets/app-1a2b3c4d.js", headers={"Accept-Encoding": accepts}) as answer:
            sent = b"".join(answer.iter_raw())
        assert answer.headers.get("content-encoding") == packing
        assert (gzip.decompress(sent) if packing else sent).decode() == SCRIPT
        assert packing is None or len(sent) < len(SCRIPT) / 10

    def test_sends_its_page_again_only_when_it_changed(self, app: httpx.Client) -> None:
        first = app.get("/")
        again = app.get("/accounts", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert "content-length" not in again.headers
        assert app.get("/", headers={"If-None-Match": '"other"'}).status_code == 200

    def test_is_not_there_before_it_was_built(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gateway.views.web_app.BUILT", tmp_path)
        assert web_answers(None) == {}
        with pytest.raises(FaultAtStart, match="GATEWAY_WEB_DIR"):
            web_answers(tmp_path)
