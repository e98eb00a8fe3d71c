"""Each code of the published catalogue has a test, and each says what to do next.

The ledger's codes are provoked one by one in `tests/contract/test_refusals.py`. For every other code some test must
name it, or the class that carries it.
"""

import ast
import json
import re

from gateway.views.documents import PROBLEMS_FILE
from tests.architecture.source_tree import CODE, ROOT, listed, nodes, python_files
from tests.contract.test_refusals import PROVOKED

CATALOGUE = json.loads(PROBLEMS_FILE.read_text())["problems"]
CODES = [entry["code"] for entry in CATALOGUE]


def classes_by_code() -> dict[str, set[str]]:
    """Which classes carry a code as a literal."""
    found: dict[str, set[str]] = {}
    for path in python_files(*CODE):
        for node in nodes(path, ast.ClassDef):
            assert isinstance(node, ast.ClassDef)
            for part in node.body:
                value = getattr(part, "value", None)
                targets = part.targets if isinstance(part, ast.Assign) else [getattr(part, "target", None)]
                named = [one.id for one in targets if isinstance(one, ast.Name)]
                if named == ["code"] and isinstance(value, ast.Constant):
                    found.setdefault(str(value.value), set()).add(node.name)
    return found


def words_in_tests() -> set[str]:
    """Every string and every name that stands in a test's code; what stands in comments does not count."""
    found: set[str] = set()
    for path in python_files("tests"):
        if path.name.startswith("test_") and path != ROOT / "tests/architecture/test_refusals.py":
            for node in nodes(path, ast.Constant, ast.Name, ast.Attribute):
                if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                    text = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
                    found.update(re.findall(r"[a-z]+\.[a-z-]+", text))
                elif isinstance(node, ast.Name):
                    found.add(node.id)
                elif isinstance(node, ast.Attribute):
                    found.add(node.attr)
    return found


class TestCatalogue:
    def test_has_every_code_of_the_ledger_provoked(self) -> None:
        ledger = {code for code in CODES if code.startswith("transactions.")}
        assert ledger - set(PROVOKED) == set(), "provoke them in tests/contract/test_refusals.py"
        assert set(PROVOKED) - ledger == set(), "no longer in the catalogue"

    def test_has_every_other_code_in_a_test(self) -> None:
        classes, words = classes_by_code(), words_in_tests()
        named = [name for classes_of_code in classes.values() for name in classes_of_code]
        own = {code: {name for name in names if named.count(name) == 1} for code, names in classes.items()}
        others = [code for code in CODES if not code.startswith("transactions.")]
        untested = [code for code in others if not ({code} | own.get(code, set())) & words]
        assert untested == [], listed(untested)

    def test_has_every_code_that_the_code_carries(self) -> None:
        missing = set(classes_by_code()) - set(CODES) - {"request.refused"}
        assert missing == set(), "run `make openapi`"

    def test_says_what_to_do_next_in_one_sentence(self) -> None:
        silent = [entry["code"] for entry in CATALOGUE if not re.fullmatch(r"[A-Z][^\n]{15,160}\.", entry["next_step"])]
        assert silent == [], listed(silent)
