"""What the gateway answers itself: the start page, the documents, the docs, health; and what every answer carries."""

import re
import subprocess
import sys

import httpx
import pytest
from aiohttp import web
from pydantic import ValidationError

from gateway.headers import security_headers
from gateway.settings import GatewaySettings
from gateway.views.home import home_answer
from tests.gateway.conftest import settings_for
from tests.gateway.stand_ins import RunningGateway, Upstream

REMOTE = re.compile(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""")


class TestViews:
    def test_show_the_ways_in_on_the_start_page(self, client: httpx.Client) -> None:
        page = client.get("/")
        assert page.headers["content-type"].startswith("text/html")
        for path in ("/api/docs", "/api/openapi.json", "/api/problems"):
            assert f'href="{path}"' in page.text
            assert client.get(path).status_code == 200

    def test_link_the_mail_viewer_in_the_sandbox_only(self) -> None:
        assert b"/dev/mail" in home_answer(sandbox=True).body
        assert b"/dev/mail" not in home_answer(sandbox=False).body

    def test_serve_the_merged_document(self, client: httpx.Client) -> None:
        document = client.get("/api/openapi.json").json()
        assert document["openapi"].startswith("3.1")
        assert all(path.startswith("/api/v1/") for path in document["paths"])

    def test_list_the_refusal_codes(self, client: httpx.Client) -> None:
        codes = {entry["code"]: entry for entry in client.get("/api/problems").json()["problems"]}
        away = codes["gateway.upstream-unavailable"]
        assert (away["status"], away["title"]) == (503, "Service unavailable")
        assert "Retry-After" in away["next_step"]
        assert codes["request.method-not-allowed"]["status"] == 405

    def test_serve_docs_without_anything_from_afar_or_inline(self, client: httpx.Client) -> None:
        page = client.get("/api/docs").text
        assets = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert len(assets) == 4
        assert all(asset.startswith("/api/docs/assets/") for asset in assets)
        assert re.search(r"<script(?![^>]*src=)|<style|\son\w+=", page) is None
        texts = [client.get(asset) for asset in assets]
        assert all(text.status_code == 200 for text in texts)
        for name in ("swagger-ui.css", "docs-start.js", "page.css"):
            assert REMOTE.search(client.get(f"/api/docs/assets/{name}").text) is None

    def test_answer_head_without_a_body(self, client: httpx.Client) -> None:
        answer = client.head("/api/openapi.json")
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["content-length"]) > 0


BROWSER = {"cookie": "strongroom-access=x", "sec-fetch-site": "cross-site"}


class TestEveryAnswer:
    @pytest.mark.parametrize(
        ("method", "path", "headers", "status"),
        [
            ("GET", "/", {}, 200),
            ("HEAD", "/", {}, 200),
            ("GET", "/api/docs", {}, 200),
            ("GET", "/api/docs/assets/swagger-ui.css", {}, 200),
            ("GET", "/api/openapi.json", {"accept-encoding": "gzip"}, 200),
            ("GET", "/api/v1/branches", {}, 200),
            ("GET", "/api/v1/branches?" + "x" * 9_000, {}, 400),
            ("GET", "/api/v1/accounts", {}, 401),
            ("POST", "/api/v1/deposits", BROWSER, 403),
            ("GET", "/nowhere", {}, 404),
            ("GET", "/livez", {}, 404),
            ("GET", "/api/v1/%2e%2e/branches", {}, 404),
            ("PUT", "/api/v1/branches", {}, 405),
            ("OPTIONS", "/api/v1/branches", {"origin": "https://evil.test"}, 405),
        ],
    )
    def test_carries_the_security_headers(
        self,
        client: httpx.Client,
        service: Upstream,
        method: str,
        path: str,
        headers: dict[str, str],
        status: int,
    ) -> None:
        answer = client.request(method, path, headers=headers)
        assert answer.status_code == status, answer.text
        self.carries_all(answer)

    @pytest.mark.parametrize("status", [201, 204, 302, 409, 500, 502])
    def test_of_a_service_too_whatever_it_says_itself(
        self, client: httpx.Client, service: Upstream, status: int
    ) -> None:
        async def careless(_request: web.Request, _body: bytes) -> web.StreamResponse:
            loose = {"Content-Security-Policy": "default-src *", "X-Frame-Options": "ALLOWALL", "Server": "s/1"}
            return web.Response(status=status, headers={**loose, "Access-Control-Allow-Origin": "*"})

        service.behaviour = careless
        answer = client.get("/api/v1/branches")
        assert answer.status_code == status
        self.carries_all(answer)

    def test_when_a_service_is_away(self, identity: Upstream, service: Upstream) -> None:
        gone = Upstream()
        strict = settings_for(identity, service, accounts_url=gone.url, hold_seconds=0.0)
        gateway = RunningGateway(strict).start()
        try:
            away = httpx.get(f"{gateway.url}/api/v1/branches", trust_env=False)
            assert away.status_code == 503
            self.carries_all(away)
        finally:
            gateway.stop()

    def test_when_nothing_changed_and_when_too_much_came(self, client: httpx.Client, identity: Upstream) -> None:
        mark = client.get("/api/openapi.json").headers["etag"]
        same = client.get("/api/openapi.json", headers={"if-none-match": mark})
        large = client.post("/api/v1/auth/login", content=b"x" * 300_000)
        assert (same.status_code, large.status_code) == (304, 413)
        self.carries_all(same)
        self.carries_all(large)

    def test_over_https_keeps_the_browser_to_it(self) -> None:
        assert b"strict-transport-security" in dict(security_headers(https=True))
        assert b"strict-transport-security" not in dict(security_headers(https=False))

    @staticmethod
    def carries_all(answer: httpx.Response) -> None:
        """Check the headers of an answer."""
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == answer.headers["cross-origin-resource-policy"]
        assert "camera=()" in answer.headers["permissions-policy"]
        assert answer.headers["x-request-id"]
        assert "server" not in answer.headers
        assert not [name for name in answer.headers if name.startswith("access-control-")]


class TestOps:
    def test_serves_health_and_metrics_on_its_own_port(
        self, gateway: RunningGateway, client: httpx.Client, service: Upstream
    ) -> None:
        client.get("/api/v1/branches/main")
        client.get("/nobody/asked/for/this")
        assert httpx.get(gateway.ops_url + "/livez").status_code == 200
        assert httpx.get(gateway.ops_url + "/readyz").json() == {"status": "ready"}
        metrics = httpx.get(gateway.ops_url + "/metrics").text
        assert 'route="/api/v1/branches/{branch_id}",status="200",upstream="accounts"' in metrics
        assert 'bank_gateway_breaker_state{upstream="accounts"} 0.0' in metrics
        assert "nobody" not in metrics

    def test_hides_metrics_and_health_from_the_public_port(self, client: httpx.Client) -> None:
        assert client.get("/metrics").status_code == 404
        assert client.get("/readyz").status_code == 404
        assert client.get("/livez").status_code == 404

    def test_is_not_ready_once_told_to_stop(self, gateway: RunningGateway) -> None:
        app = gateway.server.gateway
        app.draining = True
        try:
            assert httpx.get(gateway.ops_url + "/readyz").status_code == 503
        finally:
            app.draining = False


class TestSettings:
    def test_refuse_a_plain_address_outside_the_sandbox(self) -> None:
        with pytest.raises(ValidationError, match="https"):
            GatewaySettings(environment="production", public_url="http://bank.example")
        assert GatewaySettings(environment="production", public_url="https://bank.example").service == "gateway"


class TestProcess:
    def test_loads_no_framework(self) -> None:
        code = (
            "import sys, gateway.main; sys.exit(any(m in sys.modules for m in ('fastapi', 'starlette', 'sqlalchemy')))"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
