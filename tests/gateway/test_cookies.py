"""The cookies' names and attributes, and which requests are a browser's."""

import pytest

from gateway.cookies import Cookies, Held, is_browser
from gateway.headers import read_headers

HTTPS = Cookies.of("https://bank.example")
HTTP = Cookies.of("http://localhost:8080")


class TestCookies:
    def test_are_tied_to_the_host_and_to_https_where_the_bank_is_public(self) -> None:
        set_cookies = [value.decode() for _, value in HTTPS.session(access="a", refresh="r")]
        assert set_cookies == [
            "__Host-strongroom-access=a; Path=/; HttpOnly; SameSite=Strict; Secure",
            "__Host-strongroom-refresh=r; Path=/; HttpOnly; SameSite=Strict; Secure",
        ]
        assert HTTPS.device("d")[0][1].startswith(b"__Host-strongroom-device=d; Path=/; HttpOnly; SameSite=Strict; Sec")

    def test_have_the_same_names_without_prefix_over_http(self) -> None:
        set_cookies = [value.decode() for _, value in HTTP.session(access="a", refresh="r")]
        assert set_cookies == [
            "strongroom-access=a; Path=/; HttpOnly; SameSite=Strict",
            "strongroom-refresh=r; Path=/; HttpOnly; SameSite=Strict",
        ]

    def test_are_cleared_by_the_name_and_path_that_they_were_set_by(self) -> None:
        assert [value.decode() for _, value in HTTP.cleared()] == [
            "strongroom-access=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0",
            "strongroom-refresh=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0",
        ]

    def test_are_read_among_others_and_only_by_their_full_names(self) -> None:
        held = HTTPS.read(b"theme=dark; __Host-strongroom-access=a; strongroom-refresh=x; __Host-strongroom-device=d")
        assert held == Held(access="a", refresh=None, device="d")
        assert HTTP.read(b"strongroom-access=a;strongroom-refresh=r") == Held(access="a", refresh="r")

    @pytest.mark.parametrize(
        "header",
        [None, b"", b"=", b";;;", b"strongroom-access", b"strongroom-access=", b"strongroom-access=\xff\xfe",
         b"strongroom-access=a\x00b", b"strongroom-access=" + b"a" * 9000],
    )  # fmt: skip
    def test_are_not_there_when_they_cannot_be_read(self, header: bytes | None) -> None:
        assert HTTP.read(header) == Held()

    def test_do_not_show_in_what_is_printed(self) -> None:
        assert "secret" not in repr(Held(access="secret", refresh="secret", device="secret"))

    @pytest.mark.parametrize(
        ("url", "origin"),
        [
            ("http://localhost:8080", b"http://localhost:8080"),
            ("https://Bank.Example:443/", b"https://bank.example"),
            ("http://[::1]:8080", b"http://[::1]:8080"),
        ],
    )
    def test_know_the_public_origin_as_browsers_write_it(self, url: str, origin: bytes) -> None:
        assert Cookies.of(url).origin == origin

    @pytest.mark.parametrize(
        ("sent", "own"),
        [
            ({b"origin": b"https://bank.example"}, True),
            ({b"sec-fetch-site": b"same-origin"}, True),
            ({b"origin": b"https://bank.example.evil"}, False),
            ({b"origin": b"http://bank.example"}, False),
            ({b"origin": b"null"}, False),
            ({b"sec-fetch-site": b"same-site"}, False),
            ({b"sec-fetch-site": b"none"}, False),
            ({b"sec-fetch-site": b"cross-site", b"origin": b"https://evil.example"}, False),
            ({}, False),
        ],
    )
    def test_go_with_a_change_only_from_a_page_of_the_bank(self, sent: dict[bytes, bytes], own: bool) -> None:
        assert HTTPS.is_own_page(sent) is own


class TestIsBrowser:
    @pytest.mark.parametrize("name", [b"origin", b"sec-fetch-site", b"sec-fetch-mode", b"sec-fetch-anything"])
    def test_goes_by_the_headers_that_only_browsers_send(self, name: bytes) -> None:
        assert is_browser(read_headers([(b"host", b"x"), (name, b"x")]))

    def test_takes_no_other_header_for_one(self) -> None:
        sent = [(b"cookie", b"a=b"), (b"user-agent", b"Mozilla/5.0"), (b"referer", b"https://bank.example/")]
        assert not is_browser(read_headers(sent))
