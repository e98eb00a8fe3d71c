"""Draw one entity-relationship diagram per service from its tables: `make diagrams`, and `--check` in the tests.

The tables in the code are the record; the pages in docs/diagrams are made from them and never edited by hand.
"""

import argparse
import importlib
import inspect
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint
from sqlalchemy.dialects import sqlite

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/diagrams"
SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
PLUMBING_PAGE = "plumbing"
_NOTE = "<!-- Made by `make diagrams` from the tables in the code; edits here are lost. -->"


def pages() -> dict[str, str]:
    """Give every page as file name → text."""
    modules = {service: importlib.import_module(f"services.{service}.store.tables") for service in SERVICES}
    drawn = {f"{service}.md": service_page(service, module) for service, module in modules.items()}
    drawn[f"{PLUMBING_PAGE}.md"] = plumbing_page(modules[SERVICES[0]])
    return drawn


def service_page(service: str, module: ModuleType) -> str:
    """Draw a service's own tables; those that every service has are on a page of their own."""
    shared = _plumbing_names(module)
    tables = [table for table in module.METADATA.sorted_tables if table.name not in shared]
    source = f"services/{service}/store/tables.py"
    return "\n".join(
        [
            f"# The store of `{service}`",
            "",
            _NOTE,
            "",
            f"Tables: [`{source}`](../../{source}), beside the tables of [every service]({PLUMBING_PAGE}.md).",
            "",
            *_purposes(module, tables),
            *_diagram(tables),
            "",
        ]
    )


def plumbing_page(module: ModuleType) -> str:
    """Draw the tables that every service has beside its own."""
    tables = [table for table in module.METADATA.sorted_tables if table.name in _plumbing_names(module)]
    source = "shared/store/plumbing.py"
    return "\n".join(
        [
            "# The tables that every service has",
            "",
            _NOTE,
            "",
            f"Tables: [`{source}`](../../{source}): facts to publish and facts consumed, audit, idempotency, jobs.",
            "",
            *_diagram(tables),
            "",
        ]
    )


def _plumbing_names(module: ModuleType) -> set[str]:
    fields = type(module.PLUMBING).__dataclass_fields__
    return {getattr(module.PLUMBING, field).name for field in fields}


def _purposes(module: ModuleType, tables: Iterable[Table]) -> list[str]:
    """A table's purpose is the first line of its class's docstring; Core tables have none."""
    said = {
        mapper.local_table.name: (inspect.getdoc(mapper.class_) or "").partition("\n")[0].replace("|", "\\|")
        for mapper in module.REGISTRY.mappers
    }
    rows = [f"| `{table.name}` | {said[table.name]} |" for table in tables if said.get(table.name)]
    return ["| table | holds |", "| --- | --- |", *rows, ""] if rows else []


def _diagram(tables: list[Table]) -> list[str]:
    lines = ["```mermaid", "erDiagram"]
    for table in sorted(tables, key=lambda table: table.name):
        lines += [f"  {table.name} {{", *(f"    {_attribute(column)}" for column in table.columns), "  }"]
    return [*lines, *sorted(_relations(tables)), "```"]


def _attribute(column: Column[Any]) -> str:
    kind = column.type.compile(dialect=sqlite.dialect()).split("(")[0].replace(" ", "_")
    alone = (set(each.columns) for each in column.table.constraints if isinstance(each, UniqueConstraint))
    unique = column.unique or {column} in alone
    keys = [key for key, holds in (("PK", column.primary_key), ("FK", column.foreign_keys), ("UK", unique)) if holds]
    optional = ' "optional"' if column.nullable else ""
    return f"{kind} {column.name}{' ' + ', '.join(keys) if keys else ''}{optional}"


def _relations(tables: list[Table]) -> set[str]:
    drawn = set()
    for table in tables:
        for key in table.foreign_keys:
            one = "|o" if key.parent.nullable else "||"
            drawn.add(f"  {key.column.table.name} {one}--o{{ {table.name} : {key.parent.name}")
    return drawn


def stale_pages() -> list[str]:
    """Give the pages that differ from the tables, are missing, or draw a service that is gone."""
    wanted = pages()
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | written.keys() if wanted.get(name) != written.get(name))


def main() -> int:
    """Write the pages, or with --check say which are stale and exit 1."""
    parser = argparse.ArgumentParser(description="Draw one entity-relationship diagram per service.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is stale")
    if parser.parse_args().check:
        stale = stale_pages()
        if stale:
            print(f"Stale diagrams: {', '.join(stale)}. Run `make diagrams`.", file=sys.stderr)
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"docs/diagrams: {', '.join(sorted(wanted))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
