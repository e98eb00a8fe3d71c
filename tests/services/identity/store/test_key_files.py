"""Key files: made once, readable by their owner only, missing ones said in a line."""

import stat
from pathlib import Path

import jwt
import pytest

from services.identity.store.key_files import ensure_signing_key, load_signing_keys
from shared.errors import FaultAtStart


class TestEnsureSigningKey:
    def test_makes_one_key_once(self, tmp_path: Path) -> None:
        first, second = ensure_signing_key(tmp_path / "keys"), ensure_signing_key(tmp_path / "keys")
        assert first.signing_kid == second.signing_kid
        assert first.secret == second.secret

    def test_lets_nobody_else_read_it(self, tmp_path: Path) -> None:
        ensure_signing_key(tmp_path)
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}

    def test_shows_no_secret_when_printed(self, tmp_path: Path) -> None:
        keys = ensure_signing_key(tmp_path)
        assert repr(keys) == f"SigningKeys(signing_kid='{keys.signing_kid}')"

    def test_signs_what_its_jwks_verifies(self, tmp_path: Path) -> None:
        keys = ensure_signing_key(tmp_path)
        token = keys.sign({"sub": "u1"}, typ="at+jwt")
        public = jwt.PyJWKSet.from_dict(keys.jwks())[jwt.get_unverified_header(token)["kid"]]
        assert jwt.decode(token, public, algorithms=["EdDSA"])["sub"] == "u1"
        assert not any("d" in key for key in keys.jwks()["keys"])

    def test_publishes_every_key_and_signs_with_the_newest(self, tmp_path: Path) -> None:
        old = ensure_signing_key(tmp_path / "a")
        new = ensure_signing_key(tmp_path / "b")
        for path in (tmp_path / "b").glob("*.pem"):
            (tmp_path / "a" / path.name).write_bytes(path.read_bytes())
        both = load_signing_keys(tmp_path / "a")
        assert both.signing_kid == new.signing_kid
        assert {key["kid"] for key in both.jwks()["keys"]} == {old.signing_kid, new.signing_kid}


class TestLoadSigningKeys:
    def test_refuses_an_empty_folder(self, tmp_path: Path) -> None:
        with pytest.raises(FaultAtStart, match="no signing key"):
            load_signing_keys(tmp_path)

    def test_refuses_what_is_no_key(self, tmp_path: Path) -> None:
        ensure_signing_key(tmp_path)
        (tmp_path / "x.pem").write_text("nothing")
        with pytest.raises(FaultAtStart, match=r"x\.pem"):
            load_signing_keys(tmp_path)
