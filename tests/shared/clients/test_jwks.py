"""Keys are fetched when they are needed, kept while identity is away, and a flood of made-up ids costs nothing."""

from collections.abc import Mapping
from typing import Any

import pytest

from shared.clients.jwks import KeySet
from shared.clients.verify import TokenVerifier
from shared.errors import Unavailable
from tests.shared.clients.signer import Signer


@pytest.fixture
def signer() -> Signer:
    return Signer()


class _Source:
    """A JWKS source that can fail and counts."""

    def __init__(self, *signers: Signer) -> None:
        self.signers = list(signers)
        self.broken = False
        self.calls = 0

    def __call__(self) -> Mapping[str, Any]:
        self.calls += 1
        if self.broken:
            raise OSError
        return {"keys": [entry for signer in self.signers for entry in signer.jwks()["keys"]]}


class TestKeySet:
    def test_sees_a_rotation_with_one_fetch_and_a_flood_of_kids_with_none(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old, new = Signer("old"), Signer("new")
        source = _Source(old)
        keys = KeySet(source)
        assert keys.key("old") is not None
        source.signers.append(new)
        for n in range(50):
            assert keys.key(f"made-up-{n}") is None
        assert source.calls == 1, "not again within 5 s of the last fetch"
        clock = _advance(monkeypatch, 6)
        assert keys.key("new") is not None
        assert source.calls == 2
        assert clock() > 0

    def test_keeps_the_last_good_keys_while_identity_is_down(self, monkeypatch: pytest.MonkeyPatch) -> None:
        source = _Source(Signer("a"))
        keys = KeySet(source)
        keys.key("a")
        source.broken = True
        _advance(monkeypatch, 23 * 3600)
        assert keys.key("a") is not None
        _advance(monkeypatch, 3 * 3600)
        with pytest.raises(Unavailable):
            keys.key("a")

    def test_says_unavailable_rather_than_no_when_there_were_never_keys(self, signer: Signer) -> None:
        source = _Source(signer)
        source.broken = True
        verifier = TokenVerifier(service="accounts", keys=KeySet(source))
        for _ in range(3):
            with pytest.raises(Unavailable):
                verifier.verify(signer.user("customer"))
        assert source.calls == 1

    @pytest.mark.parametrize(
        "document", [{}, {"keys": []}, {"keys": [{"kty": "oct", "k": "AAAA", "kid": "key-1"}]}], ids=str
    )
    def test_takes_no_keys_from(self, document: dict[str, Any]) -> None:
        with pytest.raises(Unavailable):
            KeySet(lambda: document).key("key-1")


def _advance(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Any:
    import shared.clients.jwks as module

    real = module.time.monotonic
    monkeypatch.setattr("shared.clients.jwks.time.monotonic", lambda: real() + seconds)
    return real
