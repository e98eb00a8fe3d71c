"""Whose address is believed."""

from ipaddress import ip_network

import pytest

from gateway.addresses import client_address

OURS = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


def seen(peer: str | None, *forwarded: str, trusted: bool = True) -> str:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return client_address({"client": (peer, 1) if peer else None, "headers": headers}, OURS if trusted else ())


class TestClientAddress:
    @pytest.mark.parametrize("forwarded", [["1.2.3.4"], ["10.0.0.1"], ["x"], []])
    def test_is_the_peer_s_where_that_is_a_stranger(self, forwarded: list[str]) -> None:
        assert seen("203.0.113.5", *forwarded) == "203.0.113.5"
        assert seen("10.0.0.1", *forwarded, trusted=False) == "10.0.0.1"

    @pytest.mark.parametrize(
        ("forwarded", "address"),
        [
            (["203.0.113.5"], "203.0.113.5"),
            (["6.6.6.6, 203.0.113.5"], "203.0.113.5"),
            (["6.6.6.6", "203.0.113.5, 10.0.0.7"], "203.0.113.5"),
            (["10.0.0.8, 10.0.0.7"], "10.0.0.8"),
            (["203.0.113.5, nonsense"], "10.0.0.2"),
            (["2001:db8::1"], "2001:db8::1"),
            ([""], "10.0.0.2"),
            ([], "10.0.0.2"),
        ],
    )
    def test_is_the_last_that_our_own_proxies_did_not_have(self, forwarded: list[str], address: str) -> None:
        assert seen("10.0.0.2", *forwarded) == address

    def test_is_unknown_without_a_peer(self) -> None:
        assert seen(None) == "unknown"
