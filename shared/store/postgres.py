"""A store on PostgreSQL: its engines, the schema it lives in, and the locks that stand for SQLite's one writer.

Each service has a schema of its own name, so that five services may share a database or have one each. A commit is
durable when it returns (`synchronous_commit=on`), whatever the server's default says.
"""

from hashlib import sha256
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, text
from sqlmodel import Session

LOCK_WAIT_MILLISECONDS = 5000
"""How long a statement waits for a lock before the store counts as busy: as long as SQLite's busy_timeout."""


def is_postgres(url: URL) -> bool:
    """Tell whether an address is PostgreSQL's; `postgresql://` and `postgres://` mean psycopg."""
    return url.get_backend_name() in ("postgresql", "postgres")


def open_engines(url: URL, service: str) -> tuple[Engine, Engine, Engine]:
    """Give the engines that write (READ COMMITTED), that read (one snapshot per transaction, read-only), and that
    give connections of one's own, outside of transactions: for locks that outlive one."""
    address = url.set(drivername="postgresql+psycopg")
    settings = {
        "search_path": service,
        "synchronous_commit": "on",
        "lock_timeout": LOCK_WAIT_MILLISECONDS,
        "idle_in_transaction_session_timeout": 60_000,
        "TimeZone": "UTC",
        "tcp_keepalives_idle": 5,  # the server soon notices a client whose machine died, and drops its locks
        "tcp_keepalives_interval": 2,
        "tcp_keepalives_count": 3,
    }
    given = address.query.get("options", "")
    options = " ".join([given if isinstance(given, str) else " ".join(given), *_options(settings)]).strip()
    common: dict[str, Any] = {
        "connect_args": {
            "options": options,
            "connect_timeout": 5,
            "tcp_user_timeout": 10_000,  # milliseconds: nor does a client wait for a server that died
            "application_name": f"strongroom-{service}",
        },
        "hide_parameters": True,
    }
    # A connection is tried before it is used: a server that was restarted meanwhile costs no request.
    pool: dict[str, Any] = {"pool_pre_ping": True, "pool_timeout": 10, **common}
    writer = create_engine(address, pool_size=4, max_overflow=4, isolation_level="READ COMMITTED", **pool)
    reader = create_engine(address, pool_size=8, max_overflow=0, isolation_level="REPEATABLE READ", **pool)
    apart = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT", **common)
    return writer, reader.execution_options(postgresql_readonly=True), apart


def _options(settings: dict[str, Any]) -> list[str]:
    return [f"-c {name}={value}" for name, value in settings.items()]


def lock_number(*names: str) -> int:
    """Give the number of an advisory lock by what it stands for; PostgreSQL takes signed 64 bits."""
    return int.from_bytes(sha256("/".join(names).encode()).digest()[:8], signed=True)


def take_turn(connection: Connection | Session, service: str) -> None:
    """Wait until no other write transaction of the service has the turn, and keep it until this one ends.

    What a use case reads is then what it writes on, as after SQLite's BEGIN IMMEDIATE.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": lock_number(service, "turn")})


def take_migration_lock(connection: Connection, service: str) -> None:
    """Wait up to two minutes for another migration of the service; statements wait as short as ever afterwards."""
    number = {"number": lock_number(service, "migration")}
    connection.execute(text("SET LOCAL lock_timeout = '120s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), number)
    connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_WAIT_MILLISECONDS}"))


def make_schema(connection: Connection, service: str) -> None:
    """Make the service's schema if it is not there; a role without the right to make it may be given it."""
    known = connection.execute(text("SELECT 1 FROM pg_namespace WHERE nspname = :name"), {"name": service}).first()
    if known is None:
        connection.execute(text(f'CREATE SCHEMA "{service}"'))


LOOSE_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = :service AND data_type IN ('text', 'character varying')
AND (data_type <> 'text' OR collation_name IS DISTINCT FROM 'C')
AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_schema = :service
                   AND table_type = 'BASE TABLE')
ORDER BY table_name, column_name
"""


def loose_columns(connection: Connection, service: str) -> list[tuple[str, str]]:
    """Give the text columns that do not sort bytewise, as ids and RFC 3339 times must."""
    return [(row[0], row[1]) for row in connection.execute(text(LOOSE_COLUMNS), {"service": service})]


def sort_bytewise(connection: Connection, service: str) -> None:
    """Make every text column of the service TEXT COLLATE "C": a new one comes as VARCHAR in the database's language.

    The bytes stay as they are, so only the indexes of such a column are built anew.
    """
    for table, column in loose_columns(connection, service):
        connection.execute(text(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"'))
