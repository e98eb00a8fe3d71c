"""Where a request came from: the peer, or what a proxy of ours says about it. A stranger's word counts for nothing."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address

from gateway.exchange import Scope

Networks = tuple[IPv4Network | IPv6Network, ...]


def client_address(scope: Scope, trusted: Networks) -> str:
    """Give the address of who asks.

    `X-Forwarded-For` is read from its end, as far as proxies of ours wrote it: the first address that is not one of
    them is the client's, whatever stands before.
    """
    peer = scope.get("client")
    address = str(peer[0]) if peer else "unknown"
    if not trusted or not _is_in(address, trusted):
        return address
    for hop in _forwarded(scope["headers"]):
        if not _is_address(hop):
            break
        address = hop
        if not _is_in(hop, trusted):
            break
    return address


def _forwarded(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    lines = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return [hop.strip() for hop in reversed(",".join(lines).split(","))][:10]


@lru_cache(maxsize=4096)
def _is_in(address: str, networks: Networks) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
