"""`strongroom admin create`, `keys rotate` and `authz matrix`, as a person types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.authz import policy_rows
from services.identity.store.key_files import ensure_signing_key
from services.identity.store.tables import PLUMBING
from shared.store.engine import Store
from shared.store.migrate import migrate

pytestmark = pytest.mark.sqlite
TYPED = CliRunner()


class TestAuthzMatrix:
    def test_prints_each_route_with_who_may_call_it(self) -> None:
        told = TYPED.invoke(app, ["authz", "matrix", "--json"])
        assert told.exit_code == 0, told.output
        rows = {(one["method"], one["path"]): one for one in json.loads(told.stdout)}
        assert rows.keys() == {(row.method, row.path) for _, row in policy_rows()}
        change = rows["PATCH", "/api/v1/users/{user_id}"]
        assert (change["roles"], change["scope"], change["checker"]) == (["admin"], "any", "change-roles")
        assert rows["POST", "/api/v1/auth/email/change"]["step_up"] == "change-email"
        assert "/api/v1/transfers" in TYPED.invoke(app, ["authz", "matrix"]).stdout


class TestAdminCreate:
    def test_makes_the_first_one_and_no_second(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BANK_ENVIRONMENT", "production")
        monkeypatch.setenv("STRONGROOM_ADMIN_PASSWORD", "a long and quiet river")
        (tmp_path / "identity").mkdir()
        store = Store(f"sqlite:///{tmp_path}/identity/identity.db", service="identity", plumbing=PLUMBING)
        migrate(store)
        store.close()
        command = ["admin", "create", "--data-dir", str(tmp_path)]
        first = TYPED.invoke(app, [*command, "first@strongroom.example.org"])
        assert (first.exit_code, "is the first admin" in first.output) == (0, True), first.output
        second = TYPED.invoke(app, [*command, "second@strongroom.example.org"])
        assert (second.exit_code, len(second.output.strip().splitlines())) == (1, 1), second.output


class TestKeysRotate:
    def test_publishes_first_and_says_when_it_signs(self, tmp_path: Path) -> None:
        keys = tmp_path / "identity" / "keys"
        signing = ensure_signing_key(keys).signing_kid
        first = TYPED.invoke(app, ["keys", "rotate", "--data-dir", str(tmp_path)])
        assert (first.exit_code, "is published" in first.stdout) == (0, True), first.output
        again = TYPED.invoke(app, ["keys", "rotate", "--data-dir", str(tmp_path)])
        assert "signs from" in again.stdout
        assert ensure_signing_key(keys).signing_kid == signing

    def test_says_in_one_line_that_there_are_none(self, tmp_path: Path) -> None:
        told = TYPED.invoke(app, ["keys", "rotate", "--data-dir", str(tmp_path)])
        assert (told.exit_code, len(told.output.strip().splitlines())) == (1, 1)
