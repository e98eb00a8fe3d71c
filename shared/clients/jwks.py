"""The public keys that tokens are signed with: identity's JWKS, cached, the last good one kept for 24 hours."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from shared.errors import Unavailable
from shared.settings import BankSettings

JwksSource = Callable[[], Mapping[str, Any]]
_FRESH_SECONDS = 300.0
_KEPT_SECONDS = 24 * 3600.0
_REFETCH_SECONDS = 5.0
_FIRST_FETCH_SECONDS = 1.0
_log = structlog.get_logger("bank.jwks")


class KeySet:
    """Ed25519 public keys by kid; safe between threads.

    An unknown kid causes one new fetch, at most every 5 s: a rotation is seen, a flood of made-up kids is not felt.
    """

    def __init__(self, source: JwksSource) -> None:
        """Take keys from a callable that gives the JWKS document; it may raise anything when it cannot."""
        self._source = source
        self._keys: dict[str, Ed25519PublicKey] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._lock = threading.Lock()

    @classmethod
    def of_identity(cls, settings: BankSettings, *, transport: httpx.BaseTransport | None = None) -> "KeySet":
        """Take keys from identity's public `/.well-known/jwks.json`."""
        timeout = httpx.Timeout(3.0, connect=1.0)
        client = httpx.Client(base_url=settings.identity_url, timeout=timeout, transport=transport, trust_env=False)

        def fetch() -> Mapping[str, Any]:
            answer = client.get("/.well-known/jwks.json")
            answer.raise_for_status()
            document: Mapping[str, Any] = answer.json()
            return document

        return cls(fetch)

    def key(self, kid: str) -> Ed25519PublicKey | None:
        """Give the key of that id, None if identity has no such key.

        :raises Unavailable: if no keys can be had at all
        """
        if not self._is_fresh() or kid not in self._keys:
            with self._lock:
                if not self._is_fresh() or kid not in self._keys:
                    self._fetch()
        if self._fetched_at is None or time.monotonic() - self._fetched_at > _KEPT_SECONDS:
            raise Unavailable("The keys that tokens are signed with cannot be had.", retry_after_seconds=1)
        return self._keys.get(kid)

    def _is_fresh(self) -> bool:
        return self._fetched_at is not None and time.monotonic() - self._fetched_at < _FRESH_SECONDS

    def _fetch(self) -> None:
        pause = _FIRST_FETCH_SECONDS if self._fetched_at is None else _REFETCH_SECONDS
        if self._tried_at is not None and time.monotonic() - self._tried_at < pause:
            return
        try:
            found = _read_keys(self._source())
        except Exception as wrong:  # noqa: BLE001  (whatever it is, the last good keys stay)
            _log.warning("jwks.fetch_failed", reason=type(wrong).__name__)
        else:
            self._keys = found
            self._fetched_at = time.monotonic()
        finally:
            self._tried_at = time.monotonic()


def _read_keys(document: Mapping[str, Any]) -> dict[str, Ed25519PublicKey]:
    """Take the Ed25519 signature keys of a JWKS; anything else in it is not for us."""
    found: dict[str, Ed25519PublicKey] = {}
    for entry in document["keys"]:
        kid = entry.get("kid")
        if entry.get("kty") != "OKP" or entry.get("crv") != "Ed25519" or entry.get("use", "sig") != "sig":
            continue
        try:
            key = PyJWK(entry, algorithm="EdDSA").key
        except (PyJWTError, ValueError):
            continue
        if isinstance(kid, str) and kid and isinstance(key, Ed25519PublicKey):
            found[kid] = key
    if not found:
        raise ValueError("The JWKS has no key that we can use.")
    return found
