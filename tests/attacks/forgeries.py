"""Tokens that must never be accepted: each has one thing wrong, and most are signed with the bank's own key."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.builders.bank import Bank

Claims = dict[str, Any]


def encoded(value: Any) -> str:
    """Write a part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Forger:
    """Takes a good token apart and signs what it likes: it has stolen the bank's own signing key."""

    def __init__(self, bank: Bank, good: str) -> None:
        """Read the good token, and the key that it was signed with from the bank's data folder."""
        self.good = good
        self.header: Claims = jwt.get_unverified_header(good)
        self.claims: Claims = jwt.decode(good, options={"verify_signature": False})
        keys = bank.folder.path / "identity" / "keys"
        pem = (keys / f"{self.header['kid']}.pem").read_bytes()
        key = serialization.load_pem_private_key(pem, None)
        assert isinstance(key, Ed25519PrivateKey)
        self.key = key
        self.moment = int(time.time())

    def signed(self, header: Claims | None = None, *, key: Ed25519PrivateKey | None = None, **changed: Any) -> str:
        """Sign claims with some changed (None drops one) under a header with some changed."""
        kept = {**self.header, **(header or {})}
        claims = {name: value for name, value in {**self.claims, **changed}.items() if value is not None}
        return self.raw({name: value for name, value in kept.items() if value is not None}, claims, key=key)

    def raw(self, header: Any, claims: Any, *, key: Ed25519PrivateKey | None = None) -> str:
        """Sign whatever is given, well-formed or not."""
        body = f"{encoded(header)}.{encoded(claims)}"
        return f"{body}.{encoded((key or self.key).sign(body.encode()))}"

    def hmac(self, secret: bytes, algorithm: str = "HS256") -> str:
        """Sign as if a public value were a shared secret."""
        body = f"{encoded({**self.header, 'alg': algorithm})}.{encoded({**self.claims, 'roles': ['admin']})}"
        return f"{body}.{encoded(hmac.new(secret, body.encode(), hashlib.sha256).digest())}"


def forged(forger: Forger) -> dict[str, str]:
    """Give every forged token by what is wrong with it."""
    return {**_algorithms(forger), **_keys(forger), **_types_and_claims(forger), **_times(forger), **_broken(forger)}


def _algorithms(forger: Forger) -> dict[str, str]:
    public = forger.key.public_key()
    raw = public.public_bytes_raw()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": encoded(raw)}
    admin = {**forger.claims, "roles": ["admin"]}
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    none = {
        f"alg {name!r}": f"{encoded({**forger.header, 'alg': name})}.{encoded(admin)}."
        for name in ("none", "None", "NONE", "nOnE", "", None, 0, ["EdDSA"])
    }
    return {
        **none,
        "no alg": forger.raw({"typ": "at+jwt", "kid": forger.header["kid"]}, forger.claims),
        "HS256 with the public key as PEM": forger.hmac(pem),
        "HS256 with the public key's bytes": forger.hmac(raw),
        "HS256 with the public key as JWK": forger.hmac(json.dumps(jwk).encode()),
        "HS256 with nothing": forger.hmac(b""),
        "HS512 in the header": forger.hmac(pem, "HS512"),
        "RS256": jwt.encode(admin, rsa_key, algorithm="RS256", headers=forger.header | {"alg": "RS256"}),
        "alg eddsa": forger.signed({"alg": "eddsa"}),
        "alg with a space": forger.signed({"alg": "EdDSA "}),
    }


def _keys(forger: Forger) -> dict[str, str]:
    own = Ed25519PrivateKey.generate()
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": encoded(own.public_key().public_bytes_raw()), "kid": "mine"}
    tricks = (
        "unknown", "", "../../../../dev/null", "/dev/null", "..%2f..%2fkey", "keys/../key.pem", "' OR 1=1 --",
        "https://127.0.0.1/key", "|id", "\x00", "é", "x" * 129, None, 7, True, ["mine"], {"kid": "mine"},
    )  # fmt: skip
    return {
        **{f"kid {str(kid)[:20]!r}": forger.signed({"kid": kid}) for kid in tricks},
        "another key under our kid": forger.signed(key=own),
        "a jwk of its own": forger.signed({"jwk": jwk}, key=own),
        "a jwk of its own, named": forger.signed({"jwk": jwk, "kid": "mine"}, key=own),
        "a jku of its own": forger.signed({"jku": "http://127.0.0.1:9/jwks.json", "kid": "mine"}, key=own),
        "an x5u of its own": forger.signed({"x5u": "http://127.0.0.1:9/cert.pem", "kid": "mine"}, key=own),
        "an x5c of its own": forger.signed({"x5c": ["MIIB"], "kid": "mine"}, key=own),
        "crit": forger.signed({"crit": ["exp"]}),
        "crit b64": forger.signed({"crit": ["b64"], "b64": False}),
    }


