"""Requests whose end two readers would find in two places: refused, and nothing is hidden behind them."""

import pytest

from tests.attacks.raw import CRLF, RawAnswer, request, speak
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

HIDDEN = b"GET /api/v1/users HTTP/1.1\r\nHost: localhost\r\n\r\n"
FRAMINGS = {
    "a length and chunks": ["Content-Length: 6", "Transfer-Encoding: chunked"],
    "chunks and a length": ["Transfer-Encoding: chunked", "Content-Length: 6"],
    "two lengths": ["Content-Length: 6", "Content-Length: 60"],
    "two equal lengths and one other": ["Content-Length: 6", "Content-Length: 6", "Content-Length: 0"],
    "lengths in a list": ["Content-Length: 6, 60"],
    "a negative length": ["Content-Length: -6"],
    "a signed length": ["Content-Length: +6"],
    "a length in hexadecimal": ["Content-Length: 0x6"],
    "a length with a space": ["Content-Length: 6 0"],
    "a length of letters": ["Content-Length: six"],
    "a length as a fraction": ["Content-Length: 6.0"],
    "a length of other digits": ["Content-Length: \xb2"],
    "a length of 400 digits": ["Content-Length: " + "9" * 400],
    "a space before the colon": ["Content-Length : 6"],
    "a tab before the colon": ["Transfer-Encoding\t: chunked"],
    "a folded length": ["Content-Length:", " 6"],
    "a folded encoding": ["Transfer-Encoding:", "\tchunked"],
    "a folded header": ["X-Folded: a", " b", "Content-Length: 6"],
    "a header that begins with a space": [" Content-Length: 6"],
    "an encoding we do not know": ["Transfer-Encoding: xchunked"],
    "chunked twice": ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
    "chunked and identity": ["Transfer-Encoding: chunked, identity"],
    "identity": ["Transfer-Encoding: identity", "Content-Length: 6"],
    "a quoted encoding": ['Transfer-Encoding: "chunked"'],
    "an encoding with a control character": ["Transfer-Encoding: \x0bchunked"],
    "a header without a name": [": chunked", "Content-Length: 6"],
    "a header without a colon": ["Transfer-Encoding chunked", "Content-Length: 6"],
    "a NUL in a name": ["Content\x00-Length: 6"],
    "a NUL in a value": ["Content-Length: 6\x00"],
    "a bare CR": ["X-A: b\rContent-Length: 6"],
}


@pytest.fixture(scope="module")
def owner(bank: Bank) -> BankCustomer:
    """Give a customer with 5.00."""
    return bank.new_customer(deposit_minor=500)


def post(bank: Bank, owner: BankCustomer, *framing: str, body: bytes) -> RawAnswer:
    """Send a sign-in with a framing of our own, and something hidden behind it."""
    token = f"Authorization: Bearer {owner.token}"
    kept = ("Content-Type: application/json", "Connection: keep-alive", token)
    return speak(
        bank.url, request("POST /api/v1/auth/logout HTTP/1.1", *kept, *framing, body=body), timeout_seconds=1.5
    )


class TestFramings:
    @pytest.mark.parametrize("framing", FRAMINGS)
    def test_that_can_be_read_in_two_ways_hide_nothing(self, bank: Bank, owner: BankCustomer, framing: str) -> None:
        answer = post(bank, owner, *FRAMINGS[framing], body=b"0\r\n\r\n" + HIDDEN)
        assert len(answer.statuses) <= 1, answer
        assert answer.first in (0, 400, 408, 413, 501), (framing, answer)
        assert owner.http.get("/auth/me").status_code == 200  # the session was not ended by half a request

    @pytest.mark.parametrize(
        "chunks",
        [
            b"zz\r\n\r\n", b"-1\r\n", b"0x6\r\n{}", b"6 \r\n", b"ffffffffffffffff1\r\n", b"2\r\n{}X", b"\r\n\r\n",
            b"2;" + b"x" * 70_000,
        ],
        ids=["letters", "negative", "0x", "space", "overflow", "no end", "empty", "a long extension"],
    )  # fmt: skip
    def test_of_chunks_that_are_none_are_refused(self, bank: Bank, owner: BankCustomer, chunks: bytes) -> None:
        answer = post(bank, owner, "Transfer-Encoding: chunked", body=chunks + CRLF + HIDDEN)
        assert answer.first in (0, 400, 408, 413), answer
        assert b"@demo.bank" not in answer.content

    def test_two_hosts_are_refused(self, bank: Bank, owner: BankCustomer) -> None:
        line, token = b"GET /api/v1/auth/me HTTP/1.1\r\n", f"Authorization: Bearer {owner.token}\r\n".encode()
        two = b"Host: localhost\r\nHost: evil.test\r\nConnection: close\r\n"
        assert speak(bank.url, line + token + two + CRLF).first == 400

    @pytest.mark.parametrize("line", ["GET /api/v1/users", "GET  /api/v1/users HTTP/1.1", "GET /api/v1/users HTTP/9.9",
        "GET /api/v1/users HTTP/1.1 x", "GET /api/v1/users\tHTTP/1.1", "\x16\x03\x01", "PRI * HTTP/2.0",
    ])  # fmt: skip
    def test_a_broken_request_line_gets_around_no_check(self, bank: Bank, owner: BankCustomer, line: str) -> None:
        answer = speak(bank.url, request(line, f"Authorization: Bearer {owner.token}"), timeout_seconds=1.5)
        assert answer.first in (0, 400, 403, 404, 405, 505), answer  # 403: our own policy, of that path
        assert b"@demo.bank" not in answer.content

    def test_a_hundred_headers_too_many_are_refused(self, bank: Bank) -> None:
        for headers in ([f"X-{n}: y" for n in range(5_000)], ["X-Long: " + "y" * 300_000]):
            answer = speak(bank.url, request("GET /api/v1/branches HTTP/1.1", *headers))
            assert answer.first in (0, 200, 400, 431), answer.first

    def test_an_upgrade_is_not_followed(self, bank: Bank, owner: BankCustomer) -> None:
        for protocol in ("h2c", "websocket", "TLS/1.0"):
            headers = [
                "Connection: Upgrade, HTTP2-Settings",
                f"Upgrade: {protocol}",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
            ]
            answer = speak(bank.url, request("GET /api/v1/branches HTTP/1.1", *headers), timeout_seconds=1.5)
            assert answer.first in (0, 200, 400, 403, 404, 426), (protocol, answer)
            assert 101 not in answer.statuses
