"""The rendered manifests keep the house rules, and each rule notices when they do not."""

from collections.abc import Callable

import pytest

from tests.deploy import policies
from tests.deploy.policies import POLICIES, SERVICES, Policy
from tests.deploy.rendering import (
    OVERLAYS,
    Object,
    containers,
    named,
    of_kind,
    pod_of,
    rendered,
    service_of,
    workloads,
)


class TestTheOverlays:
    @pytest.mark.parametrize("overlay", [*OVERLAYS, "base"])
    @pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.__name__)
    def test_keep_every_policy(self, policy: Policy, overlay: str) -> None:
        assert list(policy(rendered(overlay))) == []


def _accounts(objects: list[Object]) -> Object:
    return named(objects, "StatefulSet", "accounts")


def _container(objects: list[Object], name: str) -> Object:
    return next(each for each in containers(_accounts(objects)) if each["name"] == name)


def _scale_the_store(objects: list[Object]) -> None:
    _accounts(objects)["spec"]["replicas"] = 2


def _share_the_volume(objects: list[Object]) -> None:
    _accounts(objects)["spec"]["volumeClaimTemplates"][0]["spec"]["accessModes"] = ["ReadWriteMany"]


def _become_root(objects: list[Object]) -> None:
    pod_of(_accounts(objects))["securityContext"]["runAsNonRoot"] = False


def _keep_capabilities(objects: list[Object]) -> None:
    _container(objects, "migrate")["securityContext"] = {"readOnlyRootFilesystem": True}


def _take_all_memory(objects: list[Object]) -> None:
    _container(objects, "worker")["resources"] = {"requests": {"cpu": "1", "memory": "1Gi"}}


def _live_by_readiness(objects: list[Object]) -> None:
    _container(objects, "api")["livenessProbe"]["httpGet"]["path"] = "/readyz"


def _worker_decides_readiness(objects: list[Object]) -> None:
    _container(objects, "worker")["readinessProbe"] = {"httpGet": {"path": "/readyz", "port": "worker-ops"}}


def _probe_another_port(objects: list[Object]) -> None:
    _container(objects, "api")["livenessProbe"]["httpGet"]["port"] = "worker-ops"


def _stop_at_once(objects: list[Object]) -> None:
    del _container(objects, "api")["lifecycle"]


def _never_drain(objects: list[Object]) -> None:
    named(objects, "PodDisruptionBudget", "accounts-store")["spec"] |= {"minAvailable": 1}


def _no_autoscaler(objects: list[Object]) -> None:
    objects.remove(named(objects, "HorizontalPodAutoscaler", "gateway"))


def _scaled_schedule(objects: list[Object]) -> None:
    _accounts(objects)["spec"]["replicas"] = 3


def _write_a_secret(objects: list[Object]) -> None:
    named(objects, "Secret", "redis-secrets")["stringData"] = {"REDIS_PASSWORD": "x"}


def _read_anothers_secret(objects: list[Object]) -> None:
    source = _container(objects, "api")["env"][0]
    source["valueFrom"]["secretKeyRef"]["name"] = "identity-secrets"


def _open_the_namespace(objects: list[Object]) -> None:
    objects.remove(
        next(
            one
            for one in of_kind(objects, "NetworkPolicy")
            if one["metadata"]["name"] == "default-deny" and one["metadata"]["namespace"] == "strongroom"
        )
    )


def _run_the_latest(objects: list[Object]) -> None:
    _container(objects, "api")["image"] = "strongroom/accounts:latest"


BREAKS: tuple[tuple[Policy, Callable[[list[Object]], None]], ...] = (
    (policies.one_home_per_sqlite_store, _scale_the_store),
    (policies.one_home_per_sqlite_store, _share_the_volume),
    (policies.pods_are_locked, _become_root),
    (policies.pods_are_locked, _keep_capabilities),
    (policies.resources_are_limited, _take_all_memory),
    (policies.liveness_stands_alone, _live_by_readiness),
    (policies.liveness_stands_alone, _worker_decides_readiness),
    (policies.probes_meet_a_port, _probe_another_port),
    (policies.stops_are_graceful, _stop_at_once),
    (policies.disruptions_are_budgeted, _never_drain),
    (policies.deployments_scale, _no_autoscaler),
    (policies.schedules_are_single, _scaled_schedule),
    (policies.secrets_are_empty, _write_a_secret),
    (policies.secrets_are_empty, _read_anothers_secret),
    (policies.namespaces_are_guarded, _open_the_namespace),
    (policies.images_are_named, _run_the_latest),
)


