"""The secrets of a bank: made once, private, each service knows its own only."""

import json
from hashlib import sha256
from pathlib import Path

from cli.bank_secrets import CLIENTS, ensure_secrets, secrets_for


class TestEnsureSecrets:
    def test_makes_one_per_client_and_gives_identity_the_digests_only(self, tmp_path: Path) -> None:
        known = ensure_secrets(tmp_path / "secrets" / "bank.env")
        digests = json.loads(known["IDENTITY_SERVICE_CLIENTS"])
        assert set(digests) == set(CLIENTS)
        assert digests["accounts"] == sha256(known["ACCOUNTS_CLIENT_SECRET"].encode()).hexdigest()
        assert len({known[f"{client.upper()}_CLIENT_SECRET"] for client in CLIENTS}) == len(CLIENTS)

    def test_keeps_what_is_there_and_adds_what_is_missing(self, tmp_path: Path) -> None:
        path = tmp_path / "bank.env"
        path.write_text("ACCOUNTS_CLIENT_SECRET=kept\n")
        known = ensure_secrets(path)
        assert known["ACCOUNTS_CLIENT_SECRET"] == "kept"
        assert known["SUPPORT_CLIENT_SECRET"]
        assert ensure_secrets(path) == known

    def test_lets_only_the_owner_read_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "bank.env"
        path.touch(mode=0o644)
        ensure_secrets(path)
        assert path.stat().st_mode & 0o777 == 0o600


class TestSecretsFor:
    def test_gives_a_service_nothing_of_the_others(self, tmp_path: Path) -> None:
        known = ensure_secrets(tmp_path / "bank.env")
        assert set(secrets_for("accounts", known)) == {"ACCOUNTS_CLIENT_SECRET"}
        assert set(secrets_for("identity", known)) == {"IDENTITY_CLIENT_SECRET", "IDENTITY_SERVICE_CLIENTS"}
