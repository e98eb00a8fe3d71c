"""What does not start, and says why in one line; and what starts again after the worst end."""

import json
import os
import subprocess
import sys

import pytest

from tests.builders.bank import ROOT, Bank


def members_of(bank: Bank) -> dict[str, str]:
    """Give the environment that the bank's own processes have."""
    program = json.loads((bank.folder.run / "programs" / "accounts.json").read_text())
    return {**os.environ, **program["environment"]}


def run(bank: Bank, module: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a process of a bank beside the one that runs; gives what it said."""
    return subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env={**members_of(bank), **changes},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class TestASecondProcess:
    @pytest.mark.parametrize(
        ("module", "kind"),
        [
            ("services.transactions.writer", "writer"),
            ("services.accounts.main", "api"),
            ("services.identity.main", "api"),
        ],
    )
    def test_on_a_locked_store_ends_with_one_clear_line(self, bank: Bank, module: str, kind: str) -> None:
        ports = {f"{s}_PORT": "0" for s in ("ACCOUNTS", "IDENTITY")} | {"TRANSACTIONS_WRITER_OPS_PORT": "0"}
        ended = run(bank, module, **ports)
        assert ended.returncode != 0
        lines = [line for line in ended.stderr.splitlines() if f"in use by another {kind} process" in line]
        assert len(lines) == 1, ended.stderr

    def test_of_the_whole_bank_ends_with_one_clear_line(self, bank: Bank) -> None:
        ended = subprocess.run(
            [sys.executable, "-m", "cli", "run", "--quiet"],
            cwd=ROOT,
            env=bank.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 1
        assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr


class TestAnAffectedSqlite:
    def test_is_refused_with_one_clear_line(self, bank: Bank, tmp_path: object) -> None:
        import sqlite3

        environment = {"BANK_SQLITE_MODULE": "sqlite3", "BANK_DATA_DIR": str(tmp_path)}
        ended = run(bank, "services.transactions.writer", **environment)
        assert ended.returncode == 1
        lines = ended.stderr.strip().splitlines()
        assert len(lines) == 1
        affected = sqlite3.sqlite_version_info <= (3, 51, 2)  # what the machine's interpreter brings
        assert ("can lose committed data in WAL mode" in lines[0]) == affected, lines


class TestATakenPort:
    def test_is_named_in_one_line(self, bank: Bank) -> None:
        other = Bank(seeded=False)
        other.ports = {**other.ports, "gateway": bank.ports["gateway"]}
        ended = subprocess.run(
            [sys.executable, "-m", "cli", "run", "--quiet"],
            cwd=ROOT,
            env=other.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        other.remove()
        assert ended.returncode == 1
        said = ended.stderr.strip().splitlines()
        assert len(said) == 1, ended.stderr
        assert str(bank.ports["gateway"]) in said[0]
        assert "STRONGROOM_PORT" in said[0]


class TestTheSecretsOfTheBank:
    def test_predecessor_d13_are_in_no_file_of_the_repository_and_in_no_log(self, bank: Bank) -> None:
        secrets = [
            line.partition("=")[2].strip("'\"")
            for line in (bank.folder.path / "secrets" / "bank.env").read_text().splitlines()
            if "SECRET=" in line
        ]
        assert len(secrets) >= 5
        assert (bank.folder.path / "secrets" / "bank.env").stat().st_mode & 0o077 == 0
        logs = "".join(path.read_text(errors="replace") for path in bank.folder.logs.glob("*"))
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        files = "".join((ROOT / name).read_text(errors="replace") for name in listed.split() if (ROOT / name).is_file())
        for secret in secrets:
            assert secret not in logs
            assert secret not in files
        assert "demo-password" not in logs
        assert "@demo.bank" not in logs
