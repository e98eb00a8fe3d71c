"""Triggers that make tables append-only. Each service lists its own; migrations re-create them from that list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger of a SQLite store."""

    name: str
    table: str
    sql: str


def append_only(table: str) -> tuple[Trigger, ...]:
    """Refuse every UPDATE and DELETE on a table: what was written stays."""
    return tuple(
        Trigger(
            name=f"{table}_no_{verb.lower()}",
            table=table,
            sql=(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            ),
        )
        for verb in ("UPDATE", "DELETE")
    )


def plumbing_triggers() -> tuple[Trigger, ...]:
    """Give the triggers that every service has: the audit trail stays as it was written."""
    return append_only("audit")
