"""The Jenkinsfile: every stage one make target that exists, everything bounded, no secret, a way back."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.deploy.rendering import ROOT, environment

TEXT = (ROOT / "Jenkinsfile").read_text(encoding="utf-8")
ORDER = (
    "checks",
    "test-report",
    "images",
    "smoke-images",
    "scan",
    "login",
    "push",
    "deploy",
    "rollouts",
    "smoke",
    "addresses",
)
# These come with the images; a Makefile without them is not finished.
FROM_THE_IMAGES = {"images", "sbom"}


def stages() -> dict[str, str]:
    """Give the text of each stage that has steps, by name, in order."""
    parts = re.split(r"stage\('([^']+)'\) \{", TEXT)[1:]
    return {name: body for name, body in zip(parts[::2], parts[1::2], strict=True) if "steps {" in body}


def targets(text: str) -> list[str]:
    return re.findall(r"sh 'make ([a-z-]+)'", text.split("post {", maxsplit=1)[0])


def make_targets() -> set[str]:
    """Give the targets that make knows, by its own database."""
    done = subprocess.run(
        ["make", "-pRrq", "-C", str(ROOT), ":"], capture_output=True, text=True, check=False, timeout=30
    )
    return set(re.findall(r"^([a-z][a-z-]*):", done.stdout, re.MULTILINE))


class TestTheStages:
    def test_are_one_make_target_each_in_this_order(self) -> None:
        called = [targets(body) for name, body in stages().items() if name != "Checkout"]
        assert called == [[name] for name in ORDER]

    def test_call_targets_that_make_knows(self) -> None:
        called = {*ORDER, "rollback"} - FROM_THE_IMAGES
        assert called - make_targets() == set()

    def test_have_an_end_each(self) -> None:
        for name, body in stages().items():
            assert re.search(r"timeout\(time: \d+, unit: 'MINUTES'\)", body), name
        assert re.search(r"options \{\s+timeout\(time: \d+, unit: 'MINUTES'\)", TEXT)

    def test_release_from_the_main_branch_only(self) -> None:
        for name in ("Sign in", "Push"):
            assert "when { branch 'main' }" in stages()[name]
        assert re.search(r"stage\('Release'\) \{\s+when \{\s+branch 'main'", TEXT)


class TestThePipeline:
    def test_starts_with_a_push_to_github(self) -> None:
        assert re.search(r"triggers \{\s+githubPush\(\)\s+\}", TEXT)

    def test_goes_back_when_a_release_fails(self) -> None:
        release = TEXT[TEXT.index("stage('Release')") :]
        assert re.search(r"post \{\s+unsuccessful \{\s+timeout\([^)]*\) \{\s+sh 'make rollback'", release)

    def test_reports_tests_and_coverage(self) -> None:
        assert "junit testResults: 'reports/junit-*.xml', allowEmptyResults: false" in TEXT
        assert "pattern: 'reports/coverage.xml'" in TEXT

    def test_names_credentials_by_id_and_holds_none(self) -> None:
        used = re.findall(r"credentialsId: ([\w.]+)|credentials\(\"\$\{([\w.]+)\}\"\)", TEXT)
        assert {one or other for one, other in used} == {"params.REGISTRY_CREDENTIALS", "params.CLUSTER_CREDENTIALS"}
        assert not re.search(r"(?i)(password|token|secret)\s*[:=]\s*['\"](?!DOCKERHUB_)[^'\"$]{6,}", TEXT)

    def test_takes_parameters(self) -> None:
        names = set(re.findall(r"(?:string|choice|booleanParam)\(name: '(\w+)'", TEXT))
        assert names >= {"OVERLAY", "DEPLOY", "REGISTRY", "REGISTRY_CREDENTIALS", "CLUSTER_CREDENTIALS"}

    def test_never_waits_for_a_person_or_without_an_end(self) -> None:
        assert not re.search(r"\b(input|waitUntil|sleep|retry)\b", TEXT)


@pytest.fixture(autouse=True)
def _rendered_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRONGROOM_RENDERED", str(tmp_path / "rendered"))


def make(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run make targets as the pipeline would, without changing anything."""
    own = {**environment(), "DRY_RUN": "1", "TAG": "abc123", "REGISTRY": "localhost:5000", **variables}
    command = ["make", "--no-print-directory", "-C", str(ROOT), *words]
    return subprocess.run(command, env=own, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("overlay", ["local", "production"])
class TestADryRelease:
    def test_signs_in_and_pushes_what_was_built(self, overlay: str) -> None:
        done = make("login", "push", OVERLAY=overlay)
        assert done.returncode == 0, done.stderr
        assert "--password-stdin localhost:5000" in done.stdout
        assert done.stdout.count("+ docker push") == 7
        assert "+ docker tag strongroom/accounts:abc123 localhost:5000/strongroom-accounts:abc123" in done.stdout

    def test_renders_the_pushed_images_and_applies_them(self, overlay: str, tmp_path: Path) -> None:
        done = make("deploy", OVERLAY=overlay)
        assert done.returncode == 0, done.stderr
        text = (tmp_path / "rendered" / overlay / "bank.yaml").read_text(encoding="utf-8")
        ours = set(re.findall(r"image: (.*strongroom.*)", text))
        assert "localhost:5000/strongroom-transactions:abc123" in ours
        assert all(re.fullmatch(r"localhost:5000/strongroom-[a-z]+:abc123", one) for one in ours)
        lines = [line for line in done.stdout.splitlines() if line.startswith("+")]
        assert "apply -k" in "\n".join(lines)
        migrates = [index for index, line in enumerate(lines) if "component=migration" in line]
        assert bool(migrates) == (overlay == "production")

    def test_waits_for_every_api_worker_and_schedule_with_an_end(self, overlay: str) -> None:
        make("deploy", OVERLAY=overlay)
        done = make("rollouts", OVERLAY=overlay)
        assert done.returncode == 0, done.stderr
        waits = re.findall(r"rollout status (\S+) -n (\S+) --timeout=\d+s", done.stdout)
        kind = "statefulset" if overlay == "local" else "deployment"
        assert {(f"{kind}/{one}", "strongroom") for one in ("identity", "accounts", "transactions")} <= set(waits)
        assert ("deployment/grafana", "strongroom-monitoring") in waits
        if overlay == "production":
            assert {"deployment/accounts-worker", "deployment/accounts-beat"} <= {name for name, _ in waits}

    def test_asks_the_bank_and_tells_where_it_is(self, overlay: str) -> None:
        done = make("smoke", "addresses", OVERLAY=overlay)
        assert done.returncode == 0, done.stderr
        assert "/api/v1/branches → 200" in done.stdout
        assert ("30030" in done.stdout) == (overlay == "local")

    def test_goes_back_with_every_workload(self, overlay: str) -> None:
        make("deploy", OVERLAY=overlay)
        done = make("rollback", OVERLAY=overlay)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("rollout undo") == done.stdout.count("rollout status") >= 8


class TestTheScripts:
    def test_start_minikube_with_policies_and_metrics(self) -> None:
        done = make("minikube-up", MINIKUBE="minikube")
        assert done.returncode == 0, done.stderr
        assert re.search(r"minikube start .*--cni=calico.*metrics-server", done.stdout)
        assert done.stdout.count("image load") == 7
        order = [done.stdout.index(step) for step in ("minikube start", "image load", "cluster-secrets", "apply -k")]
        assert order == sorted(order)
        assert "http://" in done.stdout

    def test_redeploy_under_a_new_name(self) -> None:
        first, second = make("minikube-redeploy"), make("minikube-redeploy", TAG="abc124")
        tags = [re.findall(r"image load strongroom/gateway:(\S+)", done.stdout) for done in (first, second)]
        assert tags[0] != tags[1]
        assert "start" not in first.stdout.split("image load")[0]

    def test_refuse_what_does_not_exist(self) -> None:
        assert "there is no overlay moon" in make("deploy", OVERLAY="moon").stderr
        assert "set REGISTRY" in make("push", REGISTRY="").stderr

    def test_forward_with_an_end_and_close_what_they_opened(self, tmp_path: Path) -> None:
        # Stands in for kubectl: keeps a port-forward open until it is ended.
        there = tmp_path / "kubectl"
        there.write_text("#!/bin/sh\nexec sleep 60\n")
        there.chmod(0o700)
        own = {"DRY_RUN": "", "KUBECTL": str(there), "FORWARD_HOURS": "1"}
        pids = ROOT / ".tools/forward"
        try:
            opened = make("forward", **own)
            assert opened.returncode == 0, opened.stderr
            assert "http://localhost:8080" in opened.stdout
            assert make("forward", **own).stdout.count("forwarded already") == 4
            running = [int((pids / name).read_text().split()[0]) for name in ("gateway", "grafana")]
            assert all(Path(f"/proc/{pid}").exists() for pid in running)
        finally:
            closed = make("forward-stop", **own)
        assert closed.stdout.count("is closed") == 4
        assert not any((pids / name).exists() for name in ("gateway", "web", "prometheus", "grafana"))
        assert not any(_lives(pid) for pid in running)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except OSError:
        return False


def test_make_is_there_for_the_pipeline() -> None:
    assert os.access(ROOT / "deploy/cluster.sh", os.X_OK)
