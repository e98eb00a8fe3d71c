"""Put bytecode with one-letter docstrings in the place of sources: `python bytecode.py <folder>…`.

For the packages in an image, where nobody reads either: docstrings alone are 5 MB of each process's memory. Assertions
stay, unlike with `python -OO`, so do line numbers, and a docstring that a package asks for is there.
"""

import ast
import importlib.util
import marshal
import sys
from pathlib import Path

DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
EMPTY = "."
"""A docstring of its kind: SQLAlchemy adds to its own and asserts that they say something."""

HEADER = importlib.util.MAGIC_NUMBER + bytes(12)
"""Flags, time and size of the source: nothing is compared, since there is no source."""


def without_docstrings(source: bytes, name: str) -> ast.Module:
    """Read a module and shorten its docstrings to a letter.

    :raises SyntaxError: if this Python cannot read it
    """
    tree = ast.parse(source, name)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            text = node.body[0]
            if isinstance(text, ast.Expr):
                text.value = ast.copy_location(ast.Constant(EMPTY), text.value)
    return tree


def replace(path: Path) -> None:
    """Write the bytecode beside a source and delete the source; one for another Python stays as it is."""
    try:
        code = compile(without_docstrings(path.read_bytes(), str(path)), str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return  # a template, or a file for other versions of Python
    path.with_suffix(".pyc").write_bytes(HEADER + marshal.dumps(code))
    path.unlink()


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        for found in sorted(Path(folder).rglob("*.py")):
            replace(found)