class TestAPolicy:
    @pytest.mark.parametrize(("policy", "breaking"), BREAKS, ids=lambda one: one.__name__.strip("_"))
    def test_notices_its_breach(self, policy: Policy, breaking: Callable[[list[Object]], None]) -> None:
        objects = rendered("local")
        breaking(objects)
        assert list(policy(objects)) != []

    def test_has_a_breach_each(self) -> None:
        assert {policy for policy, _ in BREAKS} == set(POLICIES)


class TestTheShape:
    def test_on_sqlite_is_one_pod_per_service_with_all_its_doors(self) -> None:
        objects = rendered("local")
        for service in SERVICES:
            pod = named(objects, "StatefulSet", service)
            assert [each["name"] for each in pod_of(pod)["initContainers"]] == ["migrate"]
            assert {"api", "listener"} <= {each["name"] for each in pod_of(pod)["containers"]}
        assert {one["metadata"]["name"] for one in of_kind(objects, "StatefulSet")} == {
            *SERVICES,
            "prometheus",
            "alertmanager",
        }
        assert of_kind(objects, "Job") == []

    def test_on_postgresql_is_a_deployment_per_door_and_a_migration_job_per_service(self) -> None:
        objects = rendered("production")
        names = {one["metadata"]["name"] for one in of_kind(objects, "Deployment")}
        assert names >= {*SERVICES, *(f"{service}-listener" for service in SERVICES)}
        assert {one["metadata"]["name"] for one in of_kind(objects, "StatefulSet")} == {"prometheus", "alertmanager"}
        assert {one["metadata"]["name"] for one in of_kind(objects, "Job")} == {f"{one}-migrate" for one in SERVICES}

    def test_gives_every_process_on_postgresql_the_address_of_its_store(self) -> None:
        for one in workloads(rendered("production")):
            service = service_of(one)
            if service in SERVICES:
                for each in containers(one):
                    assert f"{service.upper()}_DATABASE_URL" in {source["name"] for source in each["env"]}

    def test_runs_the_mail_server_of_the_sandbox_in_the_local_overlay_only(self) -> None:
        local, production = rendered("local"), rendered("production")
        running = [each["name"] for one in workloads(local) for each in containers(one)]
        assert running.count("mailbox") == 1
        assert "mailbox" not in [each["name"] for one in workloads(production) for each in containers(one)]
        assert named(local, "ConfigMap", "bank")["data"]["BANK_ENVIRONMENT"] == "sandbox"
        assert named(production, "ConfigMap", "bank")["data"]["BANK_ENVIRONMENT"] == "production"

    def test_has_node_ports_for_gateway_web_prometheus_and_grafana_in_the_local_overlay_only(self) -> None:
        def ports(overlay: str) -> set[str]:
            services = of_kind(rendered(overlay), "Service")
            return {
                one["spec"]["selector"]["app.kubernetes.io/name"]
                for one in services
                if one["spec"].get("type") == "NodePort"
            }

        assert ports("local") == {"gateway", "web", "prometheus", "grafana"}
        assert ports("production") == set()

    @pytest.mark.parametrize("overlay", OVERLAYS)
    def test_keeps_what_prometheus_and_grafana_know_on_volumes(self, overlay: str) -> None:
        objects = rendered(overlay)
        claims = named(objects, "StatefulSet", "prometheus")["spec"]["volumeClaimTemplates"]
        grafana = pod_of(named(objects, "Deployment", "grafana"))["volumes"]
        assert claims[0]["metadata"]["name"] == "data"
        assert {"name": "data", "persistentVolumeClaim": {"claimName": "grafana"}} in grafana
        assert named(objects, "PersistentVolumeClaim", "grafana")["metadata"]["namespace"] == "strongroom-monitoring"
