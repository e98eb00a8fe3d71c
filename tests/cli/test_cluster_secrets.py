"""The secrets of a cluster: complete, made once, private on disk, and never in an argument or in what is printed."""

import base64
import json
import os
import stat
from pathlib import Path

import pytest

from cli import cluster_secrets as room
from cli.cluster_secrets import ClusterSecret, cluster_secrets, fill_cluster
from cli.data_folder import Refused
from services.identity.store.key_files import load_signing_keys
from tests.deploy.rendering import Object, containers, kubectl, of_kind, pod_of, rendered, workloads

DATABASES = {
    f"{one}_DATABASE_URL": f"postgresql://{one}"
    for one in ("IDENTITY", "ACCOUNTS", "TRANSACTIONS", "SUPPORT", "NOTIFICATIONS")
}


def needed(objects: list[Object]) -> set[tuple[str, str, str]]:
    """Give (namespace, Secret, key) of everything that a pod cannot start without."""
    found = set()
    for one in workloads(objects):
        for each in containers(one):
            for source in each.get("env", []):
                ref = source.get("valueFrom", {}).get("secretKeyRef")
                if ref and not ref.get("optional"):
                    found.add((one["metadata"]["namespace"], ref["name"], ref["key"]))
    return found


def made(folder: Path, environment: dict[str, str] | None = None) -> dict[tuple[str, str], ClusterSecret]:
    return {(one.namespace, one.name): one for one in cluster_secrets(folder, environment or {})}


class TestClusterSecrets:
    def test_hold_what_the_pods_of_the_local_overlay_need(self, tmp_path: Path) -> None:
        known = made(tmp_path)
        assert {need for need in needed(rendered("local")) if need[2] not in known[need[:2]].values} == set()

    def test_hold_what_production_needs_once_the_databases_are_named(self, tmp_path: Path) -> None:
        wanted = needed(rendered("production"))
        without = made(tmp_path)
        assert {need[2] for need in wanted if need[2] not in without[need[:2]].values} == set(DATABASES)
        known = made(tmp_path, DATABASES)
        assert {need for need in wanted if need[2] not in known[need[:2]].values} == set()

    @pytest.mark.parametrize("overlay", ["local", "production"])
    def test_are_the_secrets_that_the_manifests_have_without_values(self, tmp_path: Path, overlay: str) -> None:
        empty = of_kind(rendered(overlay), "Secret")
        assert {(one["metadata"]["namespace"], one["metadata"]["name"]) for one in empty} == made(tmp_path).keys()

    def test_give_a_service_its_own_and_no_others(self, tmp_path: Path) -> None:
        known = made(tmp_path, DATABASES)
        assert set(known["strongroom", "accounts-secrets"].values) == {
            "ACCOUNTS_CLIENT_SECRET",
            "ACCOUNTS_DATABASE_URL",
        }
        assert set(known["strongroom", "gateway-secrets"].values) == {"GATEWAY_CLIENT_SECRET"}

    def test_carry_a_key_that_identity_signs_with(self, tmp_path: Path) -> None:
        mount = tmp_path / "mount"
        mount.mkdir()
        for name, content in made(tmp_path / "cluster")["strongroom", "identity-keys"].values.items():
            (mount / name).write_bytes(content)
        assert load_signing_keys(mount).jwks()["keys"]
        volumes = [volume for one in workloads(rendered("local")) for volume in pod_of(one)["volumes"]]
        assert {"name": "keys", "secret": {"secretName": "identity-keys", "defaultMode": 0o440}} in volumes

    def test_are_made_once(self, tmp_path: Path) -> None:
        assert made(tmp_path) == made(tmp_path)

    def test_are_read_by_their_owner_only(self, tmp_path: Path) -> None:
        made(tmp_path)
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) >= 4
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}

    def test_are_manifests_that_a_cluster_takes(self, tmp_path: Path) -> None:
        import kubernetes_validate

        for one in made(tmp_path, DATABASES).values():
            kubernetes_validate.validate(one.manifest(), "1.37", strict=True)
        shown = made(tmp_path)["strongroom", "redis-secrets"]
        data = json.loads(json.dumps(shown.manifest()))["data"]
        assert base64.b64decode(data["REDIS_PASSWORD"]) == shown.values["REDIS_PASSWORD"]


class TestFillCluster:
    def test_ends_with_one_line_where_there_is_no_kubectl(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KUBECTL", str(tmp_path / "kubectl"))
        with pytest.raises(Refused, match="is not there: install kubectl"):
            fill_cluster(tmp_path, {})

    def test_ends_with_one_line_where_there_is_no_cluster(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KUBECTL", kubectl())
        monkeypatch.setenv("KUBECONFIG", str(tmp_path / "none"))
        with pytest.raises(Refused, match="kubectl could not apply the secrets") as refused:
            fill_cluster(tmp_path / "folder", {})
        values = [one.values for one in cluster_secrets(tmp_path / "folder", {})]
        assert not any(value in str(refused.value).encode() for each in values for value in each.values())

    def test_refuses_to_replace_secrets_that_were_made_elsewhere(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Stands in for a cluster that has a password already.
        there = tmp_path / "kubectl"
        there.write_text('#!/bin/sh\necho \'{"REDIS_PASSWORD":"b2xk"}\'\n')
        there.chmod(0o700)
        monkeypatch.setenv("KUBECTL", str(there))
        with pytest.raises(Refused, match="not made here"):
            fill_cluster(tmp_path / "folder", {})
        assert not (tmp_path / "folder").exists()

    def test_hands_values_over_by_pipe_and_prints_names(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        # Stands in for kubectl, and writes down what it was given.
        there = tmp_path / "kubectl"
        there.write_text(
            f'#!/bin/sh\nprintf "%s " "$@" >>{tmp_path}/arguments\n[ "$1" = get ] || cat >{tmp_path}/given\n'
        )
        there.chmod(0o700)
        monkeypatch.setenv("KUBECTL", str(there))
        printed = fill_cluster(tmp_path / "folder", os.environ)
        given = json.loads((tmp_path / "given").read_text())
        assert len(given["items"]) == len(printed) == 9
        password = made(tmp_path / "folder")["strongroom", "redis-secrets"].values["REDIS_PASSWORD"].decode()
        arguments = (tmp_path / "arguments").read_text()
        assert "--server-side --field-manager strongroom-secrets" in arguments
        assert password not in arguments + "\n".join(printed)
        assert "strongroom/redis-secrets: REDIS_PASSWORD" in printed


def test_the_namespaces_are_those_of_the_manifests() -> None:
    names = {one["metadata"]["name"] for one in of_kind(rendered("local"), "Namespace")}
    assert names == {room.BANK, room.MONITORING}
