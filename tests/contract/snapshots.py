"""JSON Schemas of the facts as last looked at, a file per publisher. Anew: `python -m tests.contract.snapshots`."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from shared.contracts.envelope import Fact

FOLDER = Path(__file__).parent / "facts"
PUBLISHERS = ("accounts", "identity", "notifications", "support", "transactions")


def facts_of(publisher: str) -> tuple[type[Fact], ...]:
    """Give the facts that a service publishes."""
    facts: tuple[type[Fact], ...] = import_module(f"shared.contracts.{publisher}").FACTS
    return facts


def schemas_of(publisher: str) -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of each fact by its type."""
    return {fact.type: fact.model_json_schema() for fact in facts_of(publisher)}


def snapshot_of(publisher: str) -> dict[str, dict[str, Any]]:
    """Give the schemas as they were when somebody last looked at them."""
    kept: dict[str, dict[str, Any]] = json.loads((FOLDER / f"{publisher}.json").read_text())
    return kept


def main() -> None:
    """Write every snapshot."""
    for publisher in PUBLISHERS:
        text = json.dumps(schemas_of(publisher), indent=2, sort_keys=True)
        (FOLDER / f"{publisher}.json").write_text(f"{text}\n")


if __name__ == "__main__":
    main()
