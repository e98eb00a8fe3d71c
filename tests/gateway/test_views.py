"""What the gateway answers itself: the start page, the documents, the docs, health; and what every answer carries."""

import re
import subprocess
import sys

import httpx
import pytest
from pydantic import ValidationError

from gateway.settings import GatewaySettings
from gateway.views.home import home_answer
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


class TestEveryAnswer:
    @pytest.mark.parametrize(
        ("path", "status"),
        [("/", 200), ("/api/docs", 200), ("/api/v1/branches", 200), ("/nowhere", 404), ("/livez", 404)],
    )
    def test_carries_the_security_headers(
        self, client: httpx.Client, service: Upstream, path: str, status: int
    ) -> None:
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "no-referrer"
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
