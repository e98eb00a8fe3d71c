"""The overlays as a cluster would get them: rendered by kubectl's kustomize, read as YAML."""

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
OVERLAYS = ("local", "production")
BANK = "strongroom"
MONITORING = "strongroom-monitoring"
Object = dict[str, Any]


@cache
def kubectl() -> str:
    """Give the path of a kubectl whose kustomize knows components."""
    done = subprocess.run(
        [ROOT / "deploy/tools.sh", "kubectl"], capture_output=True, text=True, check=True, timeout=300
    )
    return done.stdout.strip()


@cache
def rendered_text(overlay: str) -> str:
    """Give an overlay's YAML; `base` is the bank without an overlay."""
    folder = ROOT / "deploy/k8s" / ("base" if overlay == "base" else f"overlays/{overlay}")
    done = subprocess.run([kubectl(), "kustomize", folder], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rendered(overlay: str) -> list[Object]:
    """Give an overlay's objects; each call gives fresh ones, so a test may change them."""
    return [one for one in yaml.load_all(rendered_text(overlay), Loader=_LOADER) if one]


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def of_kind(objects: list[Object], *kinds: str) -> list[Object]:
    """Give the objects of the kinds."""
    return [one for one in objects if one["kind"] in kinds]


def named(objects: list[Object], kind: str, name: str) -> Object:
    """Give the one object of that kind and name; a generated name may end in its hash."""
    found = [
        one
        for one in of_kind(objects, kind)
        if one["metadata"]["name"] == name or (kind == "ConfigMap" and one["metadata"]["name"].startswith(f"{name}-"))
    ]
    assert len(found) == 1, f"{kind}/{name}: {len(found)} found"
    return found[0]


def title(one: Object) -> str:
    """Name an object in a message."""
    return f"{one['kind']}/{one['metadata']['name']}"


def workloads(objects: list[Object]) -> list[Object]:
    """Give what makes pods."""
    return of_kind(objects, "Deployment", "StatefulSet", "Job")


def pod_of(workload: Object) -> Object:
    """Give the pod's specification."""
    spec: Object = workload["spec"]["template"]["spec"]
    return spec


def pod_labels(workload: Object) -> dict[str, str]:
    """Give the pod's labels."""
    labels: dict[str, str] = workload["spec"]["template"]["metadata"]["labels"]
    return labels


def containers(workload: Object, *, first: bool = True) -> list[Object]:
    """Give a workload's containers, those that run first included unless told otherwise."""
    pod = pod_of(workload)
    return [*(pod.get("initContainers", []) if first else []), *pod["containers"]]


def service_of(workload: Object) -> str:
    """Give which service (or other part) of the bank a workload belongs to."""
    return pod_labels(workload)["app.kubernetes.io/name"]


def environment() -> dict[str, str]:
    """Give this process's environment without what would point kubectl at a cluster."""
    return {name: value for name, value in os.environ.items() if name != "KUBECONFIG"}
