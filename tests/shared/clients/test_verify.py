"""Tokens that are ours are understood; everything an attacker or a neighbour could send instead is refused."""

import hashlib
import hmac
import timeit
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.clients.jwks import KeySet
from shared.clients.revocations import Revocations
from shared.clients.verify import InvalidToken, MissingToken, TokenVerifier
from shared.clock import now
from tests.shared.clients.signer import Signer


@pytest.fixture
def signer() -> Signer:
    return Signer()


@pytest.fixture
def revocations() -> Revocations:
    return Revocations()


@pytest.fixture
def verifier(signer: Signer, revocations: Revocations) -> TokenVerifier:
    return TokenVerifier(service="accounts", keys=KeySet(signer.jwks), revocations=revocations)


def _seconds(offset: int = 0) -> int:
    return int(now().timestamp()) + offset


class TestVerify:
    def test_understands_a_user(self, signer: Signer, verifier: TokenVerifier) -> None:
        caller = verifier.verify(signer.user("customer", "teller", cid="customer-1", branch_id="main"))
        assert (caller.user_id, caller.customer_id, caller.session_id) == ("user-1", "customer-1", "session-1")
        assert caller.roles == {"customer", "teller"}
        assert (caller.branch_id, caller.service) == ("main", None)

    def test_understands_a_service_with_the_user_it_acts_for(self, signer: Signer, verifier: TokenVerifier) -> None:
        caller = verifier.verify(signer.service("support", audience="accounts", act="user-9"))
        assert (caller.service, caller.user_id, caller.roles) == ("support", "user-9", {"service"})
        assert caller.principal == "service:support:user-9"

    def test_gives_a_user_token_with_role_service_no_way_in(self, signer: Signer, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(signer.user("service"))

    def test_refuses_no_token(self, verifier: TokenVerifier) -> None:
        with pytest.raises(MissingToken):
            verifier.verify("")

    @pytest.mark.parametrize(
        "claims",
        [
            {"aud": "accounts"},
            {"aud": ["strongroom", "other"]},
            {"aud": None},
            {"iss": "elsewhere"},
            {"iss": None},
            {"exp": None},
            {"iat": None},
            {"sub": None},
            {"sub": ""},
            {"sub": 7},
            {"sid": None},
            {"cid": 7},
            {"roles": None},
            {"roles": []},
            {"roles": "customer"},
            {"roles": ["customer", "king"]},
            {"roles": [["customer"]]},
            {"exp": True},
            {"exp": "9999999999"},
            {"iat": "x"},
            {"exp": 1e400},
        ],
        ids=str,
    )
    def test_refuses_a_user_token_with(self, claims: dict[str, Any], signer: Signer, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(signer.user("customer", **claims) if "roles" not in claims else signer.user(**claims))

    @pytest.mark.parametrize(
        ("issued", "expires"), [(-400, -100), (0, 301), (-10, 600), (60, 300), (-300, -6), (0, 0), (0, -1)]
    )
    def test_refuses_a_life_of(self, issued: int, expires: int, signer: Signer, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(signer.user("customer", iat=_seconds(issued), exp=_seconds(expires)))

    @pytest.mark.parametrize("kind", ["JWT", "rt+jwt", "step-up+jwt", "svc+jwt", "AT+JWT", "", None])
    def test_refuses_as_user_token_the_type(self, kind: str | None, signer: Signer, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(signer.user("customer", header={"typ": kind}))

    def test_refuses_a_service_token_dressed_as_user(self, signer: Signer, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(signer.service("support", audience="accounts", header={"typ": "at+jwt"}))

    @pytest.mark.parametrize("audience", ["transactions", "strongroom", "Accounts"])
    def test_refuses_a_service_token_for(self, audience: str, signer: Signer, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(signer.service("support", audience=audience))

    @pytest.mark.parametrize(
        "header", [{"kid": None}, {"kid": "other"}, {"kid": ""}, {"crit": ["exp"]}, {"crit": []}], ids=str
    )
    def test_refuses_the_header(self, header: dict[str, Any], signer: Signer, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(signer.user("customer", header=header))

    @pytest.mark.parametrize("header", [{"jku": "http://127.0.0.1:9/keys"}, {"x5u": "http://127.0.0.1:9/"}], ids=str)
    def test_ignores_where_the_header_says_keys_are(
        self, header: dict[str, Any], signer: Signer, verifier: TokenVerifier
    ) -> None:
        thief = Signer(signer.kid)
        assert verifier.verify(signer.user("customer", header=header)).user_id == "user-1"
        with pytest.raises(InvalidToken):
            verifier.verify(thief.user("admin", header=header))

    def test_refuses_a_key_that_the_token_brings_itself(self, signer: Signer, verifier: TokenVerifier) -> None:
        thief = Signer(signer.kid)
        with pytest.raises(InvalidToken):
            verifier.verify(thief.user("admin", header={"jwk": thief.jwks()["keys"][0]}))

    @pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", "HS256", "ES256", None, ["EdDSA"]], ids=str)
    def test_refuses_an_unsigned_token_with_algorithm(
        self, algorithm: object, signer: Signer, verifier: TokenVerifier
    ) -> None:
        payload = jwt.decode(signer.user("admin"), options={"verify_signature": False})
        header = {"alg": algorithm, "typ": "at+jwt", "kid": signer.kid}
        with pytest.raises(InvalidToken):
            verifier.verify(signer.unsigned(header, payload))

    @pytest.mark.parametrize("form", ["raw", "pem"])
    def test_refuses_hs256_with_the_public_key_as_secret(
        self, form: str, signer: Signer, verifier: TokenVerifier
    ) -> None:
        public = signer.private.public_key()
        secret = (
            signer.raw_public if form == "raw" else public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        )
        payload = jwt.decode(signer.user("admin"), options={"verify_signature": False})
        header = {"alg": "HS256", "typ": "at+jwt", "kid": signer.kid}
        signed = signer.unsigned(header, payload).rsplit(".", 1)[0]
        token = signer.unsigned(header, payload, hmac.new(secret, signed.encode(), hashlib.sha256).digest())
        with pytest.raises(InvalidToken):
            verifier.verify(token)

    def test_refuses_rsa(self, signer: Signer, verifier: TokenVerifier) -> None:
        payload = jwt.decode(signer.user("admin"), options={"verify_signature": False})
        rsa = generate_private_key(public_exponent=65537, key_size=2048)
        token = jwt.encode(payload, rsa, algorithm="RS256", headers={"typ": "at+jwt", "kid": signer.kid})
        with pytest.raises(InvalidToken):
            verifier.verify(token)

    def test_refuses_a_changed_payload(self, signer: Signer, verifier: TokenVerifier) -> None:
        head, _, signature = signer.user("customer").split(".")
        other = signer.user("admin").split(".")[1]
        with pytest.raises(InvalidToken):
            verifier.verify(f"{head}.{other}.{signature}")

    @pytest.mark.parametrize(
        "raw", ["x", "a.b.c", "..", "é.é.é", "." * 50, "A" * 9000, "e30.e30.e30"], ids=lambda r: r[:12]
    )
    def test_refuses_rubbish(self, raw: str, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(raw)

    def test_refuses_a_token_over_8_kib_though_it_is_signed(self, signer: Signer, verifier: TokenVerifier) -> None:
        with pytest.raises(InvalidToken):
            verifier.verify(signer.user("customer", more="x" * 9000))


class TestCache:
    def test_answers_a_known_token_in_under_two_microseconds(self, signer: Signer, verifier: TokenVerifier) -> None:
        token = signer.user("customer")
        assert verifier.cached(token) is None
        verifier.verify(token)
        best = min(timeit.repeat(lambda: verifier.cached(token), number=5000, repeat=5)) / 5000
        assert best < 4e-6, "twice the promise, since a test machine is never quiet"

    def test_forgets_an_expired_token(
        self, signer: Signer, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        token = signer.user("customer")
        verifier.verify(token)
        later = now() + timedelta(seconds=306)
        monkeypatch.setattr("shared.clients.verify.now", lambda: later)
        assert verifier.cached(token) is None
        with pytest.raises(InvalidToken):
            verifier.verify(token)

    def test_stays_bounded(self, signer: Signer, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shared.clients.verify._CACHED", 8)
        tokens = [signer.user("customer", sub=f"user-{n}") for n in range(20)]
        for token in tokens:
            verifier.verify(token)
        assert len(verifier._known) <= 8
        assert verifier.cached(tokens[-1]) is not None


class TestRevocation:
    def test_ends_a_session_at_once_though_the_token_is_cached(
        self, signer: Signer, verifier: TokenVerifier, revocations: Revocations
    ) -> None:
        token, other = signer.user("customer"), signer.user("customer", sid="session-2")
        verifier.verify(token)
        revocations.add(session_id="session-1", user_id="user-1", revoked_at=now())
        with pytest.raises(InvalidToken):
            verifier.verify(token)
        assert verifier.verify(other).session_id == "session-2"

    def test_ends_what_a_user_was_given_before_it(
        self, signer: Signer, verifier: TokenVerifier, revocations: Revocations
    ) -> None:
        revoked = now().timestamp()
        revocations.add(session_id=None, user_id="user-1", revoked_at=datetime.fromtimestamp(revoked, UTC))
        with pytest.raises(InvalidToken):
            verifier.verify(signer.user("customer", iat=revoked - 0.2, exp=revoked + 200))
        assert verifier.verify(signer.user("customer", iat=revoked + 0.2, exp=revoked + 200)).user_id == "user-1"

    def test_ends_what_a_service_does_for_that_user(
        self, signer: Signer, verifier: TokenVerifier, revocations: Revocations
    ) -> None:
        token = signer.service("support", audience="accounts", act="user-1", iat=_seconds(-20), exp=_seconds(200))
        verifier.verify(token)
        revocations.add(session_id=None, user_id="user-1", revoked_at=now())
        assert verifier.cached(token) is None
