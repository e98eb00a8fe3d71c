"""The signing keys (`<kid>.pem`, Ed25519) and the secret beside them, in a folder only identity reads (mode 0600)."""

import base64
import hmac
import os
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.errors import FaultAtStart

_REFRESH_FILE = "refresh.secret"
_SECRET_BYTES = 32
_ALGORITHM = "EdDSA"
OVERLAP = timedelta(hours=1)
"""How long a key is published before it signs: others fetch keys every five minutes, or when they meet a new one."""


@dataclass(slots=True)
class SigningKeys:
    """Every key that others may verify with, the one that signs, and the secret of refresh tokens."""

    keys: dict[str, Ed25519PrivateKey] = field(repr=False)
    signing_kid: str
    secret: bytes = field(repr=False)

    def take(self, other: "SigningKeys") -> None:
        """Use other keys from now on, in a way that who signs meanwhile always finds its key."""
        self.keys = {**self.keys, **other.keys}
        self.signing_kid = other.signing_kid
        self.keys = other.keys

    def sign(self, claims: dict[str, Any], *, typ: str) -> str:
        """Give a signed token of a type (`at+jwt` or `svc+jwt`)."""
        kid = self.signing_kid
        return jwt.encode(claims, self.keys[kid], algorithm=_ALGORITHM, headers={"typ": typ, "kid": kid})

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

    def device_token_hash(self, token: str) -> str:
        """Give what is kept of a device's token."""
        return self._mac("device", token).hex()

    def tries_subject(self, *parts: str) -> str:
        """Give the name under which failures are counted, without saying whose they are."""
        return self._mac("tries", *parts).hex()[:40]

    def code_hash(self, *, purpose: str, owner: str, code: str) -> str:
        """Give what is kept of a short code: without the secret, which no store has, it cannot be searched."""
        return self._mac("code", purpose, owner, code).hex()

    def seal(self, secret: bytes, *, owner: str) -> str:
        """Encrypt what must be read again (an authenticator's secret), bound to its owner."""
        nonce = secrets.token_bytes(12)
        return _base64url(nonce + AESGCM(self._sealing_key()).encrypt(nonce, secret, owner.encode()))

    def unseal(self, sealed: str, *, owner: str) -> bytes:
        """Decrypt what `seal` made for this owner.

        :raises cryptography.exceptions.InvalidTag: if it was made for somebody else, or with another secret
        """
        raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        return AESGCM(self._sealing_key()).decrypt(raw[:12], raw[12:], owner.encode())

    def _sealing_key(self) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"identity factors").derive(self.secret)

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
    known = [*files, *directory.glob(f"*.pem{NEXT_SUFFIX}")]
    return SigningKeys({_kid_in(path): _read_key(path) for path in known}, files[-1].stem, secret)


def ensure_signing_key(directory: Path) -> SigningKeys:
    """Make a key and a secret where there are none, and read them all; running it again makes nothing new.

    :raises FaultAtStart: if a file is no key
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not any(directory.glob("*.pem")):
        key = Ed25519PrivateKey.generate()
        _write_whole(directory / f"{_kid_of(key)}.pem", _pem_of(key))
    if not (directory / _REFRESH_FILE).exists():
        _write_whole(directory / _REFRESH_FILE, secrets.token_bytes(_SECRET_BYTES))
    return load_signing_keys(directory)


NEXT_SUFFIX = ".next"
"""A key that others already verify with and that does not sign yet: everybody shall know it before it signs."""


def rotate_keys(directory: Path, *, now: datetime, keep: timedelta) -> list[str]:
    """Go one step of a rotation and say what was done; the process reads the folder within a minute.

    The first step publishes a new key that does not sign yet. The next one, at least an hour later, lets it sign; the
    old one verifies on for `keep`, and is deleted by a later step.

    :raises FaultAtStart: if there are no keys at all
    """
    present = load_signing_keys(directory)
    done = []
    waiting = sorted(directory.glob(f"*.pem{NEXT_SUFFIX}"))
    for path in waiting:
        if now - _written_at(path) < OVERLAP:
            return [f"{_kid_in(path)} is published and signs from {_written_at(path) + OVERLAP:%Y-%m-%d %H:%M} UTC on."]
        os.utime(path, (now.timestamp(), now.timestamp()))
        path.rename(path.with_name(path.name.removesuffix(NEXT_SUFFIX)))
        done.append(f"{_kid_in(path)} signs from now on; {present.signing_kid} still verifies.")
    if not waiting:
        key = Ed25519PrivateKey.generate()
        kid = _kid_of(key)
        _write_whole(directory / f"{kid}.pem{NEXT_SUFFIX}", _pem_of(key))
        done.append(f"{kid} is published. Rotate again in an hour to let it sign.")
    ordered = sorted(directory.glob("*.pem"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for old, successor in pairwise(ordered):
        if now - _written_at(successor) > keep:
            old.unlink()
            done.append(f"{old.stem} is deleted: nothing it signed is good any more.")
    return done


def signing_key_age(directory: Path, *, now: datetime) -> timedelta:
    """Give how long the present key has signed."""
    return now - _written_at(directory / f"{load_signing_keys(directory).signing_kid}.pem")


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _kid_in(path: Path) -> str:
    return path.name.split(".")[0]


def _pem_of(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


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
