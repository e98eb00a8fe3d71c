"""Labels are words of the code (a service, a route's template, a result), never what a person or a key is called."""

import ast

from tests.architecture.source_tree import ROOT

WORDS = {
    *("service", "method", "route", "status", "upstream", "callee", "outcome", "publisher", "kind", "result", "quota"),
    *("command", "state", "id"),
}
"""`id` is an invariant's."""


def labels() -> dict[str, set[str]]:
    """Give the labels of every metric that the code makes."""
    found = {}
    for root in ("shared", "services", "gateway"):
        for path in (ROOT / root).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Counter", "Gauge", "Histogram"):
                    name = node.args[0] if node.args else None
                    if isinstance(name, ast.Constant) and str(name.value).startswith("bank_"):
                        given = node.args[2] if len(node.args) > 2 else ast.List(elts=[])
                        found[str(name.value)] = set(ast.literal_eval(given))
    return found


class TestLabels:
    def test_are_words_of_the_code(self) -> None:
        assert {name: found - WORDS for name, found in labels().items() if found - WORDS} == {}

    def test_name_an_id_only_for_invariants(self) -> None:
        assert [name for name, found in labels().items() if "id" in found] == ["bank_invariant_violations_total"]

    def test_are_on_metrics_with_the_banks_names(self) -> None:
        assert len(labels()) > 25
