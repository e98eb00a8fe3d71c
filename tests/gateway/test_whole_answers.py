"""Answers in one piece: pipelined, on a connection that ends, after an interim answer; and the line each one logs."""

import json
import socket
from collections.abc import Iterator

import pytest

from tests.gateway.ledger_lanes import Lanes, open_lanes

BODY = json.dumps({"from_account_id": "a-ada", "to_account_id": "a-ben", "amount_minor": 1, "currency": "EUR"}).encode()


@pytest.fixture(scope="module")
def lanes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lanes]:
    with open_lanes(tmp_path_factory.mktemp("whole")) as opened:
        yield opened


@pytest.fixture
def raw(lanes: Lanes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", int(lanes.framed.rsplit(":", 1)[1])), timeout=5) as connection:
        yield connection


def transfer(lanes: Lanes, key: str, *more: str, version: str = "1.1") -> bytes:
    token = lanes.tokens.sign(sub="u-ada", cid="c-ada")
    lines = [f"POST /api/v1/transfers HTTP/{version}", "Host: x", f"Authorization: Bearer {token}", *more]
    lines += [f"Idempotency-Key: {key}", "Content-Type: application/json", f"Content-Length: {len(BODY)}", "", ""]
    return "\r\n".join(lines).encode()


def read_answers(raw: socket.socket, count: int) -> bytes:
    got = b""
    while got.count(b'"currency"') < count:
        part = raw.recv(65536)
        assert part, got
        got += part
    return got


class TestWholeAnswer:
    def test_keeps_the_order_of_pipelined_requests(self, lanes: Lanes, raw: socket.socket) -> None:
        raw.sendall(b"".join(transfer(lanes, f"p{n}", f"X-Request-Id: p{n}") + BODY for n in range(5)))
        got = read_answers(raw, 5)
        places = [got.index(b"x-request-id: p%d\r\n" % n) for n in range(5)]
        assert places == sorted(places)
        assert got.count(b"HTTP/1.1 201") == 5
        assert got.count(b"\r\ndate: ") == 5

    @pytest.mark.parametrize("closing", [("1.1", "Connection: close"), ("1.0", "X-None: 1")])
    def test_ends_a_connection_that_shall_end(self, lanes: Lanes, raw: socket.socket, closing: tuple[str, str]) -> None:
        version, header = closing
        raw.sendall(transfer(lanes, f"c{version}", header, version=version) + BODY)
        got = b""
        while part := raw.recv(65536):
            got += part
        assert got.startswith(b"HTTP/1.1 201")
        assert b"connection: close\r\n" in got

    def test_comes_after_the_interim_answer_that_was_asked_for(self, lanes: Lanes, raw: socket.socket) -> None:
        raw.sendall(transfer(lanes, "e1", "Expect: 100-continue"))
        assert raw.recv(65536).startswith(b"HTTP/1.1 100 Continue")
        raw.sendall(BODY)
        assert read_answers(raw, 1).startswith(b"HTTP/1.1 201")

    def test_leaves_the_connection_to_the_next_request(self, lanes: Lanes, raw: socket.socket) -> None:
        for n in range(3):
            raw.sendall(transfer(lanes, f"n{n}") + BODY)
            assert read_answers(raw, 1).startswith(b"HTTP/1.1 201")
