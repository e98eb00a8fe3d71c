"""The locks: every package pinned with hashes, no index address, one version of a package in all of them."""

import ast
import re
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source_tree import ROOT, SERVICES, listed

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
NAMES = {"all", "run", "gateway", "identity", "accounts", "transactions", "support", "notifications", "dev"}
# Written in two halves so that this file does not find itself.
ADDRESSES = ("pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "--index" + "-url", "--find" + "-links")
TEXTS = ("*.md", "*.toml", "*.in", "*.lock", "Makefile", ".ci/run", "docs/**/*.md", "services/*/README.md")


def entries(text: str) -> list[str]:
    """The requirements of a lock, each with its continuation lines joined."""
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def versions(text: str) -> dict[str, set[str]]:
    """Package → every version pinned, with its marker when it has one."""
    pinned: dict[str, set[str]] = {}
    for entry in entries(text):
        requirement = entry.split("--hash")[0].strip()
        name, _, version = requirement.partition("==")
        pinned.setdefault(name, set()).add(re.sub(r"\s*;.*", "", version))
    return pinned


def imported(folder: str) -> set[str]:
    """Give the packages, by their names in a lock, that a folder's code imports."""
    owners = packages_distributions()
    names: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    tops = {name.partition(".")[0] for name in names}
    return {re.sub(r"[-_.]+", "-", owner).lower() for top in tops for owner in owners.get(top, ())}


class TestLocks:
    def test_exist_for_every_image_and_for_the_laptop(self) -> None:
        assert {path.stem for path in LOCKS} == NAMES

    def test_are_made_from_a_list_each(self) -> None:
        assert [path.stem for path in LOCKS if not path.with_suffix(".in").is_file()] == []

    @pytest.mark.parametrize("name", sorted(NAMES))
    def test_pin_every_package_with_hashes(self, name: str) -> None:
        loose = [
            entry
            for entry in entries((ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8"))
            if not re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,-]+])?==\S+.*--hash=sha256:[0-9a-f]{64}", entry)
        ]
        assert loose == [], listed(loose)

    def test_agree_on_the_version_of_what_they_share(self) -> None:
        everything = versions((ROOT / "requirements/all.lock").read_text(encoding="utf-8"))
        strays = {
            f"{path.name}: {name} {sorted(pinned)}"
            for path in LOCKS
            for name, pinned in versions(path.read_text(encoding="utf-8")).items()
            if not pinned <= everything.get(name, set())
        }
        assert strays == set(), listed(strays)

    def test_leave_test_tools_out_of_what_runs(self) -> None:
        running = {name for path in LOCKS if path.stem not in {"all", "dev"} for name in versions(path.read_text())}
        assert running & {"pytest", "mypy", "ruff", "hypothesis", "flower"} == set()

    @pytest.mark.parametrize("name", [*SERVICES, "gateway"])
    def test_hold_what_the_image_of_their_name_imports(self, name: str) -> None:
        folder = name if name == "gateway" else f"services/{name}"
        locked = set(versions((ROOT / f"requirements/{name}.lock").read_text(encoding="utf-8")))
        assert imported(folder) - {re.sub(r"\[.*", "", one) for one in locked} == set()


class TestAddresses:
    def test_of_package_registries_are_written_nowhere(self) -> None:
        files = [path for pattern in TEXTS for path in [*ROOT.glob(pattern), *(ROOT / "requirements").glob(pattern)]]
        found = {
            f"{path.relative_to(ROOT)}: {address}"
            for path in files
            for address in ADDRESSES
            if address in path.read_text(encoding="utf-8")
        }
        assert found == set(), listed(found)
