"""The house's Python files as the architecture tests read them: paths, syntax trees and the names inside."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("services", "gateway", "cli", "shared")
SERVICES = ("identity", "accounts", "transactions", "support", "notifications")


def python_files(*folders: str) -> list[Path]:
    """Every Python file below the given top folders, sorted."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def syntax_tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path, node: ast.AST | None = None) -> str:
    """A place as a person would click on it: path:line."""
    line = getattr(node, "lineno", None)
    return f"{path.relative_to(ROOT)}{f':{line}' if line else ''}"


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of the given kinds in one file."""
    return (node for node in ast.walk(syntax_tree(path)) if isinstance(node, kinds))


def listed(places: Iterable[str]) -> str:
    """The offending places one a line, for the message of an assert."""
    return "\n" + "\n".join(sorted(places))


def dotted(node: ast.AST) -> str:
    """`datetime.now` for the expression of that form, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def words(name: str) -> set[str]:
    """The words of a snake_case, kebab-case or CamelCase name, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}
