"""The bills of materials list what the locks pin. Made by `make sbom`; here they are compared when they are there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT
from tests.architecture.test_locks import versions

NAMES = ("identity", "accounts", "transactions", "support", "notifications", "gateway")


@pytest.fixture(scope="module")
def bills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write them into a folder of the test."""
    folder = tmp_path_factory.mktemp("sbom")
    script = ROOT / "deploy/sbom.sh"
    subprocess.run([script, folder], env={"PATH": "/usr/bin:/bin", "PYTHON": sys.executable}, check=True, timeout=110)
    return folder


class TestTheBills:
    def test_list_every_package_of_the_lock_with_its_version(self, bills: Path) -> None:
        for name in NAMES:
            bill = json.loads((bills / f"{name}.cdx.json").read_text())
            pinned = versions((ROOT / "requirements" / f"{name}.lock").read_text())
            listed: dict[str, set[str]] = {}
            for one in bill["components"]:
                if one["type"] == "library":
                    listed.setdefault(one["name"].lower(), set()).add(one["version"])
            assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", f"strongroom/{name}")
            assert listed == pinned

    def test_name_the_base_image(self, bills: Path) -> None:
        bill = json.loads((bills / "frontend.cdx.json").read_text())
        assert [one["name"] for one in bill["components"]] == ["nginxinc/nginx-unprivileged"]
