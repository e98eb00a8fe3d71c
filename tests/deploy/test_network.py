"""The edges of the network policies are the edges of the code: none is missing, none is more than is used."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.source_tree import SERVICES
from tests.deploy.calls_in_code import http_edges, own_http, redis_users
from tests.deploy.rendering import OVERLAYS, ROOT, Object, containers, named, of_kind, rendered
from tests.deploy.traffic import INGRESS, OUTSIDE, Pod, connections, pods_of

API_PORTS = {"identity": 8001, "accounts": 8002, "transactions": 8003, "support": 8004, "notifications": 8005}
REDIS = 6379
NGINX = ROOT / "frontend/nginx.conf"


def calls_of_web(objects: list[Object]) -> set[tuple[str, str, int]]:
    """Give where nginx of the web app is told to pass the API."""
    told = " ".join(containers(named(objects, "Deployment", "web"))[0]["command"])
    return {("web", name, int(port)) for name, port in re.findall(r"proxy_pass http://(\w+):(\d+)", told)}


def scraped_ports(pod: Pod) -> set[int]:
    """Give the ports that Prometheus' own configuration picks from a pod."""
    config: Any = yaml.safe_load((ROOT / "monitoring/prometheus/kubernetes.yml").read_text())
    bank = next(job for job in config["scrape_configs"] if job["job_name"] == "bank")
    rule = next(each for each in bank["relabel_configs"] if "container_port_name" in each["source_labels"][0])
    return {number for name, number in pod.ports if re.fullmatch(rule["regex"], name)}


def expected(objects: list[Object], overlay: str) -> set[tuple[str, str, int]]:
    """Give every connection that the code, the monitoring and people need, and no other."""
    calls = {(caller, callee, API_PORTS[callee]) for caller, callee in http_edges()}
    calls |= calls_of_web(objects)
    doorbell = {(service, "redis", REDIS) for service in redis_users()}
    metrics = {
        ("prometheus", pod.name, port)
        for pod in pods_of(objects)
        if pod.namespace == "strongroom"
        for port in scraped_ports(pod)
    }
    watching = {("flower", "redis", REDIS), ("grafana", "prometheus", 9090), ("prometheus", "alertmanager", 9093)}
    people = {(INGRESS, "gateway", 8080), (INGRESS, "web", 8080)}
    if overlay == "local":
        people |= {(OUTSIDE, "gateway", 8080), (OUTSIDE, "web", 8080)}
        people |= {(OUTSIDE, "prometheus", 9090), (OUTSIDE, "grafana", 3000)}
    return calls | doorbell | metrics | watching | people


class TestTheCode:
    def test_calls_others_through_the_shared_client_only(self) -> None:
        assert {service: found for service in SERVICES if (found := own_http(service))} == {}

    def test_is_read_well_enough_to_find_known_calls(self) -> None:
        known = {("accounts", "transactions"), ("notifications", "support"), ("transactions", "identity")}
        assert known <= http_edges()
        assert ("support", "notifications") not in http_edges()


class TestTheWebApp:
    @pytest.mark.skipif(not NGINX.exists(), reason="the image of the web app is not there yet")
    def test_finds_the_gateway_by_its_service(self, tmp_path: Path) -> None:
        edit = containers(named(rendered("local"), "Deployment", "web"))[0]["command"][2].split("&&")[0]
        here = edit.replace("/tmp/", f"{tmp_path}/").replace("/etc/nginx/nginx.conf", str(NGINX))
        subprocess.run(["sh", "-c", here], check=True, timeout=10)
        edited = (tmp_path / "nginx.conf").read_text(encoding="utf-8")
        assert "proxy_pass http://gateway:8080;" in edited
        assert "resolver" not in re.sub(r"#.*", "", edited)
        assert "$gateway" not in edited


@pytest.mark.parametrize("overlay", OVERLAYS)
class TestThePolicies:
    def test_let_through_what_is_used_and_nothing_else(self, overlay: str) -> None:
        objects = rendered(overlay)
        wanted, let_through = expected(objects, overlay), connections(objects)
        if overlay == "local":  # one pod of each service: what it asks itself stays inside
            wanted = {call for call in wanted if call[0] != call[1]}
        assert wanted - let_through == set(), "the code needs these"
        assert let_through - wanted == set(), "nobody uses these"

    def test_break_the_bank_when_one_is_taken_away(self, overlay: str) -> None:
        objects = rendered(overlay)
        objects.remove(named(objects, "NetworkPolicy", "support"))
        assert expected(objects, overlay) - connections(objects) != set()

    def test_are_too_wide_when_an_edge_is_added_that_nobody_uses(self, overlay: str) -> None:
        objects = rendered(overlay)
        named(objects, "NetworkPolicy", "web")["spec"]["egress"].append({"ports": [{"port": REDIS}]})
        named(objects, "NetworkPolicy", "redis")["spec"]["ingress"].append({"ports": [{"port": "redis"}]})
        assert ("web", "redis", REDIS) in connections(objects) - expected(objects, overlay)

    def test_leave_every_process_of_the_bank_within_reach_of_prometheus(self, overlay: str) -> None:
        for pod in pods_of(rendered(overlay)):
            if pod.namespace == "strongroom" and pod.ports and pod.name != "web":
                assert scraped_ports(pod), pod.name

    def test_let_names_be_asked(self, overlay: str) -> None:
        for space in ("strongroom", "strongroom-monitoring"):
            names = [
                one
                for one in of_kind(rendered(overlay), "NetworkPolicy")
                if one["metadata"]["name"] == "names" and one["metadata"]["namespace"] == space
            ]
            assert {port["port"] for port in names[0]["spec"]["egress"][0]["ports"]} == {53}
