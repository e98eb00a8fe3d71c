"""The house rules that import contracts cannot see: sizes, names, money without floats, one clock, tests in place."""

import ast
import re
from pathlib import Path

from tests.architecture.source_tree import (
    CODE,
    ROOT,
    SERVICES,
    dotted,
    listed,
    nodes,
    python_files,
    shown,
    syntax_tree,
    words,
)

FILE_LINES = 300
FUNCTION_LINES = 50
SHARED_PERCENT = 22  # The aim is 15: shared rooms come first, services grow after. Lower it, never raise it.
VAGUE_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager", "managers"}
SHARED_ROOMS = {
    *("__init__.py", "money.py", "ids.py", "clock.py", "errors.py", "settings.py"),
    *("contracts", "store", "streams", "clients", "worker", "web", "observability"),
}
SERVICE_ROOMS = {
    *("__init__.py", "README.md", "main.py", "worker.py", "listener.py", "settings.py"),
    *("api", "consumers", "tasks", "use_cases", "domain", "store", "clients"),
}
OWN_ROOMS = {"transactions": {"writer.py", "writing"}, "notifications": {"mailbox.py"}}
CLOCK_CALLS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
MONEY_ROOMS = [
    ROOT / "shared/money.py",
    *python_files(*(f"services/{name}/domain" for name in SERVICES)),
    *python_files("services/transactions/use_cases", "services/transactions/store"),
]


def seen(folder: Path) -> list[Path]:
    """What lies in a folder, without what the interpreter left there."""
    return sorted(path for path in folder.iterdir() if path.name != "__pycache__")


class TestFiles:
    def test_have_at_most_300_lines(self) -> None:
        files = python_files(*CODE, "tests")
        sizes = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
        assert {path: lines for path, lines in sizes.items() if lines > FILE_LINES} == {}

    def test_say_in_a_docstring_what_they_are(self) -> None:
        silent = [shown(path) for path in python_files(*CODE, "tests") if not ast.get_docstring(syntax_tree(path))]
        assert silent == [], listed(silent)

    def test_have_functions_of_at_most_50_lines(self) -> None:
        """A migration is exempt: it is generated, reads from top to bottom and is never changed again."""
        long = []
        for path in (path for path in python_files(*CODE, "tests") if path.parent.name != "versions"):
            for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef):
                assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long.append(f"{shown(path, node)} {node.name}: {lines} lines")
        assert long == [], listed(long)


class TestNames:
    def test_of_files_and_folders_say_what_is_inside(self) -> None:
        vague = {
            shown(part)
            for path in python_files(*CODE, "tests")
            for part in (path, *path.parents)
            if part.is_relative_to(ROOT) and part != ROOT and words(part.stem) & VAGUE_WORDS
        }
        assert vague == set(), listed(vague)

    def test_of_classes_say_what_they_are(self) -> None:
        vague = [
            f"{shown(path, node)} {node.name}"
            for path in python_files(*CODE)
            for node in nodes(path, ast.ClassDef)
            if isinstance(node, ast.ClassDef) and self.is_vague(node.name)
        ]
        assert vague == [], listed(vague)

    @staticmethod
    def is_vague(name: str) -> bool:
        """BaseStore and StoreManager say nothing; PasswordTooCommon does."""
        parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", name) or [name]
        return parts[0].lower() in VAGUE_WORDS or parts[-1].lower() in VAGUE_WORDS - {"common"}

    def test_of_entries_leave_the_word_transaction_to_the_api(self) -> None:
        taken = [
            shown(path, node)
            for path in python_files(*CODE)
            for node in nodes(path, ast.ClassDef)
            if isinstance(node, ast.ClassDef) and node.name == "Transaction"
        ]
        assert taken == [], listed(taken)


