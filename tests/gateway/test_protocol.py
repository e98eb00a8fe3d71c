"""What comes before a request is whole: what is no HTTP, and who never finishes a head."""

import json
import socket
import time

import pytest

from gateway.protocol import GatewayProtocol
from tests.gateway.stand_ins import RunningGateway


def connect(gateway: RunningGateway) -> socket.socket:
    return socket.create_connection(("127.0.0.1", gateway.settings.port), timeout=10)


def read_all(connection: socket.socket) -> bytes:
    got = b""
    while part := connection.recv(65536):
        got += part
    return got


class TestWhatIsNoHttp:
    @pytest.mark.parametrize("sent", [b"\x16\x03\x01\x02\x00\x01", b"hello\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"])
    def test_is_refused_with_a_problem_and_the_headers_of_every_answer(
        self, gateway: RunningGateway, sent: bytes
    ) -> None:
        with connect(gateway) as connection:
            connection.sendall(sent)
            head, _, body = read_all(connection).partition(b"\r\n\r\n")
        lines = head.decode().lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:])
        assert lines[0] == "http/1.1 400 bad request"
        assert json.loads(body)["code"] == "gateway.not-http"
        assert json.loads(body)["request_id"] == headers["x-request-id"]
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["connection"] == "close"
        assert "server" not in headers


class TestAHead:
    @pytest.mark.parametrize("sent", [b"G", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
    def test_that_never_ends_keeps_no_connection(
        self, gateway: RunningGateway, sent: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(GatewayProtocol, "head_seconds", 0.2)
        with connect(gateway) as connection:
            connection.sendall(sent)
            began = time.monotonic()
            assert read_all(connection) == b""
            assert time.monotonic() - began < 8

    def test_that_comes_slowly_but_in_time_is_answered(self, gateway: RunningGateway) -> None:
        with connect(gateway) as connection:
            for part in (b"GET /livez HT", b"TP/1.1\r\nHost: x\r\n", b"Connection: close\r\n\r\n"):
                connection.sendall(part)
                time.sleep(0.05)
            assert read_all(connection).startswith(b"HTTP/1.1 404")
