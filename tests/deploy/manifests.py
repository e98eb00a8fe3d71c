"""Check the rendered overlays with the tools made for it (`make manifests`): schemas of three versions, and checkov.

Prints what it checked; the last line counts. Exit status 1 if a schema, a policy of checkov or a waiver does not hold.
"""

import fnmatch
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.rendering import OVERLAYS, ROOT, environment, rendered, rendered_text, title

VERSIONS = ("1.35", "1.36", "1.37")
"""The versions of Kubernetes that are maintained: what the manifests must be valid for."""
WAIVERS = ROOT / "deploy/k8s/waivers.yaml"


@dataclass
class Waiver:
    """A finding that is left, with its reason; `used` counts the findings it stood for."""

    check: str
    objects: list[str]
    reason: str
    used: int = field(default=0)

    def covers(self, check: str, resource: str) -> bool:
        """Tell whether this finding is left."""
        return check == self.check and any(fnmatch.fnmatch(resource, pattern) for pattern in self.objects)


def read_waivers() -> list[Waiver]:
    """Read the waivers; one without a reason is refused."""
    found = [Waiver(**one) for one in yaml.safe_load(WAIVERS.read_text(encoding="utf-8"))]
    assert all(len(one.reason.split()) > 5 for one in found), "a waiver without a reason"
    return found


def invalid(overlay: str, version: str) -> list[str]:
    """Give what the strict schemas of a version of Kubernetes refuse."""
    import kubernetes_validate

    wrong = []
    for one in rendered(overlay):
        try:
            kubernetes_validate.validate(one, version, strict=True)
        except kubernetes_validate.ValidationError as refused:
            wrong.append(f"{overlay} {version} {title(one)}: {refused.message}")
    return wrong


def findings(overlay: str) -> tuple[int, list[tuple[str, str]]]:
    """Give how many of checkov's checks passed, and (check, object) of those that did not."""
    tool = subprocess.run(
        [ROOT / "deploy/tools.sh", "checkov"], capture_output=True, text=True, check=True, timeout=600
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        manifest = Path(folder) / f"{overlay}.yaml"
        manifest.write_text(rendered_text(overlay), encoding="utf-8")
        command = [tool, "--file", manifest, "--framework", "kubernetes", "--output", "json", "--skip-download"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=600, env=environment(), cwd=folder
        )
    report: Any = json.loads(done.stdout)
    failed = [(one["check_id"], one["resource"]) for one in report["results"]["failed_checks"]]
    return len(report["results"]["passed_checks"]), failed


def left_over(found: list[tuple[str, str]], waivers: list[Waiver]) -> list[str]:
    """Give the findings that no waiver names, and count those that one does."""
    unexplained = []
    for check, resource in found:
        waiver = next((one for one in waivers if one.covers(check, resource)), None)
        if waiver is None:
            unexplained.append(f"{check} {resource}")
        else:
            waiver.used += 1
    return unexplained


def say(line: str) -> None:
    """Write one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Check every overlay."""
    waivers = read_waivers()
    passed, wrong = 0, []
    for overlay in OVERLAYS:
        for version in VERSIONS:
            refused = invalid(overlay, version)
            wrong += refused
            passed += not refused
            say(f"{overlay}: {len(rendered(overlay))} objects, strict schemas of {version}: {len(refused)} refused")
        good, found = findings(overlay)
        unexplained = left_over(found, waivers)
        wrong += [f"{overlay} {one}" for one in unexplained]
        passed += good
        say(f"{overlay}: checkov: {good} passed, {len(unexplained)} failed, {len(found) - len(unexplained)} waived")
    wrong += [f"the waiver of {one.check} waives nothing: take it away" for one in waivers if not one.used]
    for line in wrong:
        say(f"  {line}")
    say(f"manifests: {passed} passed, {len(wrong)} failed")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
