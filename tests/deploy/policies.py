"""The house rules for what runs in a cluster. Each takes rendered objects and gives what breaks it, one line each."""

from collections.abc import Callable, Iterator

from tests.deploy.rendering import (
    BANK,
    Object,
    containers,
    of_kind,
    pod_labels,
    pod_of,
    service_of,
    title,
    workloads,
)

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
# Their readiness would take the API that shares their pod out of service: a SQLite pod has its own rule below.
PASSENGERS = {"listener", "worker", "mailbox"}
Policy = Callable[[list[Object]], Iterator[str]]


def one_home_per_sqlite_store(objects: list[Object]) -> Iterator[str]:
    """A store of a service has one replica, on a volume that one pod at a time may mount."""
    for one in of_kind(objects, "StatefulSet"):
        if one["spec"].get("replicas") != 1:
            yield f"{title(one)} has {one['spec'].get('replicas')} replicas"
        for claim in one["spec"].get("volumeClaimTemplates", [{}]):
            if claim.get("spec", {}).get("accessModes") != ["ReadWriteOncePod"]:
                yield f"{title(one)} has a volume that several pods may mount"
    scaled = {one["spec"]["scaleTargetRef"]["name"] for one in _autoscalers(objects)}
    for one in of_kind(objects, "StatefulSet"):
        if one["metadata"]["name"] in scaled:
            yield f"{title(one)} is scaled"


def pods_are_locked(objects: list[Object]) -> Iterator[str]:
    """Not root, a read-only root, no capability, the runtime's seccomp profile, no token of the cluster."""
    for one in workloads(objects):
        pod = pod_of(one)
        if not pod["securityContext"].get("runAsNonRoot") or not pod["securityContext"].get("runAsUser"):
            yield f"{title(one)} may run as root"
        if pod["securityContext"].get("seccompProfile") != {"type": "RuntimeDefault"}:
            yield f"{title(one)} has no seccomp profile"
        if pod.get("automountServiceAccountToken") is not False and service_of(one) != "prometheus":
            yield f"{title(one)} gets a token of the cluster"
        for each in containers(one):
            lock = each.get("securityContext", {})
            if not lock.get("readOnlyRootFilesystem") or lock.get("allowPrivilegeEscalation") is not False:
                yield f"{title(one)}/{each['name']} may write its root or become more"
            if lock.get("capabilities") != {"drop": ["ALL"]}:
                yield f"{title(one)}/{each['name']} keeps capabilities"


def resources_are_limited(objects: list[Object]) -> Iterator[str]:
    """Each container asks for CPU and memory and has a limit of both."""
    for one in workloads(objects):
        for each in containers(one):
            for side in ("requests", "limits"):
                if set(each.get("resources", {}).get(side, {})) != {"cpu", "memory"}:
                    yield f"{title(one)}/{each['name']} has no {side}"


def liveness_stands_alone(objects: list[Object]) -> Iterator[str]:
    """Liveness asks the process itself; readiness, where a container has one, is another question."""
    for one in of_kind(objects, "Deployment", "StatefulSet"):
        for each in containers(one, first=False):
            place = f"{title(one)}/{each['name']}"
            live, ready = each.get("livenessProbe"), each.get("readinessProbe")
            if not live:
                yield f"{place} has no liveness probe"
                continue
            if service_of(one) not in (*SERVICES, "gateway"):
                continue
            path = live.get("httpGet", {}).get("path")
            if path != "/livez" and each["name"] != "beat":
                yield f"{place} is alive by {path}"
            passenger = one["kind"] == "StatefulSet" and each["name"] in PASSENGERS
            if passenger and ready:
                yield f"{place} takes the API beside it out of service"
            if not passenger and each["name"] != "beat" and (ready or {}).get("httpGet", {}).get("path") != "/readyz":
                yield f"{place} is not asked for /readyz"


def probes_meet_a_port(objects: list[Object]) -> Iterator[str]:
    """A probe names a port of its own container."""
    for one in workloads(objects):
        for each in containers(one):
            ports = {port["name"] for port in each.get("ports", [])}
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                asked = each.get(probe, {}).get("httpGet", {}).get("port")
                if asked is not None and asked not in ports:
                    yield f"{title(one)}/{each['name']}: {probe} asks port {asked}"


def stops_are_graceful(objects: list[Object]) -> Iterator[str]:
    """A pod has time to drain; a door waits before it stops; the writer outlives the API that drains into it."""
    for one in of_kind(objects, "Deployment", "StatefulSet"):
        if pod_of(one).get("terminationGracePeriodSeconds", 0) < 15:
            yield f"{title(one)} has no time to stop"
        waits = {
            each["name"]: each.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
            for each in containers(one, first=False)
        }
        for name in ("api", "gateway", "web"):
            if name in waits and waits[name] < 3:
                yield f"{title(one)}/{name} stops while requests still come"
        if "writer" in waits and waits["writer"] < waits["api"] + 10:
            yield f"{title(one)}/writer stops before the API has drained"


