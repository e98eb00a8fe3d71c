"""Fill the Secrets of a cluster (`strongroom cluster-secrets`): made once at random, kept in a folder of this machine.

The manifests hold Secrets without values. The values go to `kubectl` through a pipe, never through a command line or a
file of the repository, under a field manager of their own: applying the manifests again takes nothing away.
"""

import base64
import json
import os
import secrets
import subprocess  # nosec B404 - hands the values to kubectl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.bank_secrets import CLIENTS, SERVICES, ensure_secrets, secrets_for
from cli.data_folder import Refused
from cli.records import write_whole
from services.identity.store.key_files import ensure_signing_key

BANK = "strongroom"
MONITORING = "strongroom-monitoring"
FIELD_MANAGER = "strongroom-secrets"
KUBECTL_SECONDS = 60
_MADE = ("REDIS_PASSWORD", "GRAFANA_ADMIN_PASSWORD")
_GIVEN = ("NOTIFICATIONS_SMTP_USER", "NOTIFICATIONS_SMTP_PASSWORD")


@dataclass(frozen=True)
class ClusterSecret:
    """One Secret: where it is, and its values by key."""

    namespace: str
    name: str
    values: Mapping[str, bytes]

    def manifest(self) -> dict[str, object]:
        """Give it as Kubernetes takes it."""
        data = {key: base64.b64encode(value).decode() for key, value in sorted(self.values.items())}
        about = {"name": self.name, "namespace": self.namespace, "labels": {"app.kubernetes.io/part-of": BANK}}
        return {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "metadata": about, "data": data}


def _made(path: Path) -> dict[str, str]:
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in _MADE if not known.get(name)]
    if missing:
        known |= {name: secrets.token_urlsafe(32) for name in missing}
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, json.dumps(known, indent=1))
    return known


def _given(environment: Mapping[str, str], client: str) -> dict[str, str]:
    """Give what only a person knows: addresses of database servers, and the account at the mail server."""
    names = [f"{client.upper()}_DATABASE_URL", *(name for name in _GIVEN if name.startswith(client.upper()))]
    return {name: environment[name] for name in names if environment.get(name)}


def cluster_secrets(folder: Path, environment: Mapping[str, str]) -> list[ClusterSecret]:
    """Give every Secret of the bank, making what the folder does not have yet.

    `environment` may hold `<SERVICE>_DATABASE_URL` and `NOTIFICATIONS_SMTP_USER`, `…_PASSWORD`.

    :raises Refused: if the folder cannot be read or written
    """
    known = ensure_secrets(folder / "bank.env")
    keys = folder / "identity-keys"
    try:
        made = _made(folder / "cluster.json")
        ensure_signing_key(keys)
        key_files = {path.name: path.read_bytes() for path in keys.iterdir() if not path.name.startswith(".")}
    except OSError as wrong:
        raise Refused(f"The secrets in {folder} cannot be used: {wrong.strerror}.") from None
    found = []
    for client in CLIENTS:
        own = secrets_for(client, known) | (_given(environment, client) if client in SERVICES else {})
        found.append(_secret(BANK, f"{client}-secrets", own))
    found.append(ClusterSecret(BANK, "identity-keys", key_files))
    found.append(_secret(BANK, "redis-secrets", {"REDIS_PASSWORD": made["REDIS_PASSWORD"]}))
    found.append(_secret(MONITORING, "grafana-secrets", {"GRAFANA_ADMIN_PASSWORD": made["GRAFANA_ADMIN_PASSWORD"]}))
    return found


def _secret(namespace: str, name: str, values: Mapping[str, str]) -> ClusterSecret:
    return ClusterSecret(namespace, name, {key: value.encode() for key, value in values.items()})


def _kubectl(arguments: list[str], given: str = "") -> subprocess.CompletedProcess[str]:
    command = [os.environ.get("KUBECTL", "kubectl"), *arguments]
    try:
        return subprocess.run(
            command, input=given, capture_output=True, text=True, check=False, timeout=KUBECTL_SECONDS
        )
    except FileNotFoundError:
        raise Refused(f"{command[0]} is not there: install kubectl, or say where it is with KUBECTL.") from None
    except subprocess.TimeoutExpired:
        raise Refused(f"The cluster did not answer within {KUBECTL_SECONDS} s.") from None


def fill_cluster(folder: Path, environment: Mapping[str, str], *, context: str = "") -> list[str]:
    """Put the Secrets into the cluster of a kubectl context (the current one unless named); gives their names and keys.

    :raises Refused: if the cluster has secrets that were made on another machine, or kubectl fails
    """
    where = ["--context", context] if context else []
    if not (folder / "cluster.json").exists():
        look = ["get", "secret", "redis-secrets", "-n", BANK, "--ignore-not-found", "-o", "jsonpath={.data}"]
        there = _kubectl([*where, *look])
        if there.returncode == 0 and there.stdout.strip():
            raise Refused(f"The cluster has secrets that were not made here: bring their folder to {folder}.")
    found = cluster_secrets(folder, environment)
    content = {"apiVersion": "v1", "kind": "List", "items": [one.manifest() for one in found]}
    options = ["apply", "--server-side", "--field-manager", FIELD_MANAGER, "-f", "-"]
    done = _kubectl([*where, *options], json.dumps(content))
    if done.returncode != 0:
        # kubectl says which object it could not apply, not what is in it.
        raise Refused(f"kubectl could not apply the secrets: {done.stderr.strip().splitlines()[-1:]}")
    return [f"{one.namespace}/{one.name}: {', '.join(sorted(one.values))}" for one in found]