def _types_and_claims(forger: Forger) -> dict[str, str]:
    typ = {f"typ {kind!r}": forger.signed({"typ": kind}) for kind in (None, "JWT", "rt+jwt", "AT+JWT ", "step-up+jwt")}
    wrong: dict[str, tuple[Any, ...]] = {
        "aud": (None, "elsewhere", "accounts", "", ["strongroom"], ["strongroom", "elsewhere"], {"strongroom": 1}),
        "iss": (None, "elsewhere", "", "Strongroom", ["strongroom"]),
        "sub": (None, "", 7, ["user"], "x" * 129),
        "sid": (None, "", 7, "x" * 129),
        "cid": ("", 7, ["customer"]),
        "roles": (None, "admin", [], ["root"], ["service"], [["admin"]], {"admin": True}, ["customer", 7]),
    }
    claims = {
        f"{name} {str(value)[:24]!r}": forger.signed(**{name: value}) for name, many in wrong.items() for value in many
    }
    return {**typ, **claims, "a service's token for a user": forger.signed({"typ": "svc+jwt"})}


def _times(forger: Forger) -> dict[str, str]:
    now = forger.moment
    huge = encoded(json.dumps({**forger.claims, "exp": 0}).replace('"exp": 0', '"exp": 1e400').encode())
    head = encoded(forger.header)
    body = f"{head}.{huge}"
    return {
        "no exp": forger.signed(exp=None),
        "no iat": forger.signed(iat=None),
        "expired": forger.signed(iat=now - 600, exp=now - 300),
        "an hour's life": forger.signed(exp=now + 3_600),
        "exp in the year 9999": forger.signed(exp=253_402_300_799),
        "exp 10^30": forger.signed(exp=10**30),
        "exp infinite": f"{body}.{encoded(forger.key.sign(body.encode()))}",
        "exp NaN": forger.signed(exp=float("nan")),
        "exp as text": forger.signed(exp=str(now + 60)),
        "exp true": forger.signed(exp=True),
        "exp negative": forger.signed(exp=-1),
        "iat after exp": forger.signed(iat=now + 200, exp=now + 100),
        "iat in the future": forger.signed(iat=now + 250, exp=now + 300),
        "nbf in the future": forger.signed(nbf=now + 250),
        "nbf as text": forger.signed(nbf="later"),
    }


def _broken(forger: Forger) -> dict[str, str]:
    head, body, signature = forger.good.split(".")
    admin = encoded({**forger.claims, "roles": ["admin"]})
    twice = json.dumps(forger.claims)[:-1] + ', "roles": ["admin"]}'
    return {
        "changed payload": f"{head}.{admin}.{signature}",
        "roles twice": f"{head}.{encoded(twice.encode())}.{signature}",
        "alg twice": forger.raw(b'{"alg":"EdDSA","alg":"none","typ":"at+jwt"}', forger.claims),
        "no signature": f"{head}.{body}.",
        "no third part": f"{head}.{body}",
        "a fourth part": f"{forger.good}.{signature}",
        "half a signature": f"{head}.{body}.{signature[:43]}",
        "another's signature": f"{head}.{body}.{forger.signed(sub='x').rsplit('.', 1)[1]}",
        "a zero signature": f"{head}.{body}.{encoded(bytes(64))}",
        "payload no object": forger.raw(forger.header, ["admin"]),
        "payload no JSON": forger.raw(forger.header, b"\xff\xfe{}"),
        "payload null": forger.raw(forger.header, None),
        "header no object": forger.raw(["EdDSA"], forger.claims),
        "deep payload": forger.raw(forger.header, b"[" * 5_000 + b"]" * 5_000),
        "64 KiB": forger.signed(filler="x" * 48 * 1024),
        "9 KiB": forger.signed(filler="x" * 9 * 1024),
        "encrypted in five parts": f"{head}....",
        "nothing but dots": "..",
        "no token": "x",
    }


def service_token(bank: Bank, client: str, audience: str) -> str:
    """Have a token of a service by its own secret, as it stands in the bank's private file."""
    lines = (bank.folder.path / "secrets" / "bank.env").read_text().splitlines()
    secrets = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    body = {"client_id": client, "client_secret": secrets[f"{client.upper()}_CLIENT_SECRET"], "audience": audience}
    answer = httpx.post(f"{bank.url_of('identity')}/internal/service-tokens", json=body, trust_env=False)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])