def disruptions_are_budgeted(objects: list[Object]) -> Iterator[str]:
    """Each workload that stays has one budget, which lets a node be drained."""
    budgets = of_kind(objects, "PodDisruptionBudget")
    for one in of_kind(objects, "Deployment", "StatefulSet"):
        space, labels = one["metadata"]["namespace"], pod_labels(one).items()
        mine = [
            budget["spec"]
            for budget in budgets
            if budget["metadata"]["namespace"] == space and budget["spec"]["selector"]["matchLabels"].items() <= labels
        ]
        if len(mine) != 1:
            yield f"{title(one)} has {len(mine)} budgets"
        fewest = _fewest(objects, one)
        if any(budget.get("minAvailable", 0) >= fewest for budget in mine):
            yield f"{title(one)}: its budget keeps its node from being drained"


def deployments_scale(objects: list[Object]) -> Iterator[str]:
    """Gateway, web, and on PostgreSQL each API, listener and worker scale on CPU, and say no replicas themselves."""
    scaled = {one["spec"]["scaleTargetRef"]["name"]: one["spec"] for one in _autoscalers(objects)}
    for one in of_kind(objects, "Deployment"):
        name, component = one["metadata"]["name"], pod_labels(one)["app.kubernetes.io/component"]
        if component not in {"door", "api", "listener", "worker"}:
            continue
        metrics = [each["resource"]["name"] for each in scaled.get(name, {}).get("metrics", [])]
        if metrics != ["cpu"]:
            yield f"{title(one)} does not scale on CPU"
        if "replicas" in one["spec"]:
            yield f"{title(one)} sets replicas against its autoscaler"
    deployments = {one["metadata"]["name"] for one in of_kind(objects, "Deployment")}
    for name in scaled.keys() - deployments:
        yield f"HorizontalPodAutoscaler of {name} scales nothing"


def schedules_are_single(objects: list[Object]) -> Iterator[str]:
    """One beat per service that has a worker: two would send everything twice."""
    for one in workloads(objects):
        names = [each["name"] for each in containers(one, first=False)]
        alone = one["spec"].get("replicas") == 1 and one["spec"].get("strategy", {}).get("type") != "RollingUpdate"
        if one["kind"] == "Deployment":
            alone = alone and one["spec"].get("strategy", {}).get("type") == "Recreate"
        if "beat" in names and not alone:
            yield f"{title(one)} may run its schedule twice"


def secrets_are_empty(objects: list[Object]) -> Iterator[str]:
    """No manifest carries a secret value; what a pod reads of a Secret names a Secret that exists."""
    known = {(one["metadata"]["namespace"], one["metadata"]["name"]) for one in of_kind(objects, "Secret")}
    for one in of_kind(objects, "Secret"):
        if one.get("data") or one.get("stringData"):
            yield f"{title(one)} has values"
    for one in workloads(objects):
        space = one["metadata"]["namespace"]
        names = {
            source["valueFrom"]["secretKeyRef"]["name"]
            for each in containers(one)
            for source in each.get("env", [])
            if "secretKeyRef" in source.get("valueFrom", {})
        }
        names |= {volume["secret"]["secretName"] for volume in pod_of(one)["volumes"] if "secret" in volume}
        for name in names:
            if (space, name) not in known:
                yield f"{title(one)} reads Secret {name}, which is not there"
        own = {f"{service}-secrets" for service in (*SERVICES, "gateway")} - {f"{service_of(one)}-secrets"}
        for name in names & own:
            yield f"{title(one)} reads another's {name}"


def namespaces_are_guarded(objects: list[Object]) -> Iterator[str]:
    """Each namespace refuses pods that are not locked down, and all traffic that no policy names."""
    for one in of_kind(objects, "Namespace"):
        if one["metadata"]["labels"].get("pod-security.kubernetes.io/enforce") != "restricted":
            yield f"{title(one)} takes any pod"
        closed = [
            policy
            for policy in of_kind(objects, "NetworkPolicy")
            if policy["metadata"]["namespace"] == one["metadata"]["name"]
            and policy["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
        ]
        if len(closed) != 1:
            yield f"{title(one)} is open by default"
    for one in objects:
        if one["kind"] != "Namespace" and not one["metadata"].get("namespace", "").startswith(BANK):
            yield f"{title(one)} is in no namespace of the bank"


def images_are_named(objects: list[Object]) -> Iterator[str]:
    """Each image has a tag that is not `latest`."""
    for one in workloads(objects):
        for each in containers(one):
            tag = each["image"].rpartition(":")[2]
            if "/" in tag or tag in {"", "latest"} or ":" not in each["image"]:
                yield f"{title(one)}/{each['name']} runs {each['image']}"


def _autoscalers(objects: list[Object]) -> list[Object]:
    return of_kind(objects, "HorizontalPodAutoscaler")


def _fewest(objects: list[Object], workload: Object) -> int:
    """Give how many pods a workload has at least."""
    for one in _autoscalers(objects):
        if one["spec"]["scaleTargetRef"]["name"] == workload["metadata"]["name"]:
            return int(one["spec"]["minReplicas"])
    return int(workload["spec"].get("replicas", 1))


POLICIES: tuple[Policy, ...] = (
    one_home_per_sqlite_store,
    pods_are_locked,
    resources_are_limited,
    liveness_stands_alone,
    probes_meet_a_port,
    stops_are_graceful,
    disruptions_are_budgeted,
    deployments_scale,
    schedules_are_single,
    secrets_are_empty,
    namespaces_are_guarded,
    images_are_named,
)