class TestMoney:
    def test_never_meets_a_float_in_the_rooms_that_decide(self) -> None:
        floats = [
            shown(path, node)
            for path in MONEY_ROOMS
            for node in nodes(path, ast.Name, ast.Constant)
            if (isinstance(node, ast.Name) and node.id == "float")
            or (isinstance(node, ast.Constant) and isinstance(node.value, float))
        ]
        assert floats == [], listed(floats)

    def test_is_never_divided_into_a_float(self) -> None:
        domain = [path for path in MONEY_ROOMS if "store" not in path.parts]
        divisions = [
            shown(path, node)
            for path in domain
            for node in nodes(path, ast.BinOp)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        ]
        assert divisions == [], listed(divisions)

    def test_is_never_declared_as_a_float_anywhere(self) -> None:
        declared = [
            shown(path, node)
            for path in python_files(*CODE)
            for node in nodes(path, ast.AnnAssign, ast.arg)
            if "minor" in self.name_of(node) and "float" in ast.dump(getattr(node, "annotation", None) or ast.Pass())
        ]
        assert declared == [], listed(declared)

    def test_has_no_inexact_column(self) -> None:
        inexact = [
            shown(path, node)
            for path in python_files("services", "shared/store")
            if path.name in {"tables.py", "plumbing.py"}
            for node in nodes(path, ast.Name)
            if isinstance(node, ast.Name) and node.id in {"Float", "REAL", "Double", "DOUBLE", "float"}
        ]
        assert inexact == [], listed(inexact)

    @staticmethod
    def name_of(node: ast.AST) -> str:
        """The name a declaration gives."""
        if isinstance(node, ast.arg):
            return node.arg
        return dotted(node.target) if isinstance(node, ast.AnnAssign) else ""


class TestClock:
    def test_is_read_in_one_place(self) -> None:
        elsewhere = [
            shown(path, node)
            for path in python_files(*CODE)
            if path != ROOT / "shared/clock.py"
            for node in nodes(path, ast.Attribute)
            if any(dotted(node) == call or dotted(node).endswith(f".{call}") for call in CLOCK_CALLS)
        ]
        assert elsewhere == [], listed(elsewhere)

    def test_gives_the_time_of_day_to_services(self) -> None:
        """Waiting is measured with time.monotonic(); a moment comes from shared.clock."""
        elsewhere = [
            shown(path, node)
            for path in python_files("services", "gateway", "shared")
            if path != ROOT / "shared/clock.py"
            for node in nodes(path, ast.Attribute)
            if dotted(node) in {"time.time", "time.time_ns"}
        ]
        assert elsewhere == [], listed(elsewhere)

    def test_is_not_read_by_the_domain(self) -> None:
        """A time may be written in the API's form; which time it is, the caller says."""
        readers = [
            f"{shown(path, node)} {name.name}"
            for service in SERVICES
            for path in python_files(f"services/{service}/domain")
            for node in nodes(path, ast.ImportFrom)
            if isinstance(node, ast.ImportFrom) and node.module == "shared.clock"
            for name in node.names
            if name.name not in {"format_time", "parse_time"}
        ]
        assert readers == [], listed(readers)


class TestRooms:
    def test_of_shared_are_a_closed_list(self) -> None:
        assert {path.name for path in seen(ROOT / "shared")} <= SHARED_ROOMS

    def test_of_every_service_are_the_known_ones(self) -> None:
        unknown = [
            shown(path)
            for name in SERVICES
            for path in seen(ROOT / "services" / name)
            if path.name not in SERVICE_ROOMS | OWN_ROOMS.get(name, set())
        ]
        assert unknown == [], listed(unknown)

    def test_of_services_are_the_five_contexts(self) -> None:
        assert {path.name for path in seen(ROOT / "services")} == {"__init__.py", *SERVICES}

    def test_have_a_page_for_every_service(self) -> None:
        missing = [name for name in SERVICES if not (ROOT / "services" / name / "README.md").is_file()]
        assert missing == [], listed(missing)

    def test_hold_no_empty_shelves(self) -> None:
        """A room that a service does not need is absent, so a folder has at least one file beside __init__."""
        empty = [
            shown(folder)
            for name in SERVICES
            for folder in (ROOT / "services" / name).iterdir()
            if folder.is_dir()
            and folder.name != "__pycache__"
            and not [path for path in python_files(str(folder.relative_to(ROOT))) if path.name != "__init__.py"]
        ]
        assert empty == [], listed(empty)

    def test_of_shared_stay_small_once_the_house_is_large(self) -> None:
        lines = {
            folder: sum(len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(folder))
            for folder in (*CODE, "tests")
        }
        total = sum(lines.values())
        assert total < 15_000 or lines["shared"] * 100 < total * SHARED_PERCENT


class TestUseCases:
    def test_have_a_test_file_of_their_name(self) -> None:
        untested = []
        for name in SERVICES:
            for path in python_files(f"services/{name}/use_cases"):
                test = ROOT / "tests/services" / name / "use_cases" / f"test_{path.name}"
                if path.name != "__init__.py" and not test.is_file():
                    untested.append(shown(path))
        assert untested == [], listed(untested)
