"""Reference (c), the raw limit of group commit: the rows that transfers write, by `executemany`, 100 a commit.

One process, one bare connection with the bank's own pragmas (WAL, synchronous=FULL, foreign keys), and the bank's own
tables with their constraints and triggers. The rows are those that the engine has just written for the same transfers;
nothing is decided, looked up, hashed or put together here. `python -m tests.benchmark.raw_commit <folder>` prints JSON.
"""

import json
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from tests.benchmark.engine import TEMPLATE, open_store
from tests.benchmark.ledger_check import Ledger

A_COMMIT = 100
REWRITTEN = frozenset({"ledger_accounts", "stream_head"})
"""Tables whose rows a transfer changes; in all others it adds rows."""

Rows = list[tuple[Any, ...]]


def added_rows(template: Path, booked: Path) -> dict[str, tuple[str, Rows]]:
    """Give by table its INSERT and the rows that a run added, parents before children."""
    store = open_store(booked)
    raw = store.writer.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("ATTACH DATABASE ? AS old", (str(template),))
        cursor.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        found: dict[str, tuple[str, Rows]] = {}
        for table in _parents_first(cursor, [row[0] for row in cursor.fetchall() if row[0] not in REWRITTEN]):
            cursor.execute(f"SELECT COALESCE(MAX(rowid), 0) FROM old.{table}")
            (newest,) = cursor.fetchone() or (0,)
            cursor.execute(f"SELECT * FROM main.{table} WHERE rowid > ? ORDER BY rowid", (newest,))
            rows: Rows = list(cursor.fetchall())
            if rows:
                found[table] = (f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
        cursor.close()
    finally:
        raw.close()
        store.close()
    return found


def _parents_first(cursor: Any, tables: list[str]) -> list[str]:
    ordered: list[str] = []

    def place(table: str) -> None:
        if table in ordered or table not in tables:
            return
        cursor.execute(f"PRAGMA main.foreign_key_list({table})")
        for parent in {row[2] for row in cursor.fetchall()} - {table}:
            place(parent)
        ordered.append(table)

    for table in tables:
        place(table)
    return ordered


@dataclass(frozen=True, slots=True)
class Moves:
    """How one commit changes accounts: the columns that transfers change, and their values after the run.

    The balance is that after the commit's last posting; of others the last value, which costs the same.
    """

    columns: list[str]
    final: dict[str, list[Any]]
    account: int
    balance: int

    @property
    def statement(self) -> str:
        """Give the UPDATE of one account."""
        return f"UPDATE ledger_accounts SET {', '.join(f'{name} = ?' for name in self.columns)} WHERE id = ?"

    def after(self, postings: Rows) -> Rows:
        """Give the values for each account that some postings moved, once for each: all that one commit writes."""
        last = {row[self.account]: row[self.balance] for row in postings}
        booked = self.columns.index("booked_minor")
        rows = []
        for account, minor in last.items():
            values = list(self.final[account])
            values[booked] = minor
            rows.append((*values, account))
        return rows


def moves_of(template: Path, booked: Path) -> Moves:
    """Find what a run changed in accounts."""
    connection = sqlite.connect(f"file:{booked}?mode=ro", uri=True)
    try:
        connection.execute("ATTACH DATABASE ? AS old", (f"file:{template}?mode=ro",))
        names = _columns(connection, "ledger_accounts")
        differs = ", ".join(f"MAX(new.{name} IS NOT was.{name})" for name in names)
        joined = "main.ledger_accounts AS new JOIN old.ledger_accounts AS was ON new.id = was.id"
        changed = connection.execute(f"SELECT {differs} FROM {joined}").fetchone()
        columns = [name for name, one in zip(names, changed, strict=True) if one]
        rows = connection.execute(f"SELECT id, {', '.join(columns)} FROM main.ledger_accounts").fetchall()
        legs = _columns(connection, "postings")
    finally:
        connection.close()
    final = {row[0]: list(row[1:]) for row in rows}
    return Moves(columns, final, legs.index("account_id"), legs.index("balance_after_minor"))


def _columns(connection: Any, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]


def commits(rows: dict[str, tuple[str, Rows]], transfers: int) -> Iterator[list[tuple[str, Rows]]]:
    """Cut the rows into commits of 100 transfers."""
    for start in range(0, transfers, A_COMMIT):
        end = min(start + A_COMMIT, transfers)
        yield [
            (insert, part)
            for insert, all_rows in rows.values()
            if (part := all_rows[start * len(all_rows) // transfers : end * len(all_rows) // transfers])
        ]


def measure(folder: Path) -> dict[str, Any]:
    """Write the rows of `booked.db` into a fresh copy of the template and check that the books are the same."""
    template, booked = folder / TEMPLATE, folder / "booked.db"
    rows, moves = added_rows(template, booked), moves_of(template, booked)
    transfers, insert_postings = len(rows["journal_entries"][1]), rows["postings"][0]
    work: list[tuple[list[tuple[str, Rows]], Rows]] = []
    for commit in commits(rows, transfers):
        postings = next(part for insert, part in commit if insert == insert_postings)
        work.append((commit, moves.after(postings)))
    path = folder / "raw.db"
    shutil.copyfile(template, path)
    store = open_store(path)
    raw = store.writer.raw_connection()
    cursor = raw.cursor()
    cursor.execute("SELECT sequence, hash FROM stream_head WHERE lane = 0")
    head = cursor.fetchone()
    cpu, began = time.process_time(), time.perf_counter()
    for commit, moved in work:
        cursor.execute("BEGIN IMMEDIATE")
        for insert, part in commit:
            cursor.executemany(insert, part)
        cursor.executemany(moves.statement, moved)
        cursor.execute("UPDATE stream_head SET sequence = ?, hash = ? WHERE lane = 0", head)
        cursor.execute("COMMIT")
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    cursor.close()
    raw.close()
    store.close()
    return {
        "transfers_per_second": transfers / seconds,
        "cpu_us": used * 1e6 / transfers,
        "transfers": transfers,
        "rows_per_transfer": {table: round(len(part) / transfers, 2) for table, (_, part) in rows.items()},
        "columns_moved": moves.columns,
        "wrong": same_books(booked, path),
    }


def same_books(one: Path, other: Path) -> list[str]:
    """Say how two stores differ in entries and sums; that raw rows were really the same rows."""
    found = []
    for path in (one, other):
        ledger = Ledger(path)
        found.append((ledger.state(), ledger.entries(), ledger.check_balances()))
        ledger.close()
    return [] if found[0] == found[1] else [f"the raw rows left other books: {found}"]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))  # noqa: T201
