"""The README's picture of the cluster shows what is deployed: every part, and every call between services."""

import re

from tests.architecture.source_tree import SERVICES
from tests.deploy.calls_in_code import http_edges
from tests.deploy.rendering import ROOT, rendered, service_of, workloads


def picture() -> str:
    """Give the Mermaid text of the section about Kubernetes."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## On Kubernetes\n", maxsplit=1)[1]
    return section.split("```mermaid\n", maxsplit=1)[1].split("```", maxsplit=1)[0]


def drawn_calls() -> set[tuple[str, str]]:
    """Give the solid arrows between parts of the bank."""
    found = set()
    for caller, callees in re.findall(r"^\s+(\w+) --> ([\w &]+)$", picture(), re.MULTILINE):
        found |= {(caller, callee) for callee in callees.split(" & ")}
    return {(caller, callee) for caller, callee in found if {caller, callee} <= {*SERVICES, "gateway"}}


class TestTheDiagram:
    def test_names_every_part_that_is_deployed(self) -> None:
        parts = {service_of(one) for overlay in ("local", "production") for one in workloads(rendered(overlay))}
        assert {part for part in parts if part not in picture()} == set()

    def test_draws_the_calls_of_the_code_but_those_that_all_make(self) -> None:
        # That every service asks identity for keys and tokens is a sentence below the picture.
        everybody = {(service, "identity") for service in SERVICES} - {("accounts", "identity")}
        to_itself = {(service, service) for service in SERVICES}
        assert drawn_calls() == http_edges() - everybody - to_itself

    def test_names_both_namespaces(self) -> None:
        assert "namespace strongroom," in picture()
        assert "namespace strongroom-monitoring," in picture()
