"""Nothing secret lies in the repository, nothing runs in debug mode, and no door is open to other sites."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from shared.settings import ServiceSettings
from tests.architecture.source_tree import CODE, ROOT, dotted, listed, nodes, python_files, shown

# Written in two halves so that this file does not find itself.
SECRETS = {
    "a private key": re.compile("-----BEGIN [A-Z ]*" + "PRIVATE KEY-----"),
    "a client secret": re.compile(r"_CLIENT_" + r"SECRET\s*[=:]\s*['\"]?[A-Za-z0-9_\-]{16,}"),
    "a cloud key": re.compile("AK" + r"IA[0-9A-Z]{16}"),
}


IS_CLONE = (ROOT / ".git").exists() and shutil.which("git") is not None
UNCOMMITTED = {".venv", "data", "__pycache__", ".git", "node_modules"}


def committed_texts() -> list[Path]:
    """Every small file that git holds or would take; without git, all but what is never committed."""
    if IS_CLONE:
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        paths = [ROOT / name for name in names if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not UNCOMMITTED & set(path.relative_to(ROOT).parts)]
    return [path for path in paths if path.is_file() and path.stat().st_size < 1_000_000]


class TestSecrets:
    def test_predecessor_d13_no_secret_is_in_the_repository(self) -> None:
        found = []
        for path in committed_texts():
            text = path.read_text(encoding="utf-8", errors="ignore")
            found += [f"{shown(path)}: {what}" for what, pattern in SECRETS.items() if pattern.search(text)]
            if path.suffix in {".pem", ".key", ".db", ".sqlite3"} or path.name == "bank.env":
                found.append(shown(path))
        assert found == [], listed(found)

    @pytest.mark.skipif(not IS_CLONE, reason="git decides what is ignored, and this is no clone")
    def test_predecessor_d13_the_data_folder_is_ignored(self) -> None:
        command = ["git", "check-ignore", "data/secrets/bank.env", "data/identity/keys/one.pem", ".env"]
        ignored = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert len(ignored.stdout.splitlines()) == 3


class TestDoors:
    def test_predecessor_d13_nothing_runs_in_debug_mode(self) -> None:
        debugging = [
            shown(path, node)
            for path in python_files(*CODE)
            for node in nodes(path, ast.keyword)
            if isinstance(node, ast.keyword)
            and node.arg in {"debug", "reload"}
            and getattr(node.value, "value", None) is True
        ]
        assert debugging == [], listed(debugging)

    def test_predecessor_d13_no_other_site_is_let_in(self) -> None:
        opened = [
            shown(path, node)
            for path in python_files(*CODE)
            for node in nodes(path, ast.Name, ast.Attribute, ast.Constant)
            if "CORSMiddleware" in dotted(node)
            or str(getattr(node, "value", "")).lower() == "access-control-allow-origin"
        ]
        assert opened == [], listed(opened)

    def test_predecessor_d13_production_is_what_is_assumed(self) -> None:
        assert ServiceSettings.model_fields["environment"].default == "production"
