"""What a browser holds of its session: three cookies that no script can read, and which requests are a browser's.

`GATEWAY_PUBLIC_URL` decides their names: over https they carry the prefix `__Host-` and Secure, over http (sandbox
only) neither. Access and refresh token end with the browser; the device's mark stays, so that its owner is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from gateway.headers import FETCH, Headers

ACCESS, REFRESH, DEVICE = "strongroom-access", "strongroom-refresh", "strongroom-device"
SAFE_METHODS = frozenset({"GET", "HEAD"})
_DEVICE_SECONDS = 365 * 24 * 3600
_LONGEST = 8192
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_browser(wanted: Mapping[bytes, bytes]) -> bool:
    """Tell whether a request is a browser's: nothing else sends `Origin` or `Sec-Fetch-*`, and no script can omit them.

    `wanted` are the headers as `read_headers` gives them.
    """
    return b"origin" in wanted or b"sec-fetch-site" in wanted or FETCH in wanted


@dataclass(frozen=True, slots=True)
class Held:
    """What came in the cookies of one request."""

    access: str | None = field(default=None, repr=False)
    refresh: str | None = field(default=None, repr=False)
    device: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Cookies:
    """Reads and writes the cookies of one public address. `origin` is that address as a browser writes it."""

    origin: bytes
    prefix: str
    attributes: str

    @classmethod
    def of(cls, public_url: str) -> Self:
        """Take names and attributes that fit a public address."""
        address = urlsplit(public_url.lower())
        port = "" if address.port in (None, _DEFAULT_PORTS.get(address.scheme)) else f":{address.port}"
        host = address.hostname or ""
        origin = f"{address.scheme}://{f'[{host}]' if ':' in host else host}{port}"
        secure = address.scheme == "https"
        attributes = "; Path=/; HttpOnly; SameSite=Strict" + ("; Secure" if secure else "")
        return cls(origin.encode(), "__Host-" if secure else "", attributes)

    def read(self, header: bytes | None) -> Held:
        """Give what is ours in a Cookie header; of a name that comes twice the first counts."""
        if header is None:
            return Held()
        found: dict[str, str] = {}
        for pair in header.decode("latin-1").split(";"):
            name, _, value = pair.strip().partition("=")
            if 0 < len(value) <= _LONGEST and value.isascii() and value.isprintable():
                found.setdefault(name, value)
        names = (self.prefix + name for name in (ACCESS, REFRESH, DEVICE))
        return Held(*(found.get(name) for name in names))

    def is_own_page(self, wanted: Mapping[bytes, bytes]) -> bool:
        """Tell whether an own page sent a request: browsers say so, and no page can change what they say."""
        return wanted.get(b"sec-fetch-site") == b"same-origin" or wanted.get(b"origin") == self.origin

    def session(self, *, access: str, refresh: str) -> Headers:
        """Give the Set-Cookie headers that keep a session."""
        return [self._set(ACCESS, access), self._set(REFRESH, refresh)]

    def device(self, token: str) -> Headers:
        """Give the Set-Cookie header by which a device is known at its next sign-in."""
        return [self._set(DEVICE, token, f"; Max-Age={_DEVICE_SECONDS}")]

    def cleared(self) -> Headers:
        """Give the Set-Cookie headers that end a session in the browser."""
        return [self._set(name, "", "; Max-Age=0") for name in (ACCESS, REFRESH)]

    def _set(self, name: str, value: str, more: str = "") -> tuple[bytes, bytes]:
        return (b"set-cookie", f"{self.prefix}{name}={value}{self.attributes}{more}".encode("ascii"))
