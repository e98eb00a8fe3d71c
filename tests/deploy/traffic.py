"""Which connections the network policies let through: evaluated as a cluster does, for every pod and port.

A pod that some policy selects for a direction refuses what none of its policies allows; a connection needs the leave of
both ends. Addresses (`ipBlock`, or a rule without peers) stand for what is outside the cluster.
"""

from dataclasses import dataclass
from typing import Any

from tests.deploy.rendering import Object, containers, of_kind, pod_labels, workloads

OUTSIDE = "outside"
INGRESS = "ingress-nginx"


@dataclass(frozen=True)
class Pod:
    """Where a connection starts or ends."""

    name: str
    namespace: str
    labels: tuple[tuple[str, str], ...] = ()
    ports: tuple[tuple[str, int], ...] = ()


def pods_of(objects: list[Object]) -> list[Pod]:
    """Give a pod per workload."""
    return [
        Pod(
            pod_labels(one)["app.kubernetes.io/name"],
            one["metadata"]["namespace"],
            tuple(pod_labels(one).items()),
            tuple((port["name"], port["containerPort"]) for each in containers(one) for port in each.get("ports", [])),
        )
        for one in workloads(objects)
    ]


def _selects(selector: Object, labels: dict[str, str]) -> bool:
    wanted: dict[str, str] = selector.get("matchLabels", {})
    for each in selector.get("matchExpressions", []):
        assert each["operator"] == "In", "only In is used here"
        if labels.get(each["key"]) not in each["values"]:
            return False
    return wanted.items() <= labels.items()


def _is_peer(peer: Object, namespace: str, other: Pod) -> bool:
    if other.name == OUTSIDE:
        return "ipBlock" in peer
    if "ipBlock" in peer:
        return False
    if "namespaceSelector" in peer:
        if not _selects(peer["namespaceSelector"], {"kubernetes.io/metadata.name": other.namespace}):
            return False
    elif other.namespace != namespace:
        return False
    return _selects(peer.get("podSelector", {}), dict(other.labels))


def _allows(policies: list[Object], *, kind: str, at: Pod, other: Pod, port: tuple[str, int]) -> bool:
    side: Any = "from" if kind == "Ingress" else "to"
    mine = [
        one
        for one in policies
        if one["metadata"]["namespace"] == at.namespace
        and kind in one["spec"]["policyTypes"]
        and _selects(one["spec"]["podSelector"], dict(at.labels))
    ]
    if not mine:
        return True
    for policy in mine:
        for rule in policy["spec"].get(kind.lower(), []):
            named = {each["port"] for each in rule.get("ports", [])}
            if named and not named & set(port):
                continue
            if side not in rule or any(_is_peer(peer, policy["metadata"]["namespace"], other) for peer in rule[side]):
                return True
    return False


def connections(objects: list[Object]) -> set[tuple[str, str, int]]:
    """Give (from, to, port) for every connection to a port that a pod listens on."""
    policies = of_kind(objects, "NetworkPolicy")
    pods = pods_of(objects)
    sources = [*pods, Pod(OUTSIDE, OUTSIDE), Pod(INGRESS, INGRESS), Pod("stranger", "another")]
    found = set()
    for target in pods:
        for port in target.ports:
            for source in sources:
                if source.namespace == target.namespace and source.labels == target.labels:
                    continue
                out = _allows(policies, kind="Egress", at=source, other=target, port=port)
                if out and _allows(policies, kind="Ingress", at=target, other=source, port=port):
                    found.add((source.name, target.name, port[1]))
    return found
