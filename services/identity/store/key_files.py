"""The signing keys (`<kid>.pem`, Ed25519) and the secret beside them, in a folder only identity reads (mode 0600)."""

import base64
import hmac
import os
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.errors import FaultAtStart

_REFRESH_FILE = "refresh.secret"
_SECRET_BYTES = 32
_ALGORITHM = "EdDSA"


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """Every key that others may verify with, the one that signs, and the secret of refresh tokens."""

    keys: dict[str, Ed25519PrivateKey] = field(repr=False)
    signing_kid: str
    secret: bytes = field(repr=False)

    def sign(self, claims: dict[str, Any], *, typ: str) -> str:
        """Give a signed token of a type (`at+jwt` or `svc+jwt`)."""
        headers = {"typ": typ, "kid": self.signing_kid}
        return jwt.encode(claims, self.keys[self.signing_kid], algorithm=_ALGORITHM, headers=headers)

    def jwks(self) -> dict[str, Any]:
        """Give the public halves as a JSON Web Key Set (RFC 7517, RFC 8037)."""
        return {
            "keys": [
                {"kty": "OKP", "crv": "Ed25519", "x": _x_of(key), "kid": kid, "use": "sig", "alg": _ALGORITHM}
                for kid, key in sorted(self.keys.items())
            ]
        }

    def successor(self, token: str, *, session_id: str) -> str:
        """Give the refresh token that follows another: always the same one, and nobody else can compute it."""
        return _base64url(self._mac("refresh", session_id, token))

    def email_hash(self, email: str) -> str:
        """Give what the log keeps of an unknown address: equal ones are seen as equal, none can be read back."""
        return self._mac("email", email).hex()[:32]

    def _mac(self, *parts: str) -> bytes:
        message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, message, sha256).digest()


def new_refresh_token() -> str:
    """Give the first refresh token of a session: 256 random bits."""
    return secrets.token_urlsafe(32)


def load_signing_keys(directory: Path) -> SigningKeys:
    """Read the keys; the newest file signs, all of them verify.

    :raises FaultAtStart: if there is no key, no secret, or a file that is neither
    """
    files = sorted(directory.glob("*.pem"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    if not files:
        raise FaultAtStart(f"identity has no signing key: put an Ed25519 key into {directory} as <kid>.pem.")
    secret_file = directory / _REFRESH_FILE
    if not secret_file.is_file():
        raise FaultAtStart(f"identity has no refresh secret: put {_SECRET_BYTES} random bytes into {secret_file}.")
    secret = secret_file.read_bytes()
    if len(secret) < _SECRET_BYTES:
        raise FaultAtStart(f"The refresh secret in {secret_file} is shorter than {_SECRET_BYTES} bytes.")
    return SigningKeys({path.stem: _read_key(path) for path in files}, files[-1].stem, secret)


def ensure_signing_key(directory: Path) -> SigningKeys:
    """Make a key and a secret where there are none, and read them all; running it again makes nothing new.

    :raises FaultAtStart: if a file is no key
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not any(directory.glob("*.pem")):
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _write_whole(directory / f"{_kid_of(key)}.pem", pem)
    if not (directory / _REFRESH_FILE).exists():
        _write_whole(directory / _REFRESH_FILE, secrets.token_bytes(_SECRET_BYTES))
    return load_signing_keys(directory)


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all: a start that is cut short leaves no half a key."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _read_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as wrong:
        raise FaultAtStart(f"{path} is not a private key in PEM without a password.") from wrong
    if not isinstance(key, Ed25519PrivateKey):
        raise FaultAtStart(f"{path} is not an Ed25519 key.")
    return key


def _x_of(key: Ed25519PrivateKey) -> str:
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return _base64url(raw)


def _kid_of(key: Ed25519PrivateKey) -> str:
    """Give the key's thumbprint (RFC 7638) as its id."""
    canonical = f'{{"crv":"Ed25519","kty":"OKP","x":"{_x_of(key)}"}}'
    return _base64url(sha256(canonical.encode()).digest())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
