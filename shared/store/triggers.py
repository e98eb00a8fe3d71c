"""Triggers that make tables append-only. Each service lists its own; migrations re-create them from that list."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
"""What the triggers of PostgreSQL call; on SQLite the refusal is in the trigger."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger of a store, as SQLite and as PostgreSQL make it; SQLite has none for TRUNCATE (it has no such)."""

    name: str
    table: str
    sql: str
    postgres: str

    def sql_for(self, connection: Connection) -> str:
        """Give the statement for the store at hand; an empty one where the store needs none."""
        return self.sql if connection.dialect.name == "sqlite" else self.postgres


def append_only(table: str) -> tuple[Trigger, ...]:
    """Refuse every UPDATE, DELETE and TRUNCATE on a table: what was written stays."""
    return tuple(_refusing(table, verb) for verb in ("UPDATE", "DELETE", "TRUNCATE"))


def _refusing(table: str, verb: str) -> Trigger:
    name = f"{table}_no_{verb.lower()}"
    sql = f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
    postgres = f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {each} EXECUTE FUNCTION refuse_change()"
    return Trigger(name=name, table=table, sql="" if verb == "TRUNCATE" else sql, postgres=postgres)


def plumbing_triggers() -> tuple[Trigger, ...]:
    """Give the triggers that every service has: the audit trail stays as it was written."""
    return append_only("audit")


def present_triggers(connection: Connection) -> set[str]:
    """Give the names of the store's triggers; on PostgreSQL one that was switched off does not count."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.dialect.name != "sqlite":
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()::regnamespace"
        )
    return set(connection.execute(text(query)).scalars())


def renew_triggers(connection: Connection, triggers: tuple[Trigger, ...]) -> None:
    """Make a service's triggers from its list.

    On SQLite all of them anew, since table rebuilds drop them silently; on PostgreSQL those that are missing, since
    dropping one would wait for everybody who uses the table.
    """
    wanted = [trigger for trigger in triggers if trigger.sql_for(connection)]
    if connection.dialect.name == "sqlite":
        for trigger in wanted:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger.name}"))
    else:
        connection.execute(text(REFUSE))
    present = present_triggers(connection)
    for trigger in wanted:
        if trigger.name not in present:
            if connection.dialect.name != "sqlite":  # one that is switched off is in the way of its successor
                connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"))
            connection.execute(text(trigger.sql_for(connection)))
